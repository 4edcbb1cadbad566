"""The outbox and what fills it: messages to an institution about persons it follows, and following itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from django.db import transaction
from msgspec import Meta, Struct

from kernregister.kern.leesbaar import als_object
from kernregister.kern.meldingen.controles import NUMMER_IN_TEKST
from kernregister.kern.sleutels import is_nummer_van_persoon
from kernregister.platform import audit, klok
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.web.api import cursors
from kernregister.web.api.paginas import Bladzijdevraag, Nummer, bladzijde
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route
from kernregister.web.api.verantwoording import gelezen
from kernregister.web.api.weergave import (
    Bekostigingswijziging,
    PersoonBericht,
    VooropleidingBericht,
    bekostigingswijziging,
    persoon_met_pas,
)


class Berichtvraag(Struct, frozen=True):
    """From where on."""

    na: Annotated[
        int, Meta(ge=0, le=2**63 - 1, description="'tot' uit het vorige antwoord; 0: vanaf het begin")
    ] = 0
    aantal: Annotated[int, Meta(ge=1, le=1000)] = 100


class Bericht(Struct, frozen=True, omit_defaults=True):
    """A message about a person who is followed, or about the institution's own provisional funding."""

    stand: int
    soort: str
    moment: datetime
    burgerservicenummer: str | None = None
    onderwijsnummer: str | None = None
    studentnummer: str = ""
    persoon: PersoonBericht | None = None
    vooropleiding: VooropleidingBericht | None = None
    bekostiging: tuple[Bekostigingswijziging, ...] = ()


class Berichten(Struct, frozen=True):
    """Messages in order. Keep ``tot`` when all are stored, and ask on with it: at least once, never skipped."""

    berichten: list[Bericht]
    tot: int
    meer: bool


@route(
    "berichten",
    "GET",
    "/berichten",
    titel=("Berichten over gevolgde personen", "Messages about persons who are followed"),
    groep="Abonnementen",
    vraag=Berichtvraag,
    antwoord=Berichten,
)
def berichten(verzoek: Verzoek) -> Antwoord:
    """What changed in the data of persons that this institution follows, and what others changed in its funding."""
    wie = verzoek.wie
    pagina = register.haal(
        wie.pas.sleutel,
        verzoek.vraag.na,
        verzoek.vraag.aantal,
        bijzonder=wie.pas.bijzonder,
        client=wie.client,
    )
    uit = [
        Bericht(
            b.stand,
            b.soort,
            b.moment,
            b.burgerservicenummer,
            b.onderwijsnummer,
            b.studentnummer,
            als_object(persoon_met_pas(b.persoon, wie.pas)) if b.persoon else None,
            als_object(b.vooropleiding) if b.vooropleiding else None,
            tuple([bekostigingswijziging(een, verzoek.taal, wie.pas) for een in b.bekostiging]),
        )
        for b in pagina.berichten
    ]
    return Antwoord(msgspec.json.encode(Berichten(uit, pagina.tot, pagina.meer)))


class Abonnement(Struct, frozen=True):
    """Whom to follow, in what, and on what purpose it rests."""

    persoon: Nummer
    soort: Literal["persoonsgegevens", "vooropleiding"]
    stand: Literal["aan", "uit"]
    doel: Literal["aanmelding", "inschrijving"] = "aanmelding"
    referentie: Annotated[str, Meta(max_length=80)] = ""


class Abonnementvraag(Bladzijdevraag, frozen=True, kw_only=True):
    """Which subscriptions."""

    persoon: Nummer | None = None
    lopend: bool = True


class Abonnementregel(Struct, frozen=True):
    """A subscription of the institution; ``loopt_tot`` is the first day on which it is over."""

    persoon: int
    soort: str
    eenmalig: bool
    doel: str
    referentie: str
    begin: date
    loopt_tot: date
    beeindigd_op: datetime | None
    einde: str | None


class Abonnementen(Struct, frozen=True):
    """A page of subscriptions; ``volgende`` is the cursor of the next page, or null."""

    abonnementen: list[Abonnementregel]
    volgende: str | None


@route(
    "abonnementen",
    "GET",
    "/abonnementen",
    titel=("De abonnementen", "The subscriptions"),
    groep="Abonnementen",
    vraag=Abonnementvraag,
    antwoord=Abonnementen,
)
def abonnementen(verzoek: Verzoek) -> Antwoord:
    """Whom the institution follows, in what and on what purpose, in order of starting."""
    vraag: Abonnementvraag = verzoek.vraag
    na = cursors.lees("abonnementen", vraag.cursor, int) if vraag.cursor else 0
    with met_pas(verzoek.wie.pas):
        gevonden = personen.abonnementen(vraag.persoon, lopend=vraag.lopend, na=na, aantal=vraag.aantal + 1)
        getoond = [een.persoon for een in gevonden[: vraag.aantal]]
        gelezen(verzoek, getoond, "abonnementen lezen", "persoonsgegevens-verstrekken")
    velden = Abonnementregel.__struct_fields__
    return bladzijde(
        "abonnementen",
        gevonden,
        vraag.aantal,
        lambda een: een.id,
        lambda een: Abonnementregel(*(getattr(een, veld) for veld in velden)),
        Abonnementen,
    )


@route(
    "abonnement_zetten",
    "POST",
    "/abonnementen",
    titel=("Een persoon volgen, of niet meer", "Follow a person, or no longer"),
    groep="Abonnementen",
    lichaam=Lichaam(
        soort=Abonnement,
        voorbeelden={
            "aan": {
                "persoon": 4711,
                "soort": "vooropleiding",
                "stand": "aan",
                "doel": "inschrijving",
                "referentie": "s102030",
            }
        },
    ),
    antwoord=Abonnement,
    fouten=("niet-gevonden", "onverwerkbaar"),
)
def abonnement_zetten(verzoek: Verzoek) -> Antwoord:
    """Follow a person that the institution has to do with; it ends by itself, or when the purpose is gone."""
    wat: Abonnement = verzoek.inhoud
    if is_nummer_van_persoon(wat.referentie):
        raise Fout("onverwerkbaar", [Punt(NUMMER_IN_TEKST.tekst.nl, "referentie")])
    with met_pas(verzoek.wie.pas):
        if not register.is_zichtbaar(wat.persoon):
            raise Fout("niet-gevonden")
        gelezen(verzoek, [wat.persoon], "abonnement zetten", "persoonsgegevens-verstrekken")
    with transaction.atomic(using="stelsel"):
        personen.vergrendel([wat.persoon])
        personen.zet_abonnement(
            wat.persoon,
            verzoek.wie.pas.sleutel,
            wat.soort,
            wat.stand,
            klok.vandaag(),
            doel=wat.doel,
            referentie=wat.referentie,
        )
        audit.leg_vast(
            f"abonnement.{wat.stand}",
            "persoon",
            wat.persoon,
            door=verzoek.wie.client,
            namens=verzoek.wie.pas.namens,
            details={"soort": wat.soort, "doel": wat.doel},
        )
    return Antwoord(wat)
