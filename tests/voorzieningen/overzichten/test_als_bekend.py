"""As known at a stand: asked again after a thousand later meldingen of all kinds, an overview is the same."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.db import transaction
from msgspec.structs import replace

from kernregister.fictief.nummers import burgerservicenummer, onderwijsnummer
from kernregister.kern.dossier import Dossier, ExtraOndersteuning, Nationaliteit, Verblijfstitel
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.tijd import OnvolledigeDatum, Studiejaar
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.kwaliteit.opzet import LADER, laad, lever, melding, zet_klok
from tests.voorzieningen.overzichten.opzet import alles, gevuld, inhoud, instelling_van, vraag
from tests.voorzieningen.register.verhaal import draag_over, herroep, voeg_samen
from tests.voorzieningen.register.verhaal import vraag as rijen

JAAR = Studiejaar(2025)
RO = {"begin": date(2024, 8, 1), "einde": date(2026, 7, 31)}
VREEMD = Verblijfstitel("21", OnvolledigeDatum("2024-00-00"))


@pytest.mark.traag
def test_an_overview_asked_again_after_a_thousand_meldingen_is_the_same_to_the_byte(databank, monkeypatch):
    zet_klok(monkeypatch, date(2026, 3, 1))
    sector = gevuld(70)
    code = instelling_van(sector)
    dossiers = list(sector.dossiers())
    van_code = [d for d in dossiers if any(i.instelling == code for i in d.inschrijvingen)]
    dossiers += [_op_onderwijsnummer(d, plaats) for plaats, d in enumerate(van_code[:3])]
    laad(dossiers[-3:])
    _verrijk(dossiers, code)
    eerste = vraag("OBO", code, studiejaar=JAAR)
    toen = [
        vraag("RO", code, **RO),
        vraag("OBO", code, studiejaar=JAAR),
        vraag("KWC", code),
    ]
    stand = register.stand()
    bestanden = [alles(een) for een in (eerste, *toen)]
    geheel = dict(register.dossiers(stand=stand))
    assert dict(register.dossiers(list(geheel), stand=stand)) == geheel, "as a stream and one by one"
    assert any(d.persoon.verblijfstitels for d in geheel.values())
    assert any(i.extra_ondersteuning for d in geheel.values() for i in d.inschrijvingen)
    voor = _aantal_meldingen()

    zet_klok(monkeypatch, date(2026, 3, 20))
    _duizend(dossiers, code, Random(7))
    assert _aantal_meldingen() - voor >= 1000

    assert dict(register.dossiers(stand=stand)) == geheel
    for een, toen_bestanden in zip((eerste, *toen), bestanden, strict=True):
        opnieuw = vraag(een.soort, code, opnieuw=een.id)
        assert opnieuw.stand == een.stand
        assert alles(opnieuw) == toen_bestanden
        assert alles(een) == toen_bestanden
    for soort, velden, hoe in (("RO", RO, 1), ("OBO", {"studiejaar": JAAR}, 2)):
        op_stand = vraag(soort, code, stand=stand, **velden)
        assert inhoud(op_stand) == bestanden[hoe][next(iter(bestanden[hoe]))]
        op_moment = vraag(soort, code, moment=toen[0].aangevraagd_op, **velden)
        assert inhoud(op_moment) == inhoud(op_stand)
        assert inhoud(vraag(soort, code, **velden)) != inhoud(op_stand), "the later meldingen are seen today"


def _verrijk(dossiers: list[Dossier], code: str) -> None:
    """Give some persons what is kept apart: extra support and titles of residence."""
    for dossier in dossiers[::4]:
        for een in dossier.inschrijvingen:
            if een.instelling == code:
                lever(
                    dossier.persoon,
                    replace(een, extra_ondersteuning=(ExtraOndersteuning(een.datum_inschrijving),)),
                )
        anders = replace(
            dossier.persoon,
            burgerservicenummer=None,
            onderwijsnummer=None,
            verblijfstitels=(VREEMD,),
            nationaliteiten=(Nationaliteit("0339", OnvolledigeDatum("2006-00-00")),),
        )
        _stuur([melding(b.VerstrekkenPersoonsgegevens, "BRP", dossier.persoon, persoon=anders)])
    register.stand()


def _duizend(dossiers: list[Dossier], code: str, kans: Random) -> None:
    """Change, remove, link, merge, hand over and take back: what may happen to a register."""
    nieuw = [_met_andere_nummers(d, plaats) for plaats, d in enumerate(dossiers[:10])]
    laad(nieuw)
    _koppel_bsn(dossiers)
    antwoord = voeg_samen(_id(dossiers[0]), _id(nieuw[5]))
    assert antwoord.aanvaard, antwoord
    anders = next(iter({i.instelling for d in dossiers for i in d.inschrijvingen} - {code}))
    van_code = [d for d in dossiers[1:] if any(i.instelling == code for i in d.inschrijvingen)]
    over = draag_over(_id(van_code[0]), code, anders)
    assert over.aanvaard, over
    terug = draag_over(_id(van_code[1]), code, anders)
    assert herroep(terug).aanvaard
    ander = herroep(voeg_samen(_id(dossiers[3]), _id(nieuw[7])))
    assert ander.aanvaard, ander
    blijven = [d for d in dossiers if d not in van_code[:2]]
    for _ in range(12):
        _stuur(list(_wijzigingen(blijven, kans)))
    _stuur(list(_verwijderingen(blijven[-6:], code)))
    register.stand()


def _wijzigingen(dossiers: list[Dossier], kans: Random) -> Iterator[b.Melding]:
    for dossier in dossiers:
        wie = dossier.persoon
        eigen = replace(wie, burgerservicenummer=None, onderwijsnummer=None)
        dag = OnvolledigeDatum(f"2007-0{kans.randint(1, 9)}-1{kans.randint(0, 9)}")
        yield melding(b.VerstrekkenPersoonsgegevens, "BRP", wie, persoon=replace(eigen, geboortedatum=dag))
        for een in dossier.inschrijvingen:
            einde = een.datum_inschrijving + timedelta(days=kans.randint(30, 600))
            gewijzigd = replace(een, datum_uitschrijving_werkelijk=einde, reden_uitschrijving="05")
            yield melding(b.OvernemenInschrijving, een.instelling, wie, inschrijving=gewijzigd)


def _verwijderingen(dossiers: list[Dossier], code: str) -> Iterator[b.Melding]:
    for dossier in dossiers:
        for een in dossier.diplomas:
            yield melding(
                b.VerwijderenResultaat,
                een.instelling,
                dossier.persoon,
                resultaatvolgnummer=een.resultaatvolgnummer,
            )
        for een in dossier.inschrijvingen:
            yield melding(
                b.VerwijderenInschrijving,
                een.instelling,
                dossier.persoon,
                inschrijvingvolgnummer=een.inschrijvingvolgnummer,
            )


def _stuur(meldingen: list[b.Melding]) -> None:
    """Deliver; what is refused along the way (a record that has gone up in another person) is refused."""
    antwoorden = register.verwerk(meldingen, LADER)
    assert any(een.aanvaard for een in antwoorden)


def _koppel_bsn(dossiers: list[Dossier]) -> None:
    """Find the burgerservicenummer of who had an onderwijsnummer only."""
    zonder = [d for d in dossiers if d.persoon.burgerservicenummer is None]
    assert zonder
    for plaats, dossier in enumerate(zonder):
        with transaction.atomic(using="stelsel"):
            gekoppeld = personen.koppel_bsn(_id(dossier), burgerservicenummer(plaats, 77_000))
        assert gekoppeld.uitslag == "gekoppeld"


def _op_onderwijsnummer(dossier: Dossier, plaats: int) -> Dossier:
    """Return the enrolments of a dossier as those of somebody without a burgerservicenummer."""
    wie = replace(
        dossier.persoon, burgerservicenummer=None, onderwijsnummer=onderwijsnummer(plaats + 900, 1000)
    )
    return Dossier(wie, tuple(replace(i, op_onderwijsnummer=True) for i in dossier.inschrijvingen))


def _met_andere_nummers(dossier: Dossier, plaats: int) -> Dossier:
    """Return the same records, of another person."""
    wie = replace(
        dossier.persoon, burgerservicenummer=burgerservicenummer(plaats + 500, 77_000), onderwijsnummer=None
    )
    return Dossier(
        wie, tuple(replace(i, inschrijvingvolgnummer=str(uuid4())[:20]) for i in dossier.inschrijvingen)
    )


def _id(dossier: Dossier) -> int:
    return personen.zoek([dossier.persoon.pgn])[dossier.persoon.pgn]


def _aantal_meldingen() -> int:
    ((aantal,),) = rijen("SELECT count(*) FROM register_melding WHERE aanvaard")
    return int(aantal)


def test_numbers_are_those_of_then(databank, monkeypatch):
    """Who was known by an onderwijsnummer is named by it in an overview of then, whatever was found out since."""
    zet_klok(monkeypatch, date(2026, 3, 1))
    own = _op_onderwijsnummer(next(gevuld(5).dossiers()), 1)
    laad([own])
    wie = _id(own)
    toen = register.stand()
    with transaction.atomic(using="stelsel"):
        personen.koppel_bsn(wie, burgerservicenummer(1, 77_000))
    _stuur(
        [
            melding(
                b.VerstrekkenPersoonsgegevens,
                "BRP",
                own.persoon,
                persoon=replace(own.persoon, onderwijsnummer=None),
            )
        ]
    )
    nu = register.stand()
    assert nu == toen + 1
    voor, na = register.dossier(wie, toen), register.dossier(wie, nu)
    assert (voor.persoon.burgerservicenummer, voor.persoon.onderwijsnummer) == (
        None,
        own.persoon.onderwijsnummer,
    )
    assert na.persoon.burgerservicenummer == burgerservicenummer(1, 77_000)


def test_a_person_who_went_up_in_another_was_somebody_then(databank, monkeypatch):
    zet_klok(monkeypatch, date(2026, 3, 1))
    dossiers = list(gevuld(5).dossiers())
    dossiers[1] = _met_andere_nummers(dossiers[1], 1)
    laad(dossiers[1:2])
    een, ander = _id(dossiers[0]), _id(dossiers[1])
    toen = register.stand()
    samen = voeg_samen(een, ander)
    assert samen.aanvaard, samen
    tussen = register.stand()
    uiteen = herroep(samen)
    assert uiteen.aanvaard, uiteen
    na = register.stand()
    assert register.dossier(ander, toen).persoon.pgn == dossiers[1].persoon.pgn
    assert register.dossier(ander, toen) == register.dossier(ander, na) == register.dossier(ander)
    assert register.dossier(een, toen) == register.dossier(een, na)
    assert len(register.dossier(een, tussen).inschrijvingen) == len(dossiers[0].inschrijvingen) + len(
        dossiers[1].inschrijvingen
    )
    assert register.dossier(ander, tussen).inschrijvingen == ()
