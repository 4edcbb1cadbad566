"""The demo sector: a register that looks as if it was used for two years, and that only an empty one becomes."""

import pytest
from django.db import connections

from kernregister.platform import klok
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.register import public as register
from kernregister.web.toegang.models import Roltoekenning
from kernregister.web.toegang.personas import PERSONAS
from tests.databank import Databank

pytestmark = pytest.mark.traag


def tel(vraag: str) -> list[tuple]:
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(vraag)
        return cursor.fetchall()


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
        assert len(kwaliteit.geplaatst(codes["eerste"])) > 20
    assert tel("SELECT count(*) FROM overzichten_aanvraag WHERE soort = 'OBO' AND toestand = 'klaar'") == [
        (6,)
    ]
    assert Roltoekenning.objects.values("gebruiker").distinct().count() == len(PERSONAS)

    with pytest.raises(ValueError, match="leeg register"):
        sector.vul(10)
    assert register.stand() > 0
