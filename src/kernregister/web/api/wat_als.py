"""What would become of the funding: drafts of meldingen, or a ready-made question, and the difference they make."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from kernregister.kern.meldingen.berichten import Aangeleverd
from kernregister.platform.pas import Bijzonder, Pas, met_pas
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.web.api import meldingen, weergave
from kernregister.web.api.bekostiging import ACTIVITEIT, doe
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route
from kernregister.web.api.verantwoording import gelezen
from kernregister.web.api.voorbeelden import BERICHTEN
from kernregister.web.api.weergave import Bekostigingswijziging, Meldingantwoord


class WatAls(Struct, frozen=True, omit_defaults=True):
    """Drafts of meldingen, or one ready-made question of which the drafts are made."""

    meldingen: Annotated[list[Aangeleverd], Meta(max_length=100)] = []
    vraag: bekostigen.Vraag | None = None


class Jaargevolg(Struct, frozen=True):
    """The difference in one funding year, before weights and correction factor.

    ``oktober``: in contributions, what the deelnemerswaarde is made of. ``februari``: in what counts for the correction
    factor only (BOL 1, BBL less; placement and price factor play no part in it). ``onbekend``: of how many changes the
    contribution cannot be told.
    """

    jaar: int
    oktober: Decimal
    februari: Decimal
    diplomawaarde: Decimal
    onbekend: int


class Persoonswijziging(Struct, frozen=True):
    """What changes of whom, from before the first draft to after the last."""

    persoon: int | None
    wijziging: Bekostigingswijziging


class Gevolg(Struct, frozen=True):
    """What it would do; nothing is kept of it. ``meldingen``: the drafts, to be sent for real when they are true."""

    meldingen: list[Aangeleverd]
    meldingen_verborgen: int
    """Drafts that hold extra ondersteuning or a ground of residence, which this client has no scope for."""
    antwoorden: list[Meldingantwoord]
    wijzigingen: list[Persoonswijziging]
    jaren: list[Jaargevolg]


def _lees_wat_als(tekst: bytes) -> WatAls:
    """Read the question; a draft is read as a melding is.

    Raises:
        Fout: it is none; everything that is wrong with it.
    """
    try:
        waarde = msgspec.json.decode(tekst)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Fout("onleesbaar", [Punt("geen JSON in UTF-8")]) from None
    if not isinstance(waarde, dict) or set(waarde) not in ({"meldingen"}, {"vraag"}):
        raise Fout("onleesbaar", [Punt("verwacht een object met meldingen, of met vraag")])
    if "vraag" in waarde:
        return WatAls(vraag=_lees_vraag(waarde["vraag"]))
    concepten = waarde["meldingen"]
    if not isinstance(concepten, list) or not 1 <= len(concepten) <= 100:
        raise Fout("onleesbaar", [Punt("verwacht 1 tot en met 100 meldingen", "meldingen")])
    gelezen_: list[Any] = []
    punten: list[Punt] = []
    for plaats, concept in enumerate(concepten):
        try:
            gelezen_.append(meldingen.lees(msgspec.json.encode(concept)))
        except Fout as fout:
            voor = f"meldingen[{plaats}]"
            punten += [Punt(p.uitleg, f"{voor}.{p.pad}" if p.pad else voor) for p in fout.punten]
    if punten:
        raise Fout("onleesbaar", punten)
    return WatAls(meldingen=gelezen_)


def _lees_vraag(waarde: Any) -> bekostigen.Vraag:
    try:
        gelezen_: bekostigen.Vraag = msgspec.convert(waarde, bekostigen.Vraag)
    except msgspec.ValidationError:
        soorten = ", ".join(sorted(bekostigen.VRAGEN))
        velden = "; ".join(f"{naam}: {', '.join(v)}" for naam, v in sorted(bekostigen.VRAGEN.items()))
        soort = waarde.get("soort") if isinstance(waarde, dict) else None
        uitleg = (
            f"verwacht de velden {', '.join(bekostigen.VRAGEN[soort])}, elk in zijn eigen vorm"
            if isinstance(soort, str) and soort in bekostigen.VRAGEN
            else f"verwacht een van {soorten} ({velden})"
        )
        raise Fout("onleesbaar", [Punt(uitleg, "vraag")]) from None
    return gelezen_


@route(
    "bekostiging_wat_als",
    "POST",
    "/bekostiging/wat-als",
    titel=("Wat zou het schelen", "What difference would it make"),
    groep="Bekostiging",
    lichaam=Lichaam(
        soort=WatAls,
        lezer=_lees_wat_als,
        voorbeelden={
            "signaal hersteld": {"vraag": {"soort": "signaal_hersteld", "signaal": 1}},
            "BPV getekend": {
                "vraag": {
                    "soort": "bpv_getekend",
                    "persoon": 4711,
                    "inschrijvingvolgnummer": "1",
                    "bpv_volgnummer": "1",
                    "afsluitdatum": "2026-12-31",
                }
            },
            "concepten": {"meldingen": [BERICHTEN["AanleverenBpv"]]},
        },
    ),
    antwoord=Gevolg,
    fouten=("niet-gevonden", "onverwerkbaar"),
)
def bekostiging_wat_als(verzoek: Verzoek) -> Antwoord:
    """A dry run through the real door, with the difference in contribution: drafts of your own, or ready-made ones."""
    wens: WatAls = verzoek.inhoud
    concepten: list[Any] = list(wens.meldingen)
    if wens.vraag is not None:
        concepten = _maak_concepten(verzoek, wens.vraag)
    bevindingen = [een for m in concepten if (een := meldingen.van_een_ander(verzoek, m)) is not None]
    if bevindingen:
        raise Fout("niet-toegestaan", bevindingen=bevindingen[:1])
    uit = doe(lambda: bekostigen.wat_als(concepten, meldingen.herkomst(verzoek)))
    pas, taal = verzoek.wie.pas, verzoek.taal
    getoond = [m for m in uit.meldingen if wens.vraag is None or _is_te_tonen(m, pas)]
    return Antwoord(
        Gevolg(
            getoond,
            len(uit.meldingen) - len(getoond),
            [weergave.antwoord(een, taal, pas) for een in uit.antwoorden],
            [
                Persoonswijziging(persoon, weergave.bekostigingswijziging(een, taal, pas))
                for persoon, een in uit.wijzigingen
            ],
            [Jaargevolg(j.jaar, j.oktober, j.februari, j.diplomawaarde, j.onbekend) for j in uit.jaren],
        )
    )


def _is_te_tonen(melding: Any, pas: Pas) -> bool:
    """Tell whether a draft that was made here holds no special data beyond the pass; in part it would delete them."""
    een = getattr(melding, "inschrijving", None)
    return een is None or not (
        (een.extra_ondersteuning and Bijzonder.ONDERSTEUNING not in pas.bijzonder)
        or (een.verblijf_grond and Bijzonder.VERBLIJF not in pas.bijzonder)
    )


def _maak_concepten(verzoek: Verzoek, vraag: bekostigen.Vraag) -> list[Any]:
    def maak() -> list[Any]:
        persoon, gemaakt = bekostigen.concepten(vraag, verzoek.wie.pas.sleutel)
        gelezen(verzoek, [persoon], "bekostiging verkennen", ACTIVITEIT)
        return gemaakt

    with met_pas(verzoek.wie.pas):
        uit: list[Any] = doe(maak)
    return uit
