"""What of the work list somebody wants to see: read from the address, in which all of it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final, get_args
from urllib.parse import urlencode

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from msgspec import Struct

from kernregister.kern.gegevens import Soort
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.paspoort import Groep, Regel, Tekst
from kernregister.kern.regels.woorden import woord
from kernregister.platform import klok
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.register import public as register
from kernregister.web.api import cursors
from kernregister.web.api.problemen import Fout
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.taal import Taal, in_taal

MIJ: Final = "mij"
NIEMAND: Final = "niemand"
OORZAKEN: Final = "oorzaken"
SIGNALEN: Final = "signalen"

_INSTELLING = re.compile(r"[0-9A-Z]{4}")
_OORZAAK = re.compile(r"[a-p]{1,16}")
_DAGEN: Final = ("7", "30", "90", "365")

ONBEKEND: Final = Tekst(
    "Een filter in het adres kennen we niet en is overgeslagen: {}.",
    "A filter in the address is not known and was skipped: {}.",
)


class Vraag(Struct, frozen=True, kw_only=True):
    """What somebody wants to see, as it stands in the address."""

    wens: kwaliteit.Wens
    waarden: dict[str, str]
    """The filters that hold, as they stand in the address."""
    toon: str
    """Causes, or signals one by one."""
    volgorde: kwaliteit.Volgorde
    na: tuple[str, Any] | None
    onbekend: tuple[str, ...] = ()
    """Filters that mean nothing."""

    def adres(self, **wijzigingen: str | None) -> str:
        """Return the query with some filters changed; None takes one out."""
        samen: dict[str, str | None] = {**self.waarden, **wijzigingen}
        return "?" + urlencode({naam: waarde for naam, waarde in samen.items() if waarde})

    @property
    def meer(self) -> bool:
        """Whether a filter is set that a reader sees only when asked for."""
        return bool(self.waarden.keys() & {"ouder", "afzien", "teldatum", "volgorde", "geld"})

    @property
    def gefilterd(self) -> bool:
        """Whether it narrows more than the list does by itself."""
        return bool(set(self.waarden) - {"toon", "volgorde", "na", "instelling"})


def belang(bezoek: Bezoek) -> str:
    """Return the relation of what records are worth, or an empty one for who may not see that."""
    if bezoek.heeft(Recht.BEKOSTIGING_LEZEN) and bezoek.bekostigd:
        return bekostigen.belang(klok.vandaag())
    return kwaliteit.GEEN_BELANG


def ziet_geld(bezoek: Bezoek) -> bool:
    """Tell whether the visitor sees what signals cost."""
    return bezoek.heeft(Recht.BEKOSTIGING_LEZEN) and bezoek.bekostigd


def lees(bezoek: Bezoek, bron: Any = None) -> Vraag:
    """Read what is wanted from the address; what means nothing there is skipped, and named.

    Inside ``met_pas``: a student number is looked up.

    Args:
        bezoek: the visit.
        bron: where the filters stand; the address of the page when not given.
    """
    bron = bezoek.request.GET if bron is None else bron
    goed: dict[str, str] = {}
    fout: list[str] = []
    for naam, mag in _FILTERS.items():
        waarde = (bron.get(naam) or "").strip().replace("\0", "")
        if waarde and mag(waarde, bezoek):
            goed[naam] = waarde
        elif waarde:
            fout.append(naam)
    toon = goed.get("toon") or (SIGNALEN if goed.keys() & {"oorzaak", "student"} else OORZAKEN)
    na = _plek(bron.get("na", ""), toon, fout)
    standaard = "geld" if ziet_geld(bezoek) else "aantal" if toon == OORZAKEN else "ouderdom"
    volgorde: Any = goed.get("volgorde") or standaard
    return Vraag(
        wens=_wens(bezoek, goed),
        waarden=goed,
        toon=toon,
        volgorde=volgorde,
        na=na,
        onbekend=tuple(fout),
    )


def _wens(bezoek: Bezoek, goed: dict[str, str]) -> kwaliteit.Wens:
    instelling = bezoek.instelling or goed.get("instelling")
    wie = goed.get("wie")
    afzien: Any = {"alle": None}.get(goed.get("afzien", "nee"), goed.get("afzien", "nee"))
    teldatum: Any = goed.get("teldatum")
    personen = None
    if student := goed.get("student"):
        gevonden = register.op_studentnummer(instelling, [student]) if instelling else {}
        personen = tuple(gevonden.get(student, ()))
    return kwaliteit.Wens(
        instelling=instelling,
        groep=goed.get("groep"),
        regel=goed.get("regel"),
        oorzaak=goed.get("oorzaak"),
        sinds_voor=klok.vandaag() - timedelta(days=int(goed["ouder"])) if "ouder" in goed else None,
        aan={None: None, MIJ: bezoek.naam, NIEMAND: ""}.get(wie, wie),
        afzien=afzien,
        personen=personen,
        telt_niet="geld" in goed,
        teldatum=teldatum,
    )


def _plek(cursor: str, toon: str, fout: list[str]) -> tuple[str, Any] | None:
    if not cursor:
        return None
    try:
        plek: tuple[str, Any] = cursors.lees(
            f"werklijst-{toon}", cursor, tuple[str, str] if toon == OORZAKEN else tuple[str, int]
        )
    except Fout:
        fout.append("na")
        return None
    return plek


def maak_plek(toon: str, volgende: tuple[str, Any] | None) -> str | None:
    """Return how the place where the next page begins stands in the address; None: there is none."""
    return cursors.maak(f"werklijst-{toon}", volgende) if volgende else None


def _een_van(*waarden: str) -> Callable[[str, Bezoek], bool]:
    return lambda waarde, bezoek: waarde in waarden


_FILTERS: Final[dict[str, Callable[[str, Bezoek], bool]]] = {
    "instelling": lambda waarde, bezoek: (
        bezoek.instelling is None and _INSTELLING.fullmatch(waarde) is not None
    ),
    "groep": _een_van(*(groep.value for groep in Groep)),
    "regel": lambda waarde, bezoek: waarde in catalogus(),
    "oorzaak": lambda waarde, bezoek: _OORZAAK.fullmatch(waarde) is not None,
    "ouder": _een_van(*_DAGEN),
    "wie": lambda waarde, bezoek: len(waarde) <= 150,
    "afzien": _een_van("nee", "ja", "verzoek", "alle"),
    "student": lambda waarde, bezoek: len(waarde) <= 40,
    "geld": lambda waarde, bezoek: waarde == "ja" and ziet_geld(bezoek),
    "teldatum": _een_van("1-10", "1-2"),
    "volgorde": lambda waarde, bezoek: (
        waarde in get_args(kwaliteit.Volgorde) and (waarde != "geld" or ziet_geld(bezoek))
    ),
    "toon": _een_van(OORZAKEN, SIGNALEN),
}
"""Filter -> whether a value of it means something to this visitor."""


Keuzes = list[tuple[str, str]]


@lru_cache(maxsize=512)
def regelopties(taal: Taal, gekozen: str, soort: Soort | None = None) -> SafeString:
    """Return the options of the filter on a rule: some hundred, so they are written out once.

    Args:
        taal: of the page.
        gekozen: the rule that is chosen.
        soort: the kind of institution, which is offered the rules that hold for it; None: any.
    """
    alle = Tekst("alle", "all")
    paren = [("", in_taal(alle, taal))]
    paren += [(r.id, f"{r.id} · {in_taal(r.titel, taal)}") for r in catalogus().values() if _kan(r, soort)]
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((id_, SafeString(" selected") if id_ == gekozen else "", titel) for id_, titel in paren),
    )


def _kan(regel: Regel, soort: Soort | None) -> bool:
    """Tell whether a rule can give a signal: those on the delivering itself refuse, and leave none behind."""
    return regel.groep is not Groep.AFKEUR and (soort is None or soort in regel.vanaf)


def keuzes(bezoek: Bezoek, collegas: dict[str, str]) -> dict[str, Keuzes]:
    """Return what can be chosen in each filter, in the language of the page."""
    volgorden = [
        ("geld", Tekst("wat het kost", "what it costs")),
        ("aantal", Tekst("meeste signalen", "most signals")),
        ("ouderdom", Tekst("langst open", "open the longest")),
    ]
    return {
        "groep": [
            ("", bezoek.tekst(_ALLE)),
            *((g.value, f"{g.value} · {woord(g, bezoek.taal)}") for g in Groep if g is not Groep.AFKEUR),
        ],
        "ouder": _vertaald(bezoek, _OUDER),
        "wie": [*_vertaald(bezoek, _WIE), *((w, n) for w, n in collegas.items() if w != bezoek.naam)],
        "afzien": _vertaald(bezoek, _AFZIEN),
        "teldatum": _vertaald(bezoek, _TELDATUM),
        "volgorde": [
            (waarde, bezoek.tekst(tekst))
            for waarde, tekst in volgorden
            if waarde != "geld" or ziet_geld(bezoek)
        ],
    }


def _vertaald(bezoek: Bezoek, paren: Iterable[tuple[str, Tekst]]) -> Keuzes:
    return [(waarde, bezoek.tekst(tekst)) for waarde, tekst in paren]


_ALLE = Tekst("alle", "all")
_OUDER: Final = (
    ("", _ALLE),
    ("7", Tekst("meer dan een week", "more than a week")),
    ("30", Tekst("meer dan een maand", "more than a month")),
    ("90", Tekst("meer dan drie maanden", "more than three months")),
    ("365", Tekst("meer dan een jaar", "more than a year")),
)
_WIE: Final = (
    ("", _ALLE),
    (MIJ, Tekst("aan mij", "to me")),
    (NIEMAND, Tekst("aan niemand", "to nobody")),
)
_AFZIEN: Final = (
    ("nee", Tekst("niet afgezien", "not waived")),
    ("verzoek", Tekst("verzoek wacht op een besluit", "request waits for a decision")),
    ("ja", Tekst("afgezien", "waived")),
    ("alle", Tekst("alle", "all")),
)
_TELDATUM: Final = (
    ("", _ALLE),
    ("1-10", Tekst("1 oktober", "1 October")),
    ("1-2", Tekst("1 februari", "1 February")),
)
