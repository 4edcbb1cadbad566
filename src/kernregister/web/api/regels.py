"""The catalogue of rules, for everybody: from the same objects that refuse and signal."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from kernregister.kern.meldingen.controles import CONTROLES, Controle
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.paspoort import Regel, Tekst
from kernregister.platform import klok
from kernregister.web.api.problemen import Fout
from kernregister.web.api.routes import Antwoord, Verzoek, route


class Tekstpaar(Struct, frozen=True):
    """The same words in Dutch and in English."""

    nl: str
    en: str


class Regelbeschrijving(Struct, frozen=True, omit_defaults=True):
    """A rule, or a control of the melding itself, as the catalogue shows it."""

    id: str
    groep: str
    ernst: str
    fase: str
    """Stage of life today; what this register decided itself is at regelinstellingen."""
    tekst: Tekstpaar
    advies: Tekstpaar
    bron: str
    titel: Tekstpaar | None = None
    over: str = ""
    telt: str = ""
    vereist: tuple[str, ...] = ()
    afkeurcode: str = ""
    besluit: str = ""


def _paar(tekst: Tekst) -> Tekstpaar:
    return Tekstpaar(tekst.nl, tekst.en)


def van_regel(regel: Regel) -> Regelbeschrijving:
    """Return a rule as the catalogue shows it."""
    return Regelbeschrijving(
        id=regel.id,
        groep=regel.groep.value,
        ernst=regel.ernst.value,
        fase=regel.fase_op(klok.vandaag()).value,
        tekst=_paar(regel.tekst),
        advies=_paar(regel.advies),
        bron=regel.bron,
        titel=_paar(regel.titel),
        over=regel.onderwerp,
        telt=regel.telt.value,
        vereist=tuple(sorted(regel.vereist)),
        afkeurcode=getattr(regel, "afkeurcode", ""),
        besluit=regel.besluit.nl,
    )


def van_controle(controle: Controle) -> Regelbeschrijving:
    """Return a control of the melding itself as the catalogue shows it."""
    return Regelbeschrijving(
        id=controle.id,
        groep=controle.id[0],
        ernst="fout",
        fase="weigeren",
        tekst=_paar(controle.tekst),
        advies=_paar(controle.advies),
        bron=controle.bron,
        afkeurcode=controle.afkeurcode,
    )


def _alle() -> dict[str, Any]:
    return {**catalogus(), **CONTROLES}


@route(
    "regels",
    "GET",
    "/regels",
    titel=("Alle regels", "All rules"),
    groep="Regels",
    antwoord=list[Regelbeschrijving],
)
def regels(verzoek: Verzoek) -> Antwoord:
    """Every rule and control with its text, advice and source; an id is the error code of a finding."""
    return Antwoord([_beschrijf(regel) for regel in _alle().values()])


@route(
    "regel",
    "GET",
    "/regels/{slug:nummer}",
    titel=("Een regel", "One rule"),
    groep="Regels",
    antwoord=Regelbeschrijving,
)
def regel(verzoek: Verzoek, nummer: str) -> Antwoord:
    """One rule or control."""
    gevonden = _alle().get(nummer.upper())
    if gevonden is None:
        raise Fout("niet-gevonden")
    return Antwoord(_beschrijf(gevonden))


def _beschrijf(gevonden: Regel | Controle) -> Regelbeschrijving:
    return van_regel(gevonden) if isinstance(gevonden, Regel) else van_controle(gevonden)
