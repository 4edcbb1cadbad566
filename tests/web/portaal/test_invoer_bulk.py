"""Bulk changes: seen beforehand, with whoever is left out, and applied once, student by student."""

from datetime import date

import pytest
from msgspec import structs

from kernregister.kern.dossier import Inschrijving, Inschrijvingsperiode
from kernregister.web.bulk import uitvoeren
from kernregister.web.bulk.models import Bulk, Regel, Toestand
from kernregister.web.bulk.wijzigen import Einde, Gepland, Plaats, in_woorden, pas_toe
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.kern import voorbeelden
from tests.voorzieningen.register import wereld as w
from tests.voorzieningen.register.verhaal import vraag
from tests.web.portaal.bulkverhaal import GEPLAND, bulk_van, gepland_einde, schrijf_studenten_in, vooraf
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.invoerverhaal import Toetsenbord, bi, iemand
from tests.web.portaal.vragen import tel_vragen

__all__ = ["bi"]


def test_planned_end_dates_are_seen_first_and_applied_then(bi: Toetsenbord) -> None:
    schrijf_studenten_in(4)
    adres = vooraf(bi, opleidingcode=voorbeelden.OPLEIDING, **GEPLAND)
    html = bi.open(adres)
    assert html.count("31-07-2028") >= 4
    assert "A003" in html
    assert "31-07-2027" in html
    assert gepland_einde(0) == "2027-07-31"
    assert 'Voer door wat is aangevinkt (<span id="kan">4</span>)' in html
    bi.browser.post(adres)
    assert "is doorgevoerd" in bi.open(adres)
    assert [gepland_einde(plaats) for plaats in range(4)] == ["2028-07-31"] * 4


def test_only_who_was_chosen_is_changed(bi: Toetsenbord) -> None:
    schrijf_studenten_in(3)
    w.lukt(w.schrijf_in(iemand(2), datum_inschrijving="2025-08-01", perioden=[w.periode("2025-08-01")]))
    for keuze, wie in (
        ({"studentnummers": "A000\nA001"}, {"A000", "A001"}),
        ({"cohort": "2025-2026"}, {"A002"}),
        ({"gepland_van": "1-1-2027", "gepland_tot": "31-7-2027", "cohort": "2024"}, {"A000", "A001"}),
    ):
        html = bi.open(vooraf(bi, **GEPLAND, **keuze))
        assert {nummer for nummer in ("A000", "A001", "A002") if nummer in html} == wie


def test_who_is_refused_is_told_beforehand_and_stays_as_they_were(bi: Toetsenbord) -> None:
    schrijf_studenten_in(2)
    w.lukt(
        w.schrijf_in(iemand(1), datum_inschrijving="2026-02-01", perioden=[w.periode("2026-02-01")]),
    )
    adres = vooraf(bi, wat="gepland", gepland_datum="31-12-2025", studentnummers="A000, A001")
    html = bi.open(adres)
    assert "1 geweigerd" in html
    assert "vóór de datum inschrijving" in html
    bi.browser.post(adres)
    assert (gepland_einde(0), gepland_einde(1)) == ("2025-12-31", "2027-07-31")
    assert "Voer" not in bi.open(adres)


def _uitkomsten(adres: str) -> list[str]:
    return list(
        Regel.objects.using("stelsel")
        .filter(bulk=bulk_van(adres))
        .order_by("volgorde")
        .values_list("uitkomst", flat=True)
    )


def test_who_is_unticked_stays_as_they_were(bi: Toetsenbord) -> None:
    schrijf_studenten_in(3)
    adres = vooraf(bi, opleidingcode=voorbeelden.OPLEIDING, **GEPLAND)
    html = bi.open(adres)
    assert html.count('name="mee"') == html.count(" checked>") == 3
    bi.browser.post(adres, {"getoond": ["0", "1", "2"], "mee": ["0", "2"]})
    assert _uitkomsten(adres) == ["aanvaard", "weggelaten", "aanvaard"]
    assert [gepland_einde(plaats) for plaats in range(3)] == ["2028-07-31", "2027-07-31", "2028-07-31"]
    html = bi.open(adres)
    assert "1 weggelaten" in html
    assert 'name="mee"' not in html
    assert bulk_van(adres).gedaan == 3


def test_ticks_are_kept_and_may_be_put_back_before_it_is_applied(bi: Toetsenbord) -> None:
    schrijf_studenten_in(3)
    adres = vooraf(bi, opleidingcode=voorbeelden.OPLEIDING, **GEPLAND)
    antwoord = bi.browser.post(adres, {"getoond": ["0", "1"], "mee": ["1"], "bewaar": "1"})
    assert antwoord.status_code == 302
    html = bi.open(adres)
    assert '<span id="kan">2</span>' in html
    assert html.count(" checked>") == 2
    assert (gepland_einde(0), bulk_van(adres).toestand) == ("2027-07-31", Toestand.BEOORDEELD)
    deel = bi.browser.post(
        adres, {"getoond": ["0", "1"], "mee": ["0", "1"], "bewaar": "1"}, headers={"HX-Request": "true"}
    )
    assert 'hx-swap-oob="innerHTML:#kan">3<' in deel.text
    assert _uitkomsten(adres) == ["goed"] * 3


def test_with_nobody_ticked_nothing_is_done(bi: Toetsenbord) -> None:
    schrijf_studenten_in(1)
    adres = vooraf(bi, opleidingcode=voorbeelden.OPLEIDING, **GEPLAND)
    antwoord = bi.browser.post(adres, {"getoond": ["0", "x", "999999", "²"], "mee": []}, follow=True)
    assert "niemand aangevinkt" in antwoord.text
    assert (gepland_einde(0), bulk_van(adres).toestand) == ("2027-07-31", Toestand.BEOORDEELD)


def test_a_tick_does_not_bring_in_who_is_refused_or_another_institution(
    bi: Toetsenbord, bezoeker: MaakBezoeker
) -> None:
    schrijf_studenten_in(1)
    adres = vooraf(bi, wat="gepland", gepland_datum="31-12-2023", studentnummers="A000")
    assert 'name="mee"' not in bi.open(adres)
    bi.browser.post(adres, {"getoond": ["0"], "mee": ["0"]})
    assert _uitkomsten(adres) == ["geweigerd"]
    adres = vooraf(bi, studentnummers="A000", **GEPLAND)
    elders = bezoeker(Rol.SIGNALEN, kenmerk=w.NBI, naam="elders")
    assert elders.post(adres, {"getoond": ["0"], "bewaar": "1"}).status_code == 404
    assert _uitkomsten(adres) == ["goed"]


def test_signals_that_it_opens_and_closes_are_counted(bi: Toetsenbord) -> None:
    schrijf_studenten_in(2, datum_uitschrijving_gepland="2025-10-01")
    html = bi.open(vooraf(bi, cohort="2024", **GEPLAND))
    assert "B04" in html
    assert "2 keer verdwenen" in html


def test_ending_many_asks_a_date_and_a_reason(bi: Toetsenbord) -> None:
    schrijf_studenten_in(2)
    adres = vooraf(bi, wat="einde", einde_datum="31-01-2026", einde_reden="01", cohort="2024")
    bi.browser.post(adres)
    for plaats in range(2):
        een = w.dossier(iemand(plaats)).inschrijvingen[0]
        assert (str(een.datum_uitschrijving_werkelijk), een.reden_uitschrijving) == ("2026-01-31", "01")


SLECHT = [
    ({}, {"wat", "opleidingcode"}),
    ({"wat": "gepland", "cohort": "2024"}, {"gepland_datum"}),
    ({"wat": "gepland", "gepland_datum": "31-02-2028", "cohort": "2024"}, {"gepland_datum"}),
    ({**GEPLAND}, {"opleidingcode"}),
    ({**GEPLAND, "cohort": "vorig jaar"}, {"cohort"}),
    ({**GEPLAND, "opleidingcode": "25 55"}, {"opleidingcode"}),
    ({**GEPLAND, "studentnummers": "A000 Z999"}, {"studentnummers"}),
    ({**GEPLAND, "cohort": "2019-2020"}, {"opleidingcode"}),
    ({"wat": "einde", "einde_datum": "31-01-2026", "einde_reden": "99", "cohort": "2024"}, {"einde_reden"}),
    ({"wat": "plaats", "cohort": "2024"}, {"onderwijsaanbieder"}),
    (
        {"wat": "plaats", "onderwijsaanbieder": "X", "vanaf": "nu", "cohort": "2024"},
        {"onderwijsaanbieder", "vanaf"},
    ),
    ({"wat": "alles", "cohort": "2024\0"}, {"wat"}),
]


@pytest.mark.parametrize(("velden", "fouten"), SLECHT)
def test_everything_that_is_wrong_is_told_at_once_and_stays_typed(
    bi: Toetsenbord, velden: dict[str, str], fouten: set[str]
) -> None:
    schrijf_studenten_in(1)
    antwoord = bi.browser.post("/invoer/bulk/", velden)
    assert antwoord.status_code == 422
    assert {veld for veld in fouten if f'href="#veld-{veld}"' in antwoord.text} == fouten
    assert antwoord.text.count('href="#veld-') == len(fouten)
    for waarde in (waarde for veld, waarde in velden.items() if veld not in {"wat", "einde_reden"}):
        assert waarde.replace("\0", "") in antwoord.text
    assert not Bulk.objects.using("stelsel").exists()


def test_a_bsn_among_the_student_numbers_is_not_repeated(bi: Toetsenbord) -> None:
    bsn = iemand().burgerservicenummer or ""
    antwoord = bi.browser.post("/invoer/bulk/", {**GEPLAND, "studentnummers": bsn})
    assert "geen burgerservicenummers" in antwoord.text


# ------------------------------------------------------------------------------------------ around it


def test_the_result_goes_along_as_a_file_in_which_no_cell_is_a_formula(bi: Toetsenbord) -> None:
    schrijf_studenten_in(1)
    w.lukt(w.schrijf_in(iemand(), studentnummer="=1+1"))
    adres = vooraf(bi, cohort="2024", **GEPLAND)
    antwoord = bi.browser.get(f"{adres}uitslag/")
    inhoud = antwoord.content.decode("utf-8-sig")
    assert "31-07-2027;31-07-2028" in inhoud
    assert "\n=" not in inhoud
    assert iemand().burgerservicenummer not in inhoud
    assert antwoord["Cache-Control"] == "no-store"


def test_another_institution_sees_nothing_of_it_and_decides_nothing(
    bi: Toetsenbord, bezoeker: MaakBezoeker
) -> None:
    schrijf_studenten_in(1)
    adres = vooraf(bi, cohort="2024", **GEPLAND)
    ander = bezoeker(Rol.SIGNALEN, kenmerk=w.DAAR)
    for verzoek in (ander.get(adres), ander.post(adres), ander.get(f"{adres}uitslag/")):
        assert verzoek.status_code == 404
    assert gepland_einde(0) == "2027-07-31"
    zoek = ander.post("/invoer/bulk/", {**GEPLAND, "studentnummers": "A000"})
    assert "Onbekend bij uw instelling" in zoek.text


def test_who_decided_and_what_was_delivered_stands_in_the_audit_trail(bi: Toetsenbord) -> None:
    schrijf_studenten_in(2)
    adres = vooraf(bi, cohort="2024", **GEPLAND)
    bi.browser.post(adres)
    regels = vraag("SELECT handeling, door FROM platform_auditregel WHERE handeling <> 'gelezen'")
    handelingen = [handeling for handeling, door in regels if str(door).startswith("iemand.")]
    assert handelingen.count("bulk.doorvoeren") == 1
    assert handelingen.count("melding.invoeren") == 2


def test_the_pages_ask_the_database_as_little_for_many_as_for_few(bi: Toetsenbord) -> None:
    schrijf_studenten_in(20)
    adres = vooraf(bi, cohort="2024", **GEPLAND)
    assert tel_vragen(bi.browser, "/invoer/bulk/") < 20
    assert tel_vragen(bi.browser, adres) < 20


def test_what_is_old_goes(bi: Toetsenbord, monkeypatch: pytest.MonkeyPatch) -> None:
    schrijf_studenten_in(1)
    vooraf(bi, cohort="2024", **GEPLAND)
    uitvoeren.ruim_op()
    assert Bulk.objects.using("stelsel").count() == 1
    monkeypatch.setattr(uitvoeren, "BEWAAR", -uitvoeren.BEWAAR)
    uitvoeren.ruim_op()
    assert Bulk.objects.using("stelsel").count() == 0


# ------------------------------------------------------------------------------------------ what it makes of one


def _een(*perioden: Inschrijvingsperiode) -> Inschrijving:
    return voorbeelden.inschrijving(perioden=perioden or (voorbeelden.periode(),))


def test_a_change_touches_nothing_but_what_it_is_about() -> None:
    een = _een()
    gepland = pas_toe(een, Gepland(date(2028, 7, 31)))
    assert gepland == structs.replace(een, datum_uitschrijving_gepland=date(2028, 7, 31))
    assert in_woorden(gepland, Gepland(date(2028, 7, 31))) == "31-07-2028"
    assert pas_toe(een, Einde(date(2026, 1, 31), "01")).perioden == een.perioden


def test_another_location_from_a_day_on_is_a_new_period_and_without_a_day_a_correction() -> None:
    een = _een()
    later = pas_toe(een, Plaats(None, "102X001", date(2025, 8, 1)))
    assert [(p.datum_begin, p.onderwijslocatie) for p in later.perioden] == [
        (date(2024, 8, 1), voorbeelden.LOCATIE),
        (date(2025, 8, 1), "102X001"),
    ]
    assert later.perioden[1].opleidingcode == later.perioden[0].opleidingcode
    verbeterd = pas_toe(een, Plaats("102A001"))
    assert [p.onderwijsaanbieder for p in verbeterd.perioden] == ["102A001"]
    zelfde = Plaats(voorbeelden.AANBIEDER, voorbeelden.LOCATIE, date(2025, 8, 1))
    assert pas_toe(een, zelfde) == een
    assert pas_toe(structs.replace(een, perioden=()), zelfde).perioden == ()


def test_only_who_delivers_meldingen_changes_many(databank: Databank, bezoeker: MaakBezoeker) -> None:
    assert bezoeker(Rol.STUDENTDOSSIER, kenmerk=w.HIER).get("/invoer/bulk/").status_code == 403
