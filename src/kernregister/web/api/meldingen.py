"""Meldingen: one goes in and is answered; those that went in are read back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from kernregister.kern.leesbaar import Onleesbaar
from kernregister.kern.meldingen.berichten import Aangeleverd
from kernregister.kern.meldingen.controles import ANDERE_AFZENDER, ZELFDE_ID
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.register import public as register
from kernregister.web.api import cursors, weergave
from kernregister.web.api.paginas import Bladzijdevraag, Code, Nummer, bladzijde
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route
from kernregister.web.api.verantwoording import gelezen, instelling_van
from kernregister.web.api.voorbeelden import AANVAARD, BERICHTEN
from kernregister.web.api.weergave import Bevinding, Meldingantwoord

Proef = Annotated[
    bool, Meta(description="true: alles wordt gedaan en dan teruggedraaid; er blijft niets bewaard")
]


class Proefvraag(Struct, frozen=True):
    """Whether it is for real."""

    proef: Proef = False


def lees(tekst: bytes) -> Any:
    """Read a melding.

    Raises:
        Fout: it is none; everything that is wrong with it.
    """
    try:
        return register.lees(tekst)
    except Onleesbaar as fout:
        raise Fout("onleesbaar", [Punt(een.uitleg, een.pad) for een in fout.fouten]) from None


def van_een_ander(verzoek: Verzoek, melding: Any) -> Bevinding | None:
    """Return why a melding in another's name is refused before it is journalled: it would stand in their journal."""
    if melding.afzender == verzoek.wie.pas.sleutel:
        return None
    tekst, advies = weergave.teksten(ANDERE_AFZENDER.id, verzoek.taal)
    return Bevinding(
        regel=ANDERE_AFZENDER.id,
        ernst="fout",
        tekst=tekst,
        advies=advies,
        afkeurcode=ANDERE_AFZENDER.afkeurcode,
    )


def herkomst(verzoek: Verzoek) -> register.Herkomst:
    """Return who delivers."""
    return register.Herkomst(verzoek.wie.client, verzoek.wie.pas.sleutel)


@route(
    "melding_indienen",
    "POST",
    "/meldingen",
    titel=("Een melding aanleveren", "Deliver a melding"),
    groep="Meldingen",
    vraag=Proefvraag,
    lichaam=Lichaam(soort=Aangeleverd, voorbeelden=BERICHTEN, lezer=lees),
    antwoord=Meldingantwoord,
    fouten=("geweigerd", "ander-bericht"),
    voorbeelden=AANVAARD,
)
def melding_indienen(verzoek: Verzoek) -> Antwoord:
    """Journal, judge and apply one melding. When the answer is there, it is committed.

    The same melding again gives the same answer and changes nothing: after a broken connection, just send it again.
    """
    if bevinding := van_een_ander(verzoek, verzoek.inhoud):
        raise Fout("niet-toegestaan", bevindingen=[bevinding])
    (terug,) = register.verwerk([verzoek.inhoud], herkomst(verzoek), verzoek.vraag.proef)
    antwoord = weergave.antwoord(terug, verzoek.taal, verzoek.wie.pas)
    if not terug.aanvaard:
        zelfde = any(b.regel == ZELFDE_ID.id for b in terug.bevindingen)
        raise Fout(
            "ander-bericht" if zelfde else "geweigerd", bevindingen=antwoord.bevindingen, antwoord=antwoord
        )
    return Antwoord(antwoord)


class Meldingkop(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A melding in a list."""

    id: UUID
    soort: str
    afzender: str
    moment: datetime
    ontvangen_op: datetime
    aanvaard: bool
    persoon: int | None = None
    stand: int | None = None
    """Its place in the order that everybody sees alike; of an accepted one only."""
    antwoord: Meldingantwoord


class Meldingen(Struct, frozen=True):
    """A page of meldingen; ``volgende`` is the cursor of the next page, or null."""

    meldingen: list[Meldingkop]
    volgende: str | None


class HeleMelding(Struct, frozen=True):
    """A melding with all that it said."""

    kop: Meldingkop
    inhoud: dict[str, Any]


class Meldingvraag(Bladzijdevraag, frozen=True, kw_only=True):
    """Which meldingen."""

    soort: Code | None = None
    aanvaard: bool | None = None
    persoon: Nummer | None = None


def _kop(verzoek: Verzoek, regel: register.Meldingregel) -> Meldingkop:
    terug: Terugkoppeling = regel.antwoord
    return Meldingkop(
        id=regel.uuid,
        soort=regel.soort,
        afzender=regel.afzender,
        moment=regel.moment,
        ontvangen_op=regel.ontvangen_op,
        aanvaard=regel.aanvaard,
        persoon=regel.persoon,
        stand=regel.stand,
        antwoord=weergave.antwoord(terug, verzoek.taal, verzoek.wie.pas),
    )


@route(
    "meldingen",
    "GET",
    "/meldingen",
    titel=("Meldingen, de laatste eerst", "Meldingen, latest first"),
    groep="Meldingen",
    vraag=Meldingvraag,
    antwoord=Meldingen,
)
def meldingen(verzoek: Verzoek) -> Antwoord:
    """What was delivered in the name of this institution, refused ones included."""
    vraag: Meldingvraag = verzoek.vraag
    voor = cursors.lees("meldingen", vraag.cursor, int) if vraag.cursor else None
    with met_pas(verzoek.wie.pas):
        gevonden = register.meldingen(
            instelling_van(verzoek),
            voor=voor,
            soort=vraag.soort,
            aanvaard=vraag.aanvaard,
            persoon=vraag.persoon,
            aantal=vraag.aantal + 1,
        )
    return bladzijde(
        "meldingen", gevonden, vraag.aantal, lambda m: m.id, lambda m: _kop(verzoek, m), Meldingen
    )


class Wijzigingsvraag(Struct, frozen=True, kw_only=True):
    """From where to follow."""

    na: Annotated[int, Meta(ge=0, le=2**63 - 1, description="de laatste stand die u al hebt")] = 0
    aantal: Annotated[int, Meta(ge=1, le=1000)] = 100


class Wijzigingen(Struct, frozen=True):
    """Applied meldingen in order; ask on after ``tot``. Empty: there is nothing new yet."""

    wijzigingen: list[Meldingkop]
    tot: int


@route(
    "wijzigingen",
    "GET",
    "/wijzigingen",
    titel=("Volgen wat er verandert", "Follow what changes"),
    groep="Meldingen",
    vraag=Wijzigingsvraag,
    antwoord=Wijzigingen,
)
def wijzigingen(verzoek: Verzoek) -> Antwoord:
    """Applied meldingen in the order that everybody sees alike: who asks on after the last, misses nothing."""
    vraag: Wijzigingsvraag = verzoek.vraag
    laatste = register.stand()
    with met_pas(verzoek.wie.pas):
        gevonden = register.wijzigingen(instelling_van(verzoek), vraag.na, laatste, vraag.aantal)
    vol = len(gevonden) == vraag.aantal
    tot = (gevonden[-1].stand or 0) if vol else max(laatste, vraag.na)
    return Antwoord(Wijzigingen([_kop(verzoek, regel) for regel in gevonden], tot))


class Afzendervraag(Struct, frozen=True, kw_only=True):
    """Whose melding; for who sees those of several senders, since a UUID is of one sender."""

    afzender: Annotated[Code | None, Meta(description="afzender van de melding, als u die van meer ziet")] = (
        None
    )


@route(
    "melding",
    "GET",
    "/meldingen/{uuid:melding_id}",
    titel=("Een melding met haar inhoud", "One melding with its content"),
    groep="Meldingen",
    vraag=Afzendervraag,
    antwoord=HeleMelding,
)
def melding(verzoek: Verzoek, melding_id: UUID) -> Antwoord:
    """What one melding said and what was answered."""
    with met_pas(verzoek.wie.pas):
        gevonden = register.melding(melding_id, verzoek.vraag.afzender)
        if gevonden is None:
            raise Fout("niet-gevonden")
        regel, inhoud = gevonden
        if regel.persoon is not None:
            gelezen(verzoek, [regel.persoon], "melding lezen")
    return Antwoord(HeleMelding(_kop(verzoek, regel), weergave.zonder_bijzonder(inhoud, verzoek.wie.pas)))
