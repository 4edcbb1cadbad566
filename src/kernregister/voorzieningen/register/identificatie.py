"""Identification as a melding: from the question to a person of the register, with the person's data as a version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct, structs

from kernregister.kern.dossier import Adres, Dossier, Persoon
from kernregister.kern.gegevens import Gegevens
from kernregister.kern.leesbaar import als_object
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.terugkoppeling import Identificatieuitslag, Terugkoppeling
from kernregister.kern.meldingen.toepassen import Mutatie, sleutel_van
from kernregister.kern.meldingen.vorm import naar_kern
from kernregister.kern.vooropleiding import vooropleiding
from kernregister.platform import klok
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import opslag, standen, voorstellen
from kernregister.voorzieningen.register.journaal import Eerder, Kenmerk, kenmerk


class Uitslag(Struct, frozen=True):
    """Who is meant. Without ``persoon`` nobody certain: ``waarden`` tells which fields, never whose data."""

    uitslag: str
    persoon: int | None = None
    persoonsgegevens: Persoon | None = None
    waarden: dict[str, Any] = {}


def identificeer(melding: b.AanleverenIdentificatiePersoon) -> Uitslag:
    """Ask the source who is meant, and find or make that person here."""
    gevonden = personen.identificeer(_vraag(melding))
    if gevonden.persoon is None:
        waarden = {
            "uitslag": gevonden.uitkomst.value,
            "oorzaak": gevonden.soort.value if gevonden.soort else None,
            "velden": list(gevonden.velden),
            "gebreken": [als_object(gebrek) for gebrek in gevonden.gebreken],
        }
        return Uitslag(gevonden.uitkomst.value, waarden={k: w for k, w in waarden.items() if w})
    vastgelegd = personen.leg_vast(gevonden.persoon)
    voorstellen.leg_voor(vastgelegd)
    return Uitslag(gevonden.uitkomst.value, vastgelegd.persoon_id, gevonden.persoon)


def identificeer_samen(meldingen: Sequence[b.AanleverenIdentificatiePersoon]) -> dict[Kenmerk, Uitslag]:
    """Do the same for many at once, as far as who is meant is certain and nothing else is to be decided.

    Who is missing in the answer is to be asked for one by one, in their turn: whether that is still allowed then
    depends on what went before.
    """
    antwoorden = personen.identificeer_samen([_vraag(melding) for melding in meldingen])
    gevonden = list(zip(meldingen, antwoorden, strict=True))
    onzeker = {melding.pgn for melding, een in gevonden if een is None or een.persoon is None}
    zeker = {
        kenmerk(melding): Uitslag(een.uitkomst.value, None, een.persoon)
        for melding, een in gevonden
        if een is not None and een.persoon is not None and melding.pgn not in onzeker
    }
    ids = personen.leg_vast_samen([een.persoonsgegevens for een in zeker.values() if een.persoonsgegevens])
    return {
        welke: structs.replace(een, persoon=persoon)
        for (welke, een), persoon in zip(zeker.items(), ids, strict=True)
        if persoon is not None
    }


def _vraag(melding: b.AanleverenIdentificatiePersoon) -> personen.Personalia:
    return personen.Personalia(
        burgerservicenummer=melding.burgerservicenummer,
        onderwijsnummer=melding.onderwijsnummer,
        geboortedatum=melding.geboortedatum,
        geslacht=melding.geslacht,
        achternaam=melding.achternaam,
        voorvoegsel=melding.voorvoegsel,
        voornamen=melding.voornamen,
        adres=naar_kern(melding.adres, Adres) if melding.adres else None,
    )


def persoonsmutaties(dossier: Dossier, nieuw: Persoon | None) -> tuple[Mutatie, ...]:
    """Return the change of the person's own data that the source's answer makes, if any. Numbers are kept apart."""
    leeg = {"burgerservicenummer": None, "onderwijsnummer": None}
    oud = structs.replace(dossier.persoon, **leeg)
    na = structs.replace(nieuw, **leeg) if nieuw is not None else oud
    return () if na == oud else (Mutatie(sleutel_van(na), oud, na),)


def abonneer_persoon(melding: b.AanleverenIdentificatiePersoon, persoon: int, vandaag: date) -> None:
    """Set the subscription on person data that the melding asks for."""
    if melding.abonnement is not None:
        personen.zet_abonnement(
            persoon,
            melding.afzender,
            personen.Abonnementsoort.PERSOONSGEGEVENS,
            melding.abonnement,
            vandaag,
            doel=melding.doel,
            referentie=melding.referentie or "",
        )


def abonneer_vooropleiding(melding: b.AanvragenVooropleiding, persoon: int, vandaag: date) -> None:
    """Set the subscription on vooropleiding that the melding asks for."""
    personen.zet_abonnement(
        persoon,
        melding.afzender,
        personen.Abonnementsoort.VOOROPLEIDING,
        melding.abonnement,
        vandaag,
        doel=melding.doel,
        referentie=melding.referentie or "",
    )


def geef_terug(eerder: Eerder, melding: Any, gegevens: Gegevens) -> Terugkoppeling:
    """Return an earlier answer whole again: what describes the person is not kept with it, but rendered anew.

    As it was known then: asking again is no subscription. Nothing of the person for who has no business with them
    any more.
    """
    antwoord = eerder.antwoord.met_nummer(melding.pgn)
    if eerder.persoon is None or not antwoord.aanvaard:
        return antwoord
    if not isinstance(melding, b.AanleverenIdentificatiePersoon | b.AanvragenVooropleiding):
        return antwoord
    if not opslag.betrokkenen([eerder.persoon], [melding.afzender]):
        return antwoord
    nummers = personen.nummers_van([eerder.persoon])
    toen = standen.stand_van(eerder.melding)
    dossier = opslag.lees_dossiers(nummers, toen)[0][eerder.persoon]
    if isinstance(melding, b.AanvragenVooropleiding):
        dag = antwoord.ontvangen_op.astimezone(klok.NEDERLAND).date()
        return structs.replace(antwoord, vooropleiding=vooropleiding(dossier, dag, gegevens))
    uitslag = antwoord.identificatie.uitslag if antwoord.identificatie else ""
    wie = dossier.persoon
    return structs.replace(
        antwoord,
        identificatie=Identificatieuitslag(uitslag, wie.burgerservicenummer, wie.onderwijsnummer, wie),
    )
