"""Forms of meldingen: what a melding says goes through a form unchanged, and what is wrong stands at its field."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernregister.fictief.sector import Sector
from kernregister.kern.dossier import Dossier
from kernregister.kern.leesbaar import als_object
from kernregister.kern.meldingen import berichten as b
from kernregister.platform import klok
from kernregister.platform.pas import Bijzonder
from kernregister.web.portaal.formulieren.formulier import Formulier
from kernregister.web.portaal.formulieren.vorm import Groep, Lijst, Soort, Veld, delen_van
from kernregister.web.portaal.formulieren.waarden import lees_dag
from tests.voorzieningen.register import opzet

AANGELEVERD = b.Aangeleverd.__args__
ZELF = {"id", "afzender", "moment"}


def _meldingen_van(dossier: Dossier) -> list[Any]:
    """Give the meldingen that register a dossier of the fictitious sector."""
    uit = []
    for plaats, een in enumerate(dossier.inschrijvingen):
        uit.append(opzet.inschrijving(dossier, plaats))
        uit += [opzet.bpv(dossier, plaats, nummer) for nummer in range(len(een.bpvs))]
    uit += [opzet.diploma(dossier, plaats) for plaats in range(len(dossier.diplomas))]
    for los in dossier.losse_resultaten:
        inhoud = {v: x for v, x in als_object(los).items() if v not in opzet.VASTE_VELDEN}
        uit.append(opzet.lees("AanleverenResultaat", los.instelling or "27DV", dossier, resultaat=inhoud))
    return uit


def _vast(melding: Any) -> dict[str, Any]:
    return {
        naam: getattr(melding, naam)
        for naam in ("afzender", "burgerservicenummer", "onderwijsnummer")
        if hasattr(melding, naam)
    }


def _heen_en_terug(melding: Any) -> Any:
    """Put a melding in a form, send the form as a browser would, and return the melding that comes of it."""
    formulier = Formulier(type(melding), "nl", vast=_vast(melding))
    post = formulier.van_melding(melding) | {"id": str(melding.id), "moment": melding.moment.isoformat()}
    gelezen, fouten = formulier.lees(post)
    assert not fouten
    return gelezen


# ------------------------------------------------------------------------------------------ there and back


def test_every_melding_of_a_sector_goes_through_a_form_unchanged() -> None:
    sector = Sector(300, fouten={"B04": 3, "C02": 3, "D05": 2})
    meldingen = [m for dossier in sector.dossiers() for m in _meldingen_van(dossier)]
    soorten = {type(m) for m in meldingen}
    assert {b.AanleverenInschrijving, b.AanleverenBpv, b.AanleverenDiploma, b.AanleverenResultaat} <= soorten
    for melding in meldingen:
        assert _heen_en_terug(melding) == melding


_TEKST = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)
_DEEL = {
    Soort.TEKST: _TEKST,
    Soort.DATUM: st.dates(date(1950, 1, 1), date(2199, 12, 31)).map(str),
    Soort.ONVOLLEDIGE_DATUM: st.sampled_from(["2006-05-14", "2006-05-00", "2006-00-00", "0000-00-00"]),
    Soort.GETAL: st.integers(-(2**31), 2**31 - 1),
    Soort.CIJFER: st.decimals(-999, 999, places=1).map(str),
    Soort.JA_NEE: st.booleans(),
    Soort.REGELS: st.lists(_TEKST, min_size=1, max_size=4),
}


def _plat(soort: type[msgspec.Struct]) -> st.SearchStrategy[dict[str, Any]]:
    """Give content of a struct as JSON knows it: required parts always, the others sometimes."""
    moet: dict[str, Any] = {}
    kan: dict[str, Any] = {}
    for deel in delen_van(soort):
        match deel:
            case Veld():
                if deel.naam in ZELF:
                    continue
                past = _DEEL[deel.soort] if deel.soort in _DEEL else st.sampled_from(deel.waarden)
                if deel.naam in ("burgerservicenummer", "onderwijsnummer"):
                    past = _TEKST.map(lambda tekst: tekst[:20])
                elif deel.naam in ("studentnummer", "referentie"):
                    past = _TEKST.map(lambda tekst: tekst[:40])
                (moet if deel.verplicht else kan)[deel.naam] = past
            case Groep() | Lijst():
                onder = st.one_of(
                    *(
                        _plat(s).map(lambda plat, tag=tag: plat if tag is None else {"soort": tag} | plat)
                        for tag, s in deel.soorten.items()
                    )
                )
                if isinstance(deel, Lijst):
                    kan[deel.naam] = st.lists(onder, min_size=1, max_size=3)
                else:
                    (moet if deel.verplicht else kan)[deel.naam] = onder.filter(bool)
    return st.fixed_dictionaries(moet, optional=kan)


@pytest.mark.parametrize("soort", AANGELEVERD, ids=lambda soort: soort.__name__)
def test_whatever_a_melding_may_say_goes_through_a_form_unchanged(soort: type[b.Bericht]) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(_plat(soort))
    def heen_en_terug(plat: dict[str, Any]) -> None:
        kop = {"soort": soort.__name__, "id": uuid4(), "afzender": "27DV", "moment": klok.nu()}
        melding = b.lees(msgspec.json.encode(kop | plat))
        assert _heen_en_terug(melding) == melding

    heen_en_terug()


def test_dates_and_marks_are_read_as_people_write_them() -> None:
    formulier = Formulier(
        b.AanleverenBpv, "nl", vast={"afzender": "27DV", "burgerservicenummer": "999990019"}
    )
    geldig = formulier.van_melding(
        {
            "inschrijvingvolgnummer": "1",
            "bpv": {"volgnummer": "1", "afsluitdatum": "2025-01-10", "datum_begin": "2025-02-03"},
        }
    )
    gewoon = (
        "03-02-2025",
        "3-2-2025",
        "3/2/2025",
        "2025-02-03",
        "03022025",
        " 3.2.2025 ",
        "3-2-25",
        "03/02/25",
    )
    geplakt = ("\u200b3-2-2025\u00a0", "\ufeff2025-02-03\t")
    for getypt in (*gewoon, *geplakt):
        melding, fouten = formulier.lees(geldig | {"bpv-datum_begin": getypt})
        assert not fouten
        assert melding.bpv.datum_begin == date(2025, 2, 3)
    resultaat = Formulier(b.AanleverenResultaat, "nl", vast={"afzender": "27DV"})
    plat = {"resultaat": {"soort": "GEO", "resultaatvolgnummer": "1", "code": "3001", "cijfer_ie": "7.4"}}
    assert resultaat.van_melding(plat)["resultaat-cijfer_ie"] == "7,4"
    for getypt in ("7,4", "7.4"):
        melding, _ = resultaat.lees(resultaat.van_melding(plat) | {"resultaat-cijfer_ie": getypt})
        assert str(melding.resultaat.cijfer_ie) == "7.4"


def test_a_number_of_a_person_is_read_with_the_dots_and_spaces_that_people_put_in_it() -> None:
    formulier = Formulier(b.AanleverenIdentificatiePersoon, "nl", vast={"afzender": "27DV"})
    nummer = "999990019"
    for getypt in (nummer, "9999.90.019", " 999 990 019 ", "999-990-019", "9999 90\u00a0019\u200b"):
        post = formulier.nieuw() | {
            "burgerservicenummer": getypt,
            "geboortedatum": "14-5-2006",
            "geslacht": "V",
        }
        melding, fouten = formulier.lees(post)
        assert not fouten
        assert melding.burgerservicenummer == nummer


def test_a_code_is_read_with_spaces_in_it_and_in_small_letters() -> None:
    formulier = Formulier(
        b.AanleverenBpv, "nl", vast={"afzender": "27DV", "burgerservicenummer": "999990019"}
    )
    post = formulier.nieuw() | {
        "inschrijvingvolgnummer": "1",
        "bpv-volgnummer": "1",
        "bpv-afsluitdatum": "10-01-2025",
        "bpv-datum_begin": "03-02-2025",
        "bpv-leerbedrijf_id": " 999 000 012",
        "bpv-keuzedeelcode": "k9001",
    }
    melding, fouten = formulier.lees(post)
    assert not fouten
    assert (melding.bpv.leerbedrijf_id, melding.bpv.keuzedeelcode) == ("999000012", "K9001")


@pytest.mark.parametrize(
    ("getypt", "waarom"),
    [
        ("14-5-06", "vier cijfers"),
        ("31-02-2006", "02-2006 heeft 28 dagen"),
        ("31-4-2006", "04-2006 heeft 30 dagen"),
        ("14 mei 2006", "zoals 14-05-2006"),
        ("05-14-2006", "zoals 14-05-2006"),
        ("\N{BIRTHDAY CAKE}", "zoals 14-05-2006"),
        ("2006-02-30", "02-2006 heeft 28 dagen"),
        ("14-05-0000", "zoals 14-05-2006"),
    ],
)
def test_a_date_of_birth_that_cannot_be_is_told_as_what_it_is(getypt: str, waarom: str) -> None:
    formulier = Formulier(b.AanleverenIdentificatiePersoon, "nl", vast={"afzender": "27DV"})
    _, fouten = formulier.lees(formulier.nieuw() | {"geboortedatum": getypt, "geslacht": "V"})
    assert waarom in fouten["geboortedatum"][0].tekst


def test_a_year_of_two_digits_is_one_of_about_now() -> None:
    assert [lees_dag(een) for een in ("1-8-26", "1-8-69", "1-8-70", "31-2-26", "")] == [
        date(2026, 8, 1),
        date(2069, 8, 1),
        date(1970, 8, 1),
        None,
        None,
    ]


# ------------------------------------------------------------------------------------------ what is wrong


SLECHT = {
    "inschrijving-inschrijvingvolgnummer": "x" * 201,
    "inschrijving-datum_inschrijving": "31-02-2025",
    "inschrijving-datum_uitschrijving_gepland": "binnenkort",
    "inschrijving-perioden-0-datum_begin": "00-08-2024",
    "inschrijving-perioden-0-leertraject": "BOL\0",
    "inschrijving-perioden-0-bekostigbaar": "misschien",
    "inschrijving-extra_ondersteuning-0-datum_begin": "2024",
    "studentnummer": "s" * 41,
}


@pytest.mark.parametrize("taal", ["nl", "en"])
def test_all_that_is_wrong_is_told_at_once_each_at_its_field_and_what_was_typed_stays(taal: Any) -> None:
    formulier = Formulier(b.AanleverenInschrijving, taal, vast={"afzender": "27DV"})
    post = formulier.nieuw() | SLECHT
    melding, fouten = formulier.lees(post)
    assert melding is None
    assert set(SLECHT) | {"inschrijving-perioden-0-opleidingcode"} == set(fouten)
    woord = "28 days" if taal == "en" else "28 dagen"
    assert woord in fouten["inschrijving-datum_inschrijving"][0].tekst
    assert formulier.waarden(post).items() >= SLECHT.items()


@pytest.mark.parametrize(
    ("veld", "getypt"),
    [
        ("bpv-omvang", "veel"),
        ("bpv-omvang", "12,5"),
        ("bpv-omvang", "999999999999"),
        ("bpv-afsluitdatum", ""),
        ("bpv-afsluitdatum", "1-13-2025"),
        ("bpv-afsluitdatum", "01-01-0000"),
        ("bpv-volgnummer", "   "),
        ("bpv-leerbedrijf_id", "\x1b[2J"),
    ],
)
def test_a_value_that_does_not_fit_is_answered_in_words(veld: str, getypt: str) -> None:
    formulier = Formulier(b.AanleverenBpv, "nl", vast={"afzender": "27DV"})
    goed = {
        "inschrijvingvolgnummer": "1",
        "bpv-volgnummer": "1",
        "bpv-afsluitdatum": "10-1-2025",
        "bpv-datum_begin": "3-2-2025",
    }
    assert formulier.lees(goed)[1] == {}
    melding, fouten = formulier.lees(goed | {veld: getypt})
    assert melding is None
    assert list(fouten) == [veld]
    assert re.search(r"(Schrijf|Vul|teken)", fouten[veld][0].tekst)


def test_a_form_that_was_tampered_with_is_read_as_any_other() -> None:
    formulier = Formulier(b.AanleverenInschrijving, "nl", vast={"afzender": "27DV"})
    melding, fouten = formulier.lees(
        {
            "id": "geen uuid",
            "moment": "gisteren",
            "afzender": "25LX",
            "instelling": "25LX",
            "inschrijving-inschrijvingvolgnummer": "1",
            "inschrijving-datum_inschrijving": "1-8-2024",
            "inschrijving-perioden-99999-opleidingcode": "25655",
            "inschrijving-perioden-x-opleidingcode": "25655",
        }
    )
    assert not fouten
    assert melding.afzender == "27DV"
    assert melding.inschrijving.perioden == ()


def test_who_has_no_scope_for_special_data_neither_sees_nor_changes_it() -> None:
    geregistreerd = [{"datum_begin": "2024-09-01"}]
    formulier = Formulier(
        b.AanleverenInschrijving,
        "nl",
        vast={"afzender": "27DV", "inschrijving": {"extra_ondersteuning": geregistreerd}},
        bijzonder={Bijzonder.VERBLIJF},
    )
    melding, _ = formulier.lees(
        {
            "inschrijving-inschrijvingvolgnummer": "1",
            "inschrijving-datum_inschrijving": "1-8-2024",
            "inschrijving-extra_ondersteuning-0-datum_begin": "1-1-2020",
        }
    )
    assert als_object(melding.inschrijving.extra_ondersteuning) == geregistreerd
    assert not any("ondersteuning" in naam for naam in formulier.nieuw())
