"""The tables that the funding needs beside those of the signals, in the Parquet files an analyst would start from.

A set of their own, so that a tool that only computes signals reads no column more than it uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kernregister.kern.dossier import Dossier
from kernregister.kern.gegevens import Gegevens, Soort

_PER_KEER = 100_000
_TEKST, _DATUM = pa.string(), pa.date32()
_SLEUTEL = [("persoon", _TEKST), ("instelling", _TEKST), ("inschrijvingvolgnummer", _TEKST)]

SCHEMAS: dict[str, pa.Schema] = {
    "persoon": pa.schema([("persoon", _TEKST), ("datum_overlijden", _DATUM)]),
    "inschrijving": pa.schema(
        [*_SLEUTEL, ("datum_inschrijving", _DATUM), ("datum_uitschrijving_werkelijk", _DATUM)]
    ),
    "periode": pa.schema(
        [
            *_SLEUTEL,
            ("datum_begin", _DATUM),
            ("opleidingcode", _TEKST),
            ("leertraject", _TEKST),
            ("niveau", _TEKST),
            ("bekostigbaar", pa.bool_()),
            ("leerroutefase", _TEKST),
        ]
    ),
    "bpv": pa.schema(
        [
            *_SLEUTEL,
            ("opleidingcode", _TEKST),
            ("afsluitdatum", _DATUM),
            ("datum_begin", _DATUM),
            ("datum_einde_werkelijk", _DATUM),
        ]
    ),
    "diploma": pa.schema(
        [
            *_SLEUTEL,
            ("resultaatvolgnummer", _TEKST),
            ("opleidingcode", _TEKST),
            ("datum_resultaat", _DATUM),
            ("bekostigbaar", pa.bool_()),
        ]
    ),
}


class Bekostigingstabellen:
    """Writes the tables while the dossiers go by."""

    def __init__(self, map_: Path) -> None:
        self.map = map_ / "bekostiging"
        self.map.mkdir(parents=True)
        self._rijen: dict[str, list[tuple[Any, ...]]] = {naam: [] for naam in SCHEMAS}
        self._schrijvers = {n: pq.ParquetWriter(self.map / f"{n}.parquet", s) for n, s in SCHEMAS.items()}

    def bij(self, dossiers: Iterable[Dossier]) -> Iterator[Dossier]:
        """Give dossiers through, with their records put in the tables."""
        for dossier in dossiers:
            self._bij(dossier)
            yield dossier
        for naam, schrijver in self._schrijvers.items():
            self._schrijf(naam)
            schrijver.close()

    def _bij(self, dossier: Dossier) -> None:
        nummer, rijen = dossier.persoon.pgn, self._rijen
        rijen["persoon"].append((nummer, dossier.persoon.datum_overlijden))
        for i in dossier.inschrijvingen:
            sleutel = nummer, i.instelling, i.inschrijvingvolgnummer
            rijen["inschrijving"].append((*sleutel, i.datum_inschrijving, i.datum_uitschrijving_werkelijk))
            rijen["periode"] += [
                (
                    *sleutel,
                    p.datum_begin,
                    p.opleidingcode,
                    p.leertraject,
                    p.niveau,
                    p.bekostigbaar,
                    p.leerroutefase,
                )
                for p in i.perioden
            ]
            rijen["bpv"] += [
                (*sleutel, b.opleidingcode, b.afsluitdatum, b.datum_begin, b.datum_einde_werkelijk)
                for b in i.bpvs
            ]
        rijen["diploma"] += [
            (
                *(nummer, d.instelling, d.inschrijvingvolgnummer),
                *(d.resultaatvolgnummer, d.opleidingcode, d.datum_resultaat, d.bekostigbaar),
            )
            for d in dossier.diplomas
        ]
        for naam, lijst in rijen.items():
            if len(lijst) >= _PER_KEER:
                self._schrijf(naam)

    def _schrijf(self, naam: str) -> None:
        rijen, schema = self._rijen[naam], SCHEMAS[naam]
        if rijen:
            kolommen = [pa.array(k, v.type) for k, v in zip(zip(*rijen, strict=True), schema, strict=True)]
            self._schrijvers[naam].write_table(pa.Table.from_arrays(kolommen, schema=schema))
        rijen.clear()


def schrijf_stamgegevens(map_: Path, gegevens: Gegevens, codes: Iterable[str]) -> None:
    """Write the reference data that the funding needs: institutions, programmes, and who may give what."""
    doel = map_ / "bekostiging"
    termijn = gegevens.wettelijke_termijn_maanden or 0
    instellingen = [{"instelling": c, "bi": gegevens.soort_van(c) is Soort.BI} for c in sorted(codes)]
    pq.write_table(pa.Table.from_pylist(instellingen), doel / "instelling.parquet")
    opleidingen = [
        {
            "opleidingcode": een.code,
            "niveau": een.niveau,
            "prijsfactor": een.prijsfactor,
            "groep": een.soort != "kwalificatie",
            "specialist": een.specialist,
            "vws": een.met_vws is True,
            "vraagt": "T53" if een.cross_over else "T54" if een.unieke_vakopleiding else None,
            "einde": een.einde(termijn),
        }
        for een in gegevens.opleidingen.values()
    ]
    schema = pa.schema(
        [
            ("opleidingcode", _TEKST),
            ("niveau", _TEKST),
            ("prijsfactor", pa.decimal128(5, 2)),
            *((naam, pa.bool_()) for naam in ("groep", "specialist", "vws")),
            ("vraagt", _TEKST),
            ("einde", _DATUM),
        ]
    )
    pq.write_table(pa.Table.from_pylist(opleidingen, schema), doel / "opleiding.parquet")
    aanspraken = [
        {"instelling": i, "opleidingcode": o, "begin": p.begin, "eind": p.eind}
        for bron in (gegevens.toestemmingen, gegevens.licenties)
        for (i, o), perioden in bron.items()
        for p in perioden
    ]
    velden = [("instelling", _TEKST), ("opleidingcode", _TEKST), ("begin", _DATUM), ("eind", _DATUM)]
    pq.write_table(pa.Table.from_pylist(aanspraken, pa.schema(velden)), doel / "aanspraak.parquet")
