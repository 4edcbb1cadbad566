"""Dossiers: one as the pass shows it, now or as it was; and how to find a person without a number in an address."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from msgspec import Meta, Struct, structs

from kernregister.kern.leesbaar import als_object
from kernregister.platform import klok
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from kernregister.web.api import cursors
from kernregister.web.api.paginas import Bladzijdevraag, Code, Stand, bladzijde
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Lichaam, Verzoek, route
from kernregister.web.api.stand import Moment, stand_op
from kernregister.web.api.verantwoording import gelezen, instelling_van
from kernregister.web.api.weergave import DossierBericht, VooropleidingBericht, persoon_met_pas


class Dossiervraag(Struct, frozen=True):
    """As it was when; without: as it is."""

    op: Moment | None = None
    stand: Stand | None = None


class HeelDossier(Struct, frozen=True):
    """What the pass shows of a dossier, at a stand (null: now)."""

    persoon: int
    stand: int | None
    dossier: DossierBericht


@route(
    "dossier",
    "GET",
    "/dossiers/{int:persoon}",
    titel=("Een dossier, nu of zoals het was", "A dossier, now or as it was"),
    groep="Dossiers",
    vraag=Dossiervraag,
    antwoord=HeelDossier,
    fouten=("onverwerkbaar",),
)
def dossier(verzoek: Verzoek, persoon: int) -> Antwoord:
    """All that this client may see of a person: its own enrolments and results, and the person's own data."""
    vraag: Dossiervraag = verzoek.vraag
    if vraag.op is not None and vraag.stand is not None:
        raise Fout("onleesbaar", [Punt("geef een moment of een stand, niet beide", "?op")])
    if vraag.stand is not None and vraag.stand > register.stand():
        raise Fout("onverwerkbaar", [Punt("deze stand is nog niet bereikt", "?stand")])
    stand = stand_op(vraag.op, "?op") if vraag.op is not None else vraag.stand
    with met_pas(verzoek.wie.pas):
        gevonden = register.dossier_met_pas(persoon, stand)
        if gevonden is None:
            raise Fout("niet-gevonden")
        wie = register.toon_persoon(gevonden.persoon, persoon, klok.vandaag(), stand)
        gelezen(verzoek, [persoon], "dossier lezen")
    gevonden = structs.replace(gevonden, persoon=persoon_met_pas(wie, verzoek.wie.pas))
    return Antwoord({"persoon": persoon, "stand": stand, "dossier": als_object(gevonden)})


@route(
    "vooropleiding",
    "GET",
    "/dossiers/{int:persoon}/vooropleiding",
    titel=("De vooropleiding van een persoon", "The earlier education of a person"),
    groep="Dossiers",
    antwoord=VooropleidingBericht,
)
def vooropleiding(verzoek: Verzoek, persoon: int) -> Antwoord:
    """What the person did and obtained before, in vo, vso, vavo, mbo and ho.

    For an institution where the person is or will be enrolled, or that has a subscription on it. An accountant gets
    it of the own institution and studiejaar, and nothing that follows from the rest.
    """
    with met_pas(verzoek.wie.pas):
        uit = register.vooropleiding_met_pas(persoon, klok.vandaag(), stamgegevens.gegevens())
        if uit is None:
            raise Fout("niet-gevonden")
        gelezen(verzoek, [persoon], "vooropleiding lezen", "persoonsgegevens-verstrekken")
    return Antwoord(als_object(uit))


Persoonsnummer = Annotated[str, Meta(pattern="^[0-9]{9}$", description="negen cijfers, met voorloopnullen")]


class Zoekvraag(Struct, frozen=True):
    """Who is looked for: by one of the two numbers."""

    burgerservicenummer: Persoonsnummer | None = None
    onderwijsnummer: Persoonsnummer | None = None


class Gevonden(Struct, frozen=True):
    """The name of the person in the addresses of this API."""

    persoon: int


@route(
    "dossier_zoeken",
    "POST",
    "/personen/zoek",
    titel=("Een persoon vinden op nummer", "Find a person by number"),
    groep="Dossiers",
    lichaam=Lichaam(soort=Zoekvraag, voorbeelden={"bsn": {"burgerservicenummer": "999990019"}}),
    antwoord=Gevonden,
    fouten=("niet-gevonden",),
)
def dossier_zoeken(verzoek: Verzoek) -> Antwoord:
    """The number goes in the body: never in an address. Finds only persons that the institution has to do with."""
    nummers = {n for n in (verzoek.inhoud.burgerservicenummer, verzoek.inhoud.onderwijsnummer) if n}
    if len(nummers) != 1:
        raise Fout("onleesbaar", [Punt("geef een van beide nummers", "burgerservicenummer")])
    gevonden = list(personen.zoek(nummers).values())
    if not gevonden:
        raise Fout("niet-gevonden")
    with met_pas(verzoek.wie.pas):
        if not register.is_zichtbaar(gevonden[0]):
            raise Fout("niet-gevonden")
        gelezen(verzoek, gevonden, "persoon zoeken")
    return Antwoord(Gevonden(gevonden[0]))


class Inschrijvingvraag(Bladzijdevraag, frozen=True, kw_only=True):
    """Which enrolments."""

    op: Annotated[date, Meta(description="alleen die op deze dag gelden")] | None = None
    opleidingcode: Code | None = None


class InschrijvingInLijst(Struct, frozen=True, omit_defaults=True):
    """An enrolment in a list; the rest of it is in the dossier."""

    persoon: int
    instelling: str
    inschrijvingvolgnummer: str
    datum_inschrijving: date
    datum_uitschrijving_werkelijk: date | None = None
    opleidingcode: str = ""
    studentnummer: str = ""
    geregistreerd_op: datetime | None = None


class Inschrijvingen(Struct, frozen=True):
    """A page of enrolments; ``volgende`` is the cursor of the next page, or null."""

    inschrijvingen: list[InschrijvingInLijst]
    volgende: str | None


@route(
    "inschrijvingen",
    "GET",
    "/inschrijvingen",
    titel=("De inschrijvingen van de instelling", "The enrolments of the institution"),
    groep="Dossiers",
    vraag=Inschrijvingvraag,
    antwoord=Inschrijvingen,
)
def inschrijvingen(verzoek: Verzoek) -> Antwoord:
    """Enrolments that hold in the register now, in order of person: the order stays while others write."""
    vraag: Inschrijvingvraag = verzoek.vraag
    na: Any = cursors.lees("inschrijvingen", vraag.cursor, tuple[int, str]) if vraag.cursor else (0, "")
    with met_pas(verzoek.wie.pas):
        gevonden = register.inschrijvingen(
            instelling_van(verzoek),
            na=na,
            op=vraag.op,
            opleidingcode=vraag.opleidingcode,
            aantal=vraag.aantal + 1,
        )
        getoond = gevonden[: vraag.aantal]
        gelezen(verzoek, [regel.persoon for regel in getoond], "inschrijvingen lezen", "overzicht-maken")
    return bladzijde(
        "inschrijvingen",
        gevonden,
        vraag.aantal,
        lambda r: (r.persoon, r.inschrijvingvolgnummer),
        lambda r: InschrijvingInLijst(*(getattr(r, veld) for veld in InschrijvingInLijst.__struct_fields__)),
        Inschrijvingen,
    )
