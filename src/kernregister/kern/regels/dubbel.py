"""Group E: signals on what a student does elsewhere at the same time (Handleiding Register Onderwijsdeelnemers mbo
25.0, h. 06).

The register of one institution does not hold what these compare with. What a finding tells of another institution is
its code, and no more; of who has a secret address not even that.
"""

from collections.abc import Iterator
from datetime import date

from kernregister.kern.dossier import Deelname, Dossier
from kernregister.kern.feiten import Feiten, InschrijvingFeiten, PeriodeFeiten
from kernregister.kern.gegevens import Bron, Soort
from kernregister.kern.regels.paspoort import ALLEEN_BI, Bevinding, Groep, Telling, Vondsten, bevinding, regel
from kernregister.kern.sleutels import GEHEIM
from kernregister.kern.tijd import OPEN, dagen_na, volgende_maand

BRON = "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06, groep E"

VOLTIJD_OF_WERKEND = ("BOL", "BBL")

_FASE_BESLUIT = (
    "Beoordeeld op elke eerste van de maand waarop beide inschrijvingen gelden; het signaal blijft tot de eerste van "
    "de maand na de laatste daarvan. Exameninschrijvingen tellen niet mee.",
    "Judged on every first of the month on which both enrolments hold; the signal stays until the first of the month "
    "after the last of those. Enrolments for exams only do not count.",
)
_DUBBEL_BESLUIT = (
    "Per teldatum van het studiejaar een signaal, vanaf de teldatum tot het einde van het studiejaar. In het mbo "
    "tellen alleen BOL en BBL, en geen perioden met een leerroute.",
    "One signal for each counting date of the studiejaar, from that date to the end of the studiejaar. In mbo only BOL "
    "and BBL count, and no periods with a leerroute.",
)
_BEKOSTIGD_BESLUIT = (
    "Per teldatum van het studiejaar een signaal, vanaf de teldatum tot het einde van het studiejaar. Het gaat om de "
    "perioden bij bekostigde instellingen die dan gelden, bekostigbaar zijn en leertraject BOL of BBL hebben.",
    "One signal for each counting date of the studiejaar, from that date to the end of the studiejaar. It is about "
    "periods at funded institutions that hold on it, are fundable and have leertraject BOL or BBL.",
)


@regel(
    "E01",
    over=Dossier,
    vergelijkt=True,
    groep=Groep.DUBBEL,
    bron=BRON,
    titel=(
        "Leerroutefase mbo wijkt af van fase vo",
        "Leerroutefase in mbo differs from that in vo",
    ),
    tekst=(
        "De student staat tegelijk ingeschreven in het vo, en de fase van de leerroute verschilt of is daar leeg.",
        "The student is enrolled in vo at the same time, with another phase of the leerroute or none.",
    ),
    advies=(
        "Controleer de leerroutefase en stem die zo nodig af met de vo-school.",
        "Check the leerroutefase and, where needed, settle it with the vo school.",
    ),
    vereist={Bron.VO},
    draagt={"Inschrijvingsperiode.leertraject", "Inschrijvingsperiode.leerroutefase"},
    besluit=_FASE_BESLUIT,
)
def fase_wijkt_af_van_vo(dossier: Dossier, feiten: Feiten) -> Vondsten:
    if not dossier.deelnames:
        return
    yield from _afwijkende_fase(feiten, "VO")


@regel(
    "E02",
    over=Dossier,
    vergelijkt=True,
    groep=Groep.DUBBEL,
    bron=BRON,
    titel=(
        "Leerroutefase mbo wijkt af van fase vso",
        "Leerroutefase in mbo differs from that in vso",
    ),
    tekst=(
        "De student staat tegelijk ingeschreven in het vso, en de fase van de leerroute verschilt of is daar leeg.",
        "The student is enrolled in vso at the same time, with another phase of the leerroute or none.",
    ),
    advies=(
        "Controleer de leerroutefase en stem die zo nodig af met de vso-school.",
        "Check the leerroutefase and, where needed, settle it with the vso school.",
    ),
    vereist={Bron.VSO},
    draagt={"Inschrijvingsperiode.leertraject", "Inschrijvingsperiode.leerroutefase"},
    besluit=_FASE_BESLUIT,
)
def fase_wijkt_af_van_vso(dossier: Dossier, feiten: Feiten) -> Vondsten:
    if not dossier.deelnames:
        return
    yield from _afwijkende_fase(feiten, "VSO")


def _afwijkende_fase(feiten: Feiten, sector: str) -> Vondsten:
    for inschrijving in feiten.inschrijvingen:
        for periode in inschrijving.perioden:
            fase = periode.periode.leerroutefase
            if fase and periode.periode.leertraject != "EX":
                for deelname in feiten.dossier.deelnames:
                    if deelname.sector == sector and deelname.leerroutefase != fase:
                        yield periode, _op_eersten_van_de_maand(feiten.dossier, periode, deelname)


def _op_eersten_van_de_maand(
    dossier: Dossier, periode: PeriodeFeiten, deelname: Deelname
) -> Bevinding | None:
    begin, eind = max(periode.begin, deelname.datum_begin), min(periode.eind, _einde(deelname))
    eerste = begin if begin.day == 1 else volgende_maand(begin)
    if eerste >= eind:
        return None
    return bevinding(
        van=eerste,
        tot=volgende_maand(dagen_na(eind, -1)) if eind < OPEN else OPEN,
        leerroutefase=periode.periode.leerroutefase,
        andere_leerroutefase=deelname.leerroutefase,
        andere_instelling=_genoemd(dossier, deelname.instelling),
    )


def _genoemd(dossier: Dossier, code: str) -> str:
    """Return how a finding names another institution: not, of who has a secret address (h. 07)."""
    return GEHEIM if dossier.persoon.geheim else code


def _einde(deelname: Deelname) -> date:
    """Return the first day after a participation."""
    return OPEN if deelname.datum_eind is None else dagen_na(deelname.datum_eind, 1)


@regel(
    "E03",
    over=Dossier,
    vergelijkt=True,
    groep=Groep.DUBBEL,
    telt=Telling.PERSOON,
    bron=BRON,
    titel=(
        "Dubbele inschrijvingen mbo-vo",
        "Enrolled in mbo and in vo",
    ),
    tekst=(
        "Op de teldatum 1 oktober staat de student zowel in het mbo als in het vo ingeschreven.",
        "On the counting date of 1 October the student is enrolled in mbo as well as in vo.",
    ),
    advies=(
        "Ga na waar de student onderwijs volgt en overleg zo nodig met de vo-school over de uitschrijving.",
        "Find out where the student is taught and, where needed, discuss the end of enrolment with the vo school.",
    ),
    vereist={Bron.VO},
    draagt={"Inschrijvingsperiode.leertraject", "Inschrijvingsperiode.leerroute"},
    besluit=(
        _DUBBEL_BESLUIT[0]
        + " Ook een vo-inschrijving met een leerroute telt niet. Wie op die dag vavo volgt (vo-vakken afrondt naast "
        "het mbo) blijft buiten beschouwing.",
        _DUBBEL_BESLUIT[1]
        + " A vo enrolment with a leerroute does not count either. Who follows vavo on that day "
        "(finishing vo subjects beside mbo) is left out.",
    ),
)
def dubbel_met_vo(dossier: Dossier, feiten: Feiten) -> Vondsten:
    if not dossier.deelnames:
        return
    teldatum = feiten.teldata[0]
    if not any(d.sector == "VAVO" for d in _deelnames_op(dossier, teldatum)):
        yield from _dubbel(feiten, "VO", teldatum, ook_met_leerroute=False)


@regel(
    "E04",
    over=Dossier,
    vergelijkt=True,
    groep=Groep.DUBBEL,
    telt=Telling.PERSOON,
    bron=BRON,
    titel=(
        "Dubbele inschrijvingen mbo-vso",
        "Enrolled in mbo and in vso",
    ),
    tekst=(
        "Op een teldatum staat de student zowel in het mbo als in het vso ingeschreven.",
        "On a counting date the student is enrolled in mbo as well as in vso.",
    ),
    advies=(
        "Ga na waar de student onderwijs volgt en overleg zo nodig met de vso-school over de uitschrijving.",
        "Find out where the student is taught and, where needed, discuss the end of enrolment with the vso school.",
    ),
    vereist={Bron.VSO},
    draagt={"Inschrijvingsperiode.leertraject", "Inschrijvingsperiode.leerroute"},
    besluit=_DUBBEL_BESLUIT,
)
def dubbel_met_vso(dossier: Dossier, feiten: Feiten) -> Vondsten:
    if not dossier.deelnames:
        return
    for teldatum in feiten.teldata:
        yield from _dubbel(feiten, "VSO", teldatum)


def _deelnames_op(dossier: Dossier, dag: date) -> Iterator[Deelname]:
    return (d for d in dossier.deelnames if d.datum_begin <= dag < _einde(d))


def _dubbel(feiten: Feiten, sector: str, teldatum: date, ook_met_leerroute: bool = True) -> Vondsten:
    """Put each participation in another sector on each enrolment in mbo that it collides with.

    The manual leaves out *enrolments* with a leerroute beside vo (E03), and *mbo enrolments* with one beside vso.
    """
    elders = [
        _genoemd(feiten.dossier, d.instelling)
        for d in _deelnames_op(feiten.dossier, teldatum)
        if d.sector == sector and (ook_met_leerroute or not d.leerroute)
    ]
    for node in feiten.inschrijvingen if elders else ():
        periode = _geldend(node, teldatum)
        if periode and periode.periode.leertraject in VOLTIJD_OF_WERKEND and not periode.periode.leerroute:
            for instelling in dict.fromkeys(elders):
                yield node, _op_teldatum(feiten, teldatum, andere_instelling=instelling)


def _geldend(node: InschrijvingFeiten, dag: date) -> PeriodeFeiten | None:
    return node.periode_op(dag) if node.begin <= dag < node.eind else None


def _op_teldatum(feiten: Feiten, teldatum: date, **waarden: str) -> Bevinding | None:
    return bevinding(van=teldatum, tot=feiten.venster.eind, teldatum=teldatum, **waarden)


@regel(
    "E05",
    over=Dossier,
    vergelijkt=True,
    groep=Groep.DUBBEL,
    telt=Telling.PERSOON,
    bron=BRON,
    titel=(
        "Dubbele bekostigbare inschrijvingen mbo-mbo (binnen instellingscode)",
        "Several fundable enrolments in mbo (within the institution)",
    ),
    tekst=(
        "Op de teldatum heeft de student bij deze instelling meer dan een bekostigbare inschrijving.",
        "On the counting date the student has more than one fundable enrolment at this institution.",
    ),
    advies=(
        "Bepaal welke inschrijving voor bekostiging meetelt en zet de indicatie bekostigbaar van de andere op nee.",
        "Decide which enrolment counts for the funding and set the fundable indication of the other to no.",
    ),
    vanaf=ALLEEN_BI,
    draagt={"Inschrijvingsperiode.leertraject", "Inschrijvingsperiode.bekostigbaar"},
    besluit=(
        _BEKOSTIGD_BESLUIT[0] + " Het signaal staat op elke inschrijving na de eerste.",
        _BEKOSTIGD_BESLUIT[1] + " The signal stands on each enrolment after the first.",
    ),
)
def dubbel_bekostigbaar_binnen(dossier: Dossier, feiten: Feiten) -> Vondsten:
    if len(dossier.inschrijvingen) < 2:
        return
    for teldatum in feiten.teldata:
        eerste: dict[str, str] = {}
        for periode in _bekostigbaar_op(feiten, teldatum):
            record = periode.inschrijving.inschrijving
            if record.instelling in eerste:
                ander = eerste[record.instelling]
                yield periode, _op_teldatum(feiten, teldatum, andere_inschrijving=ander)
            else:
                eerste[record.instelling] = record.inschrijvingvolgnummer


@regel(
    "E06",
    over=Dossier,
    vergelijkt=True,
    groep=Groep.DUBBEL,
    telt=Telling.PERSOON,
    bron=BRON,
    titel=(
        "Dubbele bekostigbare inschrijvingen mbo-mbo (buiten instellingscode)",
        "Several fundable enrolments in mbo (at other institutions)",
    ),
    tekst=(
        "Op de teldatum heeft de student ook bij een andere instelling een bekostigbare inschrijving.",
        "On the counting date the student has a fundable enrolment at another institution too.",
    ),
    advies=(
        "Overleg met de student en de andere instelling waar de student studeert, en beëindig wat niet meer geldt.",
        "Settle with the student and the other institution where the student studies, and end what no longer holds.",
    ),
    vanaf=ALLEEN_BI,
    vereist={Bron.ANDERE_INSTELLINGEN},
    draagt={"Inschrijvingsperiode.leertraject", "Inschrijvingsperiode.bekostigbaar"},
    besluit=(
        _BEKOSTIGD_BESLUIT[0]
        + " Het signaal staat bij elke betrokken instelling en noemt van de andere alleen de code, of 99AA als de "
        "student een geheim adres heeft.",
        _BEKOSTIGD_BESLUIT[1]
        + " The signal stands at each institution concerned and names of the other only its code, or 99AA if the "
        "student has a secret address.",
    ),
)
def dubbel_bekostigbaar_buiten(dossier: Dossier, feiten: Feiten) -> Vondsten:
    if len(dossier.inschrijvingen) < 2:
        return
    for teldatum in feiten.teldata:
        perioden = _bekostigbaar_op(feiten, teldatum)
        codes = dict.fromkeys(periode.inschrijving.inschrijving.instelling for periode in perioden)
        for periode in perioden if len(codes) > 1 else ():
            anderen = [code for code in codes if code != periode.inschrijving.inschrijving.instelling]
            for code in dict.fromkeys(_genoemd(dossier, code) for code in anderen):
                yield periode, _op_teldatum(feiten, teldatum, andere_instelling=code)


def _bekostigbaar_op(feiten: Feiten, dag: date) -> list[PeriodeFeiten]:
    """Return the periods that count twice when there are more: valid on the day, fundable, BOL or BBL, at a BI."""
    uit: list[PeriodeFeiten] = []
    for node in feiten.inschrijvingen:
        periode = _geldend(node, dag) if node.soort is Soort.BI else None
        if periode and periode.periode.bekostigbaar and periode.periode.leertraject in VOLTIJD_OF_WERKEND:
            uit.append(periode)
    return uit
