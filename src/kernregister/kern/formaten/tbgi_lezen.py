"""Reading a TBG-i: element by element, without entities or network, within bounds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Final, get_args, get_origin, get_type_hints

import msgspec
from lxml import etree
from msgspec.structs import fields

from kernregister.kern import dossier as kern
from kernregister.kern.formaten.bron import zonder_bom
from kernregister.kern.formaten.indeling import VORMEN, Veld, Veldfout, velden_van
from kernregister.kern.formaten.sorteren import Rij, gesorteerd
from kernregister.kern.formaten.tbgi import ANDERE_NAMEN, TBGI, Diploma, Element, Inschrijving, Kop, Onderdeel
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag, toonbaar

GROOTSTE_ONDERDEEL: Final = 4 << 20
"""Most bytes without the end of an enrolment or a diploma: thousands of times the real size."""

MEESTE_ONBEKEND: Final = 1000
"""Most names of elements that no TBG-i has."""

_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_CODERING = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]*)", re.ASCII)
_CODERINGEN: Final = (b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"iso-8859-15", b"windows-1252")
_BRIN = re.compile(rb"<(?:[\w.-]+:)?BRIN>\s*(\w{4})\s*<")


def lees_kop(pad: Path) -> Kop:
    """Return whose file it is: the institution of the first element, or none when there are no elements."""
    with pad.open("rb") as bestand:
        gevonden = _BRIN.search(bestand.read(1 << 20))
    return Kop(gevonden[1].decode() if gevonden else "")


def lees(pad: Path, verslag: Verslag) -> Iterator[Onderdeel]:
    """Give the enrolments and diplomas of a file; what cannot be read is reported and left out.

    Raises:
        OnbruikbaarBestand: the file declares a document type or entities, or has an element out of all bounds.
    """
    with pad.open("rb") as bestand:
        begrensd = _Begrensd(bestand, verslag.bestand or pad.name)
        lezer = _Lezer(verslag)
        namen = [f"{{*}}{naam}" for naam in TBGI.records]
        stroom = etree.iterparse(
            begrensd,
            events=("end",),
            tag=namen,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for _, element in stroom:
                ouder = element.getparent()
                if ouder is None or ouder.getparent() is not None:
                    continue
                begrensd.verder()
                soort = TBGI.records[etree.QName(element).localname]
                gelezen = lezer.groep(element, soort)
                _ruim_op(element)
                if gelezen is not None:
                    yield gelezen  # type: ignore[misc]
        except etree.XMLSyntaxError as fout:
            verslag.fout(
                "xml_ongeldig",
                "De XML is vanaf hier niet meer te lezen: afgekapt of beschadigd. Haal het bestand opnieuw op.",
                regel=fout.lineno or 0,
            )


class _Begrensd:
    """A file for the parser that refuses document types, and elements that never end."""

    def __init__(self, bestand: BinaryIO, naam: str) -> None:
        self._bestand = bestand
        self._naam = naam
        self._zonder_eind = 0
        self._staart = b""

    def verder(self) -> None:
        """Say that an element has ended."""
        self._zonder_eind = 0

    def read(self, aantal: int) -> bytes:
        """Return the next bytes."""
        blok = self._bestand.read(aantal)
        if not self._staart:
            self._eis_codering(blok)
        # Neither belongs in a delivery, wherever it stands; the tail is for one that lies across two blocks.
        if b"<!DOCTYPE" in self._staart + blok or b"<!ENTITY" in self._staart + blok:
            raise OnbruikbaarBestand(
                f"{self._naam}: de XML heeft een documenttype of entiteiten; die horen niet in een TBG-i en worden "
                "niet gelezen."
            )
        self._staart = blok[-16:]
        self._zonder_eind += len(blok)
        if self._zonder_eind > GROOTSTE_ONDERDEEL:
            raise OnbruikbaarBestand(
                f"{self._naam}: meer dan {GROOTSTE_ONDERDEEL >> 20} MB zonder het eind van een inschrijving of "
                "diploma: dit is geen TBG-i."
            )
        return blok

    def _eis_codering(self, begin: bytes) -> None:
        """Refuse an encoding in which a document type would go unseen."""
        gevonden = _CODERING.match(zonder_bom(begin))
        if gevonden and gevonden[1].lower() not in _CODERINGEN:
            raise OnbruikbaarBestand(
                f"{self._naam}: opgeslagen als {toonbaar(gevonden[1].decode())}; verwacht UTF-8."
            )


def _ruim_op(element: Any) -> None:
    """Let go of an element and of all before it: memory does not grow with the file."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


class _Vorm(msgspec.Struct, frozen=True):
    """A group of elements as declared: name of the element -> field, for its texts and for the groups in it."""

    naam: str
    teksten: dict[str, Veld]
    groepen: dict[str, tuple[str, type[Element]]]


@cache
def vorm_van(soort: type[Element]) -> _Vorm:
    """Return what a group is made of."""
    hints = get_type_hints(soort)
    xml = {veld.name: veld.encode_name for veld in fields(soort)}
    return _Vorm(
        str(soort.__struct_config__.tag),
        {xml[veld.naam]: veld for veld in velden_van(soort)},
        {xml[naam]: (naam, get_args(type_)[0]) for naam, type_ in hints.items() if get_origin(type_) is list},
    )


class _Lezer:
    """Makes a Struct of an element, reporting all that is wrong with it."""

    def __init__(self, verslag: Verslag) -> None:
        self._verslag = verslag
        self._onbekend: set[str] = set()

    def groep(self, element: Any, soort: type[Element]) -> Element | None:
        """Return the group, or None when it is empty or cannot be read."""
        vorm = vorm_van(soort)
        teksten: dict[str, str] = {}
        groepen: dict[str, list[Element]] = {naam: [] for naam, _ in vorm.groepen.values()}
        goed = True
        for kind in element:
            naam = self._naam(kind)
            # A group and a text in it may have the same name (Teldatum): a group has elements in it.
            if naam in vorm.groepen and (len(kind) or naam not in vorm.teksten):
                if _is_leeg(kind):
                    self._verslag.opmerking(
                        "lege_groep",
                        "Groepen waarvan alle elementen leeg zijn, gelden als afwezig.",
                        regel=kind.sourceline or 0,
                        waarde=naam,
                    )
                    continue
                plaats, deelsoort = vorm.groepen[naam]
                deel = self.groep(kind, deelsoort)
                goed = goed and deel is not None
                if deel is not None:
                    groepen[plaats].append(deel)
            elif naam in vorm.teksten:
                teksten[naam] = "" if kind.get(_NIL) == "true" else (kind.text or "").strip()
            else:
                self._onbekend.add(naam)
                if len(self._onbekend) > MEESTE_ONBEKEND:  # the parser keeps every name that it has seen
                    raise OnbruikbaarBestand(
                        f"{self._verslag.bestand}: meer dan {MEESTE_ONBEKEND} verschillende elementen die niet in de "
                        "bestandsbeschrijving staan: dit is geen TBG-i."
                    )
                self._verslag.opmerking(
                    "element_onbekend",
                    "Elementen die niet in de bestandsbeschrijving staan, zijn overgeslagen.",
                    regel=kind.sourceline or 0,
                    waarde=naam,
                )
        waarden = self._waarden(element, vorm, teksten)
        if waarden is None or not goed:
            return None
        return soort(**waarden, **groepen)

    def _naam(self, element: Any) -> str:
        """Return the name of an element as the PvE spells it."""
        naam = str(etree.QName(element).localname)
        if naam not in ANDERE_NAMEN:
            return naam
        self._verslag.opmerking(
            "elementnaam",
            "Elementen hebben een iets andere naam dan in de bestandsbeschrijving; gelezen zoals bedoeld.",
            regel=element.sourceline or 0,
            waarde=naam,
        )
        return ANDERE_NAMEN[naam]

    def _waarden(self, element: Any, vorm: _Vorm, teksten: dict[str, str]) -> dict[str, Any] | None:
        uit: dict[str, Any] = {}
        goed = True
        for xmlnaam, veld in vorm.teksten.items():
            tekst = teksten.get(xmlnaam, "")
            try:
                uit[veld.naam], afwijkend = veld.lees_vorm(tekst)
                if afwijkend:
                    self._verslag.opmerking(
                        afwijkend,
                        VORMEN[afwijkend],
                        regel=element.sourceline or 0,
                        waarde=veld.toon(tekst),
                    )
            except Veldfout as fout:
                goed = False
                self._verslag.fout(
                    "veld_ongeldig",
                    f"Het element {xmlnaam} van {vorm.naam} heeft geen geldige waarde.",
                    regel=element.sourceline or 0,
                    waarde=veld.toon(tekst),
                    recordsoort=vorm.naam,
                    veld=xmlnaam,
                    verwacht=fout.verwacht,
                )
        return uit if goed else None


def _is_leeg(element: Any) -> bool:
    """Tell whether a group holds nothing: real files have groups of which all elements are nil."""
    return not any((deel.text or "").strip() for deel in element.iter())


def dossiers(pad: Path, verslag: Verslag, tellingen: Counter[str]) -> Iterator[kern.Dossier]:
    """Give the dossiers of a file, in the order of persons of other deliveries, as far as it carries them."""
    decodeer = msgspec.msgpack.Decoder(Onderdeel).decode
    vorige: bytes | None = None
    van_persoon: list[Onderdeel] = []
    for sleutel, inhoud in gesorteerd(_gesleuteld(pad, verslag, tellingen)):
        if sleutel != vorige and van_persoon:
            yield _dossier(van_persoon)
            van_persoon = []
        vorige = sleutel
        van_persoon.append(decodeer(inhoud))
    if van_persoon:
        yield _dossier(van_persoon)


def _gesleuteld(pad: Path, verslag: Verslag, tellingen: Counter[str]) -> Iterator[Rij]:
    codeer = msgspec.msgpack.Encoder().encode
    for onderdeel in lees(pad, verslag):
        tellingen[str(type(onderdeel).__struct_config__.tag)] += 1
        bsn, onderwijsnummer = onderdeel.burgerservicenummer, onderdeel.onderwijsnummer
        yield f"{int(bsn is None)}{bsn or ''}|{onderwijsnummer or ''}".encode(), codeer(onderdeel)


def _dossier(onderdelen: list[Onderdeel]) -> kern.Dossier:
    eerste = onderdelen[0]
    op_own = eerste.burgerservicenummer is None
    return kern.Dossier(
        kern.Persoon(eerste.burgerservicenummer, eerste.onderwijsnummer),
        tuple(
            kern.Inschrijving(
                i.instellingscode,
                i.inschrijvingvolgnummer,
                i.datum_inschrijving,
                i.datum_uitschrijving_gepland,
                i.datum_uitschrijving_werkelijk,
                op_onderwijsnummer=op_own,
            )
            for i in onderdelen
            if isinstance(i, Inschrijving)
        ),
        tuple(
            kern.Diploma(
                d.instellingscode,
                d.resultaatvolgnummer,
                d.opleidingcode,
                d.datum_behaald,
                inschrijvingvolgnummer=d.inschrijvingvolgnummer,
                onderwijsaanbieder=d.onderwijsaanbieder,
                op_onderwijsnummer=op_own,
            )
            for d in onderdelen
            if isinstance(d, Diploma)
        ),
    )
