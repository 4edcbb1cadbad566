"""Who reads somebody's earlier education, and where somebody lives: by the rules of the studentdossier."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from kernregister.kern.dossier import Adres, Dossier
from kernregister.platform import klok
from kernregister.platform.pas import Soort
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.public import Abonnementsoort
from kernregister.voorzieningen.register import public as register
from tests.databank import Databank
from tests.voorzieningen.register import verhaal
from tests.web.conftest import MaakMachine


@pytest.fixture
def persoon(databank: Databank) -> int:
    """Somebody with a school before, an enrolment here and one elsewhere."""
    elders = verhaal.inschrijving("7", verhaal.DAAR)
    return verhaal.registreer(
        Dossier(
            verhaal.wie(verhaal.bsn(3)),
            (verhaal.inschrijving("1"), elders),
            (verhaal.diploma("9", verhaal.DAAR),),
            deelnames=(verhaal.deelname(),),
            vooropleidingen=(verhaal.vo_resultaat(),),
        )
    )


def lees(machine: MaakMachine, persoon: int, soort: Soort, extra: str = "") -> dict:
    wie = machine(verhaal.HIER, soort, [Recht.PERSONEN_LEZEN], extra)
    antwoord = wie("GET", f"/dossiers/{persoon}/vooropleiding")
    assert antwoord.status_code == 200, antwoord.content
    return antwoord.json()


def test_an_institution_reads_all_of_it(persoon: int, machine: MaakMachine) -> None:
    uit = lees(machine, persoon, Soort.INSTELLING)
    assert {een["instelling"] for een in uit["deelnames"]} == {verhaal.HIER, verhaal.DAAR}
    assert uit["mbo_diplomas"]
    assert uit["vo_resultaten"]
    assert uit["startkwalificatie"] == "J"


def test_an_accountant_reads_nothing_of_others_nor_what_follows_from_it(
    persoon: int, machine: MaakMachine
) -> None:
    uit = lees(machine, persoon, Soort.ACCOUNTANT, "2025-2026")
    assert {een["instelling"] for een in uit.pop("deelnames")} == {verhaal.HIER}
    assert set(uit) <= {"startkwalificatie", "jaren_mbo_zonder_diploma"}
    assert uit.get("startkwalificatie", "O") == "O"
    wie = machine(verhaal.HIER, Soort.ACCOUNTANT, [Recht.PERSONEN_LEZEN], "2019-2020")
    assert wie("GET", f"/dossiers/{persoon}/vooropleiding").status_code == 404, "of a year without the person"


ADRES = Adres(postcode="3511AA", huisnummer="1", straat="Voorbeeldstraat", woonplaats="Utrecht")


def vraag(machine: MaakMachine, pad: str, instelling: str = verhaal.HIER):
    return machine(instelling, rechten=[Recht.PERSONEN_LEZEN, Recht.DOSSIER_LEZEN])("GET", pad)


def vertrek(persoon: int) -> None:
    """End the enrolment here, yesterday; the one elsewhere goes on."""
    voorbij = replace(
        verhaal.inschrijving("1"), datum_uitschrijving_werkelijk=klok.vandaag() - timedelta(days=1)
    )
    verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3), adres=ADRES), (voorbij,)))


def test_after_leaving_an_institution_reads_nothing_of_it_any_more(
    persoon: int, machine: MaakMachine
) -> None:
    pad = f"/dossiers/{persoon}/vooropleiding"
    assert vraag(machine, pad).status_code == 200
    vertrek(persoon)
    assert vraag(machine, pad).status_code == 404
    assert vraag(machine, pad, verhaal.DAAR).status_code == 200
    assert vraag(machine, f"/dossiers/{persoon}").json()["dossier"]["inschrijvingen"], (
        "its own records it keeps"
    )


def test_of_who_applies_it_is_read_for_as_long_as_the_institution_follows_it(
    persoon: int, machine: MaakMachine
) -> None:
    """An application comes before the enrolment, and also after an earlier one (Handleiding h. 05)."""
    vertrek(persoon)
    pad, vandaag = f"/dossiers/{persoon}/vooropleiding", klok.vandaag()
    for soort, stand, status in (
        (Abonnementsoort.PERSOONSGEGEVENS, "aan", 404),
        (Abonnementsoort.VOOROPLEIDING, "aan", 200),
        (Abonnementsoort.VOOROPLEIDING, "uit", 404),
    ):
        personen.zet_abonnement(persoon, verhaal.HIER, soort, stand, vandaag)
        assert vraag(machine, pad).status_code == status, (soort, stand)


def test_where_somebody_went_to_live_is_no_business_of_who_they_left(
    persoon: int, machine: MaakMachine
) -> None:
    def adres(instelling: str = verhaal.HIER) -> object:
        return vraag(machine, f"/dossiers/{persoon}", instelling).json()["dossier"]["persoon"].get("adres")

    verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3), adres=ADRES)))
    assert adres()
    vertrek(persoon)
    assert not adres()
    assert adres(verhaal.DAAR)
    personen.zet_abonnement(persoon, verhaal.HIER, Abonnementsoort.PERSOONSGEGEVENS, "aan", klok.vandaag())
    assert adres()


def test_a_name_of_after_somebody_left_is_no_business_of_who_they_left(
    persoon: int, machine: MaakMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Married, or of another sex: an institution knows of it what it knew on its last own day."""

    def naam(instelling: str = verhaal.HIER, vraag_: str = "") -> object:
        antwoord = vraag(machine, f"/dossiers/{persoon}{vraag_}", instelling)
        return antwoord.json()["dossier"]["persoon"].get("achternaam")

    def heet(achternaam: str) -> int:
        verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3), achternaam=achternaam)))
        return register.stand()

    eerst = register.stand()
    heet("Getrouwd")
    vandaag = klok.vandaag()
    einde = replace(verhaal.inschrijving("1"), datum_uitschrijving_werkelijk=vandaag)
    verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3), achternaam="Getrouwd"), (einde,)))
    later = klok.nu() + timedelta(days=3)
    monkeypatch.setattr(klok, "nu", lambda: later)
    nieuw = heet("Gescheiden")
    assert naam() == naam(vraag_=f"?stand={nieuw}") == "Getrouwd"
    assert naam(vraag_=f"?stand={eerst}") == "Zonderling"
    assert naam(verhaal.DAAR) == "Gescheiden"
    personen.zet_abonnement(persoon, verhaal.HIER, Abonnementsoort.PERSOONSGEGEVENS, "aan", klok.vandaag())
    assert naam() == "Gescheiden"


def test_of_who_left_before_anything_was_known_it_reads_what_was_known_first(
    persoon: int, machine: MaakMachine
) -> None:
    """An enrolment of the past, told afterwards."""
    vertrek(persoon)
    verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3), achternaam="Later")))
    wie = vraag(machine, f"/dossiers/{persoon}").json()["dossier"]["persoon"]
    assert wie["achternaam"] == "Zonderling"
    assert wie["burgerservicenummer"] == verhaal.bsn(3)


def test_an_address_that_is_secret_now_is_secret_in_all_of_history(
    persoon: int, machine: MaakMachine
) -> None:
    verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3), adres=ADRES)))
    toen = register.stand()
    pad = f"/dossiers/{persoon}?stand={toen}"
    assert vraag(machine, pad).json()["dossier"]["persoon"]["adres"]
    verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3), geheim=True)))
    antwoord = vraag(machine, pad)
    assert antwoord.status_code == 200
    assert not antwoord.json()["dossier"]["persoon"].get("adres")
    assert "3511AA" not in antwoord.content.decode()
