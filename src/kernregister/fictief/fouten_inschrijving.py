"""Faults of persons and enrolments: groups A and B."""

from __future__ import annotations

from msgspec import structs

from kernregister.fictief.opleidingen import BEEINDIGD, CROSS_OVERS, UNIEK, einde_instroom, verzonnen
from kernregister.fictief.planting import Planting, fout
from kernregister.fictief.student import met_oude_periode
from kernregister.fictief.traject import bpv
from kernregister.kern.dossier import Inschrijving
from kernregister.kern.regels.rio import INGANG
from kernregister.kern.tijd import OnvolledigeDatum, dagen_na, jaren_na


@fout("A01", op_onderwijsnummer=True)
def aangeleverd_op_onderwijsnummer(p: Planting) -> None:
    """The numbers come with the case: the burgerservicenummer is known, the delivery is on the other."""
    p.verwacht_inschrijving("A01", p.volg(p.traject()))


@fout("A02")
def leeftijd_onwaarschijnlijk(p: Planting) -> None:
    """Just not 14 on the day of enrolment, or just 71."""
    te_jong = p.nummer % 2 == 0
    record = p.volg(p.traject("BOL" if te_jong else "BBL"))
    begin = record.datum_inschrijving
    geboren = dagen_na(jaren_na(begin, -14), 1) if te_jong else jaren_na(begin, -71)
    p.persoon["geboortedatum"] = OnvolledigeDatum(geboren.isoformat())
    p.verwacht_inschrijving("A02", record)


@fout("A03")
def ingeschreven_na_overlijden(p: Planting) -> None:
    """Died weeks ago; the enrolment goes on, or was ended a day too late."""
    overlijden = dagen_na(p.k.peildatum, -p.t.getal(5, 40))
    p.persoon["datum_overlijden"] = overlijden
    stap = p.traject()
    if p.nummer % 2:
        stap.eind, stap.reden = dagen_na(overlijden, 1), "01"
    p.verwacht_inschrijving("A03", p.volg(stap))


@fout("B01")
def identieke_inschrijving(p: Planting) -> None:
    """Enrolled twice for the same programme; the second is not funded, or it would be E05 as well."""
    eerste = p.traject()
    p.volg(eerste)
    tweede = p.traject(kwalificatie=eerste.kwalificatie, volgnummer=2, bekostigbaar=False)
    tweede.begin = dagen_na(tweede.begin, 30)
    p.verwacht_inschrijving("B01", p.volg(tweede))


@fout("B02")
def zonder_locatiecode(p: Planting) -> None:
    """Enrolled since before RIO, and the period of that time has no locatiecode."""
    ingang = INGANG[p.school.instelling.soort]
    record = p.volg(p.traject("OVO", begin=jaren_na(ingang, -1)))
    record = p.loop.inschrijvingen[-1] = met_oude_periode(record, ingang, None)
    p.verwacht_periode("B02", record, record.perioden[0])


@fout("B03")
def beeindigde_opleiding(p: Planting) -> None:
    """The programme ended two months ago, the enrolment did not."""
    instroom = einde_instroom(BEEINDIGD, p.k.peildatum)
    assert instroom
    stap = p.traject(kwalificatie=verzonnen()[BEEINDIGD], begin=dagen_na(instroom, -p.t.getal(10, 60)))
    p.verwacht_inschrijving("B03", p.volg(stap))


@fout("B04")
def geplande_uitschrijving_verstreken(p: Planting) -> None:
    """The planned end is 91 days ago, or more."""
    terug = 91 if p.nummer == 0 else p.t.getal(92, 290)
    stap = p.traject(jaren=2, gepland=dagen_na(p.k.peildatum, -terug))
    p.verwacht_inschrijving("B04", p.volg(stap))


@fout("B05", alleen_bi=True)
def bpv_tijdens_examen(p: Planting) -> None:
    """The placement runs on when the student is enrolled for examinations only."""
    stap = p.traject(jaren=2)
    overgang = dagen_na(p.k.peildatum, -50)
    plek = bpv(p.t, p.k, stap, 1, dagen_na(overgang, -60), dagen_na(overgang, 150), "BOL")
    record = p.volg(stap, bpvs=(plek,))
    examen = structs.replace(record.perioden[0], datum_begin=overgang, leertraject="EX", bekostigbaar=False)
    record = p.loop.inschrijvingen[-1] = structs.replace(record, perioden=(*record.perioden, examen))
    p.verwacht_bpv("B05", record, plek)


@fout("B06")
def uitschrijving_ver_vooruit(p: Planting) -> None:
    """The real end is 91 days ahead, or more."""
    eind = dagen_na(p.k.peildatum, 91 if p.nummer == 0 else p.t.getal(92, 400))
    p.verwacht_inschrijving("B06", p.volg(p.traject("OVO", gepland=eind, eind=eind, reden="08")))


@fout("B07")
def crossover_zonder_toestemming(p: Planting) -> None:
    """A cross-over that this institution may not give, or no longer."""
    code = CROSS_OVERS[1] if p.school.mag_cross_over else CROSS_OVERS[0]
    record = p.volg(p.traject(jaren=0, kwalificatie=verzonnen()[code]))
    p.verwacht_periode("B07", record, record.perioden[0])


@fout("B08")
def aanbieder_niet_geldig(p: Planting) -> None:
    """An onderwijsaanbieder that RIO holds as linked but no longer valid; without any, it would have been refused."""
    p.volg(p.traject())
    record = _wijzig_periode(p, onderwijsaanbieder=p.school.verlopen.aanbieder)
    p.verwacht_periode("B08", record, record.perioden[0])


@fout("B09")
def aanbieder_van_een_ander(p: Planting) -> None:
    """The onderwijsaanbieder belongs to this institution no longer."""
    p.volg(p.traject())
    record = _wijzig_periode(p, onderwijsaanbieder=p.school.overgedragen.aanbieder)
    p.verwacht_periode("B09", record, record.perioden[0])


@fout("B10")
def locatie_niet_geldig(p: Planting) -> None:
    """A location that is no longer valid; one that is missing or unknown would have been refused."""
    p.volg(p.traject())
    record = _wijzig_periode(p, onderwijslocatie=p.school.verlopen.locatie)
    p.verwacht_periode("B10", record, record.perioden[0])


@fout("B11")
def unieke_vakopleiding_zonder_licentie(p: Planting) -> None:
    """A unique trade programme at an ordinary institution, or one that nobody has a licence for."""
    code = UNIEK[1] if p.school.instelling.unieke_vakinstelling else UNIEK[0]
    record = p.volg(p.traject(kwalificatie=verzonnen()[code]))
    p.verwacht_periode("B11", record, record.perioden[0])


@fout("B12")
def odt_zonder_licentie(p: Planting) -> None:
    """Education not aimed at a diploma, for a qualification that the institution has no licence for."""
    met_licentie = {k.code for k in p.school.odt}
    zonder = [k for k in p.school.aanbod["MBO-3"] if k.code not in met_licentie]
    record = p.volg(p.traject("ODT", kwalificatie=p.t.kies(zonder)))
    p.verwacht_periode("B12", record, record.perioden[0])


def _wijzig_periode(p: Planting, **anders: str | None) -> Inschrijving:
    record = p.loop.inschrijvingen[-1]
    periode = structs.replace(record.perioden[-1], **anders)
    p.loop.inschrijvingen[-1] = structs.replace(record, perioden=(*record.perioden[:-1], periode))
    return p.loop.inschrijvingen[-1]
