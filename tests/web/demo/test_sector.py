"""The demo sector: a register that looks as if it was used for two years, and that only an empty one becomes."""

from datetime import date

import pytest
from django.db import connections

from kernregister.fictief.meldingen import meldingen_van
from kernregister.kern.tijd import dagen_na
from kernregister.platform import klok
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.register import public as register
from kernregister.web.toegang.models import Roltoekenning
from kernregister.web.toegang.personas import PERSONAS
from tests.databank import Databank

DAGEN = [
    *(date(2027, maand, 1) for maand in range(1, 13)),
    *(date(2026, 12, 31), date(2027, 7, 31), date(2027, 9, 30), date(2027, 10, 2), date(2028, 2, 29)),
]


def tel(vraag: str) -> list[tuple]:
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(vraag)
        return cursor.fetchall()


@pytest.mark.parametrize("vandaag", DAGEN)
def test_on_any_day_of_the_year_the_demo_has_faults_to_find_and_students_of_this_year(vandaag: date) -> None:
    from kernregister.web.demo.sector import fictieve_sector

    sector = fictieve_sector(150, vandaag)
    assert {geval.regel[0] for geval in sector.waarheid.gevallen} == set("ABCDE")
    begin = dagen_na(vandaag, -728)
    gemeld = [
        een.dag
        for n, d in enumerate(sector.dossiers())
        for een in meldingen_van(d, n, sector.zaad, begin, vandaag)
    ]
    assert min(gemeld) >= begin
    assert max(gemeld) <= vandaag
    assert sum(dag > dagen_na(vandaag, -365) for dag in gemeld) > 100


@pytest.mark.traag
def test_an_empty_register_gets_two_years_of_meldingen_signals_figures_and_people(
    databank: Databank, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    from kernregister.web.demo import sector

    monkeypatch.setattr(settings, "DEMO", True)
    gedaan: list[tuple[int, int]] = []
    codes = sector.vul(120, meld=lambda dag, dagen: gedaan.append((dag, dagen)))
    assert [dag for dag, _ in gedaan] == list(range(1, gedaan[0][1] + 1))
    assert len(gedaan) > sector.WEKEN

    (eerste, laatste), *_ = tel("SELECT min(ontvangen_op), max(ontvangen_op) FROM register_melding")
    assert 700 < (laatste - eerste).days <= 735
    assert abs((klok.nu() - klok.machinetijd()).total_seconds()) < 5
    ((aanvaard, geweigerd),) = tel(
        "SELECT count(*) FILTER (WHERE aanvaard), count(*) FILTER (WHERE NOT aanvaard) FROM register_melding"
    )
    assert aanvaard > 300 > geweigerd > 0
    with met_pas(Pas(Soort.INSTELLING, codes["eerste"])):
        assert kwaliteit.open_signalen().signalen
        geplaatst = kwaliteit.geplaatst(codes["eerste"])
        assert len(geplaatst) > 20
        laatste_weken = [dag for dag in geplaatst if dag > dagen_na(klok.vandaag(), -70)]
        assert {dag.isoweekday() for dag in laatste_weken} == {kwaliteit.rooster()}, (
            "once a week, as DUO does"
        )
    assert tel("SELECT count(*) FROM overzichten_aanvraag WHERE soort = 'OBO' AND toestand = 'klaar'") == [
        (6,)
    ]
    assert Roltoekenning.objects.values("gebruiker").distinct().count() == len(PERSONAS)

    with pytest.raises(ValueError, match="leeg register"):
        sector.vul(10)
    assert register.stand() > 0
