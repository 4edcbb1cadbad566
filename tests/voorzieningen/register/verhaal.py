"""Stories about persons in the register: what is registered of them, no rules in the way, and what becomes of it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import msgspec
from django.db import connections
from msgspec.structs import replace

from kernregister.fictief.nummers import burgerservicenummer, onderwijsnummer
from kernregister.kern.dossier import (
    Bpv,
    Deelname,
    Diploma,
    Dossier,
    ExtraOndersteuning,
    Inschrijving,
    Inschrijvingsperiode,
    Keuzedeel,
    Persoon,
    Verblijfstitel,
    VoResultaat,
)
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.kern.meldingen.toepassen import aggregaten
from kernregister.kern.tijd import OnvolledigeDatum
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.register.samenvoegen import voer_uit

MOMENT = datetime(2026, 3, 1, 10, tzinfo=UTC)
HIER, DAAR = "27DV", "25LX"
AANTAL = 1000
"""Numbers that the stories take from."""


def bsn(plaats: int) -> str:
    return burgerservicenummer(plaats, AANTAL)


def own(plaats: int) -> str:
    return onderwijsnummer(plaats, AANTAL)


def inschrijving(nummer: str = "1", instelling: str = HIER, **anders: object) -> Inschrijving:
    een = Inschrijving(
        instelling,
        nummer,
        date(2024, 8, 1),
        date(2027, 7, 31),
        perioden=(Inschrijvingsperiode(date(2024, 8, 1), "25655", "BOL", "MBO-4"),),
        extra_ondersteuning=(ExtraOndersteuning(date(2024, 9, 1)),),
        bpvs=(Bpv("1", date(2025, 1, 10), date(2025, 2, 3), leerbedrijf_id="100012345"),),
    )
    return replace(een, **anders)


def diploma(nummer: str = "9", instelling: str = HIER, **anders: object) -> Diploma:
    return replace(Diploma(instelling, nummer, "25655", date(2026, 1, 30)), **anders)


def keuzedeel(nummer: str = "5", instelling: str = HIER) -> Keuzedeel:
    return Keuzedeel(nummer, "K0067", True, instelling, date(2025, 6, 1))


def deelname(nummer: str = "7", **anders: object) -> Deelname:
    een = Deelname("VO", "01AA", date(2020, 8, 1), date(2024, 7, 31), inschrijvingvolgnummer=nummer)
    return replace(een, **anders)


def vo_resultaat(nummer: str = "8") -> VoResultaat:
    return VoResultaat(nummer, "VO", "HAVO", "01AA", "DIPLOMA", "G", date(2024, 6, 20), 2024)


def wie(bsn_: str | None = None, own_: str | None = None, **anders: object) -> Persoon:
    een = Persoon(
        bsn_,
        own_,
        OnvolledigeDatum("2006-05-14"),
        "V",
        "Zonderling",
        verblijfstitels=(Verblijfstitel("21", OnvolledigeDatum("2010-01-01")),),
    )
    return replace(een, **anders)


def registreer(dossier: Dossier) -> int:
    """Register all of a dossier and return the person."""
    persoon = dossier.persoon
    nummers = (
        {"burgerservicenummer": persoon.burgerservicenummer}
        if persoon.burgerservicenummer
        else {"onderwijsnummer": persoon.onderwijsnummer}
    )
    kop = {"moment": MOMENT, **nummers}
    zonder = replace(persoon, burgerservicenummer=None, onderwijsnummer=None)
    meldingen: list[b.Melding] = []
    if zonder != Persoon():
        meldingen.append(b.VerstrekkenPersoonsgegevens(id=uuid4(), afzender="BRP", persoon=zonder, **kop))
    for een in dossier.inschrijvingen:
        meldingen.append(
            b.OvernemenInschrijving(id=uuid4(), afzender=een.instelling, inschrijving=een, **kop)
        )
    for een in dossier.diplomas:
        meldingen.append(b.OvernemenDiploma(id=uuid4(), afzender=een.instelling, diploma=een, **kop))
    for een in dossier.losse_resultaten:
        meldingen.append(b.OvernemenResultaat(id=uuid4(), afzender=een.instelling, resultaat=een, **kop))
    for een in dossier.deelnames:
        meldingen.append(b.AanleverenDeelname(id=uuid4(), afzender="VO", deelname=een, **kop))
    for een in dossier.vooropleidingen:
        meldingen.append(b.AanleverenVooropleiding(id=uuid4(), afzender="VO", resultaat=een, **kop))
    antwoorden = register.verwerk(meldingen, register.Herkomst("test", ""))
    assert all(een.aanvaard for een in antwoorden), antwoorden
    return personen.zoek([persoon.pgn])[persoon.pgn]


def neem_over(persoon: Persoon, *resultaten: object) -> None:
    """Take results over from elsewhere, of somebody who is registered."""
    kop = {"moment": MOMENT, "burgerservicenummer": persoon.burgerservicenummer}
    meldingen = [
        b.OvernemenDiploma(id=uuid4(), afzender=een.instelling, diploma=een, **kop)
        if isinstance(een, Diploma)
        else b.OvernemenResultaat(id=uuid4(), afzender=een.instelling, resultaat=een, **kop)
        for een in resultaten
    ]
    antwoorden = register.verwerk(meldingen, register.Herkomst("test", ""))
    assert all(een.aanvaard for een in antwoorden), antwoorden


plaatsen: Iterator[int] = iter(range(900))


def een_persoon(*inschrijvingen: object, own_: bool = False, **delen: object) -> int:
    plaats = next(plaatsen)
    persoon = wie(None, own(plaats)) if own_ else wie(bsn(plaats))
    return registreer(Dossier(persoon, inschrijvingen, **delen))


def voeg_samen(blijft: int, gaat_op: int, id_: UUID | None = None) -> Terugkoppeling:
    return voer_uit(
        b.SamenvoegenPersonen(blijft=blijft, gaat_op=gaat_op, reden="dubbel geregistreerd", **_kop(id_)),
        "beheerder",
    )


def splits(persoon: int, nieuw: int, *versies: int) -> Terugkoppeling:
    return voer_uit(
        b.SplitsenPersoon(persoon=persoon, nieuw=nieuw, versies=versies, reden="twee mensen", **_kop()),
        "beheerder",
    )


def draag_over(persoon: int, van: str, naar: str) -> Terugkoppeling:
    return voer_uit(
        b.OverdragenPersoon(persoon=persoon, van=van, naar=naar, reden="fusie", **_kop()), "beheerder"
    )


def herroep(antwoord: Terugkoppeling) -> Terugkoppeling:
    return voer_uit(b.HerroepenMelding(melding=antwoord.id, reden="vergissing", **_kop()), "beheerder")


def _kop(id_: UUID | None = None) -> dict[str, object]:
    return {"id": id_ or uuid4(), "afzender": "STEL", "moment": MOMENT}


def dossier(persoon: int, stand: int | None = None) -> Dossier:
    gevonden = register.dossier(persoon, stand)
    assert gevonden is not None
    return gevonden


def records(*dossiers: Dossier) -> Counter[bytes]:
    """Return all that is registered of persons but for their own data, as a multiset."""
    return Counter(
        msgspec.msgpack.encode(een)
        for dossier_ in dossiers
        for een in aggregaten(dossier_)
        if not isinstance(een, Persoon)
    )


def versie_van(persoon: int, nummer: str) -> int:
    """Return the version that holds of a record of a person."""
    ((id_,),) = vraag(
        "SELECT id FROM register_versie WHERE persoon_id = %s AND sleutel = %s AND melding_tot IS NULL",
        persoon,
        nummer,
    )
    return int(id_)


def betrokken(persoon: int) -> list[str]:
    rijen = vraag("SELECT instelling FROM register_betrokkenheid WHERE persoon_id = %s ORDER BY 1", persoon)
    return [instelling for (instelling,) in rijen]


def vraag(sql: str, *waarden: object) -> list[tuple[object, ...]]:
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(sql, waarden)
        return list(cursor.fetchall())


def regels_van(antwoord: Terugkoppeling) -> Iterable[str]:
    return [een.regel for een in antwoord.bevindingen]
