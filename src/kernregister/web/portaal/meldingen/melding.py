"""One melding: what it said, what was answered, and what it changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse
from msgspec import Struct, structs

from kernregister.kern.dossier import Persoon
from kernregister.kern.leesbaar import als_object
from kernregister.kern.meldingen.berichten import SOORTEN
from kernregister.kern.meldingen.terugkoppeling import signaalverloop
from kernregister.kern.meldingen.toepassen import Soort
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import Bijzonder, met_pas
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.register import public as register
from kernregister.web.api import weergave
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren import labels
from kernregister.web.portaal.meldingen.journaal import weg_van
from kernregister.web.portaal.meldingen.woorden import Veldenlijst, bron_van, soort_in_woorden
from kernregister.web.portaal.paginas import pagina

_VAN_AGGREGAAT: Final[dict[Soort, Tekst]] = {
    Soort.PERSOON: Tekst("Persoonsgegevens", "Person data"),
    Soort.INSCHRIJVING: Tekst("Inschrijving {nummer}", "Enrolment {nummer}"),
    Soort.DIPLOMA: Tekst("Diploma {nummer}", "Diploma {nummer}"),
    Soort.RESULTAAT: Tekst("Resultaat {nummer}", "Result {nummer}"),
    Soort.DEELNAME: Tekst("Deelname {nummer}", "Participation {nummer}"),
    Soort.VOOROPLEIDING: Tekst("Vooropleiding {nummer}", "Earlier education {nummer}"),
}


class Bevinding(Struct, frozen=True):
    """A finding in words."""

    regel: str
    ernst: str
    tekst: str
    advies: str
    bron: str
    plek: str
    """Which record it is on."""


class Wijziging(Struct, frozen=True):
    """What a melding did to one aggregate: fields as they were and are."""

    titel: str
    wat: str
    velden: list[tuple[str, str, str]]


def zoek(bezoek: Bezoek, melding_id: UUID) -> register.Journaalregel:
    """Return a melding that the visitor may see, inside the transaction that reads it.

    Raises:
        Http404: there is none, for this visitor.
    """
    afzender = bezoek.instelling or bezoek.request.GET.get("afzender") or None
    gevonden = register.journaal(register.Journaalfilter(uuid=melding_id, afzender=afzender), aantal=1)
    if not gevonden:
        raise Http404
    return gevonden[0]


@pagina("portaal_melding", "meldingen/<uuid:melding_id>/", titel=("Melding", "Melding"))
def melding(bezoek: Bezoek, melding_id: UUID) -> HttpResponse:
    """Show one melding; what it tells of support and residence only with the scope for it."""
    with met_pas(bezoek.pas):
        regel = zoek(bezoek, melding_id)
        inhoud = register.inhoud_van(regel.id) or {}
        student = None
        if regel.persoon is not None:
            student = register.studenten([regel.persoon], bezoek.instelling).get(regel.persoon)
            bezoek.gelezen([regel.persoon], "melding bekijken")
        met_dossier = bezoek.met_dossier([student.persoon] if student else [])
        herstelt = register.hersteld_met(regel.id) if regel.aanvaard else []
        wijzigingen = [_wijziging(bezoek, *een) for een in register.wijzigingen_van(regel.id)]
    inhoud = weergave.zonder_bijzonder(inhoud, bezoek.pas)
    antwoord = regel.antwoord
    signalen = signaalverloop(antwoord)
    return bezoek.toon(
        "portaal/meldingen/melding.html",
        {
            "melding": regel,
            "titel": soort_in_woorden(regel.soort, bezoek.taal),
            "student": student,
            "met_dossier": met_dossier,
            "herstelt": herstelt,
            "nummer": _nummer(bezoek, regel, inhoud),
            "via": weg_van(bezoek, regel),
            "gegevens": Veldenlijst(bezoek.taal).toon(_op_volgorde(regel.soort, inhoud)),
            "bevindingen": _bevindingen(bezoek, antwoord.bevindingen),
            "geopend": _bevindingen(bezoek, signalen.ontstaan),
            "gebleven": _bevindingen(bezoek, signalen.gebleven),
            "gesloten": _bevindingen(bezoek, signalen.verdwenen),
            "wijzigingen": [een for een in wijzigingen if een.velden],
            "bekostiging": _bekostiging(bezoek, regel),
            "kan_herstellen": regel.te_herstellen and regel.soort in HERSTELBAAR and bool(inhoud),
        },
    )


HERSTELBAAR: Final = frozenset(
    {
        "AanleverenIdentificatiePersoon",
        "AanvragenVooropleiding",
        "AanleverenInschrijving",
        "VerwijderenInschrijving",
        "AanleverenBpv",
        "VerwijderenBpv",
        "AanleverenDiploma",
        "AanleverenResultaat",
        "VerwijderenResultaat",
    }
)
"""Kinds that are mended with a form; what came from an RO is mended in a new RO, or by a melding of its own."""


def _op_volgorde(soort: str, inhoud: dict[str, Any]) -> dict[str, Any]:
    """Return what a melding said with its fields in the order of their declaration: the journal keeps none."""
    try:
        uit: dict[str, Any] = als_object(msgspec.convert(inhoud, SOORTEN[soort]))
    except (KeyError, msgspec.ValidationError):
        return inhoud
    return uit


def _nummer(bezoek: Bezoek, regel: register.Journaalregel, inhoud: dict[str, Any]) -> tuple[str, str] | None:
    """Return the number of the person, when nobody knows yet who it is: otherwise one cannot tell who is meant."""
    if regel.persoon is not None or not bezoek.mag("portaal_melding_herstellen"):
        return None
    for veld in ("burgerservicenummer", "onderwijsnummer"):
        if nummer := inhoud.get(veld):
            return bezoek.tekst(labels.LABELS[veld]), str(nummer)
    return None


_VERBLIJF: Final = frozenset({"Persoon.verblijfstitels", "Persoon.nationaliteiten"})


def _bevindingen(bezoek: Bezoek, van: Iterable[Any]) -> list[Bevinding]:
    """Return findings in words, without those that tell of support or residence to who has no scope for it."""
    uit = []
    for een in van:
        regel = catalogus().get(een.regel)
        verblijf = regel is not None and bool(regel.draagt & _VERBLIJF)
        ondersteuning = een.sleutel is not None and een.sleutel.record == "ExtraOndersteuning"
        vraagt = {Bijzonder.VERBLIJF} if verblijf else {Bijzonder.ONDERSTEUNING} if ondersteuning else set()
        if vraagt <= bezoek.pas.bijzonder:
            uit.append(_bevinding(bezoek, een))
    return uit


_PLEK: Final = {
    "inschrijvingvolgnummer": Tekst("inschrijving", "enrolment"),
    "bpv_volgnummer": Tekst("BPV", "placement"),
    "resultaatvolgnummer": Tekst("resultaat", "result"),
}
"""Part of the key of a record -> what the number is of."""


def _bevinding(bezoek: Bezoek, van: Any) -> Bevinding:
    tekst, advies = weergave.teksten(van.regel, bezoek.taal)
    delen = [
        f"{bezoek.tekst(naam)} {nummer}"
        for veld, naam in _PLEK.items()
        if van.sleutel and (nummer := getattr(van.sleutel, veld))
    ]
    plek = ", ".join(delen)
    return Bevinding(van.regel, van.ernst, tekst or van.regel, advies, bron_van(van.regel), plek)


def _wijziging(bezoek: Bezoek, sleutel: Any, voor: Any, na: Any) -> Wijziging:
    nummer = {"nummer": sleutel.nummer}
    wat = (
        Tekst("nieuw", "new")
        if voor is None
        else Tekst("verwijderd", "removed")
        if na is None
        else Tekst("gewijzigd", "changed")
    )
    return Wijziging(
        bezoek.tekst(_VAN_AGGREGAAT[sleutel.soort]).format(**nummer).strip(),
        bezoek.tekst(wat),
        Veldenlijst(bezoek.taal).verschil(_open(bezoek, voor), _open(bezoek, na)),
    )


def _open(bezoek: Bezoek, aggregaat: Any) -> dict[str, Any] | None:
    """Return an aggregate by the names of its fields, without what the visitor has no scope for."""
    if aggregaat is None:
        return None
    if isinstance(aggregaat, Persoon) and Bijzonder.VERBLIJF not in bezoek.pas.bijzonder:
        aggregaat = structs.replace(aggregaat, verblijfstitels=(), nationaliteiten=())
    uit: dict[str, Any] = als_object(aggregaat)
    return {veld: waarde for veld, waarde in uit.items() if veld not in ("instelling", "op_onderwijsnummer")}


def _bekostiging(bezoek: Bezoek, regel: register.Journaalregel) -> list[weergave.Bekostigingswijziging]:
    """Return what it changed for the funding, for who may see that."""
    if not bezoek.heeft(Recht.BEKOSTIGING_LEZEN):
        return []
    return [
        weergave.bekostigingswijziging(een, bezoek.taal, bezoek.pas) for een in regel.antwoord.bekostiging
    ]
