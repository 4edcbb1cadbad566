"""What frictionless can say of the eleven signals: the size of a BPV, and a diploma without enrolment.

It knows types, required fields, bounds and foreign keys. Everything that compares two dates, two records or a date with
the peildatum has no place in a table schema; neither has the control window, so its files hold only what lies in it.
"""

from __future__ import annotations

from frictionless import Package, Resource, Schema

from benchmarks.kader import Kader, meet

SLEUTEL = ["persoon", "instelling", "opleidingcode"]


def veld(naam: str, soort: str = "string", **eisen: object) -> dict[str, object]:
    return {"name": naam, "type": soort, "constraints": eisen}


def bpv() -> Schema:
    return Schema.from_descriptor(
        {
            "fields": [
                veld("persoon", required=True),
                veld("instelling", required=True, pattern=r"\d{2}[A-Z]{2}"),
                veld("inschrijvingvolgnummer", required=True),
                veld("volgnummer", required=True),
                veld("datum_begin", "date", required=True),
                veld("datum_einde_gepland", "date"),
                veld("datum_einde_werkelijk", "date"),
                veld("omvang", "integer", required=True, minimum=1, maximum=5120),
            ]
        }
    )


def diploma() -> Schema:
    return Schema.from_descriptor(
        {
            "fields": [veld("persoon"), veld("instelling"), veld("opleidingcode")],
            "foreignKeys": [{"fields": SLEUTEL, "reference": {"resource": "opleiding", "fields": SLEUTEL}}],
        }
    )


def opleiding() -> Schema:
    return Schema.from_descriptor({"fields": [veld("persoon"), veld("instelling"), veld("opleidingcode")]})


def signalen(kader: Kader) -> dict[str, int]:
    pakket = Package(
        basepath=str(kader.map / "csv"),
        resources=[
            Resource(name=naam, path=f"{naam}.csv", schema=schema)
            for naam, schema in (("bpv", bpv()), ("diploma", diploma()), ("opleiding", opleiding()))
        ],
    )
    verslag = pakket.validate(limit_errors=10**9)
    fouten = {taak.name: {fout.row_number for fout in taak.errors} for taak in verslag.tasks}
    return {"C02": len(fouten["bpv"]), "D01": len(fouten["diploma"])}


if __name__ == "__main__":
    meet(signalen)
