"""Sector information: how many enrolments, diplomas, signals and how much funding, and never of whom.

One pass over dossiers counts everything; counts of parts of a sector can be added up. What may be published of the
counts is decided afterwards (``onderdrukking``): no number is of fewer persons than the threshold, and none can be
computed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Final

from msgspec import Struct

from kernregister.kern.bekostiging.besluit import Bekostiging
from kernregister.kern.dossier import Dossier, Inschrijvingsperiode
from kernregister.kern.formaten.tabel import Kolom, Rij, Tabel
from kernregister.kern.gegevens import GEEN, Gegevens
from kernregister.kern.overzichten.onderdrukking import (
    DREMPEL,
    LEEG,
    OVERIG,
    Cel,
    Plek,
    onderdrukt,
    tel_op,
    voeg_bijeen,
    voeg_bijeen_met_rest,
)
from kernregister.kern.regels.motor import Uitkomst
from kernregister.kern.tijd import OnvolledigeDatum, Studiejaar, leeftijd, vroegst

TOTAAL: Final = "totaal"
ONBEKEND: Final = "onbekend"

LEEFTIJDEN: Final = ((18, "tot 18"), (21, "18-20"), (24, "21-23"), (27, "24-26"), (30, "27-29"))
"""Age groups: the first age that no longer belongs, and the name. What is older is 30 of ouder."""

Waarden = tuple[str, ...]


class Populatie(Struct, frozen=True):
    """What is counted: records with these dimensions, published crossed two by two.

    No crossing may follow from another. Where one dimension determines the other (a programme its level) the second is
    published within the first: ``genest``.
    """

    naam: str
    omschrijving: str
    wat: str
    """What one record is."""
    peil: str
    """What the column ``peil`` holds."""
    dimensies: tuple[str, ...]
    genest: bool = False

    @property
    def vormen(self) -> tuple[tuple[int, ...], ...]:
        """The places of the dimensions that are counted together: none, one and two of them."""
        plaatsen = range(len(self.dimensies))
        return tuple(vorm for aantal in range(3) for vorm in combinations(plaatsen, aantal))


INSCHRIJVINGEN: Final = Populatie(
    "inschrijvingen",
    "Inschrijvingen die op een teldatum gelden",
    "inschrijving",
    "teldatum",
    ("instelling", "niveau", "leertraject", "leeftijdsgroep", "geslacht"),
)
OPLEIDINGEN: Final = Populatie(
    "inschrijvingen_opleiding",
    "Inschrijvingen die op een teldatum gelden, per opleiding van heel de sector",
    "inschrijving",
    "teldatum",
    ("niveau", "opleiding"),
    genest=True,
)
DIPLOMAS: Final = Populatie(
    "diplomas",
    "Diploma's van een kalenderjaar",
    "diploma",
    "kalenderjaar",
    ("instelling", "niveau", "geslacht"),
)
SIGNALEN: Final = Populatie(
    "signalen",
    "Signalen die op de dag van telling open staan",
    "signaal",
    "dag van telling",
    ("instelling", "regel"),
)
BEKOSTIGD: Final = Populatie(
    "bekostiging",
    "Indicatieve bekostiging: wat meetelt, en waarvoor",
    "bekostigde inschrijving op een teldatum of bekostigd diploma",
    "teldatum of kalenderjaar",
    ("instelling",),
)
POPULATIES: Final = (INSCHRIJVINGEN, OPLEIDINGEN, DIPLOMAS, SIGNALEN, BEKOSTIGD)

UITLEG: Final = {
    "instelling": ("code van de instelling; overig: de instellingen met te weinig personen samen", "RIO"),
    "niveau": ("niveau van de opleiding, MBO-1 tot en met MBO-4", "CREBO"),
    "leertraject": (
        "leertraject van de inschrijvingsperiode die op de teldatum geldt",
        "PvE MBO-instelling 15.4",
    ),
    "leeftijdsgroep": ("leeftijd op de teldatum", "Kernregister"),
    "geslacht": ("M man, V vrouw, O onbekend", "BRP"),
    "opleiding": ("erkende opleidingscode", "CREBO"),
    "regel": ("id van de regel; zie de catalogus van regels", "Kernregister"),
}


class Sectortelling:
    """Counts dossier by dossier. Parts can be added up with ``+=``.

    Args:
        studiejaar: whose teldata count; diplomas are of the calendar year in which it begins.
        peil: what signals are counted on, as text: the day.
        gegevens: reference data, for the level of a programme.
    """

    def __init__(self, studiejaar: Studiejaar, peil: str = "", gegevens: Gegevens = GEEN) -> None:
        self.studiejaar = studiejaar
        self.peil = peil
        self.gegevens = gegevens
        self.aantallen: Counter[tuple[str, str, Waarden]] = Counter()
        """Population, peil, values of all its dimensions -> records."""
        self.dubbel: Counter[tuple[str, str, tuple[int, ...], Waarden]] = Counter()
        """Population, peil, some dimensions and their values -> records of persons who were there already."""
        self.onbepaald: Counter[tuple[str, str]] = Counter()
        """Peil and institution -> contributions that cannot be told, for lack of a prijsfactor."""
        self.bijdragen: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        """Peil and institution -> contributions to the deelnemerswaarde or, of a year, to the diplomawaarde."""

    def __iadd__(self, ander: Sectortelling) -> Sectortelling:
        self.aantallen.update(ander.aantallen)
        self.dubbel.update(ander.dubbel)
        self.onbepaald.update(ander.onbepaald)
        for sleutel, bedrag in ander.bijdragen.items():
            self.bijdragen[sleutel] += bedrag
        return self

    def tel(
        self, dossier: Dossier, uitkomsten: Iterable[Uitkomst] = (), bekostiging: Bekostiging | None = None
    ) -> None:
        """Count a dossier, what was found in it on the day of counting, and what it counts for in the funding."""
        self._tel_inschrijvingen(dossier)
        self._tel_diplomas(dossier)
        self._tel(
            SIGNALEN, self.peil, [(u.sleutel.instelling, u.regel) for u in uitkomsten if u.sleutel.instelling]
        )
        if bekostiging is not None:
            self._tel_bekostiging(bekostiging)

    def _tel_inschrijvingen(self, dossier: Dossier) -> None:
        persoon = dossier.persoon
        for teldatum in self.studiejaar.teldata:
            records: list[Waarden] = []
            opleidingen: list[Waarden] = []
            for een in dossier.inschrijvingen:
                if een.geldt_op(teldatum) and (periode := een.periode_op(teldatum)):
                    niveau = self._niveau(periode)
                    groep = leeftijdsgroep(persoon.geboortedatum, teldatum)
                    geslacht = persoon.geslacht or "O"
                    records.append((een.instelling, niveau, periode.leertraject, groep, geslacht))
                    opleidingen.append((niveau, periode.opleidingcode))
            if records:
                self._tel(INSCHRIJVINGEN, str(teldatum), records)
                self._tel(OPLEIDINGEN, str(teldatum), opleidingen)

    def _tel_diplomas(self, dossier: Dossier) -> None:
        jaar = self.studiejaar.start
        geslacht = dossier.persoon.geslacht or "O"
        self._tel(
            DIPLOMAS,
            str(jaar),
            [
                (een.instelling, self._niveau_van(een.opleidingcode), geslacht)
                for een in dossier.diplomas
                if een.datum_resultaat.year == jaar
            ],
        )

    def _tel_bekostiging(self, bekostiging: Bekostiging) -> None:
        per_peil: defaultdict[str, list[tuple[str, Decimal | None]]] = defaultdict(list)
        for besluit in bekostiging.inschrijvingen:
            if besluit.status:
                per_peil[str(besluit.teldatum)].append((besluit.instelling, besluit.bijdrage))
        for diploma in bekostiging.diplomas:
            if diploma.status:
                per_peil[str(bekostiging.jaar.diplomajaar)].append((diploma.instelling, diploma.bijdrage))
        for peil, gevonden in per_peil.items():
            self._tel(BEKOSTIGD, peil, [(instelling,) for instelling, _ in gevonden])
            for instelling, bijdrage in gevonden:
                if bijdrage is None:
                    self.onbepaald[peil, instelling] += 1
                else:
                    self.bijdragen[peil, instelling] += bijdrage

    def _tel(self, populatie: Populatie, peil: str, records: list[Waarden]) -> None:
        naam = populatie.naam
        for record in records:
            self.aantallen[naam, peil, record] += 1
        if len(records) > 1:
            for vorm in populatie.vormen:
                geteld = Counter(tuple(record[plaats] for plaats in vorm) for record in records)
                for waarden, aantal in geteld.items():
                    if aantal > 1:
                        self.dubbel[naam, peil, vorm, waarden] += aantal - 1

    def _niveau(self, periode: Inschrijvingsperiode) -> str:
        return periode.niveau or self._niveau_van(periode.opleidingcode)

    def _niveau_van(self, opleidingcode: str) -> str:
        opleiding = self.gegevens.opleidingen.get(opleidingcode)
        return (opleiding.niveau if opleiding else None) or ONBEKEND


def leeftijdsgroep(geboren: OnvolledigeDatum | None, dag: date) -> str:
    """Return the age group of somebody on a day."""
    if geboren is None:
        return ONBEKEND
    jaren = leeftijd(vroegst(geboren), dag)
    return next((naam for tot, naam in LEEFTIJDEN if jaren < tot), "30 of ouder")


def tabellen(telling: Sectortelling, drempel: int = DREMPEL) -> Iterator[tuple[Tabel, list[Rij]]]:
    """Give the tables that may be published, with their rows; none holds a number of fewer than ``drempel`` persons."""
    for populatie in POPULATIES:
        peilen = sorted({peil for naam, peil, _ in telling.aantallen if naam == populatie.naam})
        per_peil = {peil: Gepubliceerd(telling, populatie, peil, drempel) for peil in peilen}
        if populatie is BEKOSTIGD:
            yield (
                _tabel(populatie, (0,)),
                [(peil, *rij) for peil, uit in per_peil.items() for rij in uit.bedragen()],
            )
        for vorm in combinations(range(len(populatie.dimensies)), 2):
            rijen = [
                (peil, *rij)
                for peil, uit in per_peil.items()
                for rij in (uit.genest() if populatie.genest else uit.kruising(*vorm))
            ]
            yield _tabel(populatie, vorm), rijen


class Gepubliceerd:
    """What of one population at one peil may be published."""

    def __init__(self, telling: Sectortelling, populatie: Populatie, peil: str, drempel: int) -> None:
        self.populatie, self.drempel = populatie, drempel
        self._cellen: dict[tuple[int, ...], Counter[Waarden]] = {vorm: Counter() for vorm in populatie.vormen}
        for (naam, van, record), aantal in telling.aantallen.items():
            if naam == populatie.naam and van == peil:
                for vorm, cellen in self._cellen.items():
                    cellen[tuple(record[plaats] for plaats in vorm)] += aantal
        self._dubbel = {
            (vorm, waarden): aantal
            for (naam, van, vorm, waarden), aantal in telling.dubbel.items()
            if naam == populatie.naam and van == peil
        }
        self._bijdrage = {
            waarde: None
            if telling.onbepaald[peil, waarde]
            else telling.bijdragen.get((peil, waarde), Decimal())
            for (waarde,) in self._cellen.get((0,), ())
        }
        self._rest = _tel_niet_mee(telling, peil) if populatie is BEKOSTIGD else {}
        self.totaal = self._cel((), ())
        self._dubbel_totaal = self._dubbel.get(((), ()), 0)
        self.namen = [
            voeg_bijeen(
                {w: self._cel((plaats,), (w,)) for (w,) in self._cellen[plaats,]},
                drempel,
                self._dubbel_totaal,
            )
            for plaats in range(len(populatie.dimensies))
        ]

    def _cel(self, vorm: tuple[int, ...], waarden: Waarden) -> Cel:
        aantal = self._cellen[vorm][waarden]
        return Cel(aantal, aantal - self._dubbel.get((vorm, waarden), 0))

    def bedragen(self) -> list[Rij]:
        """Return the rows of the funding: institution, count, and the contributions (None: some cannot be told)."""
        randen = {w: self._cel((0,), (w,)) for (w,) in self._cellen[0,]}
        namen = voeg_bijeen_met_rest(randen, self._rest, self.drempel, self._dubbel_totaal)
        if namen is None:
            return []
        samen: defaultdict[str, list[str]] = defaultdict(list)
        for waarde, naam in namen.items():
            samen[naam].append(waarde)
        rijen = [self._bedrag(naam, samen[naam]) for naam in sorted(samen, key=_volgorde)]
        return [*rijen, self._bedrag(TOTAAL, list(namen))]

    def _bedrag(self, naam: str, instellingen: list[str]) -> Rij:
        bekend = [bedrag for een in instellingen if (bedrag := self._bijdrage[een]) is not None]
        som = sum(bekend, Decimal()) if len(bekend) == len(instellingen) else None
        return naam, sum(self._cellen[0,][een,] for een in instellingen), som

    def genest(self) -> list[Rij]:
        """Return the rows of the second dimension within the first: two values, count; too few join there."""
        buiten = self.namen[0]
        if buiten is None:
            return []
        per_naam: defaultdict[str, dict[str, Cel]] = defaultdict(dict)
        for waarden in self._cellen[0, 1]:
            per_naam[buiten[waarden[0]]][waarden[1]] = self._cel((0, 1), waarden)
        uit: list[Rij] = []
        for naam in sorted(per_naam, key=_volgorde):
            cellen = per_naam[naam]
            namen = voeg_bijeen(cellen, self.drempel, self._dubbel_totaal) or dict.fromkeys(cellen, OVERIG)
            geteld: Counter[str] = Counter()
            for waarde, cel in cellen.items():
                geteld[namen[waarde]] += cel.aantal
            uit += [(naam, waarde, geteld[waarde]) for waarde in sorted(geteld, key=_volgorde)]
            uit.append((naam, TOTAAL, geteld.total()))
        return uit

    def kruising(self, rij: int, kolom: int) -> list[Rij]:
        """Return the rows of a table of two dimensions: two values, count (None: left out), whether it was left out."""
        rijnamen, kolomnamen = self.namen[rij], self.namen[kolom]
        if rijnamen is None or kolomnamen is None:
            return []
        delen: defaultdict[Plek, list[Cel]] = defaultdict(list)
        for waarden in self._cellen[rij, kolom]:
            plek = rijnamen[waarden[0]], kolomnamen[waarden[1]]
            delen[plek].append(self._cel((rij, kolom), waarden))
        cellen = {plek: tel_op(lijst, self._dubbel_totaal) for plek, lijst in delen.items()}
        rijen, kolommen = (sorted({*namen.values()}, key=_volgorde) for namen in (rijnamen, kolomnamen))
        weg = onderdrukt(cellen, rijen, kolommen, self.drempel)
        uit: list[Rij] = []
        for r in rijen:
            uit += [
                (r, k, None if (r, k) in weg else cellen.get((r, k), LEEG).aantal, (r, k) in weg)
                for k in kolommen
            ]
            uit.append((r, TOTAAL, sum(cellen.get((r, k), LEEG).aantal for k in kolommen), False))
        for k in kolommen:
            uit.append((TOTAAL, k, sum(cellen.get((r, k), LEEG).aantal for r in rijen), False))
        return [*uit, (TOTAAL, TOTAAL, self.totaal.aantal, False)]


def _tel_niet_mee(telling: Sectortelling, peil: str) -> Counter[str]:
    """Return per institution of how many persons at least an enrolment or diploma does not count for the funding."""
    rest: Counter[str] = Counter()
    for (naam, van, record), aantal in telling.aantallen.items():
        if van == peil and naam in (INSCHRIJVINGEN.naam, DIPLOMAS.naam, BEKOSTIGD.naam):
            rest[record[0]] += -aantal if naam == BEKOSTIGD.naam else aantal
    for (naam, van, vorm, waarden), aantal in telling.dubbel.items():
        if van == peil and vorm == (0,) and naam in (INSCHRIJVINGEN.naam, DIPLOMAS.naam):
            rest[waarden[0]] = max(rest[waarden[0]] - aantal, min(rest[waarden[0]], 1))
    return rest


def _volgorde(naam: str) -> tuple[bool, str]:
    return naam in (OVERIG, ONBEKEND), naam


def _tabel(populatie: Populatie, vorm: tuple[int, ...]) -> Tabel:
    namen = [populatie.dimensies[plaats] for plaats in vorm]
    kolommen = [Kolom("peil", str, populatie.peil, "Kernregister")]
    kolommen += [Kolom(naam, str, *UITLEG[naam]) for naam in namen]
    if populatie.genest or populatie is BEKOSTIGD:
        kolommen.append(
            Kolom("aantal", int, f"aantal, van elk een {populatie.wat}", "Kernregister", populatie.wat)
        )
    else:
        kolommen += [
            Kolom("aantal", int, "aantal; leeg: niet getoond", "Kernregister", populatie.wat, leeg=True),
            Kolom(
                "onderdrukt",
                bool,
                "of het aantal niet getoond wordt, om niemand te kunnen herkennen",
                "Kernregister",
            ),
        ]
    if populatie is BEKOSTIGD:
        kolommen.append(
            Kolom(
                "bijdrage",
                Decimal,
                "som van de bijdragen, indicatief; leeg: van een opleiding is geen prijsfactor bekend",
                "Uitvoeringsbesluit WEB 2.2.2 en 2.2.3",
                "deelnemerswaarde; van een kalenderjaar diplomawaarde",
                leeg=True,
            )
        )
    naam = (
        populatie.naam if populatie.genest or populatie is BEKOSTIGD else "_".join((populatie.naam, *namen))
    )
    return Tabel(naam, f"{populatie.omschrijving}: naar {' en '.join(namen)}", tuple(kolommen))
