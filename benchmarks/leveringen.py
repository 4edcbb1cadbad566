"""The dossiers as deliveries: an RO for each institution, one of the whole sector, and two OBO's that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import IO

from msgspec.structs import replace

from kernregister.kern.dossier import Dossier, Inschrijving
from kernregister.kern.formaten import obo, obo_dossier, ro, ro_dossier
from kernregister.kern.formaten.indeling import Indeling, Record, regel_van
from kernregister.kern.formaten.totalen import Teller, totalen_van
from kernregister.kern.gegevens import Gegevens, Soort
from kernregister.kern.tijd import Studiejaar

SECTOR = "99ZZ"
"""The institution that the one large RO is said to be of."""


class Bestand:
    """One delivery being written: persons on a burgerservicenummer first, those on an onderwijsnummer after them."""

    def __init__(self, pad: Path, indeling: Indeling, kop: Record, stapel: ExitStack) -> None:
        pad.parent.mkdir(parents=True, exist_ok=True)
        self.indeling = indeling
        self.teller = Teller(indeling.totalen)
        self._uit: IO[str] = stapel.enter_context(pad.open("w", encoding="utf-8", newline="\n"))
        self._later: list[str] = []
        self._uit.write(regel_van(kop) + "\n")

    def schrijf(self, records: Iterable[Record]) -> None:
        groep = list(records)
        self.teller.tel([groep])
        for record in groep:
            regel = regel_van(record) + "\n"
            if record.burgerservicenummer:
                self._uit.write(regel)
            else:
                self._later.append(regel)

    def sluit(self) -> None:
        self._uit.writelines(self._later)
        totalen = totalen_van(self.indeling.totalen, self.teller.tellingen)
        self._uit.write(regel_van(self.indeling.sluit(**totalen)) + "\n")


class Leveringen:
    """Writes all deliveries while the dossiers go by."""

    def __init__(self, map_: Path, gegevens: Gegevens, peildatum: date, stapel: ExitStack) -> None:
        self.map = map_
        self.gegevens = gegevens
        self.peildatum = peildatum
        self.studiejaar = Studiejaar.van(peildatum)
        self.codes: set[str] = set()
        self.in_obo: Counter[str] = Counter()
        """Institution -> records in its OBO's."""
        self.records = 0
        self._stapel = stapel
        self._ros: dict[str, Bestand] = {}
        self._obos: dict[str, tuple[Bestand, ...]] = {}
        self._sector = self._ro(SECTOR, map_ / "ro-sector.csv")

    def bij(self, dossiers: Iterable[Dossier]) -> Iterator[Dossier]:
        for nummer, dossier in enumerate(dossiers):
            for code in _instellingen(dossier):
                self.codes.add(code)
                self._bij_ro(code, dossier)
                if self.gegevens.soort_van(code) is Soort.BI:
                    self._bij_obo(code, nummer, dossier)
            self._sector.schrijf(ro_dossier.records_van(als_een_instelling(dossier), SECTOR))
            yield dossier
        self.records = sum(self._sector.teller.tellingen.values())
        self.in_obo.update({code: paar[1].teller.tellingen.total() for code, paar in self._obos.items()})
        for bestand in (
            self._sector,
            *self._ros.values(),
            *(b for paar in self._obos.values() for b in paar),
        ):
            bestand.sluit()

    def _ro(self, code: str, pad: Path) -> Bestand:
        begin, eind = date(self.studiejaar.start - 1, 8, 1), date(self.studiejaar.start + 1, 7, 31)
        return Bestand(pad, ro.RO, ro.Vlp(code, begin, eind, self.peildatum), self._stapel)

    def _bij_ro(self, code: str, dossier: Dossier) -> None:
        if code not in self._ros:
            self._ros[code] = self._ro(code, self.map / "ro" / f"RO_{code}.csv")
        self._ros[code].schrijf(ro_dossier.records_van(dossier, code))

    def _bij_obo(self, code: str, nummer: int, dossier: Dossier) -> None:
        if code not in self._obos:
            dag = self.peildatum
            kop = obo.Vlp(str(self.studiejaar), code, dag, dag)
            paden = [self.map / "obo" / stand / f"OBO_{code}.csv" for stand in ("oud", "nieuw")]
            self._obos[code] = tuple(Bestand(pad, obo.OBO, kop, self._stapel) for pad in paden)
        oud, nieuw = self._obos[code]
        stand = voor_obo(dossier, code, self.studiejaar)
        if nummer % 1000 not in TOEGEVOEGD:
            oud.schrijf(obo_dossier.records_van(stand, code, self.studiejaar))
        if nummer % 1000 not in VERDWENEN:
            nieuw.schrijf(obo_dossier.records_van(gewijzigd(stand, nummer), code, self.studiejaar))


TOEGEVOEGD = range(3)
VERDWENEN = range(3, 6)
GEWIJZIGD = range(6, 26)
"""Of each thousand dossiers: those only in the new OBO, only in the old, and those that differ."""


def gewijzigd(dossier: Dossier, nummer: int) -> Dossier:
    """Return the dossier as the new OBO has it: two in a hundred differ, each in one of five ways."""
    if nummer % 1000 not in GEWIJZIGD or not dossier.inschrijvingen:
        return dossier
    eerste, *rest = dossier.inschrijvingen
    *eerder, laatste = eerste.perioden
    match nummer % 5:
        case 0:
            einde = (
                None
                if eerste.datum_uitschrijving_werkelijk
                else eerste.datum_inschrijving + timedelta(days=100)
            )
            nieuw = replace(eerste, datum_uitschrijving_werkelijk=einde)
        case 1:
            nieuw = replace(
                eerste, perioden=(*eerder, replace(laatste, bekostigbaar=not laatste.bekostigbaar))
            )
        case 2:
            nieuw = replace(eerste, perioden=(*eerder, replace(laatste, opleidingcode="25999")))
        case 3:
            verzet = replace(laatste, datum_begin=laatste.datum_begin + timedelta(days=400))
            nieuw = replace(eerste, perioden=(*eerder, verzet))
        case _:
            erbij = replace(laatste, datum_begin=laatste.datum_begin + timedelta(days=31))
            nieuw = replace(eerste, perioden=(*eerste.perioden, erbij))
    return replace(dossier, inschrijvingen=(nieuw, *rest))


def voor_obo(dossier: Dossier, code: str, studiejaar: Studiejaar) -> Dossier:
    """Return what belongs in an OBO: valid in the studiejaar, and diplomas of the year it starts in."""
    geldig = tuple(
        i for i in dossier.inschrijvingen if i.instelling == code and i.perioden and _raakt(i, studiejaar)
    )
    bbl = any(p.leertraject == "BBL" for i in geldig for p in i.perioden)
    return replace(
        dossier,
        inschrijvingen=geldig if bbl else tuple(replace(i, bpvs=()) for i in geldig),
        diplomas=tuple(
            d for d in dossier.diplomas if d.instelling == code and d.datum_resultaat.year == studiejaar.start
        ),
        losse_resultaten=(),
    )


def als_een_instelling(dossier: Dossier) -> Dossier:
    """Return a dossier as if all its records were of one institution, so that one file can hold the sector."""

    def nummer(instelling: str | None, volgnummer: str | None) -> str | None:
        return volgnummer and f"{instelling}{volgnummer}"

    return replace(
        dossier,
        inschrijvingen=tuple(
            replace(
                i, instelling=SECTOR, inschrijvingvolgnummer=nummer(i.instelling, i.inschrijvingvolgnummer)
            )
            for i in dossier.inschrijvingen
        ),
        diplomas=tuple(
            replace(
                d,
                instelling=SECTOR,
                resultaatvolgnummer=nummer(d.instelling, d.resultaatvolgnummer),
                inschrijvingvolgnummer=nummer(d.instelling, d.inschrijvingvolgnummer),
            )
            for d in dossier.diplomas
        ),
        losse_resultaten=tuple(
            replace(
                r, instelling=SECTOR, inschrijvingvolgnummer=nummer(r.instelling, r.inschrijvingvolgnummer)
            )
            for r in dossier.losse_resultaten
        ),
    )


def _instellingen(dossier: Dossier) -> dict[str, None]:
    records = (*dossier.inschrijvingen, *dossier.diplomas, *dossier.losse_resultaten)
    return dict.fromkeys(record.instelling for record in records if record.instelling)


def _raakt(inschrijving: Inschrijving, studiejaar: Studiejaar) -> bool:
    einde = inschrijving.datum_uitschrijving_werkelijk
    return inschrijving.datum_inschrijving < studiejaar.eind and (einde is None or einde >= studiejaar.begin)


def als_csv(map_: Path, instelling: str) -> None:
    """Write the ISG and ISP records of all OBO's, and those of one institution, as CSV with one glued key."""
    for stand in ("oud", "nieuw"):
        for soort, sleutel, record in (("ISG", 3, obo.Isg), ("ISP", 4, obo.Isp)):
            kop = ",".join(["sleutel", *record.__struct_fields__[sleutel:]]) + "\n"
            alle, een = (
                map_ / "obo" / f"{soort.lower()}{waar}-{stand}.csv" for waar in ("", f"-{instelling}")
            )
            with alle.open("w") as uit, een.open("w") as uit_een:
                uit.write(kop)
                uit_een.write(kop)
                for pad in sorted((map_ / "obo" / stand).glob("*.csv")):
                    code = pad.stem.removeprefix("OBO_")
                    with pad.open() as regels:
                        gevraagd = (r.rstrip("\n").split("|")[1:] for r in regels if r.startswith(soort))
                        rijen = [
                            ",".join(["/".join([code, *v[:sleutel]]), *v[sleutel:]]) + "\n" for v in gevraagd
                        ]
                    uit.writelines(rijen)
                    if code == instelling:
                        uit_een.writelines(rijen)
