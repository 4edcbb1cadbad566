"""Faults of placements and results: groups C and D."""

from __future__ import annotations

from datetime import date

from msgspec import structs

from kernregister.fictief.instellingen import NIVEAUS
from kernregister.fictief.opleidingen import CROSS_OVERS, verzonnen
from kernregister.fictief.planting import Planting, fout
from kernregister.fictief.resultaten import diploma
from kernregister.fictief.traject import keuzedeelcode
from kernregister.kern.dossier import Bpv, GeneriekExamenonderdeel, Keuzedeel
from kernregister.kern.tijd import dagen_na, jaren_na


@fout("C01")
def einde_bpv_ver_vooruit(p: Planting) -> None:
    """The real end of the placement is 91 days ahead, or more."""
    eind = dagen_na(p.k.peildatum, 91 if p.nummer == 0 else p.t.getal(92, 300))
    p.volg(p.traject("BBL"))
    _wijzig_bpv(p, "C01", datum_einde_gepland=eind, datum_einde_werkelijk=eind)


@fout("C02")
def omvang_wijkt_af(p: Planting) -> None:
    """No size, none at all, or an hour too much."""
    p.volg(p.traject("BBL"))
    _wijzig_bpv(p, "C02", omvang=(None, 0, 5121)[p.nummer % 3])


@fout("C03")
def bpv_na_uitschrijving(p: Planting) -> None:
    """The student left; the placement was not ended, or a day later."""
    eind = dagen_na(p.k.peildatum, -p.t.getal(10, 40))
    p.volg(p.traject("BBL", eind=eind, reden="04"))
    _wijzig_bpv(p, "C03", datum_einde_werkelijk=dagen_na(eind, 1) if p.nummer % 2 else None)


@fout("C04")
def looptijd_te_lang(p: Planting) -> None:
    """Planned to last a day more than four years."""
    record = p.volg(p.traject("BBL"))
    gepland = dagen_na(jaren_na(record.bpvs[0].datum_begin, 4), 1)
    _wijzig_bpv(p, "C04", datum_einde_gepland=gepland, datum_einde_werkelijk=None)


def _wijzig_bpv(p: Planting, regel: str, **anders: object) -> None:
    record = p.loop.inschrijvingen[-1]
    plek: Bpv = structs.replace(record.bpvs[0], **anders)
    p.loop.inschrijvingen[-1] = structs.replace(record, bpvs=(plek, *record.bpvs[1:]))
    p.verwacht_bpv(regel, record, plek)


@fout("D01")
def diploma_van_andere_opleiding(p: Planting) -> None:
    """The diploma names a programme that the student was never enrolled in."""
    stap = p.traject(jaren=3, gepland=date(p.k.jaar, 7, 31), eind=p.examendag(), reden="08")
    p.volg(stap, met_diploma=True)
    p.verwacht_diploma("D01", p.wijzig_diploma(opleidingcode=p.ander(stap).code))


@fout("D02")
def diploma_op_andere_dag(p: Planting) -> None:
    """The enrolment did not end on the day of the diploma, but later or not at all."""
    _, behaald = p.geslaagd()
    record = p.loop.inschrijvingen[-1]
    if p.nummer % 2:
        anders = structs.replace(record, datum_uitschrijving_werkelijk=dagen_na(behaald.datum_resultaat, 1))
    else:
        anders = structs.replace(
            record,
            datum_uitschrijving_gepland=date(p.k.jaar + 1, 7, 31),
            datum_uitschrijving_werkelijk=None,
            reden_uitschrijving=None,
        )
    p.loop.inschrijvingen[-1] = anders
    p.verwacht_diploma("D02", behaald)


@fout("D03")
def twee_diplomas_bij_een_inschrijving(p: Planting) -> None:
    """Two diplomas on one enrolment, each for a programme that it was for; the signal is on the second."""
    stap = p.traject(jaren=3, gepland=date(p.k.jaar, 7, 31), eind=p.examendag(), reden="08")
    record = p.volg(stap, met_diploma=True)
    assert stap.eind
    stap.kwalificatie = p.ander(stap)
    tweede = diploma(p.t, stap, stap.eind, p.loop.nummer)
    p.loop.diplomas.append(tweede)
    periode = structs.replace(
        record.perioden[0], datum_begin=date(p.k.jaar - 1, 8, 1), opleidingcode=stap.kwalificatie.code
    )
    p.loop.inschrijvingen[-1] = structs.replace(record, perioden=(*record.perioden, periode))
    p.verwacht_diploma("D03", tweede)


@fout("D04")
def twee_diplomas_van_een_opleiding(p: Planting) -> None:
    """The same diploma again, on a second enrolment after the first; the signal is on the second."""
    eind = date(p.k.jaar, 2, 10)
    eerste = p.traject(jaren=3, gepland=date(p.k.jaar, 7, 31), eind=eind, reden="08")
    p.volg(eerste, met_diploma=True)
    _, tweede = p.geslaagd(begin=dagen_na(eind, 5), kwalificatie=eerste.kwalificatie, volgnummer=2)
    p.verwacht_diploma("D04", tweede)


@fout("D05")
def dubbel_examenonderdeel(p: Planting) -> None:
    """Dutch twice on one diploma; the signal is on the second."""
    _, behaald = p.geslaagd()
    delen = list(behaald.onderdelen)
    plaats = next(i for i, deel in enumerate(delen) if isinstance(deel, Keuzedeel))
    code = "3005" if any(deel.code == "3001" for deel in delen) else "3001"
    dubbel = GeneriekExamenonderdeel(p.loop.nummer(), code, eindcijfer=7)
    p.wijzig_diploma(onderdelen=(*delen[:plaats], dubbel, *delen[plaats:]))
    p.verwacht_onderdeel("D05", p.school.code, dubbel)


@fout("D06")
def crossover_diploma_zonder_toestemming(p: Planting) -> None:
    """The permission was there when the student began, and had run out on the day of the diploma."""
    _, behaald = p.geslaagd(kwalificatie=verzonnen()[CROSS_OVERS[1]])
    p.verwacht_diploma("D06", behaald)


@fout("D07")
def diploma_bij_odt(p: Planting) -> None:
    """A diploma on an enrolment in education that is not aimed at one."""
    _, behaald = p.geslaagd("ODT", jaren=1, kwalificatie=p.school.odt[p.nummer % len(p.school.odt)])
    p.verwacht_diploma("D07", behaald)


@fout("D08")
def resultaat_bij_aanbieder_van_een_ander(p: Planting) -> None:
    """A diploma or a loose result at an onderwijsaanbieder that belongs to this institution no longer."""
    _resultaat_met_aanbieder(p, "D08", p.school.overgedragen.aanbieder, los=p.nummer % 2 == 1)


@fout("D09")
def resultaat_zonder_geldige_aanbieder(p: Planting) -> None:
    """A diploma or a loose result with an onderwijsaanbieder that RIO no longer holds as valid."""
    _resultaat_met_aanbieder(p, "D09", p.school.verlopen.aanbieder, los=p.nummer % 4 > 1)


def _resultaat_met_aanbieder(p: Planting, regel: str, aanbieder: str, los: bool) -> None:
    if not los:
        p.geslaagd()
        p.verwacht_diploma(regel, p.wijzig_diploma(onderwijsaanbieder=aanbieder))
        return
    stap = p.traject(niveau=NIVEAUS[p.t.getal(1, 3)], eind=p.examendag(), reden="04")
    record = p.volg(stap)
    keuzedeel = Keuzedeel(
        p.loop.nummer(),
        keuzedeelcode(p.t),
        True,
        p.school.code,
        stap.eind,
        False,
        record.inschrijvingvolgnummer,
        aanbieder,
    )
    p.loop.los = (keuzedeel,)
    p.verwacht_onderdeel(regel, p.school.code, keuzedeel)
