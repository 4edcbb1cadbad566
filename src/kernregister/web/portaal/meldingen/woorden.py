"""What kinds of melding, states and fields are called, for who reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.utils.text import capfirst
from msgspec import Struct

from kernregister.kern.leesbaar import TAG
from kernregister.kern.meldingen.controles import CONTROLES
from kernregister.kern.parameters.waardelijsten import WAARDELIJSTEN
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.nummers import maskeer
from kernregister.voorzieningen.register.public import Gevolg
from kernregister.web.api.weergave import teksten
from kernregister.web.leveringen.models import Toestand
from kernregister.web.portaal.formulieren import labels
from kernregister.web.portaal.formulieren.keuzes import WAARDELIJST, betekenissen, lijst_van
from kernregister.web.portaal.taal import Taal, in_taal

SOORTEN: Final[dict[str, Tekst]] = {
    "AanleverenIdentificatiePersoon": Tekst(
        "Aanleveren identificatie persoon", "Deliver identification of a person"
    ),
    "AanvragenVooropleiding": Tekst("Aanvragen vooropleiding", "Request earlier education"),
    "AanleverenInschrijving": Tekst("Aanleveren inschrijving", "Deliver enrolment"),
    "VerwijderenInschrijving": Tekst("Verwijderen inschrijving", "Remove enrolment"),
    "AanleverenBpv": Tekst("Aanleveren BPV", "Deliver placement (BPV)"),
    "VerwijderenBpv": Tekst("Verwijderen BPV", "Remove placement (BPV)"),
    "AanleverenDiploma": Tekst("Aanleveren diploma", "Deliver diploma"),
    "AanleverenResultaat": Tekst("Aanleveren resultaat", "Deliver result"),
    "VerwijderenResultaat": Tekst("Verwijderen resultaat", "Remove result"),
    "OvernemenInschrijving": Tekst("Inschrijving uit RO", "Enrolment from an RO"),
    "OvernemenDiploma": Tekst("Diploma uit RO", "Diploma from an RO"),
    "OvernemenResultaat": Tekst("Resultaat uit RO", "Result from an RO"),
    "VerstrekkenPersoonsgegevens": Tekst("Verstrekken persoonsgegevens", "Person data from their source"),
    "AanleverenDeelname": Tekst("Deelname in ander onderwijs", "Participation elsewhere"),
    "AanleverenVooropleiding": Tekst("Aanleveren vooropleiding", "Earlier education"),
    "SamenvoegenPersonen": Tekst("Samenvoegen personen", "Merge persons"),
    "SplitsenPersoon": Tekst("Splitsen persoon", "Split a person"),
    "OverdragenPersoon": Tekst("Overdragen persoon", "Transfer a person"),
    "HerroepenMelding": Tekst("Herroepen melding", "Undo a melding"),
}
"""Kind of melding -> what it is called: by the manual's own names where it has one (h. 05)."""

VAN_INSTELLING: Final = tuple(SOORTEN)[:12]
"""Kinds that an institution sends: what the filter offers."""

TOESTANDEN: Final[dict[str, tuple[Tekst, str]]] = {
    Toestand.PROEF_WACHT: (Tekst("Wacht op de proef", "Waits for the dry run"), "info"),
    Toestand.PROEF: (Tekst("Proef loopt", "Dry run is going on"), "info"),
    Toestand.BEOORDEELD: (Tekst("Wacht op uw besluit", "Waits for your decision"), "waarschuwing"),
    Toestand.WACHT: (Tekst("Wacht op doorvoeren", "Waits to be applied"), "info"),
    Toestand.BEZIG: (Tekst("Wordt doorgevoerd", "Is being applied"), "info"),
    Toestand.KLAAR: (Tekst("Doorgevoerd", "Applied"), "ok"),
    Toestand.ONBRUIKBAAR: (Tekst("Onbruikbaar", "Cannot be used"), "fout"),
    Toestand.INGETROKKEN: (Tekst("Ingetrokken", "Withdrawn"), ""),
}
"""State of a delivery -> what it is called, and the kind of badge."""

NIET_DOOR_TE_VOEREN: Final = (Tekst("Kan niet worden doorgevoerd", "Cannot be applied"), "fout")
"""What a delivery is called on which nobody has anything to decide: it can only be withdrawn."""

GEVOLGEN: Final[dict[str, Tekst]] = {
    Gevolg.NIEUW: Tekst("nieuw", "new"),
    Gevolg.GEWIJZIGD: Tekst("gewijzigd", "changed"),
    Gevolg.VERWIJDERD: Tekst("verwijderd", "removed"),
    Gevolg.ONGEWIJZIGD: Tekst("al zo geregistreerd", "registered like this already"),
    Gevolg.HERHAALD: Tekst("al eerder aangeleverd", "delivered before"),
    Gevolg.GEWEIGERD: Tekst("geweigerd", "refused"),
}

_STRUCTS: Final = {
    "inschrijving": "Inschrijving",
    "perioden": "Inschrijvingsperiode",
    "extra_ondersteuning": "ExtraOndersteuning",
    "bpv": "Bpv",
    "bpvs": "Bpv",
    "diploma": "Diploma",
    "adres": "Adres",
    "AMO": "AmvbOnderdeel",
    "GEO": "GeneriekExamenonderdeel",
    "KZD": "Keuzedeel",
}
"""Group or tag -> the struct under which its labels stand."""

_EIGEN: Final[dict[str, Tekst]] = {
    "bpvs": Tekst("BPV's", "Placements"),
    "datum_overlijden": Tekst("Datum overlijden", "Date of death"),
    "geboorteplaats": Tekst("Geboorteplaats", "Place of birth"),
    "geboorteland": Tekst("Geboorteland", "Country of birth"),
    "geheim": Tekst("Adres geheim", "Secret address"),
    "datum_vertrek": Tekst("Vertrokken uit Nederland", "Left the Netherlands"),
    "datum_vestiging": Tekst("Gevestigd in Nederland", "Settled in the Netherlands"),
    "nationaliteiten": Tekst("Nationaliteiten", "Nationalities"),
    "verblijfstitels": Tekst("Verblijfstitels", "Titles of residence"),
    "datum_einde": Tekst("Datum einde", "End date"),
    "code": Tekst("Code", "Code"),
    "instelling": Tekst("Instelling", "Institution"),
    "persoon": Tekst("Persoon", "Person"),
    "soort": Tekst("Soort", "Kind"),
    "op_onderwijsnummer": Tekst("Aangeleverd op onderwijsnummer", "Delivered on the onderwijsnummer"),
    "reden": Tekst("Reden", "Reason"),
}

WEG: Final = frozenset({"id", "afzender", "moment", "burgerservicenummer", "onderwijsnummer"})
"""Fields of a melding that stand elsewhere on the page."""

_NUMMERVELDEN: Final = frozenset({"burgerservicenummer", "onderwijsnummer"})


_Plat = tuple[str, str, str, Any, int]
"""A heading or a field: its heading, its struct, its name, its value, and in how many groups it lies."""


class Gegeven(Struct, frozen=True):
    """A field in words. ``diep``: how many groups it lies in."""

    label: str
    waarde: str
    betekenis: str = ""
    kop: bool = False
    diep: int = 0


def soort_in_woorden(soort: str, taal: Taal) -> str:
    """Return what a kind of melding is called; one of which this version does not know keeps its name."""
    return in_taal(SOORTEN[soort], taal) if soort in SOORTEN else soort


def bron_van(regel: str) -> str:
    """Return where a rule or control comes from; empty when it is not ours."""
    gevonden: Any = catalogus().get(regel) or CONTROLES.get(regel)
    return str(gevonden.bron) if gevonden else ""


def oorzaak_in_woorden(oorzaak: str, taal: Taal) -> list[tuple[str, str, str]]:
    """Return the rules of a cause, each with its text and advice."""
    return [(regel, *teksten(regel, taal)) for regel in oorzaak.split()]


class Veldenlijst:
    """Puts the fields of a melding or of an aggregate in words, with what their codes stand for."""

    def __init__(self, taal: Taal) -> None:
        self.taal = taal

    def toon(self, inhoud: dict[str, Any], zonder: frozenset[str] = WEG) -> list[Gegeven]:
        """Return the fields of something that is named as JSON names it."""
        plat = list(self._plat({v: w for v, w in inhoud.items() if v not in zonder}, "", 0))
        codes = {
            (lijst_van(struct, veld), str(waarde))
            for _, struct, veld, waarde, _ in plat
            if waarde is not None
        }
        namen = betekenissen({een for een in codes if een[0]})
        return [
            Gegeven(pad, "", kop=True, diep=diep)
            if waarde is None
            else Gegeven(
                self.label(struct, veld),
                self._waarde(veld, waarde),
                self._waardelijst(veld, waarde) or namen.get((lijst_van(struct, veld), str(waarde)), ""),
                diep=diep,
            )
            for pad, struct, veld, waarde, diep in plat
        ]

    def verschil(self, voor: dict[str, Any] | None, na: dict[str, Any] | None) -> list[tuple[str, str, str]]:
        """Return the fields that differ: what they are called, and how they were and are."""
        oud, nieuw = (dict(self._benoemd(een)) if een else {} for een in (voor, na))
        return [
            (naam, oud.get(naam, "–"), nieuw.get(naam, "–"))
            for naam in dict.fromkeys((*oud, *nieuw))
            if oud.get(naam) != nieuw.get(naam)
        ]

    def _benoemd(self, inhoud: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Give each field under a name that tells its groups as well."""
        groepen: list[str] = []
        for kop, struct, veld, waarde, diep in self._plat(inhoud, "", 0):
            if waarde is None:
                groepen = [*groepen[:diep], kop]
            else:
                yield " · ".join((*groepen[:diep], self.label(struct, veld))), self._waarde(veld, waarde)

    def label(self, struct: str, veld: str) -> str:
        """Return what a field is called."""
        tekst = labels.van(labels.LABELS, struct, veld) or _EIGEN.get(veld)
        return in_taal(tekst, self.taal) if tekst else veld.replace("_", " ").capitalize()

    def _titel(self, groep: str, tag: str) -> str:
        if tag in _STRUCTS:
            return capfirst(in_taal(labels.SOORTEN[_STRUCTS[tag]], self.taal))
        tekst = labels.TITELS.get(groep) or _EIGEN.get(groep)
        if groep in _STRUCTS and _STRUCTS[groep] in labels.SOORTEN:
            tekst = labels.SOORTEN[_STRUCTS[groep]]
        return capfirst(in_taal(tekst, self.taal)) if tekst else groep.replace("_", " ").capitalize()

    def _plat(self, inhoud: dict[str, Any], struct: str, diep: int) -> Iterator[_Plat]:
        """Give headings (whose value is None) and fields, in order."""
        for veld, waarde in inhoud.items():
            if waarde in (None, "", [], {}) or veld in _NUMMERVELDEN or veld == TAG:
                continue
            if isinstance(waarde, dict):
                yield from self._groep(waarde, veld, "", diep)
            elif isinstance(waarde, list) and isinstance(waarde[0], dict):
                for nummer, deel in enumerate(waarde, start=1):
                    yield from self._groep(deel, veld, f" {nummer}", diep)
            else:
                yield veld, struct, veld, waarde, diep

    def _groep(self, waarde: dict[str, Any], veld: str, nummer: str, diep: int) -> Iterator[_Plat]:
        tag = str(waarde.get(TAG, ""))
        yield f"{self._titel(veld, tag)}{nummer}", "", "", None, diep
        yield from self._plat(waarde, _STRUCTS.get(tag) or _STRUCTS.get(veld, ""), diep + 1)

    def _waardelijst(self, veld: str, waarde: Any) -> str:
        gevonden: Any = (
            WAARDELIJSTEN[WAARDELIJST[veld]].waarden.get(str(waarde)) if veld in WAARDELIJST else None
        )
        return str(getattr(gevonden, self.taal)) if gevonden else ""

    def _waarde(self, veld: str, waarde: Any) -> str:
        if isinstance(waarde, bool):
            return {"nl": ("nee", "ja"), "en": ("no", "yes")}[self.taal][waarde]
        if isinstance(waarde, list):
            return ", ".join(str(deel) for deel in waarde)
        keuze = labels.KEUZES.get(veld, {}).get(str(waarde))
        if keuze:
            return in_taal(keuze, self.taal)
        tekst = str(waarde)
        if veld.startswith("datum") or veld.endswith("datum"):
            return _als_dag(tekst)
        return tekst if veld == "leerbedrijf_id" else maskeer(tekst)


def _als_dag(tekst: str) -> str:
    """Return a day as people write it; one of which a part is unknown too."""
    try:
        return f"{date.fromisoformat(tekst):%d-%m-%Y}"
    except ValueError:
        return "-".join(reversed(tekst.split("-")))
