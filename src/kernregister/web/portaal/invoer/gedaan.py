"""What came of a melding that was entered: what is registered now, what it did, and what is likely to be next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse

from kernregister.kern.dossier import Inschrijving
from kernregister.kern.meldingen.berichten import SOORTEN
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.register import public as register
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.formulier import Formulier
from kernregister.web.portaal.formulieren.waarden import NUMMERS
from kernregister.web.portaal.invoer.controle import gevolgen
from kernregister.web.portaal.invoer.invulling import Invulling, Wijziging, gelabeld
from kernregister.web.portaal.invoer.taken import TAKEN, mag_taak, plat
from kernregister.web.portaal.paginas import pagina

_VELD = {"inschrijving": "inschrijving", "diploma": "diploma", "resultaat": "resultaat"}
"""Kind of aggregate -> the field of a melding that carries it."""


@pagina(
    "portaal_invoer_gedaan",
    "invoer/gedaan/<uuid:melding_id>/",
    titel=("Verwerkt", "Processed"),
)
def gedaan(bezoek: Bezoek, melding_id: UUID) -> HttpResponse:
    """Show what an accepted melding registered and changed.

    Raises:
        Http404: the institution has no such melding.
    """
    with met_pas(bezoek.pas):
        gevonden = register.melding(melding_id, bezoek.instelling)
        if gevonden is None or gevonden[0].persoon is None:
            raise Http404
        regel, inhoud = gevonden
        persoon = regel.persoon or 0
        bezoek.gelezen([persoon], "ingevoerde melding lezen", "registreren")
        wie = register.studenten([persoon], bezoek.instelling).get(persoon)
        versies = register.versieregels(persoon)
    formulier = Formulier.voor(bezoek, SOORTEN[regel.soort])
    waarden = formulier.van_melding(inhoud)
    voor = next((v for v in versies if v.vervangen_door == melding_id and v.soort in _VELD), None)
    na = next((v for v in versies if v.melding == melding_id and v.soort in _VELD), None)
    volgnummer = _volgnummer(inhoud, na or voor)
    onder = _inschrijving(versies, volgnummer)
    beeindigd = onder is not None and onder.datum_uitschrijving_werkelijk is not None
    taak = TAKEN.get(bezoek.request.GET.get("taak", ""))
    return bezoek.toon(
        "portaal/invoer/gedaan.html",
        {
            "regel": regel,
            "student": wie or register.Student(persoon, "", "", None),
            "taak": taak,
            "gevolgen": gevolgen(bezoek, formulier, waarden, regel.antwoord),
            "wijzigingen": _wijzigingen(bezoek, voor, na),
            "inhoud": [
                een for naam, een in gelabeld(formulier.velden(waarden)) if een[1] and naam not in NUMMERS
            ],
            "is_nieuw": voor is None and na is not None,
            "volgnummer": volgnummer,
            "beeindigd": beeindigd,
            "lopend": [bpv.volgnummer for bpv in onder.bpvs if bpv.datum_einde_werkelijk is None]
            if onder is not None and beeindigd
            else [],
            "soort": regel.soort,
            "identificeren": mag_taak(bezoek, TAKEN["identificeren"]),
        },
    )


def _inschrijving(versies: Iterable[register.Versieregel], volgnummer: str) -> Inschrijving | None:
    """Return the enrolment with a number as it is registered now."""
    nu = (v.inhoud for v in versies if v.soort == "inschrijving" and v.vervangen_door is None)
    return next(
        (een for een in nu if isinstance(een, Inschrijving) and een.inschrijvingvolgnummer == volgnummer),
        None,
    )


def _wijzigingen(bezoek: Bezoek, voor: Any, na: Any) -> list[Wijziging]:
    """Return what is registered otherwise than before; placements are told apart from their enrolment."""
    if voor is None or na is None:
        return []
    soort = {"inschrijving": "AanleverenInschrijving", "diploma": "AanleverenDiploma"}.get(
        na.soort, "AanleverenResultaat"
    )
    formulier = Formulier.voor(bezoek, soort)
    eerst, nu = (formulier.van_melding({_VELD[na.soort]: plat(een.inhoud)}) for een in (voor, na))
    return Invulling(TAKEN["inschrijving"], None, formulier, eerst, is_wijziging=True).wijzigingen(nu)


def _volgnummer(inhoud: dict[str, Any], versie: Any) -> str:
    """Return the number of the enrolment that a melding was about."""
    onder: Any = inhoud.get("inschrijving") or inhoud.get("diploma") or inhoud.get("resultaat") or inhoud
    gevonden = onder.get("inschrijvingvolgnummer") or inhoud.get("inschrijvingvolgnummer")
    return str(gevonden or "")
