"""Eleven signals as pandera schemas, on the joined frames of the pandas script: pandera itself joins none."""

from __future__ import annotations

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from benchmarks.kader import Kader, meet
from benchmarks.peers import pandas_signalen as script


def bij(regel: str, goed: object) -> pa.Check:
    return pa.Check(goed, name=regel)


INSCHRIJVING = pa.DataFrameSchema(
    checks=bij("B04", lambda d: ~(d["in_venster"] & d["datum_uitschrijving_werkelijk"].isna() & d["te_laat"]))
)
LEEFTIJD = pa.DataFrameSchema(checks=bij("A02", lambda d: (d["jongst"] <= 70) & (d["oudst"] >= 14)))
DUBBEL = pa.DataFrameSchema({"samen": pa.Column(bool, bij("B01", lambda s: ~s))})
BPV = pa.DataFrameSchema(
    {"examen": pa.Column(bool, bij("B05", lambda s: ~s))},
    checks=[
        bij("C02", lambda d: d["omvang"].between(1, 5120)),
        bij(
            "C03",
            lambda d: (
                d["datum_uitschrijving_werkelijk"].isna()
                | (d["datum_einde_werkelijk"] <= d["datum_uitschrijving_werkelijk"])
            ),
        ),
        bij("C04", lambda d: ~(d["datum_einde_gepland"] > d["vier_jaar"])),
    ],
)
DIPLOMA = pa.DataFrameSchema(
    {"opleiding": pa.Column(bool, bij("D01", lambda s: s)), "uit": pa.Column(bool, bij("D02", lambda s: s))}
)
ELDERS = pa.DataFrameSchema(
    checks=bij("E06", lambda d: d["instelling"].astype(str) == d["instelling_elders"].astype(str))
)
NUMMER = pa.DataFrameSchema({"proef": pa.Column(bool, bij("F01", lambda s: s))})


def fouten(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> dict[str, int]:
    """Return how many rows fail each check."""
    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as fout:
        return fout.failure_cases.groupby("check")["index"].nunique().to_dict()
    return {}


def signalen(kader: Kader) -> dict[str, int]:
    isg = script.inschrijvingen(kader)
    isp = script.perioden(kader, isg)
    grens = pd.Timestamp(kader.peildatum) - pd.Timedelta(days=90)
    frames = [
        (INSCHRIJVING, isg.assign(te_laat=isg["datum_uitschrijving_gepland"] < grens)),
        (LEEFTIJD, script.leeftijden(kader, isg)),
        (DUBBEL, script.gelijktijdig(isg, isp)),
        (BPV, script.bpvs(kader, isg, isp)),
        (DIPLOMA, script.diplomas(kader, isg, isp)),
        (ELDERS, script.bekostigbaar_elders(kader, isg, isp)),
        (NUMMER, script.nummers(kader)),
    ]
    tellingen: dict[str, int] = {}
    for schema, frame in frames:
        tellingen |= fouten(schema, frame.reset_index(drop=True))
    return dict(sorted(tellingen.items()))


if __name__ == "__main__":
    meet(signalen)
