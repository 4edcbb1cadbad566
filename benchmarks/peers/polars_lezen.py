"""An RO with polars, as typed as ours: a frame for each recordsoort, every field of its type, persons numbered.

The file is split once, by polars itself; the closing record is compared with what was read.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from benchmarks.kader import Kader, meet

LANGST = 16
SOORT, *REST = KOLOMMEN = [f"v{nummer}" for nummer in range(LANGST)]

NUMMERS = ["burgerservicenummer", "onderwijsnummer"]
INSCHRIJVING = [*NUMMERS, "inschrijvingvolgnummer"]
RESULTAAT = [*NUMMERS, "resultaatvolgnummer_diploma", "opleidingcode_diploma", "resultaatvolgnummer", "code"]
BIJ = ["inschrijvingvolgnummer", "onderwijsaanbieder"]
DATUM, GETAL, JA_NEE = pl.Date(), pl.Int32(), pl.Boolean()

VELDEN: dict[str, list[str]] = {
    "PER": [*NUMMERS, "geboortedatum", "geslacht"],
    "ISG": [
        *INSCHRIJVING,
        *(
            "datum_inschrijving",
            "datum_uitschrijving_gepland",
            "datum_uitschrijving_werkelijk",
            "reden_uitschrijving",
        ),
    ],
    "ISP": [
        *INSCHRIJVING,
        *("datum_begin", "opleidingcode", "leertraject", "niveau", "bekostigbaar", "locatiecode_vsv"),
        *("onderwijsaanbieder", "onderwijslocatie", "leerroute", "leerroutefase"),
    ],
    "ISE": [*INSCHRIJVING, "datum_begin", "datum_eind"],
    "BPV": [
        *INSCHRIJVING,
        *(
            "volgnummer",
            "afsluitdatum",
            "datum_begin",
            "datum_einde_gepland",
            "datum_einde_werkelijk",
            "omvang",
        ),
        *("leerbedrijf_id", "opleidingcode", "keuzedeelcode"),
    ],
    "DIP": [*NUMMERS, "resultaatvolgnummer", "opleidingcode", "datum_resultaat", "bekostigbaar", *BIJ],
    "AMO": [*RESULTAAT, "datum_resultaat", "certificaat", *BIJ],
    "GEO": [
        *RESULTAAT,
        *("datum_resultaat", "eindcijfer", "vrijstelling", "cijfer_ie", "vrijstelling_ie", "cijfer_ce"),
        *("vrijstelling_ce", *BIJ),
    ],
    "KZD": [*RESULTAAT, "datum_resultaat", "resultaat", "certificaat", *BIJ],
}
TYPEN: dict[str, pl.DataType] = {
    **dict.fromkeys(
        ("datum_inschrijving", "datum_uitschrijving_gepland", "datum_uitschrijving_werkelijk"), DATUM
    ),
    **dict.fromkeys(("datum_begin", "datum_eind", "afsluitdatum", "datum_resultaat"), DATUM),
    **dict.fromkeys(("datum_einde_gepland", "datum_einde_werkelijk"), DATUM),
    **dict.fromkeys(("omvang", "eindcijfer", "cijfer_ie", "cijfer_ce"), GETAL),
    **dict.fromkeys(("bekostigbaar", "certificaat"), JA_NEE),
    "geslacht": pl.Enum(["M", "V", "O"]),
    "resultaat": pl.Enum(["Behaald", "Niet behaald"]),
}


def getypeerd(naam: str, kolom: pl.Expr) -> pl.Expr:
    soort = TYPEN.get(naam)
    if soort == DATUM:
        kolom = kolom.str.to_date("%Y-%m-%d")
    elif soort == JA_NEE:
        kolom = kolom.replace_strict({"J": True, "N": False}, return_dtype=pl.Boolean)
    elif soort is not None:
        kolom = kolom.cast(soort)
    return kolom.alias(naam)


def lees(pad: Path) -> dict[str, pl.DataFrame]:
    """Return the typed records by recordsoort; ``persoon`` numbers the persons in the order of the file."""
    regels = pl.read_csv(
        pad, separator="|", has_header=False, quote_char=None, schema=dict.fromkeys(KOLOMMEN, pl.String)
    ).with_columns(persoon=(pl.col(SOORT) == "PER").cum_sum().cast(pl.Int32))
    vragen = [
        regels.lazy()
        .filter(pl.col(SOORT) == soort)
        .select(
            "persoon",
            *(
                getypeerd(naam, pl.col(kolom))
                for naam, kolom in zip(velden, REST[: len(velden)], strict=True)
            ),
        )
        for soort, velden in VELDEN.items()
    ]
    frames = dict(zip(VELDEN, pl.collect_all(vragen), strict=True))
    sluit = [int(waarde) for waarde in regels.tail(1).row(0)[1 : len(VELDEN) + 1]]
    if sluit != [frame.height for frame in frames.values()]:
        sys.exit("de totalen kloppen niet")
    if frames["PER"].select(~pl.col("geboortedatum").str.contains(r"^\d{4}-\d\d-\d\d$").all()).item():
        sys.exit("een geboortedatum heeft niet de voorgeschreven vorm")
    return frames


def main(kader: Kader) -> dict[str, int]:
    frames = lees(kader.map / "ro-sector.csv")
    return dict(sorted((soort, frame.height) for soort, frame in frames.items()))


if __name__ == "__main__":
    meet(main)
