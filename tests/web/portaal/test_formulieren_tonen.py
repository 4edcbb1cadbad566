"""Forms as they are shown: groups that come and go, findings at their field, words in both languages."""

from datetime import date
from typing import Any

import msgspec
import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.controles import CONTROLES
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling, Terugmelding
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Sleutel
from kernregister.kern.regels.paspoort import Fase
from kernregister.platform import klok
from kernregister.web.portaal.formulieren import labels
from kernregister.web.portaal.formulieren.formulier import Formulier
from kernregister.web.portaal.formulieren.plaatsing import IN_GROEP, velden_van
from kernregister.web.portaal.formulieren.vorm import Groep, Lijst, Veld, delen_van, struct_naam
from tests.databank import Databank
from tests.voorzieningen.register import wereld as w

AANGELEVERD = b.Aangeleverd.__args__
ZELF = {"id", "afzender", "moment"}


def _structs(soort: type[msgspec.Struct]) -> set[type[msgspec.Struct]]:
    uit = {soort}
    for deel in delen_van(soort):
        if isinstance(deel, Groep | Lijst):
            for onder in deel.soorten.values():
                uit |= _structs(onder)
    return uit


ALLE = sorted({s for soort in AANGELEVERD for s in _structs(soort)}, key=lambda s: s.__name__)


# ------------------------------------------------------------------------------------------ groups


def test_groups_come_and_go_with_buttons_and_what_was_typed_stays() -> None:
    formulier = Formulier(b.AanleverenDiploma, "nl", vast={"afzender": "27DV"})
    waarden = formulier.nieuw()
    for tag in ("GEO", "KZD", "GEO"):
        waarden = formulier.met_knop(waarden | {"erbij": f"diploma-onderdelen:{tag}"}) or {}
    waarden["diploma-onderdelen-2-code"] = "3005"
    waarden = formulier.met_knop(waarden | {"weg": "diploma-onderdelen-1"}) or {}
    assert [waarden.get(f"diploma-onderdelen-{n}-soort") for n in range(3)] == ["GEO", "GEO", None]
    assert waarden["diploma-onderdelen-1-code"] == "3005"
    assert formulier.met_knop(waarden) is None


def test_an_empty_group_is_no_part_of_the_melding_and_a_fault_after_it_stays_at_its_own_group() -> None:
    formulier = Formulier(
        b.AanleverenInschrijving, "nl", vast={"afzender": "27DV", "burgerservicenummer": "1"}
    )
    waarden = formulier.met_knop(formulier.nieuw() | {"erbij": "inschrijving-perioden"}) or {}
    waarden |= {
        "inschrijving-inschrijvingvolgnummer": "1",
        "inschrijving-datum_inschrijving": "1-8-2024",
        "inschrijving-perioden-1-datum_begin": "1-8-2024",
        "inschrijving-perioden-1-opleidingcode": "25655",
        "inschrijving-perioden-1-leertraject": "BOL",
    }
    melding, fouten = formulier.lees(waarden)
    assert not fouten
    assert len(melding.inschrijving.perioden) == 1
    sleutel = Sleutel("Inschrijvingsperiode", "", "27DV", "1", date(2024, 8, 1))
    terug = _antwoord(Terugmelding("M01", "fout", sleutel))
    (plek,) = formulier.fouten_van(terug, waarden, melding)
    assert plek == "inschrijving-perioden-1-onderwijsaanbieder"


def _antwoord(*bevindingen: Terugmelding) -> Terugkoppeling:
    return Terugkoppeling(
        id=None, soort="", aanvaard=False, ontvangen_op=klok.nu(), bevindingen=tuple(bevindingen)
    )


@pytest.mark.parametrize(
    ("regel", "record", "veld"),
    [
        ("G03", "Inschrijving", "inschrijving-datum_uitschrijving_werkelijk"),
        ("G04", "Inschrijving", "inschrijving-datum_uitschrijving_gepland"),
        ("G05", "Inschrijving", "inschrijving-reden_uitschrijving"),
        ("G08", "Inschrijving", "inschrijving-perioden"),
        ("H01", "Inschrijvingsperiode", "inschrijving-perioden-0-leertraject"),
        ("H12", "Inschrijvingsperiode", "inschrijving-perioden-0-leerroute"),
        ("M02", "Inschrijvingsperiode", "inschrijving-perioden-0-onderwijslocatie"),
        ("M07", "Inschrijvingsperiode", "inschrijving-perioden-0-opleidingcode"),
        ("N13", "", "studentnummer"),
        ("N05", "", ""),
    ],
)
def test_a_finding_stands_at_the_field_to_mend(regel: str, record: str, veld: str) -> None:
    formulier = Formulier(b.AanleverenInschrijving, "en", vast={"afzender": "27DV"})
    waarden = formulier.nieuw() | {
        "inschrijving-inschrijvingvolgnummer": "1",
        "inschrijving-datum_inschrijving": "1-8-2024",
        "inschrijving-perioden-0-datum_begin": "1-8-2024",
        "inschrijving-perioden-0-opleidingcode": "25655",
        "inschrijving-perioden-0-leertraject": "BOL",
    }
    melding, _ = formulier.lees(waarden)
    sleutel = Sleutel(record, "", "27DV", "1", date(2024, 8, 1)) if record else None
    bevinding = Terugmelding(regel, "fout", sleutel, {"veld": "studentnummer"} if regel == "N13" else {})
    ((plek, (fout,)),) = formulier.fouten_van(_antwoord(bevinding), waarden, melding).items()
    assert plek == veld
    van: Any = catalogus().get(regel) or CONTROLES[regel]
    assert (fout.tekst, fout.advies) == (van.tekst.en, van.advies.en)


def test_every_rule_that_refuses_has_a_field_to_stand_at() -> None:
    """But those on the institution itself, which nobody types."""
    zonder = []
    for regel in catalogus().values():
        if all(fase is not Fase.WEIGEREN for fase, _ in regel.levensloop):
            continue
        namen = [naam for naam in IN_GROEP if naam in str(regel.over)] or ["Inschrijving"]
        if not any(velden_van(regel.id, naam) for naam in namen):
            zonder.append(regel.id)
    assert zonder == ["F05"]


# ------------------------------------------------------------------------------------------ words


def test_every_field_and_group_has_a_name_in_both_languages() -> None:
    zonder = []
    for soort in ALLE:
        for deel in delen_van(soort):
            tabel = labels.LABELS if isinstance(deel, Veld) else labels.TITELS
            if deel.naam not in ZELF and labels.van(tabel, struct_naam(soort), deel.naam) is None:
                zonder.append(f"{soort.__name__}.{deel.naam}")
            if isinstance(deel, Lijst):
                zonder += [s.__name__ for s in deel.soorten.values() if struct_naam(s) not in labels.SOORTEN]
    assert zonder == []


def test_no_word_is_kept_of_a_field_that_is_no_more() -> None:
    velden = {deel.naam for soort in ALLE for deel in delen_van(soort)}
    velden |= {f"{struct_naam(soort)}.{deel.naam}" for soort in ALLE for deel in delen_van(soort)}
    for tabel in (labels.LABELS, labels.TITELS, labels.HULP, labels.UITLEG, dict.fromkeys(labels.INGEKLAPT)):
        assert set(tabel) - velden == set()


# ------------------------------------------------------------------------------------------ as it is shown


def _html(formulier: Formulier, waarden: dict[str, str]) -> str:
    verzoek = RequestFactory().get("/", headers={"Accept-Language": formulier.taal})
    return render_to_string(
        "portaal/formulieren/formulier.html", {"blok": formulier.velden(waarden)}, request=verzoek
    )


@pytest.fixture
def klaar(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> None:
    w.zet_klaar(monkeypatch)


@pytest.mark.parametrize("soort", AANGELEVERD, ids=lambda soort: soort.__name__)
@pytest.mark.parametrize("taal", ["nl", "en"])
def test_every_form_can_be_shown_and_every_field_has_a_label(klaar: None, soort: Any, taal: Any) -> None:
    formulier = Formulier(soort, taal, vast={"afzender": "27DV"})
    waarden = formulier.nieuw()
    html = _html(formulier, waarden)
    for naam in waarden:
        if naam not in ZELF:
            assert f'for="{naam}"' in html
            assert f'id="{naam}"' in html
    assert "style=" not in html


def test_an_institution_without_funding_is_not_asked_what_only_the_others_register(klaar: None) -> None:
    def toon(bekostigd: bool, **anders: str) -> str:
        formulier = Formulier(b.AanleverenInschrijving, "nl", vast={"afzender": "27DV"}, bekostigd=bekostigd)
        return _html(formulier, formulier.nieuw() | anders)

    assert "Extra ondersteuning" in toon(True)
    assert "examendeelnemer" in toon(True)
    nbi = toon(False)
    assert "Extra ondersteuning" not in nbi
    assert "examendeelnemer" not in nbi
    assert "Indicatie bekostigbaar" not in nbi
    assert "Indicatie bekostigbaar" in toon(False, **{"inschrijving-perioden-0-bekostigbaar": "ja"})


@pytest.mark.parametrize(
    ("label", "in_een_zin"), [("Adres", "adres"), ("BSN", "BSN"), ("OAB", "OAB"), ("", ""), ("A", "a")]
)
def test_what_is_folded_in_is_named_as_in_a_sentence(label: str, in_een_zin: str) -> None:
    from kernregister.web.portaal.templatetags.invoer import kleine_letter

    assert kleine_letter(label) == in_een_zin
