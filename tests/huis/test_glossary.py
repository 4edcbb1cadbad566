"""Every Dutch word of the dossier has its English meaning and its source."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import fields

from kernregister.kern import dossier

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"


def rows() -> list[list[str]]:
    lines = GLOSSARY.read_text("utf-8").splitlines()
    table = [line.strip("|").split("|") for line in lines if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in table[2:]]


def test_every_class_and_field_of_the_dossier_is_explained():
    terms = {row[0].strip("`") for row in rows()}
    records = [
        value
        for value in vars(dossier).values()
        if isinstance(value, type) and issubclass(value, Struct) and value.__module__ == dossier.__name__
    ]
    names = {record.__name__ for record in records} | {field.name for r in records for field in fields(r)}
    assert names - terms == set()


def test_the_table_is_whole_and_in_order():
    table = rows()
    assert len(table) >= 60
    assert all(len(row) == 3 and all(row) for row in table)
    order = [(row[0].strip("`").casefold(), row[0].strip("`")) for row in table]
    assert order == sorted(set(order))
