"""The signals one by one: what they mean, what to do, and the students concerned."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kernregister.controle.uitslag import Kern
from kernregister.kern.regels.motor import Uitkomst
from kernregister.kern.regels.paspoort import Groep, Regel
from kernregister.rapport.cijfers import Cijfers

RIJEN_PER_REGEL = 200
RIJEN_PER_PAGINA = 3000
"""A page with more rows no longer opens at once; each rule then gets fewer."""

EIGEN_KOLOMMEN = ("datum_inschrijving", "datum_uitschrijving_gepland", "datum_uitschrijving_werkelijk")


class Signaal(NamedTuple):
    """A rule with findings: texts, count, and a table of which only the first rows are on the page."""

    regel: Regel
    titel: str
    tekst: str
    advies: str
    aantal: int
    telt: str
    ernst: str
    kolommen: list[str]
    rijen: list[list[str]]
    gevonden: int

    @property
    def rest(self) -> int:
        """How many findings are not on the page."""
        return self.gevonden - len(self.rijen)


class Signaalgroep(NamedTuple):
    """The signals of one group."""

    groep: Groep
    titel: str
    signalen: list[Signaal]


class _Regelrij(NamedTuple):
    uitkomst: Uitkomst
    kern: Kern | None


def signaalgroepen(cijfers: Cijfers) -> list[Signaalgroep]:
    """Return the groups that have findings, A to L."""
    grens = _grens([len(gevonden) for gevonden in cijfers.per_regel.values()])
    groepen = []
    for groep in Groep:
        signalen = [
            _signaal(regel, cijfers, grens)
            for regel in cijfers.regels.values()
            if regel.groep is groep and cijfers.per_regel.get(regel.id)
        ]
        if signalen:
            titel = cijfers.w.begrip(groep)
            groepen.append(Signaalgroep(groep, f"{groep}. {titel[:1].upper()}{titel[1:]}", signalen))
    return groepen


def _grens(aantallen: list[int]) -> int:
    """Return how many rows each rule may show, so that the page stays within its bounds."""
    grens = RIJEN_PER_REGEL
    while grens > 10 and sum(min(aantal, grens) for aantal in aantallen) > RIJEN_PER_PAGINA:
        grens -= 10
    return grens


def _signaal(regel: Regel, cijfers: Cijfers, grens: int) -> Signaal:
    w, uitkomsten = cijfers.w, cijfers.per_regel[regel.id]
    kolommen, rijen = _tabel(uitkomsten[:grens], cijfers)
    return Signaal(
        regel,
        w.van(regel.titel),
        w.van(regel.tekst),
        w.van(regel.advies),
        cijfers.aantal(regel.id),
        w.begrip(regel.telt),
        w.begrip(regel.ernst),
        kolommen,
        rijen,
        len(uitkomsten),
    )


def _tabel(uitkomsten: list[Uitkomst], cijfers: Cijfers) -> tuple[list[str], list[list[str]]]:
    """Return the table of a rule: columns that hold nothing, or nothing new, are left out."""
    w, uitslag = cijfers.w, cijfers.uitslag
    rijen = [
        _Regelrij(
            u,
            uitslag.inschrijvingen.get(
                (u.sleutel.pgn, u.sleutel.instelling, u.sleutel.inschrijvingvolgnummer or "")
            ),
        )
        for u in uitkomsten
    ]
    kolommen = {naam: [maak(rij) for rij in rijen] for naam, maak in _vaste_kolommen(cijfers).items()}
    namen = dict.fromkeys(naam for u in uitkomsten for naam in u.waarden)
    for naam in namen:
        cellen = [w.waarde(u.waarden[naam]) if naam in u.waarden else "" for u in uitkomsten]
        if cellen not in kolommen.values() and (
            naam != "opleidingcode" or not _al_genoemd(cellen, kolommen[w.t("opleiding")])
        ):
            kolommen[w.naam("waarden", naam)] = cellen
    if uitkomsten[0].regel == "B04":
        kolommen[w.t("dagen_geleden")] = [
            w.getal((uitslag.peildatum - u.waarden["gepland"]).days) for u in uitkomsten
        ]
    gevuld = {naam: cellen for naam, cellen in kolommen.items() if any(cellen)}
    return list(gevuld), [list(rij) for rij in zip(*gevuld.values(), strict=True)]


def _al_genoemd(codes: list[str], opleidingen: list[str]) -> bool:
    """Tell whether the column of programmes names these codes already, with their names behind them."""
    return all(opleiding.split(" ")[0] == code for code, opleiding in zip(codes, opleidingen, strict=True))


def _vaste_kolommen(cijfers: Cijfers) -> dict[str, Callable[[_Regelrij], str]]:
    """Return what every table may show of person and record, by name of the column."""
    w, uitslag = cijfers.w, cijfers.uitslag
    kolommen: dict[str, Callable[[_Regelrij], str]] = {
        w.t("nummer"): lambda rij: rij.uitkomst.sleutel.pgn,
        w.t("naam"): lambda rij: uitslag.namen.get(rij.uitkomst.sleutel.pgn, ""),
    }
    if len(uitslag.soorten) > 1:
        kolommen[w.t("instelling")] = lambda rij: rij.uitkomst.sleutel.instelling
    kolommen |= {
        w.t("inschrijving"): lambda rij: rij.uitkomst.sleutel.inschrijvingvolgnummer or "",
        w.t("bpv"): lambda rij: rij.uitkomst.sleutel.bpv_volgnummer or "",
        w.t("resultaat"): lambda rij: rij.uitkomst.sleutel.resultaatvolgnummer or "",
        w.t("opleiding"): lambda rij: _opleiding(rij, cijfers),
        w.t("leertraject"): lambda rij: rij.kern.leertraject if rij.kern else "",
        w.t("periode_begin"): lambda rij: w.datum(rij.uitkomst.sleutel.datum_begin),
    }
    for veld in EIGEN_KOLOMMEN:
        kolommen[w.naam("waarden", veld)] = lambda rij, veld=veld: (  # type: ignore[misc]
            w.datum(getattr(rij.kern, veld)) if rij.kern else ""
        )
    return kolommen


def _opleiding(rij: _Regelrij, cijfers: Cijfers) -> str:
    code = rij.uitkomst.sleutel.opleidingcode or (rij.kern.opleidingcode if rij.kern else "")
    bekend = cijfers.uitslag.gegevens.opleidingen.get(code)
    return f"{code} {bekend.naam}" if bekend and bekend.naam else code
