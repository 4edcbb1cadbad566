"""The published TBG-i of DUO: the same dossiers give the same outcome."""

from decimal import Decimal
from pathlib import Path

import pytest

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.formaten import tbgi
from kernregister.kern.formaten.tbgi_lezen import lees
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.gegevens import Opleiding
from tests.kern import voorbeelden
from tests.kern.bekostiging.opzet import beslis, gegevens, inschrijving, student


@pytest.fixture(scope="module")
def levering(gedeelde_data: Path) -> list[tbgi.Onderdeel]:
    pad = gedeelde_data / "duo-demo" / "TBGI_25LX_2027_20251124.XML"
    return list(lees(pad, Verslag(pad.name)))


JAAR = Bekostigingsjaar(2027)


def test_the_enrolment_counts_for_what_duo_says(levering):
    (van_duo,) = [deel for deel in levering if isinstance(deel, tbgi.Inschrijving)]
    (teldatum,) = van_duo.teldata
    eigen = student(
        inschrijving(
            teldatum.opleidingcode,
            teldatum.leertraject,
            begin=van_duo.datum_inschrijving.isoformat(),
            instelling=van_duo.instellingscode,
            inschrijvingvolgnummer=van_duo.inschrijvingvolgnummer,
            niveau=teldatum.niveau,
            bekostigbaar=teldatum.indicatie_bekostigbaar,
        ),
        geboortedatum=f"{JAAR.studiejaar.start - teldatum.leeftijd}-05-14",
    )
    stam = gegevens(
        opleidingen={teldatum.opleidingcode: Opleiding(teldatum.opleidingcode, prijsfactor=Decimal(1))}
    )
    besluit = beslis(eigen, stam, JAAR).op()
    assert (besluit.teldatum, besluit.leeftijd) == (teldatum.teldatum, teldatum.leeftijd)
    assert (besluit.status, besluit.voor_correctiefactor) == (
        teldatum.bekostigingsstatus,
        teldatum.voor_correctiefactor,
    )
    assert (besluit.bbl_bol_factor, besluit.prijsfactor) == (teldatum.bbl_bol_factor, teldatum.prijsfactor)
    assert besluit.bijdrage == teldatum.bijdrage == 1
    assert besluit.verblijfsjaarfactor is teldatum.verblijfsjaarfactor is None
    assert besluit.niveau == "MBO-1"


def test_the_diploma_counts_for_what_duo_says(levering):
    (van_duo,) = [deel for deel in levering if isinstance(deel, tbgi.Diploma)]
    opleiding = Opleiding(
        van_duo.opleidingcode, niveau=van_duo.niveau, soort_opleiding="middenkaderopleiding"
    )
    diploma = voorbeelden.diploma(
        van_duo.datum_behaald.isoformat(),
        instelling=van_duo.instellingscode,
        resultaatvolgnummer=van_duo.resultaatvolgnummer,
        opleidingcode=van_duo.opleidingcode,
        inschrijvingvolgnummer=van_duo.inschrijvingvolgnummer,
        bekostigbaar=True,
    )
    eigen = inschrijving(
        van_duo.opleidingcode,
        begin="2022-08-01",
        eind=van_duo.datum_behaald.isoformat(),
        instelling=van_duo.instellingscode,
        inschrijvingvolgnummer=van_duo.inschrijvingvolgnummer,
    )
    besluit = beslis(
        student(eigen, diplomas=(diploma,)), gegevens(opleidingen={opleiding.code: opleiding}), JAAR
    ).diploma()
    assert (
        (besluit.status, besluit.bijdrage)
        == (van_duo.bekostigingsstatus, van_duo.bijdrage_diplomawaarde)
        == (True, 5)
    )
    assert (besluit.niveau, besluit.specialist) == (van_duo.niveau, van_duo.specialistendiploma)
    assert besluit.niveau_hoogst_bekostigde_diploma is van_duo.niveau_hoogst_bekostigde_diploma is None
    assert besluit.hoogst_is_specialist is van_duo.hoogst_bekostigde_diploma_is_specialist is None
