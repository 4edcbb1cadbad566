"""Users and roles: a Beheerder invites colleagues, gives roles and takes them back, for the own kenmerk only."""

import re
import threading
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.test import Client

from kernregister.platform import klok
from kernregister.web.toegang.gebruikers import (
    Toekenningsfout,
    hoedanigheden,
    ken_toe,
    maak_gebruiker,
    toekenningen,
    trek_in,
    zoek_gebruiker,
)
from kernregister.web.toegang.models import Roltoekenning
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.web.portaal.conftest import MaakBezoeker

NIEUW = {"adres": "Sanne@Voorbeeld.example", "voornaam": "Sanne", "achternaam": "Jansen"}


def wie(browser: Client):
    """Return whose browser it is."""
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(pk=browser.session["_auth_user_id"])


def morgen(dagen: int = 30) -> str:
    """Return a day that lies ahead."""
    return str(klok.vandaag() + timedelta(days=dagen))


def rollen_van(adres: str, kenmerk: str = "25PV") -> set[str]:
    """Return the roles of somebody."""
    gebruiker = zoek_gebruiker(adres)
    assert gebruiker is not None
    return {rij.rol for rij in toekenningen(gebruiker, kenmerk)}


def test_a_colleague_is_invited_chooses_a_password_and_has_the_roles(
    bezoeker: MaakBezoeker, brievenbus: list[Any]
) -> None:
    bas = bezoeker(Rol.BEHEERDER, naam="bas")
    antwoord = bas.post("/gebruikers/uitnodigen/", {**NIEUW, "rol": [Rol.SIGNALEN, Rol.STUDENTDOSSIER]})
    assert antwoord.status_code == 302
    assert rollen_van("sanne@voorbeeld.example") == {Rol.TOEGANG, Rol.SIGNALEN, Rol.STUDENTDOSSIER}
    pagina = bas.get(antwoord["Location"]).text
    assert "Sanne Jansen" in pagina
    assert "uitgenodigd, nog niet aangemeld" in pagina
    (bericht,) = brievenbus
    assert bericht.to == ["sanne@voorbeeld.example"]
    assert "Bas Voorbeeld nodigt u uit" in bericht.body
    link = re.search(r"http://localhost(/account/password/reset/key/\S+)", bericht.body)
    assert link
    assert link[0] not in pagina, "only a demo shows the link"
    sanne = Client(SERVER_NAME="localhost")
    formulier = sanne.get(link[1], follow=True).redirect_chain[-1][0]
    nieuw = {"password1": "een lang wachtwoord van Sanne", "password2": "een lang wachtwoord van Sanne"}
    assert sanne.post(formulier, nieuw).status_code == 302
    sanne.post("/account/login/", {"login": "sanne@voorbeeld.example", "password": nieuw["password1"]})
    assert sanne.get("/dashboard/")["Location"] == "/account/mfa/totp/activate/"


def test_the_list_shows_who_has_what_and_what_each_role_allows(bezoeker: MaakBezoeker) -> None:
    bas = bezoeker(Rol.BEHEERDER, naam="bas")
    bezoeker(Rol.SIGNALEN, naam="amira")
    bezoeker(Rol.SIGNALEN, kenmerk="00AA", naam="vreemd")
    pagina = bas.get("/gebruikers/").text
    assert "Amira Voorbeeld" in pagina
    assert "Vreemd" not in pagina
    assert "Lost signalen op, levert meldingen aan" in pagina
    assert "Rollen zonder gekoppeld kenmerk geven géén toegang" in pagina
    for van_de_handleiding in (
        "kan de beheerder van uw instelling zichzelf en gebruikers (medewerkers) rollen en kenmerken toewijzen",
        "moet elke gebruiker hebben",
        "de vooropleiding(en), inschrijvingen en resultaten van de student raadplegen",
        "een Registratie Overzicht uit het Register Onderwijsdeelnemers aanvragen",
        "Met deze rol kunt u een OBO aanvragen",
        "bestanden ophalen en plaatsen op Mijn DUO",
        "&#x27;verzoek handmatige mutatie&#x27;",
        "Met deze rol kunt u het assurance-rapport digitaal aanbieden.",
    ):
        assert van_de_handleiding in pagina


def test_everything_that_is_wrong_is_said_at_once_and_kept_as_typed(bezoeker: MaakBezoeker) -> None:
    bas = bezoeker(Rol.BEHEERDER, naam="bas")
    fout = {
        "adres": "sanne",
        "voornaam": "",
        "achternaam": "Jansen",
        "rol": [Rol.ACCOUNTANT],
        "tot": "2020-01-01",
    }
    antwoord = bas.post("/gebruikers/uitnodigen/", fout)
    assert antwoord.status_code == 422
    for veld in ("adres", "voornaam", "studiejaar", "tot"):
        assert f'id="{veld}-fout"' in antwoord.text, veld
    assert 'value="sanne"' in antwoord.text
    assert 'value="accountant" checked' in antwoord.text
    assert zoek_gebruiker("sanne") is None
    leeg = bas.post("/gebruikers/uitnodigen/", NIEUW)
    assert "Kies minstens één rol." in leeg.text
    assert zoek_gebruiker(NIEUW["adres"]) is None


@pytest.mark.parametrize("tot", ["31-07-2026", "2026-13-01", "0000-00-00", "morgen", "9999-12-31"])
def test_what_is_no_date_is_refused_and_says_so(bezoeker: MaakBezoeker, tot: str) -> None:
    bas = bezoeker(Rol.BEHEERDER, naam="bas")
    antwoord = bas.post("/gebruikers/uitnodigen/", {**NIEUW, "rol": [Rol.SIGNALEN], "tot": tot})
    assert antwoord.status_code == 422
    assert "Dit is geen datum" in antwoord.text


def test_a_number_of_a_person_does_not_become_a_name_to_log_in_with(bezoeker: MaakBezoeker) -> None:
    bas = bezoeker(Rol.BEHEERDER, naam="bas")
    antwoord = bas.post(
        "/gebruikers/uitnodigen/", {**NIEUW, "adres": "999990007@voorbeeld.example", "rol": [Rol.SIGNALEN]}
    )
    assert antwoord.status_code == 422


def test_an_accountant_has_several_clients_under_one_login_each_for_a_year_and_a_time(
    bezoeker: MaakBezoeker, brievenbus: list[Any]
) -> None:
    for kenmerk in ("25PV", "27DV"):
        bas = bezoeker(Rol.BEHEERDER, naam="bas", kenmerk=kenmerk)
        vraag = {**NIEUW, "rol": [Rol.ACCOUNTANT], "studiejaar": "2025-2026", "tot": morgen()}
        assert bas.post("/gebruikers/uitnodigen/", vraag).status_code == 302
    gebruiker = zoek_gebruiker(NIEUW["adres"])
    assert gebruiker is not None
    assert [een.sleutel for een in hoedanigheden(gebruiker)] == [
        "accountant:25PV:2025-2026",
        "accountant:27DV:2025-2026",
    ]
    assert len(brievenbus) == 2, "the first link may be lost: until somebody logs in a new one goes out"


def test_a_role_of_an_nbi_is_one_that_an_nbi_can_use(
    bezoeker: MaakBezoeker, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kernregister.web.toegang import gebruikers

    monkeypatch.setattr(gebruikers, "is_bekostigd", lambda kenmerk: kenmerk != "31ZZ")
    dunya = bezoeker(Rol.BEHEERDER, naam="dunya", kenmerk="31ZZ")
    pagina = dunya.get("/gebruikers/uitnodigen/").text
    bekostigd = {Rol.OBO, Rol.ASSURANCE, Rol.BEKOSTIGING, Rol.ACCOUNTANT}
    assert not [rol for rol in bekostigd if f'value="{rol}"' in pagina]
    assert f'value="{Rol.SIGNALEN}"' in pagina
    assert dunya.post("/gebruikers/uitnodigen/", {**NIEUW, "rol": [Rol.OBO]}).status_code == 422
    bas = bezoeker(Rol.BEHEERDER, naam="bas")
    assert f'value="{Rol.OBO}"' in bas.get("/gebruikers/uitnodigen/").text


def test_no_role_stands_ready_to_be_given_by_one_click_too_many(bezoeker: MaakBezoeker) -> None:
    bas, amira = bezoeker(Rol.BEHEERDER, naam="bas"), bezoeker(Rol.SIGNALEN, naam="amira")
    pad = f"/gebruikers/{wie(amira).pk}/"
    eerste = re.search(r'<select[^>]*name="rol".*?<option value="([^"]*)"', bas.get(pad).text, re.DOTALL)
    assert eerste
    assert eerste[1] == ""
    leeg = bas.post(pad, {"rol": "", "tot": ""})
    assert leeg.status_code == 422
    assert "Kies minstens één rol." in leeg.text
    assert rollen_van(wie(amira).email) == {Rol.TOEGANG, Rol.SIGNALEN}


def test_a_role_is_given_with_an_end_and_another_end_closes_the_first(bezoeker: MaakBezoeker) -> None:
    bas, amira = bezoeker(Rol.BEHEERDER, naam="bas"), bezoeker(Rol.SIGNALEN, naam="amira")
    pad = f"/gebruikers/{wie(amira).pk}/"
    for tot in (morgen(10), morgen(20), morgen(20)):
        assert bas.post(pad, {"rol": Rol.OBO, "tot": tot}).status_code == 302
    rijen = list(Roltoekenning.objects.filter(gebruiker=wie(amira), rol=Rol.OBO).order_by("id"))
    assert [rij.ingetrokken_op is None for rij in rijen] == [False, True]
    laatste = rijen[1].geldig_tot.astimezone(klok.NEDERLAND)
    assert (str(laatste.date()), laatste.hour) == (morgen(21), 0)
    historie = bas.get("/gebruikers/geschiedenis/").text
    assert historie.count("Mbo-behandelaar OBO") == 3
    assert wie(bas).email in historie


def test_a_role_that_is_taken_back_stops_at_the_next_request(bezoeker: MaakBezoeker) -> None:
    bas, amira = bezoeker(Rol.BEHEERDER, naam="bas"), bezoeker(Rol.REGISTERCONTROLE, naam="amira")
    assert amira.get("/dashboard/").status_code == 200
    rij = Roltoekenning.objects.get(gebruiker=wie(amira), rol=Rol.REGISTERCONTROLE)
    assert bas.post(f"/gebruikers/{wie(amira).pk}/", {"intrekken": rij.pk}).status_code == 302
    assert amira.get("/dashboard/").status_code == 403
    assert "ingetrokken" in bas.get("/gebruikers/geschiedenis/").text


def test_a_beheerder_gives_roles_to_oneself_and_may_stop_when_another_is_there(
    bezoeker: MaakBezoeker,
) -> None:
    bas, karin = bezoeker(Rol.BEHEERDER, naam="bas"), bezoeker(Rol.BEHEERDER, naam="karin")
    zelf = f"/gebruikers/{wie(bas).pk}/"
    assert bas.post(zelf, {"rol": Rol.REGISTERCONTROLE}).status_code == 302
    assert bas.get("/dashboard/").status_code == 200
    rij = Roltoekenning.objects.get(gebruiker=wie(bas), rol=Rol.BEHEERDER)
    assert bas.post(zelf, {"intrekken": rij.pk})["Location"] == "/"
    assert bas.get("/gebruikers/").status_code == 403
    assert karin.get("/gebruikers/").status_code == 200


@pytest.mark.parametrize("rol", [Rol.BEHEERDER, Rol.TOEGANG])
def test_the_last_beheerder_stays(bezoeker: MaakBezoeker, rol: Rol) -> None:
    bas = bezoeker(Rol.BEHEERDER, naam="bas")
    zelf = f"/gebruikers/{wie(bas).pk}/"
    tijdelijk = bezoeker(Rol.SIGNALEN, naam="tijdelijk")
    bas.post(f"/gebruikers/{wie(tijdelijk).pk}/", {"rol": Rol.BEHEERDER, "tot": morgen()})
    rij = Roltoekenning.objects.get(gebruiker=wie(bas), rol=rol)
    antwoord = bas.post(zelf, {"intrekken": rij.pk})
    assert antwoord.status_code == 422
    assert "laatste Beheerder instelling" in antwoord.text
    assert bas.post(zelf, {"rol": rol, "tot": morgen()}).status_code == 422, "nor with an end"
    assert rollen_van(wie(bas).email) == {Rol.BEHEERDER, Rol.TOEGANG}
    trek_in(rij, door="proef", ook_laatste=True)  # who administers the register may


def tijdelijke_beheerder(bezoeker: MaakBezoeker, dagen: int, naam: str = "eva") -> Client:
    """Return a browser of who stands in as Beheerder for some days, beside one who stays."""
    bas, eva = bezoeker(Rol.BEHEERDER, naam="bas"), bezoeker(Rol.SIGNALEN, naam=naam)
    vraag = {"rol": Rol.BEHEERDER, "tot": morgen(dagen)}
    assert bas.post(f"/gebruikers/{wie(eva).pk}/", vraag).status_code == 302
    return eva


def test_who_stands_in_as_beheerder_does_not_stay_it_nor_makes_others_it_for_longer(
    bezoeker: MaakBezoeker,
) -> None:
    eva, karin = tijdelijke_beheerder(bezoeker, 10), bezoeker(Rol.SIGNALEN, naam="karin")
    zelf, ander = f"/gebruikers/{wie(eva).pk}/", f"/gebruikers/{wie(karin).pk}/"
    for pad in (zelf, ander):
        for tot in ("", morgen(11)):
            antwoord = eva.post(pad, {"rol": Rol.BEHEERDER, "tot": tot})
            assert antwoord.status_code == 422, (pad, tot)
            assert 'id="tot-fout"' in antwoord.text
            assert "Uw eigen rol Beheerder instelling geldt t/m" in antwoord.text
    uitgenodigd = eva.post("/gebruikers/uitnodigen/", {**NIEUW, "adres": "x", "rol": [Rol.BEHEERDER]})
    assert 'id="tot-fout"' in uitgenodigd.text
    assert 'id="adres-fout"' in uitgenodigd.text, "all that is wrong at once"
    via_uitnodiging = {**NIEUW, "adres": wie(eva).email.upper(), "rol": [Rol.OBO]}
    assert eva.post("/gebruikers/uitnodigen/", via_uitnodiging).status_code == 422, "oneself, by another way"
    assert rollen_van(wie(karin).email) == {Rol.TOEGANG, Rol.SIGNALEN}
    assert eva.post(ander, {"rol": Rol.BEHEERDER, "tot": morgen(10)}).status_code == 302
    eigen = Roltoekenning.objects.get(gebruiker=wie(eva), rol=Rol.BEHEERDER, ingetrokken_op=None)
    assert str(eigen.geldig_tot.astimezone(klok.NEDERLAND).date()) == morgen(11)


def test_who_stands_in_as_beheerder_does_its_work_for_others_and_gives_oneself_nothing_that_lasts(
    bezoeker: MaakBezoeker,
) -> None:
    eva, karin = tijdelijke_beheerder(bezoeker, 10), bezoeker(Rol.SIGNALEN, naam="karin")
    assert eva.post(f"/gebruikers/{wie(karin).pk}/", {"rol": Rol.OBO}).status_code == 302
    zelf = f"/gebruikers/{wie(eva).pk}/"
    antwoord = eva.post(zelf, {"rol": Rol.OBO})
    assert antwoord.status_code == 422
    assert "uzelf geen rol" in antwoord.text
    assert eva.post(zelf, {"rol": Rol.OBO, "tot": morgen(10)}).status_code == 302
    assert Rol.OBO in rollen_van(wie(eva).email)


def test_a_beheerder_whose_access_ends_is_a_temporary_one_too(bezoeker: MaakBezoeker) -> None:
    bas, eva = bezoeker(Rol.BEHEERDER, naam="bas"), bezoeker(Rol.BEHEERDER, naam="eva")
    zelf = f"/gebruikers/{wie(eva).pk}/"
    assert bas.post(zelf, {"rol": Rol.TOEGANG, "tot": morgen(5)}).status_code == 302
    assert eva.post(zelf, {"rol": Rol.TOEGANG}).status_code == 422
    assert eva.get(zelf).text.count("geldt t/m") == 1, "the form says so before anything is filled in"


def test_two_beheerders_who_put_each_other_out_at_once_do_not_both_succeed(
    bezoeker: MaakBezoeker, databank: Databank
) -> None:
    rijen = [
        Roltoekenning.objects.get(gebruiker=wie(bezoeker(Rol.BEHEERDER, naam=naam)), rol=Rol.BEHEERDER)
        for naam in ("bas", "karin")
    ]
    samen, uitkomsten = threading.Barrier(2), []

    def zet_uit(rij: Roltoekenning) -> None:
        samen.wait()
        try:
            trek_in(rij, door="proef")
            uitkomsten.append("gelukt")
        except Toekenningsfout:
            uitkomsten.append("geweigerd")
        finally:
            connections["stelsel"].close()

    draden = [threading.Thread(target=zet_uit, args=[rij]) for rij in rijen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uitkomsten) == ["gelukt", "geweigerd"]


def test_a_beheerder_reaches_only_the_own_kenmerk_also_with_a_forged_form(bezoeker: MaakBezoeker) -> None:
    bas = bezoeker(Rol.BEHEERDER, naam="bas")
    chen = bezoeker(Rol.SIGNALEN, kenmerk="00AA", naam="chen")
    amira = bezoeker(Rol.SIGNALEN, naam="amira")
    vreemd = Roltoekenning.objects.get(gebruiker=wie(chen), rol=Rol.SIGNALEN)
    assert bas.get(f"/gebruikers/{wie(chen).pk}/").status_code == 404
    assert bas.post(f"/gebruikers/{wie(chen).pk}/", {"rol": Rol.OBO}).status_code == 404
    assert bas.post(f"/gebruikers/{wie(amira).pk}/", {"intrekken": vreemd.pk}).status_code == 404
    assert bas.post(f"/gebruikers/{wie(amira).pk}/", {"intrekken": "x' OR 1=1"}).status_code == 404
    for nummer in (0, 999_999_999, 2**63):
        assert bas.get(f"/gebruikers/{nummer}/").status_code == 404
    for rol in (Rol.DUO, Rol.SECTOR, Rol.STAMGEGEVENS, "alles", ""):
        extra = {"rol": rol, "kenmerk": "00AA"}
        assert bas.post(f"/gebruikers/{wie(amira).pk}/", extra).status_code == 422, rol
    assert bas.post(f"/gebruikers/{wie(amira).pk}/", {"rol": Rol.OBO, "kenmerk": "00AA"}).status_code == 302
    assert {rij.kenmerk for rij in toekenningen(wie(amira))} == {"25PV"}
    assert {rij.kenmerk for rij in toekenningen(wie(chen))} == {"00AA"}


def test_nobody_else_gives_roles(bezoeker: MaakBezoeker) -> None:
    amira = bezoeker(*(set(Rol) - {Rol.BEHEERDER, Rol.ACCOUNTANT, Rol.DUO, Rol.SECTOR, Rol.STAMGEGEVENS}))
    for pad in ("", "uitnodigen/", "geschiedenis/", f"{wie(amira).pk}/"):
        assert amira.get(f"/gebruikers/{pad}").status_code == 403
    assert amira.post("/gebruikers/uitnodigen/", {**NIEUW, "rol": [Rol.BEHEERDER]}).status_code == 403
    assert zoek_gebruiker(NIEUW["adres"]) is None


def test_what_was_given_is_never_changed_and_stands_in_the_audit_trail(
    bezoeker: MaakBezoeker, databank: Databank
) -> None:
    bas = bezoeker(Rol.BEHEERDER, naam="bas")
    bas.post("/gebruikers/uitnodigen/", {**NIEUW, "rol": [Rol.SIGNALEN]})
    for rol in ("kernregister_stelsel", "kernregister_eigenaar"):
        with databank.verbind(rol) as verbinding:
            for opdracht in (
                "UPDATE toegang_roltoekenning SET rol = 'x'",
                "DELETE FROM toegang_roltoekenning",
            ):
                with pytest.raises(psycopg.Error):
                    verbinding.execute(opdracht)
    with databank.verbind("kernregister_stelsel") as stelsel:
        regels = stelsel.execute(
            "SELECT handeling, door, namens FROM platform_auditregel WHERE door = %s ORDER BY id",
            [wie(bas).email],
        ).fetchall()
    assert regels == [
        (handeling, wie(bas).email, "25PV")
        for handeling in ("gebruiker.uitnodigen", "rol.toekennen", "rol.toekennen")
    ]


def test_a_role_whose_time_is_over_opens_nothing_and_can_be_given_again(
    bezoeker: MaakBezoeker, databank: Databank
) -> None:
    amira = maak_gebruiker("amira@voorbeeld.example", "Amira", "Voorbeeld")
    ken_toe(amira, Rol.TOEGANG, "25PV", door="proef")
    Roltoekenning.objects.create(
        gebruiker=amira,
        rol=Rol.SIGNALEN,
        kenmerk="25PV",
        gegeven_op=klok.nu() - timedelta(days=9),
        gegeven_door="proef",
        geldig_tot=klok.nu() - timedelta(days=1),
    )
    assert hoedanigheden(amira) == ()
    ken_toe(amira, Rol.SIGNALEN, "25PV", door="proef")
    assert [een.kenmerk for een in hoedanigheden(amira)] == ["25PV"]
