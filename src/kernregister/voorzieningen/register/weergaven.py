"""Views for people and BI over the versions: ``inschrijving``, ``periode``, ``bpv``, ``resultaat``.

The columns are the fields of the dossier's structs: an aggregate is kept as an array, and a field's place in the array
is its place in the struct. ``instelling`` is the owner, of a part of a diploma too. The views look with the rights of
who asks, so they show what that person's pass allows. A row is a version; those without ``vervallen_op`` hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from kernregister.kern.dossier import ONDERDELEN, Bpv, Diploma, Inschrijving, Inschrijvingsperiode
from kernregister.voorzieningen.register.opslag import APART

ROLLEN: Final = "kernregister_app, kernregister_stelsel"

VERSIE: Final = ("versie_id", "persoon_id", "melding_van", "melding_tot", "geregistreerd_op", "vervallen_op")
"""Columns of every view: which version it is, and when it held."""

_APART: Final = {een.veld for delen in APART.values() for een in delen}
_VAN: Final = "v.id AS versie_id, " + ", ".join(f"v.{kolom}" for kolom in VERSIE[1:])
_SQL_SOORT: Final[dict[Any, str]] = {
    str: "text",
    int: "integer",
    bool: "boolean",
    date: "date",
    Decimal: "numeric",
}


def kolommen(struct: type[Struct]) -> Iterator[tuple[str, int, str]]:
    """Give the fields of a struct that fit in a column: name, place in the array, and SQL type.

    What is kept apart as special data is not in the array.
    """
    soorten = get_type_hints(struct)
    verschuiving = 0 if struct.__struct_config__.tag is None else 1
    for plaats, veld in enumerate(fields(struct), start=verschuiving):
        soort = soorten[veld.name]
        if get_origin(soort) in {Union, UnionType}:
            (soort,) = (deel for deel in get_args(soort) if deel is not type(None))
        if soort in _SQL_SOORT and veld.name not in _APART:
            yield veld.name, plaats, _SQL_SOORT[soort]


def namen(*structs: type[Struct]) -> list[str]:
    """Return the columns that structs have together, in the order in which they first appear."""
    return list(dict.fromkeys(naam for struct in structs for naam, _, _ in kolommen(struct)))


def weergaven() -> dict[str, str]:
    """Return the views: name and definition."""
    inschrijving = f"SELECT {_VAN}, {_lees(Inschrijving, 'v.inhoud')}"
    sleutel = "v.instelling, v.sleutel AS inschrijvingvolgnummer"
    return {
        "inschrijving": f"{inschrijving} FROM register_versie v WHERE v.soort = 'inschrijving'",
        "periode": _kinderen(Inschrijvingsperiode, "perioden", sleutel),
        "bpv": _kinderen(Bpv, "bpvs", sleutel),
        "resultaat": "\nUNION ALL\n".join(_resultaten()),
    }


def _lees(struct: type[Struct], bron: str, alle: list[str] | None = None) -> str:
    """Return the columns of a struct from an array; a column of ``alle`` that it does not have is empty.

    The institution is read from its own column: it has an index.
    """
    eigen = {naam: (plaats, soort) for naam, plaats, soort in kolommen(struct)}
    soorten = {naam: soort for deel in (Diploma, *ONDERDELEN) for naam, _, soort in kolommen(deel)}
    return ", ".join(
        "v.instelling"
        if naam == "instelling"
        else f"({bron} ->> {eigen[naam][0]})::{eigen[naam][1]} AS {naam}"
        if naam in eigen
        else f"NULL::{soorten[naam]} AS {naam}"
        for naam in alle or eigen
    )


def _kinderen(struct: type[Struct], veld: str, sleutel: str) -> str:
    plaats = [veld_.name for veld_ in fields(Inschrijving)].index(veld)
    return (
        f"SELECT {_VAN}, {sleutel}, {_lees(struct, 'kind.inhoud')} FROM register_versie v "  # noqa: S608
        f"CROSS JOIN LATERAL jsonb_array_elements(v.inhoud -> {plaats}) AS kind (inhoud) "
        "WHERE v.soort = 'inschrijving'"
    )


def _resultaten() -> Iterator[str]:
    """Give a query for each kind of result: the diploma, its parts, and parts that stand alone."""
    alle = namen(Diploma, *ONDERDELEN)
    plaats = [veld.name for veld in fields(Diploma)].index("onderdelen")
    yield (
        f"SELECT {_VAN}, 'DIP' AS soort, NULL::text AS diploma, {_lees(Diploma, 'v.inhoud', alle)} "  # noqa: S608
        "FROM register_versie v WHERE v.soort = 'diploma'"
    )
    for struct in ONDERDELEN:
        tag = struct.__struct_config__.tag
        yield (
            f"SELECT {_VAN}, '{tag}', v.sleutel, {_lees(struct, 'kind.inhoud', alle)} FROM register_versie v "  # noqa: S608
            f"CROSS JOIN LATERAL jsonb_array_elements(v.inhoud -> {plaats}) AS kind (inhoud) "
            f"WHERE v.soort = 'diploma' AND kind.inhoud ->> 0 = '{tag}'"
        )
        yield (
            f"SELECT {_VAN}, '{tag}', NULL::text, {_lees(struct, 'v.inhoud', alle)} FROM register_versie v "  # noqa: S608
            f"WHERE v.soort = 'resultaat' AND v.inhoud ->> 0 = '{tag}'"
        )


def maak() -> str:
    """Return the SQL that makes the views anew."""
    return "".join(
        f"DROP VIEW IF EXISTS {naam};\nCREATE VIEW {naam} WITH (security_invoker = true) AS {vraag};\n"
        f"GRANT SELECT ON {naam} TO {ROLLEN};\n"
        for naam, vraag in weergaven().items()
    )


def verwijder() -> str:
    """Return the SQL that removes the views."""
    return f"DROP VIEW IF EXISTS {', '.join(weergaven())}"


def vingerafdruk() -> str:
    """Return what tells these views from those of another form of the structs."""
    return hashlib.sha256(maak().encode()).hexdigest()[:12]
