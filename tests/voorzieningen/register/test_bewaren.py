"""What is kept no longer is found, destroyed after somebody else approved, and nowhere to be found afterwards."""

from datetime import date
from uuid import uuid4

import psycopg
import pytest
from django.db import connections, transaction
from msgspec.structs import replace

from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.meldingen import berichten as b
from kernregister.platform import klok
from kernregister.platform.versleuteling import kluis
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.public import Abonnementsoort
from kernregister.voorzieningen.register import bewaren
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.register.bewaren import te_vernietigen, vernietig
from kernregister.voorzieningen.register.ingrepen import Onmogelijk
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.register.verhaal import (
    DAAR,
    HIER,
    MOMENT,
    betrokken,
    bsn,
    deelname,
    diploma,
    dossier,
    draag_over,
    inschrijving,
    own,
    registreer,
    vo_resultaat,
    voeg_samen,
    vraag,
    wie,
)

NU = date(2026, 3, 1)
NAAM = "Uitzonderlijkenaam"


def oud(nummer: str = "1", eind: date = date(1971, 7, 31), **anders: object):
    """An enrolment of long ago."""
    return inschrijving(
        nummer,
        datum_inschrijving=date(1970, 8, 1),
        datum_uitschrijving_gepland=eind,
        datum_uitschrijving_werkelijk=eind,
        **anders,
    )


def vernietig_nu(soort: str) -> bewaren.Vernietigd:
    return vernietig(soort, NU, "aanvrager", "goedkeurder", "termijn verstreken")


def alles() -> dict[str, list[str]]:
    """Return every row of every table as text."""
    tabellen = vraag("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    uit = {}
    for (tabel,) in tabellen:
        if tabel != "platform_passleutel":
            uit[str(tabel)] = [str(rij[0]) for rij in vraag(f"SELECT t::text FROM {tabel} t")]
    return uit


def sporen(*teksten: str) -> set[tuple[str, str]]:
    return {
        (tabel, tekst) for tabel, rijen in alles().items() for tekst in teksten if tekst in "\n".join(rijen)
    }


def tel() -> dict[str, int]:
    return {tabel: len(rijen) for tabel, rijen in alles().items()}


@pytest.fixture
def lang_geleden(databank) -> int:
    """Somebody of long ago, known under two numbers, followed, told of, refused and signalled."""
    een = registreer(Dossier(wie(bsn(0), achternaam=NAAM), (oud(verblijf_grond="W-document"),)))
    ander = registreer(
        Dossier(wie(None, own(0), achternaam=NAAM), diplomas=(diploma(datum_resultaat=date(1971, 7, 1)),))
    )
    registreer(Dossier(Persoon(bsn(0)), deelnames=(deelname(),), vooropleidingen=(vo_resultaat(),)))
    with transaction.atomic(using="stelsel"):
        personen.zet_abonnement(een, "99ZZ", Abonnementsoort.PERSOONSGEGEVENS, "aan", klok.vandaag())
        vraag("UPDATE register_betrokkenheid SET studentnummer = 'stud-4711' RETURNING 1")
    assert voeg_samen(een, ander).aanvaard
    assert draag_over(een, HIER, DAAR).aanvaard
    registreer(Dossier(wie(bsn(0), achternaam=NAAM, voornamen="Anouk")))
    weg = b.VerwijderenResultaat(
        id=uuid4(), afzender=HIER, moment=MOMENT, burgerservicenummer=bsn(0), resultaatvolgnummer="77"
    )
    assert not register.verwerk([weg], register.Herkomst("test", ""))[0].aanvaard
    register.stand()
    assert register.haal("99ZZ").berichten
    return een


@pytest.fixture
def buren(databank) -> list[int]:
    return [
        registreer(Dossier(wie(bsn(n), achternaam="Buurman"), (inschrijving("1"), oud("2")))) for n in (1, 2)
    ]


# ------------------------------------------------------------------------------------ what is due


def test_what_is_due_is_told_per_kind_of_data(lang_geleden, buren):
    posten = {post.soort: post for post in te_vernietigen(NU)}
    assert posten["persoonsgegevens"].personen == (lang_geleden,)
    assert posten["inschrijving"].aantal == 3
    assert set(posten["inschrijving"].personen) == {lang_geleden, *buren}
    assert posten["inschrijving"].sinds == date(2001, 7, 31)
    assert posten["resultaat"].sinds == date(2021, 7, 1)
    assert "geweigerde_melding" not in posten


def test_nothing_is_due_before_its_term_has_passed(lang_geleden):
    assert "inschrijving" not in {post.soort for post in te_vernietigen(date(2001, 7, 30))}
    assert "inschrijving" in {post.soort for post in te_vernietigen(date(2001, 7, 31))}


def test_whoever_was_never_enrolled_goes_after_a_year(databank):
    registreer(Dossier(wie(bsn(5), achternaam=NAAM), deelnames=(deelname(),)))
    over_een_jaar = date(klok.vandaag().year + 1, klok.vandaag().month, 28)
    assert "identificatie_zonder_vervolg" not in {p.soort for p in te_vernietigen(klok.vandaag())}
    assert "identificatie_zonder_vervolg" in {
        p.soort for p in te_vernietigen(date(over_een_jaar.year + 1, 1, 1))
    }


# ------------------------------------------------------------------------------------ destruction


def test_after_destruction_nothing_of_the_person_is_found_anywhere(lang_geleden, buren):
    nummers = vraag("SELECT encode(zoeksleutel, 'hex') FROM personen_nummer")
    van_buren = {kluis().zoek(bsn(n)).hex() for n in (1, 2)}
    weg = [str(rij[0]) for rij in nummers if rij[0] not in van_buren]
    assert len(weg) == 2
    pseudo = [personen.pseudoniem(id_) for id_ in (lang_geleden, lang_geleden + 1)]
    namen = [NAAM, "stud-4711", bsn(0), own(0), "K0067", *weg, *pseudo]
    assert {NAAM, "stud-4711", *pseudo} <= {tekst for _, tekst in sporen(*namen)}
    voor, stand, buurlieden = tel(), register.stand(), [dossier(id_) for id_ in buren]
    standen = vraag("SELECT nummer, melding_id FROM register_stand ORDER BY 1")
    audit = vraag("SELECT t::text FROM platform_auditregel t ORDER BY id")

    uit = vernietig_nu("persoonsgegevens")

    assert (uit.aantal, uit.personen) == (1, 1)
    assert sporen(*namen) == set()
    for tabel, kolom in vraag(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND column_name IN ('persoon_id', 'opgegaan_in')"
    ):
        rijen = vraag(
            f"SELECT 1 FROM {tabel} WHERE {kolom} = ANY (%s)",
            [lang_geleden, lang_geleden + 1],
        )
        assert rijen == [], tabel
    assert register.dossier(lang_geleden) is None or register.dossier(lang_geleden) == Dossier(Persoon())
    # counts, the order of the stand and the audit trail are whole
    assert tel()["register_melding"] == voor["register_melding"]
    assert vraag("SELECT nummer, melding_id FROM register_stand ORDER BY 1") == standen
    assert register.stand() == stand
    assert vraag("SELECT t::text FROM platform_auditregel t ORDER BY id")[: len(audit)] == audit
    # and the neighbours are as they were
    assert [dossier(id_) for id_ in buren] == buurlieden
    assert {id_ for id_, _ in register.dossiers()} == set(buren)


def test_the_destruction_itself_is_on_record_with_counts_and_nobody_in_it(lang_geleden):
    uit = vernietig_nu("persoonsgegevens")
    assert vraag(
        "SELECT soort, aanvrager, goedkeurder, reden, aantal, personen FROM register_vernietiging WHERE id = %s",
        uit.nummer,
    ) == [("persoonsgegevens", "aanvrager", "goedkeurder", "termijn verstreken", 1, 1)]
    ((door, details),) = vraag(
        "SELECT door, details::text FROM platform_auditregel WHERE handeling = 'bewaren.vernietigd'"
    )
    assert door == "goedkeurder"
    assert details == '{"soort": "persoonsgegevens", "aantal": 1, "personen": 1}'
    assert vernietig_nu("persoonsgegevens").aantal == 0


def test_the_same_uuid_is_not_applied_again(databank):
    melding = b.OvernemenInschrijving(
        id=uuid4(), afzender=HIER, moment=MOMENT, burgerservicenummer=bsn(0), inschrijving=oud()
    )
    register.verwerk([melding], register.Herkomst("test", ""))
    vernietig_nu("persoonsgegevens")
    (antwoord,) = register.verwerk([melding], register.Herkomst("test", ""))
    assert [een.regel for een in antwoord.bevindingen] == ["N02"]
    assert list(register.dossiers()) == []


def test_somebody_enrolled_again_meanwhile_keeps_everything(lang_geleden, monkeypatch):
    groepen = list(bewaren._partijen("persoonsgegevens", NU))
    monkeypatch.setattr(bewaren, "_partijen", lambda soort, op: groepen)
    registreer(Dossier(Persoon(bsn(0)), (inschrijving("12"),)))
    assert vernietig_nu("persoonsgegevens").aantal == 0
    assert dossier(lang_geleden).inschrijvingen


@pytest.mark.parametrize(
    ("soort", "veld"),
    [("inschrijving", "inschrijvingen"), ("deelname", "deelnames"), ("vooropleiding", "vooropleidingen")],
)
def test_one_kind_of_record_goes_with_its_whole_history_and_the_rest_stays(lang_geleden, buren, soort, veld):
    voor = dossier(lang_geleden)
    uit = vernietig_nu(soort)
    na = dossier(lang_geleden)
    assert getattr(na, veld) == ()
    assert replace(na, **{veld: getattr(voor, veld)}) == voor
    assert uit.aantal == (3 if soort == "inschrijving" else 1)
    assert (
        vraag("SELECT 1 FROM register_versie WHERE persoon_id = %s AND soort = %s", lang_geleden, soort) == []
    )
    overgebleven = vraag(
        "SELECT 1 FROM register_melding WHERE persoon_id = %s AND inhoud ? %s",
        lang_geleden,
        "resultaat" if soort == "vooropleiding" else soort,
    )
    assert overgebleven == []
    assert [len(dossier(id_).inschrijvingen) for id_ in buren] == [1 if soort == "inschrijving" else 2] * 2


def test_an_institution_that_holds_nothing_of_somebody_any_more_has_nothing_to_do_with_them(
    databank, monkeypatch
):
    """Nor does one that went up in another; who identified the person not long ago is about to enrol them."""
    zet_klok(monkeypatch, date(2024, 9, 1))
    een = registreer(
        Dossier(wie(bsn(0)), (oud("1"), oud("1", instelling="25PV"), inschrijving("1", instelling=DAAR)))
    )
    ander = registreer(Dossier(wie(bsn(1)), (oud("1"), inschrijving("1", instelling=DAAR))))
    vraag(
        "UPDATE register_betrokkenheid SET studentnummer = 'stud-4711' WHERE instelling <> %s RETURNING 1",
        DAAR,
    )
    assert draag_over(een, "25PV", "99ZZ").aanvaard
    zet_klok(monkeypatch, NU)
    registreer(Dossier(Persoon(bsn(1)), (oud("1"),)))
    assert len(sporen("stud-4711")) == 2

    vernietig_nu("inschrijving")

    assert (betrokken(een), betrokken(ander)) == ([DAAR], [DAAR, HIER])
    assert vraag("SELECT 1 FROM register_beeindigdebetrokkenheid") == []
    assert vraag("SELECT persoon_id FROM register_betrokkenheid WHERE studentnummer <> ''") == [(ander,)]


def test_placements_go_out_of_every_version_and_melding(lang_geleden):
    voor = dossier(lang_geleden)
    assert "100012345" in str(alles())
    vernietig_nu("bpv")
    na = dossier(lang_geleden)
    assert na.inschrijvingen == (replace(voor.inschrijvingen[0], bpvs=()),)
    assert replace(na, inschrijvingen=voor.inschrijvingen) == voor
    assert "100012345" not in str(alles())
    assert te_vernietigen(NU)
    assert "bpv" not in {post.soort for post in te_vernietigen(NU)}


@pytest.mark.parametrize("soort", ["extra_ondersteuning", "verblijfstitel"])
def test_special_data_go_and_no_melding_tells_of_them(lang_geleden, soort):
    vernietig_nu(soort)
    na = dossier(lang_geleden)
    wat = {"extra_ondersteuning": "ondersteuning", "verblijfstitel": "verblijf"}[soort]
    assert vraag("SELECT 1 FROM register_bijzonderdeel WHERE soort = %s", wat) == []
    assert vraag("SELECT 1 FROM register_bijzonderdeel") != []
    for (geheim,) in vraag("SELECT vertrouwelijk FROM register_melding WHERE vertrouwelijk IS NOT NULL"):
        gelezen = kluis().ontsleutel(bytes(geheim))
        assert soort not in gelezen
        assert "verblijf_grond" not in gelezen or soort != "verblijfstitel"
    assert (na.persoon.verblijfstitels == ()) == (soort == "verblijfstitel")
    assert [een.verblijf_grond is None for een in na.inschrijvingen] == [soort == "verblijfstitel"]
    assert soort not in {post.soort for post in te_vernietigen(NU)}


def test_subscriptions_messages_and_refusals_go_when_their_term_has_passed(lang_geleden, monkeypatch):
    later = date(klok.vandaag().year + 6, 1, 1)
    with transaction.atomic(using="stelsel"):
        personen.doel_vervallen(lang_geleden, "99ZZ")
    posten = {post.soort: post.aantal for post in te_vernietigen(later)}
    monkeypatch.setattr(klok, "vandaag", lambda: later)
    for soort in ("abonnement", "uitgaand_bericht", "geweigerde_melding"):
        assert posten[soort] > 0
        uit = vernietig(soort, later, "aanvrager", "goedkeurder", "termijn verstreken")
        assert uit.aantal == posten[soort]
    assert not {"abonnement", "uitgaand_bericht", "geweigerde_melding"} & {
        post.soort for post in te_vernietigen(later)
    }
    assert vraag("SELECT inhoud::text FROM register_melding WHERE NOT aanvaard") == [("{}",)]


def test_all_that_stands_in_the_way_is_said_at_once(databank):
    with pytest.raises(Onmogelijk) as fout:
        vernietig("van alles", date(2200, 1, 1), "Jan", " jan", f"van {bsn(0)}")
    tekst = str(fout.value)
    for deel in ("van alles", "toekomst", "reden", "een ander"):
        assert deel in tekst
    assert bsn(0) not in tekst
    assert vraag("SELECT 1 FROM register_vernietiging") == []


def test_nobody_destroys_without_an_approved_destruction(lang_geleden, databank):
    opdrachten = [
        "SELECT register_vernietig_personen(1, '{1}', '{}')",
        "SELECT register_vernietig_versies(1, '{1}')",
        "SELECT register_maak_leeg(1, '{1}', true)",
        "DELETE FROM register_versie",
    ]
    for rol in ("kernregister_app", "kernregister_stelsel"):
        with databank.verbind(rol) as sessie:
            for opdracht in opdrachten:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    sessie.execute(opdracht)
    uit = vernietig_nu("resultaat")
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        databank.verbind("kernregister_stelsel") as sessie,
    ):
        sessie.execute("SELECT register_vernietig_versies(%s, '{1}')", [uit.nummer])  # that one is done
    with pytest.raises(psycopg.errors.CheckViolation), databank.verbind("kernregister_stelsel") as sessie:
        sessie.execute(
            "INSERT INTO register_vernietiging (soort, peildatum, aanvrager, goedkeurder, reden, begonnen_op)"
            " VALUES ('bpv', now(), 'ik', 'ik', 'x', now())"
        )
    assert connections["stelsel"].in_atomic_block is False


def test_what_was_said_of_a_signal_goes_with_the_person(buren):
    verleden = registreer(Dossier(wie(bsn(8)), (inschrijving("1"),)))
    registreer(Dossier(Persoon(bsn(8)), (oud("1"),)))  # corrected: what was signalled is past
    signalen = vraag("SELECT id, persoon_id, instelling FROM kwaliteit_signaal ORDER BY id")
    assert {verleden, *buren} == {rij[1] for rij in signalen}
    for signaal, _, instelling in signalen:
        vraag(
            "INSERT INTO kwaliteit_toewijzing (signaal_id, instelling, aan, door, op)"
            " VALUES (%s, %s, 'An', 'Bo', now()) RETURNING 1",
            signaal,
            instelling,
        )
    vernietig_nu("persoonsgegevens")
    over = {rij[0] for rij in vraag("SELECT signaal_id FROM kwaliteit_toewijzing")}
    assert over == {rij[0] for rij in signalen if rij[1] in buren}


def test_rooms_above_are_told_of_whom_a_part_is_gone(buren, monkeypatch):
    gehoord: list[int] = []
    assert bewaren.volgers  # the signals follow
    monkeypatch.setattr(bewaren, "volgers", [*bewaren.volgers, gehoord.extend])
    sleutel = "persoon_id, regel, sleutel->>'inschrijvingvolgnummer'"
    open_ = f"SELECT {sleutel} FROM kwaliteit_signaal WHERE gesloten_op IS NULL"
    voor = vraag(open_)
    vernietig_nu("inschrijving")
    assert gehoord == buren
    over = vraag("SELECT persoon_id, sleutel FROM register_versie WHERE soort = 'inschrijving'")
    na = vraag(open_)
    assert set(na) == {(wie, regel, nummer) for wie, regel, nummer in voor if (wie, nummer) in over}
    assert len(na) < len(voor)
