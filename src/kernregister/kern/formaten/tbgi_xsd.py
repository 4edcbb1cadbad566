"""The XML schema of a TBG-i, made from its declaration: DUO publishes none.

It describes what is written here, the form of the PvE: elements in order, optional ones nil or absent, empty groups
left out. Files of DUO spell some elements otherwise and have groups of which all elements are nil; they are read
(``tbgi_lezen``) and do not keep to this schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, get_args, get_origin

from lxml import etree

from kernregister.kern.formaten.indeling import Veld
from kernregister.kern.formaten.tbgi import TBGI, UITBREIDING, Element
from kernregister.kern.formaten.tbgi_lezen import vorm_van

_XS: Final = "http://www.w3.org/2001/XMLSchema"
_ALTIJD: Final[dict[Any, str]] = {date: "xs:date", bool: "xs:boolean"}


@cache
def schema() -> str:
    """Return the schema as text."""
    wortel = etree.Element(_naam("schema"), nsmap={"xs": _XS})
    _uitleg(wortel, f"{TBGI.omschrijving}. Bron: {TBGI.bron}. Gemaakt uit de indeling van Kernregister.")
    top = _kind(_kind(_kind(wortel, "element", name=TBGI.wortel), "complexType"), "sequence")
    for soort in TBGI.onderdelen:
        _groep(top, vorm_van(soort).naam)
    for soort in _soorten():
        _complex(wortel, soort)
    _simpele_typen(wortel)
    return str(etree.tostring(wortel, encoding="utf-8", pretty_print=True, xml_declaration=True).decode())


def _soorten() -> Iterator[type[Element]]:
    """Give all groups, each once, from the outside in."""
    gezien: list[type[Element]] = []
    wachtend = list(TBGI.onderdelen)
    while wachtend:
        soort = wachtend.pop(0)
        if soort not in gezien:
            gezien.append(soort)
            wachtend += [deel for _, deel in vorm_van(soort).groepen.values()]
            yield soort


def _complex(wortel: Any, soort: type[Element]) -> None:
    vorm = vorm_van(soort)
    type_ = _kind(wortel, "complexType", name=_groepstype(vorm.naam))
    _uitleg(type_, soort.__doc__ or "")
    reeks = _kind(type_, "sequence")
    for naam, veld in vorm.teksten.items():
        extra = bool(veld.extra.get(UITBREIDING))
        kenmerken = {"name": naam, "type": _type_van(veld)}
        if extra or not veld.verplicht:
            kenmerken["minOccurs"] = "0"
        if not (extra or veld.verplicht):
            kenmerken["nillable"] = "true"
        _uitleg(_kind(reeks, "element", **kenmerken), veld.uitleg + ("; uitbreiding" if extra else ""))
    for naam in vorm.groepen:
        _groep(reeks, naam)


def _groep(reeks: Any, naam: str) -> None:
    _kind(reeks, "element", name=naam, type=_groepstype(naam), minOccurs="0", maxOccurs="unbounded")


def _groepstype(naam: str) -> str:
    return f"{naam}Groep"


def _type_van(veld: Veld) -> str:
    """Return the name of the type of a field: one of XML's own, or the format of the PvE."""
    if veld.soort in _ALTIJD:
        return _ALTIJD[veld.soort]
    waarden = _waarden(veld)
    return ".".join([veld.formaat, *waarden])


def _waarden(veld: Veld) -> tuple[str, ...]:
    return get_args(veld.soort) if get_origin(veld.soort) is not None else ()


def _simpele_typen(wortel: Any) -> None:
    velden = [veld for soort in _soorten() for veld in vorm_van(soort).teksten.values()]
    typen = {_type_van(veld): veld for veld in velden if veld.soort not in _ALTIJD}
    for naam, veld in sorted(typen.items()):
        basis = {int: "xs:nonNegativeInteger", Decimal: "xs:decimal"}.get(veld.soort, "xs:string")
        beperking = _kind(_kind(wortel, "simpleType", name=naam), "restriction", base=basis)
        for grens, waarde in _grenzen(veld):
            _kind(beperking, grens, value=waarde)


def _grenzen(veld: Veld) -> Iterator[tuple[str, str]]:
    """Give the facets that a format of the PvE stands for.

    Raises:
        ValueError: the format is not known.
    """
    if waarden := _waarden(veld):
        yield from (("enumeration", waarde) for waarde in waarden)
    elif m := re.fullmatch(r"AN(\d+)", veld.formaat):
        yield "length", m[1]
    elif m := re.fullmatch(r"AN(\d+)\.\.(\d+)", veld.formaat):
        yield from (("minLength", m[1]), ("maxLength", m[2]))
    elif m := re.fullmatch(r"N(\d+)\.(\d+)", veld.formaat):
        yield from (("totalDigits", m[1]), ("fractionDigits", m[2]))
    elif m := re.fullmatch(r"N(?:\d+\.\.)?(\d+)", veld.formaat):
        yield "totalDigits", m[1]
    else:
        raise ValueError(f"{veld.naam}: het formaat {veld.formaat} heeft geen vorm in een schema")


def _naam(soort: str) -> str:
    return f"{{{_XS}}}{soort}"


def _kind(ouder: Any, soort: str, **kenmerken: str) -> Any:
    return etree.SubElement(ouder, _naam(soort), kenmerken)


def _uitleg(ouder: Any, tekst: str) -> None:
    _kind(_kind(ouder, "annotation"), "documentation").text = " ".join(tekst.split())
