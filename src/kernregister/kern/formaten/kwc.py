"""The file of the kwaliteitscontrole: findings as CSV, with their number, name and record.

DUO's own columns are not published. These are proposed; others take their place through a TOML file that names a
column and what stands in it, so that the real ones can follow without a change of code.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from msgspec import Struct

from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.regels.motor import Uitkomst
from kernregister.kern.regels.paspoort import Regel
from kernregister.kern.sleutels import is_onderwijsnummer


class Rij(NamedTuple):
    """A finding with its rule and the family name of the person, as far as known."""

    uitkomst: Uitkomst
    regel: Regel
    achternaam: str


class Waarde(NamedTuple):
    """What may stand in a column: how it is made, and its meaning."""

    van: Callable[[Rij], Any]
    uitleg: str


def _bsn(rij: Rij) -> str:
    pgn = rij.uitkomst.sleutel.pgn
    return "" if is_onderwijsnummer(pgn) else pgn


def _onderwijsnummer(rij: Rij) -> str:
    pgn = rij.uitkomst.sleutel.pgn
    return pgn if is_onderwijsnummer(pgn) else ""


def _datum(rij: Rij) -> date | None:
    data = [waarde for waarde in rij.uitkomst.waarden.values() if isinstance(waarde, date)]
    return rij.uitkomst.sleutel.datum_begin or next(iter(data), None)


def _toelichting(rij: Rij) -> str:
    waarden = "; ".join(f"{naam.replace('_', ' ')}: {_tekst(w)}" for naam, w in rij.uitkomst.waarden.items())
    return f"{rij.regel.titel.nl} ({waarden})" if waarden else rij.regel.titel.nl


WAARDEN: Final[dict[str, Waarde]] = {
    "groep": Waarde(lambda r: r.regel.groep.value, "letter van de groep, A tot en met E zoals bij DUO"),
    "signaal": Waarde(lambda r: r.uitkomst.regel, "nummer van de regel, zoals B04"),
    "ernst": Waarde(lambda r: r.regel.ernst.value, "signaal of fout"),
    "instelling": Waarde(lambda r: r.uitkomst.sleutel.instelling, "code van de instelling (BRIN)"),
    "burgerservicenummer": Waarde(_bsn, "nummer van de persoon, als dat geen onderwijsnummer is"),
    "onderwijsnummer": Waarde(_onderwijsnummer, "nummer van de persoon, als het een onderwijsnummer is"),
    "achternaam": Waarde(lambda r: r.achternaam, "achternaam, als die bekend is"),
    "record": Waarde(lambda r: r.uitkomst.sleutel.record, "soort record, zoals Inschrijving"),
    "inschrijvingvolgnummer": Waarde(
        lambda r: r.uitkomst.sleutel.inschrijvingvolgnummer, "volgnummer van de inschrijving"
    ),
    "resultaatvolgnummer": Waarde(
        lambda r: r.uitkomst.sleutel.resultaatvolgnummer, "volgnummer van het resultaat"
    ),
    "bpv_volgnummer": Waarde(lambda r: r.uitkomst.sleutel.bpv_volgnummer, "volgnummer van de BPV"),
    "opleidingcode": Waarde(lambda r: r.uitkomst.sleutel.opleidingcode, "opleiding of onderdeel"),
    "datum": Waarde(_datum, "begindatum van het record, of de eerste datum die de regel noemt"),
    "van": Waarde(lambda r: r.uitkomst.van, "eerste dag waarop het geldt"),
    "tot": Waarde(lambda r: r.uitkomst.tot, "eerste dag waarop het niet meer geldt"),
    "titel": Waarde(lambda r: r.regel.titel.nl, "titel van de regel"),
    "tekst": Waarde(lambda r: r.regel.tekst.nl, "tekst van de regel"),
    "advies": Waarde(lambda r: r.regel.advies.nl, "wat eraan te doen is"),
    "toelichting": Waarde(_toelichting, "titel van de regel met de gevonden waarden"),
}
"""What a column may hold."""


class KwcIndeling(Struct, frozen=True):
    """The columns of the file, each with its name and one of ``WAARDEN``, and what separates them."""

    kolommen: dict[str, str]
    scheiding: str = ";"


STANDAARD: Final = KwcIndeling(
    {
        "Groep": "groep",
        "Signaal": "signaal",
        "BRIN": "instelling",
        "Burgerservicenummer": "burgerservicenummer",
        "Onderwijsnummer": "onderwijsnummer",
        "Achternaam": "achternaam",
        "Inschrijvingvolgnummer": "inschrijvingvolgnummer",
        "Resultaatvolgnummer": "resultaatvolgnummer",
        "BPVvolgnummer": "bpv_volgnummer",
        "Opleidingcode": "opleidingcode",
        "Datum": "datum",
        "Toelichting": "toelichting",
    }
)


def lees_indeling(pad: Path) -> KwcIndeling:
    """Read the columns from a TOML file: ``scheiding`` and a table ``kolommen`` of name = value.

    Raises:
        OnbruikbaarBestand: it is no TOML, or names values that there are not; the text names those that there are.
    """
    try:
        inhoud = tomllib.loads(pad.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fout:
        raise OnbruikbaarBestand(f"{pad.name}: geen leesbare TOML ({fout}).") from None
    kolommen, scheiding = inhoud.get("kolommen"), inhoud.get("scheiding", STANDAARD.scheiding)
    if not isinstance(kolommen, dict) or not kolommen:
        raise OnbruikbaarBestand(f'{pad.name}: verwacht een tabel [kolommen] met regels als Groep = "groep".')
    onbekend = [str(waarde) for waarde in kolommen.values() if waarde not in WAARDEN]
    if onbekend:
        raise OnbruikbaarBestand(
            f"{pad.name}: onbekende waarden {', '.join(onbekend)}; verwacht {', '.join(WAARDEN)}."
        )
    if not isinstance(scheiding, str) or len(scheiding) != 1:
        raise OnbruikbaarBestand(f"{pad.name}: verwacht één teken als scheiding.")
    return KwcIndeling(kolommen, scheiding)


def kwc_van(
    uitkomsten: Iterable[Uitkomst],
    regels: Mapping[str, Regel],
    namen: Mapping[str, str],
    indeling: KwcIndeling = STANDAARD,
) -> bytes:
    """Return the file, in order of rule and then of person and record.

    Args:
        uitkomsten: the findings.
        regels: the catalogue, by id.
        namen: person's number -> family name.
        indeling: the columns.
    """
    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, delimiter=indeling.scheiding, lineterminator="\r\n")
    schrijver.writerow(indeling.kolommen)
    makers = [WAARDEN[waarde].van for waarde in indeling.kolommen.values()]
    for uitkomst in sorted(uitkomsten, key=_volgorde):
        rij = Rij(uitkomst, regels[uitkomst.regel], namen.get(uitkomst.sleutel.pgn, ""))
        schrijver.writerow([_cel(maak(rij)) for maak in makers])
    return uit.getvalue().encode()


def _volgorde(uitkomst: Uitkomst) -> tuple[str, ...]:
    s = uitkomst.sleutel
    delen = (
        s.pgn,
        s.instelling,
        s.inschrijvingvolgnummer,
        s.resultaatvolgnummer,
        s.bpv_volgnummer,
        s.datum_begin,
    )
    return (uitkomst.regel, *(_tekst(deel) for deel in delen))


def _tekst(waarde: Any) -> str:
    if isinstance(waarde, list | tuple):
        return ", ".join(_tekst(deel) for deel in waarde)
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return "" if waarde is None else str(waarde)


def _cel(waarde: Any) -> str:
    """Return the text of a cell; one that a spreadsheet would run as a formula gets an apostrophe in front."""
    tekst = _tekst(waarde)
    return f"'{tekst}" if tekst.startswith(("=", "+", "-", "@", "\t")) else tekst
