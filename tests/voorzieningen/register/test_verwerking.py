"""One door: what is delivered is journalled, judged, applied and answered, and nothing is ever lost or overwritten."""

from uuid import uuid4

import pytest
from msgspec import structs

from kernregister.kern.dossier import Diploma, Keuzedeel
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.regels.paspoort import Fase
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.register import public as register
from tests.kern import voorbeelden
from tests.voorzieningen.register import verhaal
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
    MET_BSN,
    NBI,
    VANDAAG,
    diplomeer,
    dossier,
    geef_keuzedeel,
    geweigerd,
    identificeer,
    lees,
    lukt,
    nummer_van,
    periode,
    plaats_bpv,
    regels,
    schrijf_in,
    stuur,
    verwijder,
    wie,
    zet_klaar,
)

EEN, ANDER = wie(0), wie(1)
OP_ONDERWIJSNUMMER = wie(MET_BSN)


@pytest.fixture(autouse=True)
def wereld(databank, monkeypatch):
    zet_klaar(monkeypatch)


@pytest.fixture
def student():
    """Somebody who is identified, enrolled and placed."""
    lukt(identificeer(EEN), schrijf_in(EEN), plaats_bpv(EEN))
    return EEN


# ----------------------------------------------------------------------------------------- each kind


def test_who_is_identified_is_known_from_then_on_with_the_data_of_the_source():
    (antwoord,) = lukt(identificeer(EEN))
    assert antwoord.identificatie.burgerservicenummer == EEN.burgerservicenummer
    assert antwoord.persoon == nummer_van(EEN)
    assert dossier(EEN).persoon == EEN


def test_who_cannot_be_found_gets_an_onderwijsnummer_and_is_known_by_it():
    vraag_ = lees(
        "AanleverenIdentificatiePersoon", HIER, None,
        geboortedatum="2007-01-02", geslacht="M", achternaam="Onbekend", voornamen="Niemand",
        adres={"straat": "Dorpsstraat", "huisnummer": "1", "postcode": "1234AB", "woonplaats": "Ergens"},
    )  # fmt: skip
    (antwoord,) = lukt(vraag_)
    assert antwoord.identificatie.uitslag == "nieuw"
    nieuw = structs.replace(
        EEN, burgerservicenummer=None, onderwijsnummer=antwoord.identificatie.onderwijsnummer
    )
    lukt(schrijf_in(nieuw))
    assert dossier(nieuw).inschrijvingen[0].op_onderwijsnummer


def test_an_enrolment_is_registered_corrected_ended_and_taken_back(student):
    (een,) = dossier(student).inschrijvingen
    assert (een.instelling, een.inschrijvingvolgnummer, len(een.bpvs)) == (HIER, "1", 1)
    lukt(schrijf_in(student, perioden=[periode(), periode("2025-08-01", leertraject="BBL")]))
    (een,) = dossier(student).inschrijvingen
    assert [p.leertraject for p in een.perioden] == ["BOL", "BBL"]
    assert len(een.bpvs) == 1, "a correction of the enrolment leaves its placements"
    lukt(schrijf_in(student, datum_uitschrijving_werkelijk="2025-12-31", reden_uitschrijving="08"))
    lukt(verwijder("Bpv", student, inschrijvingvolgnummer="1", bpv_volgnummer="1"))
    lukt(verwijder("Inschrijving", student, inschrijvingvolgnummer="1"))
    assert not dossier(student).inschrijvingen


def test_extra_support_is_kept_apart_and_comes_back_in_the_dossier():
    lukt(identificeer(EEN), schrijf_in(EEN, extra_ondersteuning=[{"datum_begin": "2024-09-01"}]))
    assert dossier(EEN).inschrijvingen[0].extra_ondersteuning
    assert vraag("SELECT count(*) FROM register_versie WHERE inhoud::text LIKE '%%2024-09-01%%'") == [(0,)]
    lukt(schrijf_in(EEN))
    assert not dossier(EEN).inschrijvingen[0].extra_ondersteuning


def test_placements_are_in_order_of_number_and_corrected_by_it(student):
    lukt(plaats_bpv(student, "3"), plaats_bpv(student, "2"), plaats_bpv(student, "3", omvang=12))
    bpvs = dossier(student).inschrijvingen[0].bpvs
    assert [(bpv.volgnummer, bpv.omvang) for bpv in bpvs] == [("1", 640), ("2", 640), ("3", 12)]


def test_results_are_registered_corrected_and_taken_back(student):
    onderdeel = {"soort": "KZD", "resultaatvolgnummer": "11", "code": "K0067", "behaald": True}
    lukt(diplomeer(student, onderdelen=[onderdeel]), geef_keuzedeel(student, behaald=False))
    lukt(geef_keuzedeel(student, behaald=True))
    een = dossier(student)
    assert een.diplomas[0].onderdelen == (Keuzedeel("11", "K0067", True),)
    assert [r.behaald for r in een.losse_resultaten] == [True]
    lukt(verwijder("Resultaat", student, resultaatvolgnummer="9"))
    lukt(verwijder("Resultaat", student, resultaatvolgnummer="5"))
    assert (dossier(student).diplomas, dossier(student).losse_resultaten) == ((), ())


def test_what_comes_in_on_the_onderwijsnummer_stays_known_as_such():
    lukt(identificeer(OP_ONDERWIJSNUMMER), schrijf_in(OP_ONDERWIJSNUMMER), diplomeer(OP_ONDERWIJSNUMMER))
    een = dossier(OP_ONDERWIJSNUMMER)
    assert een.inschrijvingen[0].op_onderwijsnummer
    assert een.diplomas[0].op_onderwijsnummer


def test_who_asks_for_vooropleiding_gets_it_and_it_is_not_kept_in_the_journal(student):
    (antwoord,) = lukt(lees("AanvragenVooropleiding", HIER, EEN))
    assert antwoord.vooropleiding is not None
    assert vraag("SELECT antwoord ? 'vooropleiding' FROM register_melding WHERE uuid = %s", antwoord.id) == [
        (False,)
    ]
    assert geweigerd(lees("AanvragenVooropleiding", HIER, ANDER)) == ["N05"]


# ----------------------------------------------------------------------------------------- each control


def test_n02_the_same_id_never_says_something_else(student):
    eerste = schrijf_in(ANDER)
    stuur(eerste)
    assert geweigerd(schrijf_in(student, id=eerste.id)) == ["N02"]
    assert vraag("SELECT count(*) FROM register_melding WHERE uuid = %s", eerste.id) == [(1,)]


def test_a_uuid_is_of_its_sender_so_nobody_takes_that_of_another_beforehand(student):
    """Somebody who knows what UUID another will use gains nothing by using it first, in no name whatsoever."""
    lukt(identificeer(student, DAAR))
    eigen = schrijf_in(student, "2", DAAR)
    assert geweigerd(eigen, namens=HIER) == ["N03"]
    (van_hier,) = lukt(schrijf_in(student, "2", HIER, id=eigen.id))
    van_daar, nogmaals = lukt(eigen, eigen)
    assert van_daar == nogmaals
    assert [i.instelling for i in dossier(student).inschrijvingen] == [DAAR, HIER, HIER]
    assert lukt(schrijf_in(student, "2", HIER, id=eigen.id)) == [van_hier]
    with met_pas(Pas(Soort.INSTELLING, DAAR)):
        assert register.melding(eigen.id)[0].afzender == DAAR
    with met_pas(Pas(Soort.DUO)):
        gevonden = [register.melding(eigen.id, van)[0].afzender for van in (HIER, DAAR)]
    assert gevonden == [HIER, DAAR]


def test_n03_nobody_delivers_in_the_name_of_another(student):
    assert geweigerd(schrijf_in(student, "2", DAAR), namens=HIER) == ["N03"]
    assert len(dossier(student).inschrijvingen) == 1
    assert vraag("SELECT 1 FROM register_melding WHERE afzender = %s", DAAR) == [], (
        "the journal is the sender's own"
    )


def test_n03_goes_for_a_melding_that_was_answered_before_as_well():
    """Who holds on to another's message learns nothing by sending it again."""
    melding = identificeer(EEN)
    lukt(melding)
    (antwoord,) = stuur(melding, namens=DAAR)
    assert regels(antwoord) == ["N03"]
    assert antwoord.identificatie is None
    assert antwoord.persoon is None
    assert lukt(melding)[0].identificatie is not None


def test_n04_a_melding_names_its_person_once(student):
    beide = structs.replace(schrijf_in(student), onderwijsnummer=OP_ONDERWIJSNUMMER.onderwijsnummer)
    geen = structs.replace(schrijf_in(student), burgerservicenummer=None)
    assert geweigerd(beide) == geweigerd(geen) == ["N04"]


def test_n05_only_who_was_identified_is_enrolled():
    assert geweigerd(schrijf_in(EEN)) == ["N05"]


def test_n05_who_identified_somebody_knows_them_and_nobody_else_does(student):
    """That another institution knows the number is not to be learnt, and neither is anything of the person."""
    vragen = [
        lees("AanvragenVooropleiding", DAAR, student),
        schrijf_in(student, "1", DAAR),
        verwijder("Inschrijving", student, DAAR, inschrijvingvolgnummer="1"),
    ]
    for vraag_ in vragen:
        (antwoord,) = stuur(vraag_)
        assert (regels(antwoord), antwoord.persoon, antwoord.vooropleiding) == (["N05"], None, None)
    looked = "SELECT count(*) FROM platform_verwerking WHERE namens = %s"
    assert vraag(looked, DAAR) == [(len(vragen),)], "the person may see that somebody tried"


def test_n10_who_guesses_is_stopped_also_in_dry_runs_and_within_one_batch():
    pogingen = [identificeer(EEN, geboortedatum=f"2006-05-{dag:02}") for dag in range(1, 13)]
    antwoorden = stuur(*pogingen[:4], proef=True) + stuur(*pogingen[4:])
    oorzaken = [antwoord.bevindingen[0].waarden["oorzaak"] for antwoord in antwoorden]
    assert oorzaken == ["afwijking"] * 5 + ["te_vaak"] * 7
    (goed,) = stuur(identificeer(EEN))
    assert regels(goed) == ["N10"], "nor is the right answer confirmed any more today"
    lukt(identificeer(EEN, DAAR))


def test_n10_with_an_ro_nobody_guesses_at_a_date_of_birth_more_often_than_by_identifying(student):
    """One number with many dates of birth: a list that an institution could make and load as its RO."""

    def neem_over(geboortedatum):
        return b.OvernemenInschrijving(
            id=uuid4(),
            afzender=DAAR,
            moment=verhaal.MOMENT,
            burgerservicenummer=student.burgerservicenummer,
            geboortedatum=geboortedatum,
            geslacht=student.geslacht,
            inschrijving=structs.replace(dossier(student).inschrijvingen[0], instelling=DAAR),
        )

    pogingen = [neem_over(f"2006-05-{dag:02}") for dag in range(1, 11)]
    antwoorden = stuur(*pogingen[:3], proef=True) + stuur(*pogingen[3:])
    oorzaken = [antwoord.bevindingen[0].waarden["oorzaak"] for antwoord in antwoorden]
    assert oorzaken == ["afwijking"] * 5 + ["te_vaak"] * 5
    (goed,), (vraag_,) = stuur(neem_over(student.geboortedatum)), stuur(identificeer(student, DAAR))
    assert regels(goed) == regels(vraag_) == ["N10"], "the right one is not confirmed any more today"


def test_an_answer_asked_for_again_tells_what_was_known_then_and_is_logged(student):
    vooraf = lees("AanvragenVooropleiding", HIER, student)
    (eerst,) = lukt(vooraf)
    register.stand()
    lukt(identificeer(student, DAAR), schrijf_in(student, "7", DAAR))
    voor = vraag("SELECT count(*) FROM platform_verwerking")
    assert stuur(vooraf) == [eerst]
    assert vraag("SELECT count(*) FROM platform_verwerking") == [(voor[0][0] + 1,)]


def test_a_refusal_asked_for_again_is_the_same_to_its_values(student):
    melding = schrijf_in(student, datum_uitschrijving_werkelijk="2024-07-01", reden_uitschrijving="08")
    (eerst,), (nogmaals,) = stuur(melding), stuur(melding)
    assert regels(eerst) == ["G03"]
    assert eerst == nogmaals


def test_an_answer_names_somebody_by_the_number_that_was_given_the_first_time_and_again(student):
    ander = wie(MET_BSN)
    lukt(identificeer(ander), schrijf_in(ander, "7", datum_uitschrijving_gepland="2025-10-01"))
    verhaal.voeg_samen(nummer_van(student), nummer_van(ander))
    melding = schrijf_in(student, "7")
    (eerst,), (nogmaals,) = lukt(melding), lukt(melding)
    assert {een.sleutel.pgn for een in eerst.signalen_gesloten} == {student.pgn}
    assert eerst == nogmaals


def test_n06_n07_n08_what_a_melding_refers_to_is_there(student):
    assert geweigerd(plaats_bpv(student, onder="2")) == ["N06"]
    lukt(identificeer(student, DAAR))
    assert geweigerd(plaats_bpv(student, van=DAAR)) == ["N06"], "an enrolment elsewhere is not one's own"
    assert geweigerd(verwijder("Inschrijving", student, inschrijvingvolgnummer="2")) == ["N06"]
    assert geweigerd(verwijder("Bpv", student, inschrijvingvolgnummer="2", bpv_volgnummer="1")) == ["N06"]
    assert geweigerd(verwijder("Bpv", student, inschrijvingvolgnummer="1", bpv_volgnummer="2")) == ["N07"]
    assert geweigerd(verwijder("Resultaat", student, resultaatvolgnummer="9")) == ["N08"]
    lukt(diplomeer(student))
    assert geweigerd(verwijder("Resultaat", student, DAAR, resultaatvolgnummer="9")) == ["N08"]


@pytest.mark.parametrize("hangt", [plaats_bpv, diplomeer, geef_keuzedeel])
def test_n09_an_enrolment_that_something_hangs_on_is_not_taken_back(hangt):
    lukt(identificeer(EEN), schrijf_in(EEN), hangt(EEN))
    assert geweigerd(verwijder("Inschrijving", EEN, inschrijvingvolgnummer="1")) == ["N09"]


def test_n10_an_uncertain_identification_names_fields_and_nobody():
    (antwoord,) = stuur(identificeer(EEN, geboortedatum="2006-05-15"))
    assert regels(antwoord) == ["N10"]
    assert antwoord.bevindingen[0].waarden["velden"] == ["geboortedatum"]
    assert (antwoord.persoon, antwoord.identificatie) == (None, None)
    assert vraag("SELECT count(*) FROM personen_persoon") == [(0,)]


@pytest.mark.parametrize(
    ("nummers", "regel"),
    [
        ({"burgerservicenummer": "999999999"}, "F01"),
        ({"burgerservicenummer": OP_ONDERWIJSNUMMER.onderwijsnummer}, "F03"),
        ({"onderwijsnummer": EEN.burgerservicenummer, "burgerservicenummer": None}, "F04"),
    ],
)
def test_a_number_that_cannot_be_is_refused_before_anybody_is_looked_up(nummers, regel):
    assert regel in geweigerd(structs.replace(schrijf_in(EEN), **nummers))
    assert regel in geweigerd(structs.replace(identificeer(EEN), **nummers))


# ----------------------------------------------------------------------------------------- rules at the door


def test_all_that_is_wrong_with_a_melding_is_told_at_once(student):
    fout = schrijf_in(student, "2", datum_uitschrijving_werkelijk="2024-07-01", perioden=[])
    assert {"G03", "G05", "G08"} <= set(geweigerd(fout))


def test_a_number_of_a_result_is_given_once_whichever_comes_first(student):
    lukt(diplomeer(student, "9"), geef_keuzedeel(student, "5"))
    assert geweigerd(geef_keuzedeel(student, "9")) == ["K03"]
    assert geweigerd(diplomeer(student, "5")) == ["K03"]
    lukt(identificeer(student, DAAR), diplomeer(student, "5", DAAR))


def test_a_fault_in_a_loose_result_does_not_refuse_a_diploma_with_a_part_of_the_same_number(student):
    """Nor the other way round: the faulty one was taken over, and has nothing to do with what is delivered."""
    los, deel = Keuzedeel("11", "fout", True, HIER), Keuzedeel("12", "fout", True)
    verhaal.neem_over(EEN, los, Diploma(HIER, "8", voorbeelden.OPLEIDING, VANDAAG, onderdelen=(deel,)))
    onderdeel = {"soort": "KZD", "resultaatvolgnummer": "11", "code": "K0067", "behaald": True}
    lukt(diplomeer(student, "9", onderdelen=[onderdeel]), geef_keuzedeel(student, "12"))
    assert geweigerd(diplomeer(student, "9", onderdelen=[onderdeel | {"code": "fout"}])) == ["K06"]
    assert geweigerd(geef_keuzedeel(student, "12", code="fout")) == ["K06"]


def test_what_another_institution_registered_never_refuses(student):
    dubbel = schrijf_in(student, "1", DAAR, datum_inschrijving="2024-08-01")
    _, antwoord = lukt(identificeer(student, DAAR), dubbel)
    assert {een.sleutel.instelling for een in antwoord.signalen_geopend} <= {DAAR}
    assert len(dossier(student).inschrijvingen) == 2


def test_a_fault_in_one_record_does_not_refuse_another(student):
    register.stel_in(register.Instelling("J08", Fase.SIGNAAL, VANDAAG, "overgang", "beheer"))
    zonder_einde = plaats_bpv(student, "2")
    lukt(structs.replace(zonder_einde, bpv=structs.replace(zonder_einde.bpv, datum_einde_gepland=None)))
    register.stel_in(register.Instelling("J08", Fase.WEIGEREN, VANDAAG, "overgang voorbij", "beheer"))
    lukt(schrijf_in(student, datum_uitschrijving_gepland="2028-07-31"), plaats_bpv(student, "1", omvang=600))
    nog_eens = structs.replace(
        plaats_bpv(student, "2"), bpv=structs.replace(zonder_einde.bpv, datum_einde_gepland=None, omvang=1)
    )
    assert geweigerd(nog_eens) == ["J08"]


def test_a_rule_that_was_set_to_signal_accepts_and_tells_and_the_code_of_duo_is_in_the_answer():
    lukt(identificeer(EEN))
    fout = {"datum_uitschrijving_werkelijk": "2025-12-31"}
    register.stel_in(
        register.Instelling("G05", Fase.WEIGEREN, VANDAAG, "code van DUO", "beheer", duo_code="DUO-1")
    )
    (antwoord,) = stuur(schrijf_in(EEN, **fout))
    assert [(b.regel, b.ernst, b.duo_code) for b in antwoord.bevindingen] == [("G05", "fout", "DUO-1")]
    register.stel_in(register.Instelling("G05", Fase.SIGNAAL, VANDAAG, "nog niet", "beheer"))
    (antwoord,) = lukt(schrijf_in(EEN, **fout))
    assert "G05" in {een.regel for een in antwoord.signalen_geopend}


def test_a_training_company_without_recognition_is_refused_for_who_is_funded_only(student):
    onbekend = {"leerbedrijf_id": "100099999"}
    assert geweigerd(plaats_bpv(student, "2", **onbekend)) == ["M09"]
    lukt(
        identificeer(student, NBI),
        schrijf_in(student, "1", NBI),
        plaats_bpv(student, "2", van=NBI, **onbekend),
    )


def test_refused_meldingen_are_kept_with_their_reasons(student):
    (antwoord,) = stuur(schrijf_in(student, "2", perioden=[]))
    ((aanvaard, inhoud),) = vraag(
        "SELECT aanvaard, antwoord::text FROM register_melding WHERE uuid = %s", antwoord.id
    )
    assert not aanvaard
    assert "G08" in str(inhoud)
    assert student.burgerservicenummer not in str(inhoud)
