"""The reader that explains: takes a line apart, field by field, and tells all that is wrong with it."""

from __future__ import annotations

import csv

from kernregister.kern.formaten.indeling import VORMEN, Indeling, Record, Veld, Veldfout, velden
from kernregister.kern.formaten.verslag import Verslag


class Regellezer:
    """Reads single lines of a layout; what it cannot read it reports, and leaves out."""

    def __init__(self, indeling: Indeling, verslag: Verslag, scheiding: str) -> None:
        self.verslag = verslag
        self.scheiding = scheiding
        self._indeling = indeling
        self._records = indeling.records

    def lees(self, regel: bytes, nummer: int) -> Record | None:
        """Return the record on a line, or None where there is none to give."""
        try:
            tekst = regel.rstrip(b"\r\n").decode()
        except UnicodeDecodeError as fout:
            self.verslag.fout(
                "geen_utf8",
                "De regel is geen UTF-8; waarschijnlijk opgeslagen als Windows-1252. Sla het bestand op als UTF-8.",
                regel=nummer,
                waarde=repr(regel[fout.start : fout.start + 4])[2:-1],
            )
            return None
        if not tekst.strip(self.scheiding + " \t"):
            self.verslag.opmerking("lege_regel", "Lege regels zijn overgeslagen.", regel=nummer)
            return None
        waarden = self._splits(tekst)
        record = self._records.get(waarden[0])
        if record is None:
            self.verslag.fout(
                "recordsoort_onbekend",
                "Deze recordsoort hoort niet in dit bestand.",
                regel=nummer,
                waarde=waarden[0],
                verwacht=", ".join(self._records),
            )
            return None
        soort, *waarden = self._herstel(waarden)
        return self._lees_velden(soort, record, waarden, nummer)

    def _splits(self, tekst: str) -> list[str]:
        if '"' not in tekst:
            return tekst.split(self.scheiding)
        try:
            return next(csv.reader([tekst], delimiter=self.scheiding))
        except csv.Error:
            return tekst.split(self.scheiding)

    def _herstel(self, waarden: list[str]) -> list[str]:
        """Return the values of a line with its known deviations mended, whatever its separator."""
        for afwijking in self._indeling.afwijkingen:
            breedte = afwijking.breedte
            if waarden[0] != afwijking.recordsoort or len(waarden) < breedte or any(waarden[breedte:]):
                continue
            scheiding = self._indeling.scheiding
            regel = scheiding.join(waarden[:breedte]).encode()
            regel, gevonden = afwijking.patroon.subn(afwijking.vervanging, regel)
            if gevonden:
                self.verslag.opmerking(afwijking.code, afwijking.uitleg, recordsoort=afwijking.recordsoort)
                waarden = regel.decode().split(scheiding) + waarden[breedte:]
        return waarden

    def _lees_velden(
        self, soort: str, record: type[Record], waarden: list[str], nummer: int
    ) -> Record | None:
        verwacht = velden(record)
        passend = self._pas_breedte(soort, verwacht, waarden, nummer)
        if passend is None:
            return None
        gelezen, goed = [], True
        for veld, waarde in zip(verwacht, passend, strict=False):
            try:
                gelezen_waarde, vorm = veld.lees_vorm(waarde)
                gelezen.append(gelezen_waarde)
                if vorm:
                    self.verslag.opmerking(vorm, VORMEN[vorm], regel=nummer, waarde=veld.toon(waarde))
            except Veldfout as fout:
                goed = False
                self.verslag.fout(
                    "veld_ongeldig",
                    f"Het veld {veld.naam} van een {soort} heeft geen geldige waarde.",
                    regel=nummer,
                    waarde=veld.toon(waarde),
                    recordsoort=soort,
                    veld=veld.naam,
                    verwacht=fout.verwacht,
                )
        if not goed:
            return None
        if record.meer:
            return record(*gelezen, tuple(passend[len(verwacht) :]))
        return record(*gelezen)

    def _pas_breedte(
        self, soort: str, verwacht: tuple[Veld, ...], waarden: list[str], nummer: int
    ) -> list[str] | None:
        """Return the values at the width of the record: empty fields at the end may be missing or too many."""
        teveel = len(waarden) - len(verwacht)
        if teveel == 0 or (teveel > 0 and self._records[soort].meer):
            return waarden
        if teveel > 0 and not any(waarden[len(verwacht) :]):
            waarden = waarden[: len(verwacht)]
        elif teveel < 0 and not any(veld.verplicht for veld in verwacht[teveel:]):
            waarden = waarden + [""] * -teveel
        else:
            self.verslag.fout(
                "aantal_velden",
                f"Een {soort} heeft een ander aantal velden.",
                regel=nummer,
                waarde=str(len(waarden) + 1),
                recordsoort=soort,
                verwacht=f"{len(verwacht) + 1} velden, de recordsoort meegeteld",
            )
            return None
        self.verslag.opmerking(
            "lege_velden_achteraan",
            "Records hebben achteraan lege velden te veel of te weinig.",
            regel=nummer,
        )
        return waarden
