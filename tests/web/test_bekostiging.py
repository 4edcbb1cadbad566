"""Over the API an institution sees what counts and why not, what it adds up to, and what a change would make of it."""

import json
from datetime import date

import pytest

from kernregister.platform.pas import Soort
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.register import public as register
from tests.databank import Databank
from tests.voorzieningen.bekostigen import opzet
from tests.voorzieningen.bekostigen.opzet import JAAR
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.register import wereld
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
    VANDAAG,
    diplomeer,
    identificeer,
    lukt,
    nummer_van,
    plaats_bpv,
    schrijf_in,
    wie,
)
from tests.web.conftest import MaakMachine, Machine, als_json

BOL, BBL = wie(1), wie(2)
WIE = {"persoon": 999, "inschrijvingvolgnummer": "\x00"}
"""Somebody, or something, that is not there."""
LAAT = {"afsluitdatum": "2026-01-10", "datum_begin": "2025-12-15"}


@pytest.fixture
def eigen(databank: Databank, monkeypatch: pytest.MonkeyPatch, machine: MaakMachine) -> Machine:
    """The client of an institution with a student in BOL and one in BBL whose agreement came too late."""
    opzet.zet_klaar(monkeypatch)
    lukt(identificeer(BOL), schrijf_in(BOL))
    lukt(identificeer(BBL), schrijf_in(BBL, **opzet.bbl()), plaats_bpv(BBL, **LAAT))
    return machine(HIER)


def haal(van: Machine, pad: str, status: int = 200, taal: str = "nl") -> dict:
    antwoord = van("GET", pad, accept_language=taal)
    assert antwoord.status_code == status, antwoord.content
    return antwoord.json()


def stel(van: Machine, status: int = 200, **inhoud: object) -> dict:
    antwoord = van("POST", "/bekostiging/wat-als", json.dumps(inhoud))
    assert antwoord.status_code == status, antwoord.content
    return antwoord.json()


def test_the_answer_to_a_melding_says_in_words_what_it_changed_and_that_it_is_indicative(
    eigen: Machine,
) -> None:
    melding = als_json(plaats_bpv(BBL, afsluitdatum="2025-12-31", datum_begin="2025-12-15"))
    antwoord = eigen("POST", "/meldingen", melding)
    (een, _) = [b for b in antwoord.json()["bekostiging"] if b["jaar"] == JAAR]
    assert (een["teldatum"], een["status_voor"], een["status_na"]) == ("2025-10-01", False, True)
    assert (float(een["bijdrage_voor"]), float(een["bijdrage_na"])) == (0, 0.5)
    assert een["voorbehoud"].startswith("Indicatief")
    assert een["gegevens_versie"] == 1
    assert eigen("POST", "/meldingen", melding).json()["bekostiging"] == antwoord.json()["bekostiging"]


def test_a_reason_reads_the_same_the_first_time_as_asked_for_again(eigen: Machine) -> None:
    lukt(identificeer(wie(5)), schrijf_in(wie(5), **opzet.bbl()))
    melding = als_json(plaats_bpv(wie(5), **(LAAT | {"afsluitdatum": "2026-02-01"})))
    eerst, weer = (eigen("POST", "/meldingen", melding).json() for _ in range(2))
    assert eerst["bekostiging"] == weer["bekostiging"]
    teksten = {reden["tekst"] for b in eerst["bekostiging"] for reden in b.get("redenen", ())}
    assert "De praktijkovereenkomst van BPV 1 is gesloten op 01-02-2026, na 31-12-2025." in teksten


def test_a_dossier_shows_every_step_of_the_decision_in_both_languages(eigen: Machine) -> None:
    pad = f"/dossiers/{nummer_van(BBL)}/bekostiging?jaar={JAAR}"
    nl, en = haal(eigen, pad), haal(eigen, pad, taal="en")
    eerste = nl["besluiten"][0]
    assert (eerste["telt"], eerste["telt_voor_correctiefactor"], eerste["mogelijk"]) == (False, True, "0.500")
    codes = [reden["code"] for reden in eerste["redenen"]]
    assert codes == ["T10", "T20", "T30", "T40", "T50", "T60", "T80", "T91", "TA0"], (
        "residence asks for a scope"
    )
    assert eerste["redenen_verborgen"]
    gevallen = [r["tekst"] for r in eerste["redenen"] if r.get("voldaan") is False]
    assert gevallen == ["De praktijkovereenkomst van BPV 1 is gesloten op 10-01-2026, na 31-12-2025."]
    assert nl["voorbehoud"].startswith("Indicatief")
    assert en["voorbehoud"].startswith("Indicative")
    assert "concluded on 2026-01-10" in str(en)


def test_residence_is_told_to_who_has_the_scope(eigen: Machine, machine: MaakMachine) -> None:
    ziet = machine(HIER, rechten=[Recht.BEKOSTIGING_LEZEN, Recht.VERBLIJF_LEZEN])
    besluit = haal(ziet, f"/dossiers/{nummer_van(BBL)}/bekostiging?jaar={JAAR}")["besluiten"][0]
    assert {"T70", "T71"} <= {reden["code"] for reden in besluit["redenen"]}
    assert not besluit.get("redenen_verborgen")


def test_what_does_not_count_is_listed_by_page_with_why(eigen: Machine) -> None:
    pad = f"/bekostiging/regels?jaar={JAAR}&aantal=1"
    eerste = haal(eigen, pad)
    tweede = haal(eigen, f"{pad}&cursor={eerste['volgende']}")
    assert tweede["volgende"] is None
    regels = eerste["regels"] + tweede["regels"]
    assert [een["teldatum"] for een in regels] == ["2025-10-01", "2026-02-01"]
    assert {een["persoon"] for een in regels} == {nummer_van(BBL)}
    (reden,) = regels[0]["redenen"]
    assert reden == {"code": "T91", "tekst": "Niet voldaan: praktijkovereenkomst op tijd.", "voldaan": False}
    for filter_, aantal in (
        ("reden=T91", 2),
        ("reden=T30", 0),
        ("teldatum=2025-10-01", 1),
        (f"opleidingcode={wereld.voorbeelden.OPLEIDING}", 2),
        ("opleidingcode=99999", 0),
        (f"onderwijsaanbieder={wereld.voorbeelden.AANBIEDER}", 2),
        (f"onderwijslocatie={wereld.voorbeelden.LOCATIE}", 2),
        ("onderwijslocatie=999X999", 0),
        (f"persoon={nummer_van(BOL)}", 0),
        (f"persoon={nummer_van(BOL)}&telt=true", 2),
        ("telt=true&soort=diploma", 0),
    ):
        assert len(haal(eigen, f"/bekostiging/regels?jaar={JAAR}&{filter_}")["regels"]) == aantal, filter_


def test_totals_are_of_now_or_of_a_stand(eigen: Machine) -> None:
    toen = register.stand()
    lukt(identificeer(wie(3)), schrijf_in(wie(3)))

    def som(pad: str = "") -> float:
        uit = haal(eigen, f"/bekostiging/totalen?jaar={JAAR}{pad}")
        assert uit["voorbehoud"].startswith("Indicatief")
        return sum(float(budget["som_bijdragen"]) for budget in uit["budgetten"])

    assert (som(), som(f"&stand={toen}"), som("&stand=0")) == (2.5, 1.25, 0)
    assert "nog niet bereikt" in str(haal(eigen, f"/bekostiging/totalen?jaar={JAAR}&stand=999999", 422))
    assert "niet bekend" in str(haal(eigen, "/bekostiging/totalen?jaar=1999", 422))


def test_a_forecast_names_what_is_at_stake(eigen: Machine) -> None:
    uit = haal(eigen, f"/bekostiging/prognose?jaar={JAAR}&per=onderwijslocatie")
    oktober = uit["vooruitzichten"][0]
    assert (oktober["sleutel"], oktober["aantal"], oktober["telt"]) == (wereld.voorbeelden.LOCATIE, 2, 1)
    assert (oktober["op_het_spel"], float(oktober["op_het_spel_waarde"])) == (1, 0.5)


def test_if_this_bpv_were_signed_by_31_december_it_says_the_difference_and_nothing_is_kept(
    eigen: Machine,
) -> None:
    voor = {
        tabel: wat for tabel, wat in wereld.inhoud_van_alle_tabellen().items() if "verwerking" not in tabel
    }
    uit = stel(
        eigen,
        vraag={
            "soort": "bpv_getekend",
            "persoon": nummer_van(BBL),
            "inschrijvingvolgnummer": "1",
            "bpv_volgnummer": "1",
        },
    )
    assert uit["meldingen"][0]["bpv"]["afsluitdatum"] == "2025-12-31"
    assert uit["antwoorden"][0]["aanvaard"]
    assert uit["antwoorden"][0]["proef"]
    van_dit_jaar = wijzigingen(uit)
    assert {(een["status_voor"], een["status_na"]) for een in van_dit_jaar} == {(False, True)}
    (jaar,) = [een for een in uit["jaren"] if een["jaar"] == JAAR]
    assert float(jaar["oktober"]) == 0.5, "0.4 x 1.25"
    assert float(jaar["februari"]) == 0, "the correction factor does not ask for a placement"
    na = wereld.inhoud_van_alle_tabellen()
    assert {tabel: na[tabel] for tabel in voor} == voor


def test_drafts_together_are_answered_as_one_difference(eigen: Machine) -> None:
    weg = json.loads(als_json(schrijf_in(BOL, perioden=[wereld.periode(bekostigbaar=False)])))
    goed = json.loads(als_json(plaats_bpv(BBL, afsluitdatum="2025-12-01", datum_begin="2025-12-01")))
    terug = json.loads(als_json(schrijf_in(BOL)))
    assert oktober(stel(eigen, meldingen=[weg, goed])) == 0.5 - 1.25
    uit = stel(eigen, meldingen=[weg, goed, terug])
    assert oktober(uit) == 0.5
    assert all(antwoord["aanvaard"] for antwoord in uit["antwoorden"])


def wijzigingen(gevolg: dict) -> list[dict]:
    """Return what would change in the year of the stories."""
    return [een["wijziging"] for een in gevolg["wijzigingen"] if een["wijziging"]["jaar"] == JAAR]


def oktober(gevolg: dict) -> float:
    """Return the difference on 1 October."""
    return sum(float(een["oktober"]) for een in gevolg["jaren"] if een["jaar"] == JAAR)


def test_the_mending_of_a_reason_is_offered_where_it_can_be_told(eigen: Machine) -> None:
    lukt(schrijf_in(BOL, perioden=[wereld.periode(bekostigbaar=False)]))
    uit = stel(
        eigen,
        vraag={
            "soort": "reden_hersteld",
            "persoon": nummer_van(BOL),
            "jaar": JAAR,
            "sleutel": "1",
            "teldatum": "2025-10-01",
        },
    )
    assert uit["meldingen"][0]["inschrijving"]["perioden"][0]["bekostigbaar"] is True
    assert {een["status_na"] for een in wijzigingen(uit)} == {True}
    anders = {"soort": "reden_hersteld", "persoon": nummer_van(BOL), "jaar": JAAR, "sleutel": "77"}
    stel(eigen, 404, vraag=anders)


def test_if_this_signal_were_mended_the_melding_that_does_it_is_offered(
    eigen: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B04: the planned end is long past; mended, the enrolment ended then and counts no longer in February."""
    lukt(schrijf_in(BOL, datum_uitschrijving_gepland="2025-11-30"))
    (signaal,) = [
        s for s in haal(eigen, "/signalen?regel=B04")["signalen"] if s["persoon"] == nummer_van(BOL)
    ]
    uit = stel(eigen, vraag={"soort": "signaal_hersteld", "signaal": signaal["id"]})
    assert uit["meldingen"][0]["inschrijving"]["datum_uitschrijving_werkelijk"] == "2025-11-30"
    assert [s["regel"] for s in uit["antwoorden"][0]["signalen_gesloten"]] == ["B04"]
    assert [(een["teldatum"], een.get("status_na")) for een in wijzigingen(uit)] == [("2026-02-01", None)]
    assert [float(een["februari"]) for een in uit["jaren"] if een["jaar"] == JAAR] == [-1], (
        "the weight of BOL"
    )


def test_if_this_enrolment_ended_or_began_on_another_day(eigen: Machine) -> None:
    over = {"persoon": nummer_van(BOL), "inschrijvingvolgnummer": "1"}
    einde = stel(eigen, vraag={"soort": "inschrijving_eindigt", **over, "datum": "2026-01-31"})
    assert [een["teldatum"] for een in wijzigingen(einde)] == ["2026-02-01"]
    begin = stel(eigen, vraag={"soort": "inschrijving_begint", **over, "datum": "2025-10-02"})
    assert [een["teldatum"] for een in wijzigingen(begin)] == ["2025-10-01"]


def test_a_draft_with_special_data_is_shown_to_who_has_the_scope_only(
    eigen: Machine, machine: MaakMachine
) -> None:
    lukt(schrijf_in(BOL, extra_ondersteuning=[{"datum_begin": "2025-09-01"}]))
    vraag_ = {
        "soort": "inschrijving_eindigt",
        "persoon": nummer_van(BOL),
        "inschrijvingvolgnummer": "1",
        "datum": "2026-01-31",
    }
    uit = stel(machine(HIER, rechten=[Recht.BEKOSTIGING_LEZEN, Recht.MELDINGEN_SCHRIJVEN]), vraag=vraag_)
    assert (uit["meldingen"], uit["meldingen_verborgen"]) == ([], 1)
    assert "ondersteuning" not in json.dumps(uit)
    assert wijzigingen(uit), "what it would do is told all the same"
    ziet = machine(
        HIER, rechten=[Recht.BEKOSTIGING_LEZEN, Recht.MELDINGEN_SCHRIJVEN, Recht.ONDERSTEUNING_LEZEN]
    )
    (concept,) = stel(ziet, vraag=vraag_)["meldingen"]
    assert concept["inschrijving"]["extra_ondersteuning"] == [{"datum_begin": "2025-09-01"}]


@pytest.mark.parametrize(
    ("inhoud", "status", "woord"),
    [
        ({}, 400, "meldingen"),
        ({"meldingen": []}, 400, "1 tot en met 100"),
        ({"meldingen": [1]}, 400, "meldingen[0]"),
        ({"meldingen": [{"soort": "AanleverenBpv"}]}, 400, "meldingen[0].bpv"),
        ({"vraag": {}}, 400, "signaal_hersteld"),
        ({"vraag": 7}, 400, "signaal_hersteld"),
        ({"vraag": {"soort": ["x"]}}, 400, "signaal_hersteld"),
        ({"vraag": {"soort": "signaal_hersteld", "signaal": "x"}}, 400, "velden signaal"),
        ({"vraag": {"soort": "signaal_hersteld", "signaal": 10**30}}, 400, "velden signaal"),
        ({"vraag": {"soort": "signaal_hersteld", "signaal": 999}}, 404, ""),
        ({"vraag": {"soort": "inschrijving_eindigt", **WIE, "datum": "2026-01-01"}}, 404, ""),
        ({"vraag": {"soort": "inschrijving_begint", **WIE, "persoon": 1, "datum": "2026-01-01"}}, 404, ""),
        ({"vraag": {"soort": "inschrijving_eindigt", **WIE, "datum": "ooit"}}, 400, "velden"),
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused_with_what_was_expected(
    eigen: Machine, inhoud: dict, status: int, woord: str
) -> None:
    assert woord in str(stel(eigen, status, **inhoud))


def test_another_institution_sees_nothing_of_it_and_asks_nothing_about_it(
    eigen: Machine, machine: MaakMachine
) -> None:
    ander = machine(DAAR)
    haal(ander, f"/dossiers/{nummer_van(BBL)}/bekostiging?jaar={JAAR}", 404)
    assert haal(ander, f"/bekostiging/regels?jaar={JAAR}")["regels"] == []
    assert haal(ander, f"/bekostiging/regels?jaar={JAAR}&instelling={HIER}")["regels"] == []
    haal(ander, f"/bekostiging/totalen?jaar={JAAR}&instelling={HIER}", 404)
    haal(ander, f"/bekostiging/prognose?jaar={JAAR}&instelling={HIER}", 404)
    over = {"persoon": nummer_van(BBL), "inschrijvingvolgnummer": "1", "bpv_volgnummer": "1"}
    stel(ander, 404, vraag={"soort": "bpv_getekend", **over})
    stel(ander, 403, meldingen=[json.loads(als_json(plaats_bpv(BBL)))])
    # who has to do with the same student sees the own records only, and of the other no more than its code
    lukt(
        identificeer(BOL, DAAR),
        schrijf_in(BOL, "2", DAAR, datum_inschrijving="2025-09-01", perioden=[wereld.periode("2025-09-01")]),
    )
    gezien = haal(ander, f"/dossiers/{nummer_van(BOL)}/bekostiging?jaar={JAAR}")
    assert {b["instelling"] for b in gezien["besluiten"]} == {DAAR}
    (elders,) = {
        json.dumps(r, sort_keys=True) for b in gezien["besluiten"] for r in b["redenen"] if r["code"] == "TA0"
    }
    assert json.loads(elders)["waarden"] == {"instelling": HIER, "inschrijvingvolgnummer": None}


def test_an_accountant_reads_the_year_that_his_studiejaar_counts_for(
    eigen: Machine, machine: MaakMachine
) -> None:
    accountant = machine(HIER, Soort.ACCOUNTANT, [Recht.BEKOSTIGING_LEZEN], "2025-2026")
    assert len(haal(accountant, f"/bekostiging/regels?jaar={JAAR}")["regels"]) == 2
    assert haal(accountant, f"/dossiers/{nummer_van(BBL)}/bekostiging?jaar={JAAR}")["besluiten"]
    assert haal(accountant, f"/bekostiging/totalen?jaar={JAAR}")["budgetten"]
    assert haal(accountant, "/bekostiging/regels?jaar=2026")["regels"] == []
    for pad in ("totalen", "prognose"):
        haal(accountant, f"/bekostiging/{pad}?jaar=2026", 404)
    haal(accountant, f"/dossiers/{nummer_van(BBL)}/bekostiging?jaar=2026", 404)


def test_who_wants_it_is_told_of_what_others_changed_in_the_own_records_only(
    eigen: Machine, machine: MaakMachine
) -> None:
    ander = machine(DAAR)
    assert haal(eigen, "/bekostiging/terugmelding") == {"stand": "uit"}
    eerder = {"datum_inschrijving": "2023-08-01", "perioden": [wereld.periode("2023-08-01")]}
    lukt(
        identificeer(wie(4)),
        schrijf_in(wie(4)),
        identificeer(wie(4), DAAR),
        schrijf_in(wie(4), "2", DAAR, **eerder),
    )
    assert haal(eigen, "/berichten")["berichten"] == []

    eigen("PUT", "/bekostiging/terugmelding", json.dumps({"stand": "aan"}))
    ander("PUT", "/bekostiging/terugmelding", json.dumps({"stand": "aan"}))
    lukt(identificeer(BOL, DAAR), schrijf_in(BOL, "2", DAAR, **eerder))

    (bericht,) = haal(eigen, "/berichten")["berichten"]
    assert bericht["soort"] == "TerugmeldingBekostiging"
    assert bericht["burgerservicenummer"] == BOL.burgerservicenummer
    van_dit_jaar = [een for een in bericht["bekostiging"] if een["jaar"] == JAAR]
    assert {(een["sleutel"], een["status_voor"], een["status_na"]) for een in van_dit_jaar} == {
        ("1", True, False)
    }
    assert {r["code"] for een in van_dit_jaar for r in een["redenen"]} == {"TA0"}
    assert haal(ander, "/berichten")["berichten"] == [], "what it did itself stood in the answer"

    # the content is that of its melding, whatever came after; off, nothing is given any more
    lukt(schrijf_in(BOL, perioden=[wereld.periode(bekostigbaar=False)]))
    assert haal(eigen, "/berichten")["berichten"][0] == bericht
    eigen("PUT", "/bekostiging/terugmelding", json.dumps({"stand": "uit"}))
    assert haal(eigen, "/berichten")["berichten"] == []


def test_whose_funding_was_looked_at_is_in_the_processing_log(eigen: Machine) -> None:
    haal(eigen, f"/bekostiging/regels?jaar={JAAR}")
    stel(
        eigen,
        vraag={
            "soort": "inschrijving_eindigt",
            "persoon": nummer_van(BOL),
            "inschrijvingvolgnummer": "1",
            "datum": "2026-01-31",
        },
    )
    regels = vraag(
        "SELECT name FROM platform_verwerking WHERE position('bekostiging-bepalen' IN processing_activity_id) > 0"
    )
    assert {naam for (naam,) in regels} == {"bekostiging lezen", "bekostiging verkennen"}


def test_a_diploma_is_in_the_list_of_its_year(eigen: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    zet_klok(monkeypatch, VANDAAG)
    lukt(diplomeer(BOL))
    (een,) = haal(eigen, "/bekostiging/regels?jaar=2028&telt=true&soort=diploma")["regels"]
    assert (een["datum_behaald"], float(een["bijdrage"])) == (str(date(2026, 1, 30)), 5)
