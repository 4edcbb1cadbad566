"""One delivery: how far its round is, what the dry run came to, and what applying it did."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from msgspec import Struct

from kernregister.platform.pas import met_pas
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.register.public import Gevolg
from kernregister.web.api import weergave
from kernregister.web.leveringen import laden, rapport
from kernregister.web.leveringen.models import Fout, Levering, Ronde, Toestand
from kernregister.web.leveringen.rondes import VAN_BESTAND
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.hoe_ver import stempel_van
from kernregister.web.portaal.meldingen.woorden import (
    GEVOLGEN,
    NIET_DOOR_TE_VOEREN,
    TOESTANDEN,
    bron_van,
    soort_in_woorden,
)
from kernregister.web.portaal.paginas import pagina

BEZIG: Final = frozenset({Toestand.PROEF_WACHT, Toestand.PROEF, Toestand.WACHT, Toestand.BEZIG})
"""States in which the page asks by itself how far it is."""

VOORBEELDEN: Final = 5
"""Lines shown of each cause; all of them stand in the file that can be fetched."""

MEESTE_SINDS: Final = 100
"""Meldingen that are counted since the dry run; beyond that it says so."""


class Oorzaak(Struct, frozen=True):
    """Refusals of one kind with one cause, in words, with the first lines."""

    soort: str
    regel: str
    tekst: str
    advies: str
    bron: str
    aantal: int
    gevolg: int
    voorbeelden: list[Fout]


def haal(levering_id: UUID) -> Levering:
    """Return a delivery that the pass shows.

    Raises:
        Http404: there is none, for this visitor.
    """
    gevonden = laden.levering_met_pas(levering_id)
    if gevonden is None:
        raise Http404
    return gevonden


@pagina("portaal_levering", "meldingen/leveringen/<uuid:levering_id>/", titel=("Levering", "Delivery"))
def levering(bezoek: Bezoek, levering_id: UUID) -> HttpResponse:
    """Show how far a delivery is, or what it came to; the page may be left, and come back to."""
    with met_pas(bezoek.pas):
        gevonden = haal(levering_id)
        stil = laden.staat_stil(gevonden)
        stempel = stempel_van(gevonden, stil)
        if bezoek.is_fragment and bezoek.request.GET.get("sinds") == stempel:
            return HttpResponse(status=204)
        ronde = Ronde.ECHT if gevonden.uitslag else Ronde.PROEF
        rapport_ = rapport.lees(gevonden.uitslag or gevonden.proef)
        klaar = gevonden.toestand in {Toestand.BEOORDEELD, Toestand.KLAAR, Toestand.INGETROKKEN}
        oorzaken = _oorzaken(bezoek, gevonden, ronde, rapport_) if klaar and rapport_ else []
        leesfouten = _leesfouten(gevonden, ronde) if klaar else {}
        sinds = sinds_proef(gevonden) if gevonden.toestand == Toestand.BEOORDEELD else 0
    kan = laden.kan_doorgevoerd(gevonden)
    onleesbaar = bool(rapport_ and not rapport_.meldingen and rapport_.fouten)
    titel, badge = TOESTANDEN[gevonden.toestand]
    if gevonden.toestand == Toestand.BEOORDEELD and (onleesbaar or not kan):
        titel, badge = NIET_DOOR_TE_VOEREN
    return bezoek.toon(
        "portaal/meldingen/levering_deel.html" if bezoek.is_fragment else "portaal/meldingen/levering.html",
        {
            "levering": gevonden,
            "stempel": stempel,
            "bezig": gevonden.toestand in BEZIG,
            "stil": stil,
            "klaar": klaar,
            "toestand": bezoek.tekst(titel),
            "badge": badge,
            "rapport": rapport_,
            "tabel": _tabel(bezoek, rapport_),
            "oorzaken": oorzaken,
            "leesfouten": [(een, leesfouten.get((een.code, een.veld), [])) for een in rapport_.opmerkingen]
            if rapport_
            else [],
            "signalen": _signalen(bezoek, rapport_),
            "met_geld": bezoek.heeft(Recht.BEKOSTIGING_LEZEN) and bezoek.bekostigd,
            "sinds_proef": sinds,
            "meeste": MEESTE_SINDS,
            "kan": kan,
            "onleesbaar": onleesbaar,
            "anders": _anders(bezoek, gevonden),
            "procent": min(100, gevonden.gedaan * 100 // gevonden.totaal) if gevonden.totaal else 0,
        },
    )


def _oorzaken(bezoek: Bezoek, levering: Levering, ronde: Ronde, heel: rapport.Rapport) -> list[Oorzaak]:
    """Return the causes of the refusals with the first lines of each, in two questions."""
    per: dict[tuple[str, str], list[Fout]] = {}
    if heel.groepen:
        regels = Fout.objects.using("default").raw(
            "SELECT * FROM (SELECT f.*, row_number() OVER (PARTITION BY soort, code ORDER BY id) AS n"
            " FROM leveringen_fout f WHERE levering_id = %s AND ronde = %s AND partij <> %s AND NOT gevolg) r"
            " WHERE n <= %s ORDER BY id",
            [levering.id, ronde.value, VAN_BESTAND, VOORBEELDEN],
        )
        for een in regels:
            per.setdefault((een.soort, een.code), []).append(een)
    return [
        Oorzaak(
            soort_in_woorden(groep.soort, bezoek.taal),
            groep.regel,
            *weergave.teksten(groep.regel, bezoek.taal),
            bron_van(groep.regel),
            groep.aantal,
            groep.gevolg,
            per.get((groep.soort, groep.regel), []),
        )
        for groep in heel.groepen
    ]


def _leesfouten(levering: Levering, ronde: Ronde) -> dict[tuple[str, str], list[int]]:
    """Return the first lines that cannot be read, by what is wrong with them."""
    uit: dict[tuple[str, str], list[int]] = {}
    for code, veld, regel in (
        Fout.objects.using("default")
        .filter(levering=levering, ronde=ronde, partij=VAN_BESTAND, regel__gt=0)
        .order_by("id")
        .values_list("code", "veld", "regel")[:1000]
    ):
        regels = uit.setdefault((code, veld), [])
        if len(regels) < VOORBEELDEN and regel not in regels:
            regels.append(regel)
    return uit


def sinds_proef(levering: Levering) -> int:
    """Return how many meldingen of the institution were applied since the dry run, up to `MEESTE_SINDS`."""
    na = levering.proef_stand or 0
    return len(register.wijzigingen(levering.instelling, na, register.stand(), MEESTE_SINDS))


def _tabel(bezoek: Bezoek, heel: rapport.Rapport | None) -> dict[str, Any]:
    """Return the counts as a table: kinds of melding down, what becomes of them across; empty columns are left out."""
    if heel is None:
        return {}
    kolommen = [gevolg for gevolg in Gevolg if heel.aantal(gevolg)]
    rijen = [
        (soort_in_woorden(soort, bezoek.taal), [per.get(gevolg, 0) for gevolg in kolommen], sum(per.values()))
        for soort, per in heel.gevolgen.items()
    ]
    return {
        "kolommen": [bezoek.tekst(GEVOLGEN[gevolg]) for gevolg in kolommen],
        "rijen": rijen,
        "totalen": [heel.aantal(gevolg) for gevolg in kolommen],
        "alles": heel.meldingen,
    }


def _signalen(bezoek: Bezoek, heel: rapport.Rapport | None) -> list[tuple[str, str, int, int]]:
    if heel is None:
        return []
    return [
        (regel, weergave.teksten(regel, bezoek.taal)[0], aantallen[0], aantallen[1])
        for regel, aantallen in sorted(heel.signalen.items(), key=lambda een: (-een[1][0], een[0]))
    ]


def _anders(bezoek: Bezoek, levering: Levering) -> list[tuple[str, int, int]] | None:
    """Return in what applying it came out otherwise than the dry run; None: there is nothing to compare."""
    proef, echt = rapport.lees(levering.proef), rapport.lees(levering.uitslag)
    if proef is None or echt is None:
        return None
    return [
        (bezoek.tekst(GEVOLGEN[gevolg]), proef.aantal(gevolg), echt.aantal(gevolg))
        for gevolg in Gevolg
        if proef.aantal(gevolg) != echt.aantal(gevolg)
    ]
