"""The workbook of an explained difference list: a summary, a sheet per recordsoort, a sample, and room for ticks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from kernregister.kern.bekostiging.redenen import voorbehoud
from kernregister.kern.formaten.indeling import NUMMERS, Indeling, Record, tag, velden
from kernregister.kern.formaten.obov import Verschillenlijst
from kernregister.kern.formaten.totalen import uitleg_van, woord_van
from kernregister.kern.overzichten.verklaring import Overzicht
from kernregister.kern.overzichten.weging import Effect
from kernregister.kern.verschil import Relevantie, SoortWijziging
from kernregister.voorzieningen.overzichten.steekproef import METHODE, Trekking
from kernregister.voorzieningen.overzichten.uitleg_regels import KOLOMMEN, WIE, Uitlegregel, waarom, wie
from kernregister.voorzieningen.overzichten.werkmap import Anders, Kolom, Kop, Werkmap

AKKOORD: Final = ("akkoord", "niet akkoord", "nader bekijken", "n.v.t.")

_BREEDTES: Final = {
    "Selectieregel": 30,
    "Zonder melding": 30,
    "Melding": 38,
    "Toelichting bekostiging": 50,
    "Bewijs": 45,
    "Dossier": 34,
    "Gewijzigd": 45,
    "Sleutel": 20,
    "Soort melding": 26,
    "Raakt teldatum": 22,
    "Verzonden op": 20,
    "Ontvangen op": 20,
    "Nr": 7,
}
_INVULLEN: Final = (
    Kolom("Akkoord", 16, AKKOORD, invullen=True),
    Kolom("Gezien door", 16, invullen=True),
    Kolom("Opmerking", 45, invullen=True),
)
_LEEG: Final = (None,) * len(_INVULLEN)

_SOORTEN: Final = {
    SoortWijziging.TOEVOEGING: "Toegevoegd (T)",
    SoortWijziging.VERWIJDERING: "Verwijderd (V)",
    SoortWijziging.WIJZIGING: "Gewijzigd (W)",
}


class Onderbouwing(Struct, frozen=True):
    """What was compared and on what the explanations rest: it stands in the workbook and in the JSON."""

    overzicht: Overzicht
    bronnen: tuple[dict[str, Any], dict[str, Any]]
    """Of the old and of the new overview: file, stand, sha256, datum_aanmaak."""
    totalen: tuple[dict[str, int], dict[str, int]]
    """The control totals of both, by field of the closing record."""
    parameters: str | None
    """Mark of the values that funding was decided with; None: nothing is said of funding."""
    gegevens_versie: int
    programma: str

    def als_object(self) -> dict[str, Any]:
        """Return it as plain values."""
        jaar = self.overzicht.jaar
        return {
            "instelling": self.overzicht.instelling,
            "studiejaar": str(self.overzicht.studiejaar) if self.overzicht.studiejaar else None,
            "bekostigingsjaar": jaar.jaar if jaar else None,
            "oud": {**self.bronnen[0], "controletotalen": self.totalen[0]},
            "nieuw": {**self.bronnen[1], "controletotalen": self.totalen[1]},
            "grondslag": {
                "parameters": self.parameters,
                "gegevens_versie": self.gegevens_versie,
                "programma": self.programma,
                "voorbehoud": voorbehoud(self.parameters, "nl") if self.parameters else None,
            },
        }


def schrijf_werkmap(
    pad: Path,
    onderbouwing: Onderbouwing,
    lijst: Verschillenlijst,
    regels: Sequence[Uitlegregel],
    trekking: Trekking | None,
) -> None:
    """Write the workbook; without a sample it has no sheets of one."""
    overzicht = onderbouwing.overzicht
    titel = f"Verschillen {overzicht.instelling} {overzicht.studiejaar or ''}".strip()
    boek = Werkmap(titel, onderbouwing.bronnen[1]["datum_aanmaak"])
    boek.bladzijde(
        "Samenvatting", (44, 22, 22, 22, 22, 22), _samenvatting(onderbouwing, lijst.indeling, regels)
    )
    if trekking is not None:
        _steekproef(boek, trekking, regels)
    for bestand in lijst.bestanden:
        _blad(boek, bestand.record, regels)
    boek.schrijf(pad)


def _blad(boek: Werkmap, record: type[Record], regels: Sequence[Uitlegregel]) -> None:
    """Add the sheet of one recordsoort: the record before and after in full, what explains it, room to tick."""
    soort = tag(record)
    namen = [veld.naam for veld in velden(record) if veld.naam not in NUMMERS]
    kolommen = [
        *map(_kolom, ("Nr", "Burgerservicenummer", "Onderwijsnummer", "Soort wijziging")),
        *(Kolom(f"{naam.replace('_', ' ').capitalize()} oud") for naam in namen),
        *(Kolom(f"{naam.replace('_', ' ').capitalize()} nieuw") for naam in namen),
        *map(_kolom, KOLOMMEN),
        *_INVULLEN,
    ]

    def rijen() -> Iterator[list[Any]]:
        for regel in regels:
            v = regel.verklaring.verschil
            if v.recordsoort == soort:
                anders = set(v.velden)
                yield [
                    regel.nummer,
                    v.burgerservicenummer,
                    v.onderwijsnummer,
                    v.soort.value,
                    *(getattr(v.oud, naam, None) for naam in namen),
                    *(
                        Anders(getattr(v.nieuw, naam)) if naam in anders else getattr(v.nieuw, naam, None)
                        for naam in namen
                    ),
                    *waarom(regel),
                    *_LEEG,
                ]

    boek.tabel(soort, kolommen, rijen())


def _kolom(naam: str) -> Kolom:
    return Kolom(naam, _BREEDTES.get(naam, 14))


def _steekproef(boek: Werkmap, trekking: Trekking, regels: Sequence[Uitlegregel]) -> None:
    kolommen = [
        Kolom("Stratum", 20),
        Kolom("Rang", 7),
        *map(_kolom, WIE),
        *map(_kolom, KOLOMMEN),
        Kolom("Stuk gezien", 14, ("ja", "nee", "n.v.t."), invullen=True),
        *_INVULLEN,
    ]
    boek.tabel(
        "Steekproef",
        kolommen,
        (
            [g.stratum, g.rang, *wie(regels[g.plaats]), *waarom(regels[g.plaats]), None, *_LEEG]
            for g in trekking.getrokken
        ),
    )
    boek.bladzijde(
        "Methode",
        (24, 24, 90),
        [
            (Kop("Zo is de steekproef getrokken"),),
            ("Zaad", trekking.steekproef.zaad),
            ("Gevraagde omvang", trekking.steekproef.omvang),
            ("Getrokken", len(trekking.getrokken)),
            ("Methode", None, METHODE),
            (),
            (Kop("Stratum"), "Verschillen", "Getrokken"),
            *((s.naam, s.aantal, s.getrokken) for s in trekking.strata),
        ],
    )


def _samenvatting(
    onderbouwing: Onderbouwing, indeling: Indeling, regels: Sequence[Uitlegregel]
) -> Iterator[Sequence[Any]]:
    overzicht, (oud, nieuw) = onderbouwing.overzicht, onderbouwing.bronnen
    yield (Kop(f"Verschillen tussen twee overzichten van {overzicht.instelling}"), "Oud", "Nieuw")
    if overzicht.jaar is not None:
        yield "Studiejaar", str(overzicht.studiejaar), str(overzicht.studiejaar)
        yield "Telt voor bekostigingsjaar", overzicht.jaar.jaar, overzicht.jaar.jaar
    for woord, naam in (("Bestand", "bestand"), ("Datum aanmaak", "datum_aanmaak"), ("Stand", "stand")):
        yield woord, oud[naam], nieuw[naam]
    yield "SHA-256 van het oude", oud["sha256"]
    yield "SHA-256 van het nieuwe", nieuw["sha256"]
    yield ()
    yield from _controletotalen(onderbouwing.totalen, indeling)
    yield from _aantallen(regels, indeling)
    yield from _effecten(onderbouwing, regels)
    yield (Kop("Hoe dit te lezen"),)
    yield from ((regel,) for regel in _LEESWIJZER)


def _controletotalen(
    totalen: tuple[dict[str, int], dict[str, int]], indeling: Indeling
) -> Iterator[Sequence[Any]]:
    """Give the totals in the order of the closing record, with how each is counted."""
    yield Kop("Controletotalen"), "Oud", "Nieuw", "Verschil", "Zo geteld"
    hoe = {totaal.veld: uitleg_van(totaal) for totaal in indeling.totalen}
    for veld in indeling.sluit.__struct_fields__:
        oud, nieuw = (totaal[veld] for totaal in totalen)
        woord = woord_van(veld)
        yield f"{woord[0].upper()}{woord[1:]}", oud, nieuw, nieuw - oud, hoe[veld]
    yield ()


def _aantallen(regels: Sequence[Uitlegregel], indeling: Indeling) -> Iterator[Sequence[Any]]:
    soorten: Counter[tuple[str, SoortWijziging]] = Counter()
    redenen: Counter[tuple[Relevantie, SoortWijziging]] = Counter()
    for regel in regels:
        v = regel.verklaring.verschil
        soorten[v.recordsoort, v.soort] += 1
        redenen[v.reden, v.soort] += 1
    yield Kop("Verschillen per recordsoort"), *_SOORTEN.values(), "Samen"
    for soort in (soort for soort in indeling.records if any(naam == soort for naam, _ in soorten)):
        yield _rij(soort, [soorten[soort, wijziging] for wijziging in _SOORTEN])
    yield _rij("Alle", [sum(soorten[s, w] for s, w in soorten if w is wijziging) for wijziging in _SOORTEN])
    yield ()
    yield Kop("Verschillen per selectieregel"), *_SOORTEN.values(), "Samen"
    for reden in Relevantie:
        if any(naam is reden for naam, _ in redenen):
            yield _rij(reden.tekst, [redenen[reden, wijziging] for wijziging in _SOORTEN])
    yield ()
    met, zonder = _met_en_zonder_melding(regels)
    yield (Kop("Oorzaken"), "Verschillen")
    yield "Door een of meer meldingen", met
    yield "Zonder melding", zonder
    for soort, aantal in sorted(
        Counter(o.soort for regel in regels for o in regel.verklaring.oorzaken[-1:]).items()
    ):
        yield f"Laatste melding: {soort}", aantal
    yield ()


def _rij(naam: str, aantallen: list[int]) -> tuple[Any, ...]:
    return naam, *aantallen, sum(aantallen)


def _met_en_zonder_melding(regels: Sequence[Uitlegregel]) -> tuple[int, int]:
    met = sum(bool(regel.verklaring.oorzaken) for regel in regels)
    return met, len(regels) - met


def _effecten(onderbouwing: Onderbouwing, regels: Sequence[Uitlegregel]) -> Iterator[Sequence[Any]]:
    yield Kop("Effect op de bekostiging"), "Deelnemerswaarde 1-10", "Telling 1-2", "Diplomawaarde", "Personen"
    if onderbouwing.parameters is None:
        yield ("Hierover is van deze overzichten niets te zeggen.",)
        yield ()
        return
    per_persoon = {regel.persoon: regel.verklaring.persoon for regel in regels if regel.persoon is not None}
    yield "Personen met verschillen, nieuw min oud", *_som(per_persoon.values()), len(per_persoon)
    for naam, teken in (("Waarvan omhoog", 1), ("Waarvan omlaag", -1)):
        groep = [e for e in per_persoon.values() if _teken(e) == teken]
        yield naam, *_som(groep), len(groep)
    onbekend = sum(None in _waarden(e) for e in per_persoon.values())
    yield "Niet te bepalen (opleiding zonder prijsfactor of niveau)", None, None, None, onbekend
    yield (voorbehoud(onderbouwing.parameters, "nl"),)
    yield (f"Versie stamgegevens {onderbouwing.gegevens_versie}, Kernregister {onderbouwing.programma}.",)
    yield ()


def _waarden(effect: Effect) -> tuple[Decimal | None, ...]:
    return effect.deelnemerswaarde, effect.telling_februari, effect.diplomawaarde


def _som(effecten: Any) -> list[Decimal]:
    return [sum((w for w in kolom if w is not None), Decimal(0)) for kolom in _kolommen(effecten)]


def _kolommen(effecten: Any) -> list[tuple[Decimal | None, ...]]:
    rijen = [_waarden(effect) for effect in effecten]
    return [*zip(*rijen, strict=True)] if rijen else [(), (), ()]


def _teken(effect: Effect) -> int:
    som = sum((w for w in _waarden(effect) if w is not None), Decimal(0))
    return (som > 0) - (som < 0)


_LEESWIJZER: Final = (
    "Elk verschil heeft een nummer; het is hetzelfde in de CSV, de JSON en op alle bladen.",
    "Melding: de meldingen sinds welke het record niet meer is als in het oude overzicht; de laatste staat er voluit.",
    "Effect: nieuw min nieuw met alleen dit verschil ongedaan. Een inschrijving gaat terug met wat eronder hangt.",
    "Effecten van één persoon tellen niet op; daarom staat het geheel van de persoon, nieuw min oud, ernaast.",
    "Deelnemerswaarde is die van 1 oktober; 1 februari werkt alleen via de correctiefactor van de instelling.",
    "Wat bij een ander verschil hoort (geldig op een teldatum door een andere periode), heeft op zichzelf geen effect.",
    "Dossier en melding zijn adressen en nummers in de API van het register; een BSN staat er niet in.",
    "Bij een gewijzigd record staat het nieuwe gegeven dat anders is vet, op een oranje achtergrond.",
    "De gele kolommen zijn om in te vullen.",
)
