"""A fictitious institution to report on: students with everyday data, some of them with something wrong."""

import random
from collections import Counter
from datetime import date, timedelta

from kernregister.controle.uitslag import Bestand, Uitslag, kernen
from kernregister.kern.dossier import Bpv, Diploma, Dossier, Inschrijving, Inschrijvingsperiode, Persoon
from kernregister.kern.formaten.verslag import Opmerking, Plaats
from kernregister.kern.gegevens import Bron, Gegevens, Instelling, Opleiding, Soort
from kernregister.kern.overzichten.dashboard import Dashboard
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor
from kernregister.kern.tijd import Studiejaar

CODE = "99ZZ"
PEILDATUM = date(2026, 3, 24)
OPLEIDINGEN = {"25655": "Verzorgende IG", "25180": "Kok", "25604": "Software developer", "25777": "Timmerman"}
NAMEN = (
    "De Vries",
    "Jansen",
    "Van den Berg",
    "Yılmaz",
    "El Amrani",
    "Bakker",
    "Visser",
    "Smit",
    "Mulder",
    "Bos",
)
OPMERKINGEN = [
    Opmerking("soort_aangenomen", "Of de instelling bekostigd is, staat niet in de stamgegevens.", aantal=1),
    Opmerking(
        "vorm",
        "Dit veld heeft niet de vorm die het moet hebben.",
        fout=True,
        bestand="RO_99ZZ.csv",
        recordsoort="ISP",
        veld="leertraject",
        verwacht="BOL, BBL, EX, OVO of ODT",
        aantal=3,
        plaatsen=[Plaats(12, "BLO"), Plaats(31, "bol")],
    ),
]


def dossiers(aantal: int, zaad: int = 1, foutkans: float = 0.08) -> list[Dossier]:
    """Students of an institution; each fault has the same chance."""
    toeval = random.Random(zaad)
    return [_student(nummer, toeval, foutkans) for nummer in range(aantal)]


def uitslag(
    studenten: list[Dossier],
    peildatum: date = PEILDATUM,
    opmerkingen: list[Opmerking] = OPMERKINGEN,
    soort: Soort = Soort.BI,
    beschikbaar: frozenset[Bron] = frozenset({Bron.OPLEIDINGEN}),
) -> Uitslag:
    """What a check of these students gives."""
    gegevens = Gegevens(
        beschikbaar=beschikbaar,
        instellingen={CODE: Instelling(CODE, "ROC Rijnmeer", soort)},
        opleidingen={code: Opleiding(code, naam, niveau="MBO-4") for code, naam in OPLEIDINGEN.items()},
    )
    motor = Motor(catalogus().values(), peildatum, gegevens)
    dashboard = Dashboard(Studiejaar.van(peildatum), peildatum, frozenset({CODE}))
    uit = Uitslag(
        [Bestand("RO_99ZZ.csv", "RO", CODE, date(2025, 8, 1), date(2026, 7, 31), peildatum)],
        peildatum,
        {CODE: soort},
        Counter(
            PER=len(studenten),
            ISG=sum(len(s.inschrijvingen) for s in studenten),
            BPV=sum(1 for s in studenten if s),
        ),
        opmerkingen,
        [],
        motor.niet_beoordeeld,
        dashboard,
        gegevens,
    )
    for student in studenten:
        dashboard.tel(student)
        if gevonden := motor.controleer(student):
            uit.uitkomsten += gevonden
            uit.inschrijvingen.update(kernen(student, gevonden, peildatum))
            uit.namen[student.persoon.pgn] = student.persoon.achternaam or ""
    uit.uitkomsten.sort(key=lambda u: (u.regel, u.sleutel.pgn, u.van))
    return uit


def _student(nummer: int, toeval: random.Random, foutkans: float) -> Dossier:
    def soms() -> bool:
        return toeval.random() < foutkans

    leertraject = toeval.choices(("BOL", "BBL", "EX", "ODT"), (70, 24, 4, 2) if foutkans else (70, 30, 0, 0))[
        0
    ]
    begin = date(toeval.choice((2023, 2024, 2025)), toeval.choices((8, 9, 2), (80, 10, 10))[0], 1)
    duur = toeval.choice((1, 2, 3, 3, 4))
    gepland = date(begin.year + duur, 7, 31)
    if soms():
        gepland = PEILDATUM - timedelta(days=int(toeval.expovariate(1 / 200)) + 60)
    werkelijk = gepland if gepland < PEILDATUM and not soms() else None
    leeftijd = 16 + int(toeval.expovariate(1 / (3 if leertraject == "BOL" else 9)))
    geboren = date(begin.year - min(leeftijd, 64), toeval.randint(1, 12), toeval.randint(1, 28))
    opleiding = toeval.choice(list(OPLEIDINGEN))
    periode = Inschrijvingsperiode(
        begin, opleiding, leertraject, "MBO-4", toeval.random() < 0.95, None, "100A501", "101X591"
    )
    bpv = Bpv(
        "1",
        begin,
        begin + timedelta(days=60),
        begin + timedelta(days=300),
        None if werkelijk is None or soms() else min(begin + timedelta(days=300), werkelijk),
        0 if soms() else 640,
        "100012345",
        opleiding,
    )
    inschrijving = Inschrijving(
        CODE,
        "1",
        begin,
        gepland,
        werkelijk,
        "08" if werkelijk and not soms() else None,
        (periode,),
        (),
        (bpv,),
    )
    inschrijvingen = [inschrijving]
    if soms() and leertraject == "BOL":
        inschrijvingen.append(
            Inschrijving(CODE, "2", date(2025, 8, 1), date(2028, 7, 31), None, None, (periode,), ())
        )
    diplomas = []
    if werkelijk:
        datum = werkelijk - timedelta(days=3) if soms() else werkelijk
        diplomas.append(Diploma(CODE, "1", opleiding, datum, True, "1", "100A501"))
    persoon = Persoon(_bsn(nummer), None, geboren.isoformat(), "V", NAMEN[nummer % len(NAMEN)])  # type: ignore[arg-type]
    return Dossier(persoon, tuple(inschrijvingen), tuple(diplomas))


def _bsn(nummer: int) -> str:
    """A number that passes the check, out of the range that is not handed out."""
    for laatste in range(10):
        for midden in range(10):
            kandidaat = f"9{nummer:06}{midden}{laatste}"
            som = sum(int(c) * g for c, g in zip(kandidaat, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
            if som % 11 == 0:
                return kandidaat
    raise AssertionError(nummer)
