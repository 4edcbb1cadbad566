"""The main job: deliveries in, checked dossiers, signals and counts out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from typing import TypeVar

from kernregister.controle.leveringen import Opdracht, eigen_instellingen, open_alle, peildatum_van, vul_aan
from kernregister.controle.samenvoegen import Verrijking
from kernregister.controle.stamgegevens import is_deelnames, lees_deelnames, lees_gegevens, lees_personen
from kernregister.controle.uitslag import Uitslag
from kernregister.controle.werk import Deel, Voortgang, Werk, draai
from kernregister.kern.formaten.verslag import Opmerking, Verslag
from kernregister.kern.regels.motor import Uitkomst

NUMMERPROEVEN = frozenset({"F01", "F02"})
"""The rules that a person's number fails when it is no number at all."""

WEINIG_PERSONEN = 2
"""Of fewer persons, wrong numbers say nothing about the file as a whole."""


def controleer(opdracht: Opdracht, voortgang: Voortgang | None = None) -> Uitslag:
    """Check deliveries and give back all that was found.

    Raises:
        OnbruikbaarBestand: a file of which nothing can be used.
    """
    verslag = Verslag()
    with ExitStack() as stapel:
        werk = voorbereid(opdracht, verslag, stapel, Werk)
        delen = draai(werk, opdracht.processen, voortgang)
    return _uitslag(werk, delen, verslag)


W = TypeVar("W", bound=Werk)


def voorbereid(opdracht: Opdracht, verslag: Verslag, stapel: ExitStack, soort: type[W]) -> W:
    """Return the work on deliveries, which stay open until the stack closes; ``soort`` is what is to be done.

    Raises:
        OnbruikbaarBestand: a file of which nothing can be used.
    """
    gegevens = lees_gegevens(opdracht.stamgegevens, opdracht.soort, verslag)
    personen, bronnen = lees_personen(opdracht.personen, verslag)
    deelnamepaden = [pad for pad in opdracht.ook if is_deelnames(pad)]
    deelnames, meer = lees_deelnames(deelnamepaden, verslag)
    leveringen = open_alle(
        [(pad, False) for pad in opdracht.bestanden]
        + [(pad, True) for pad in opdracht.ook if pad not in deelnamepaden],
        stapel,
    )
    leveringen.sort(key=lambda b: b.bestand.aanmaak or date.min, reverse=True)
    eigen = eigen_instellingen(opdracht, leveringen)
    gegevens = vul_aan(gegevens, opdracht, bronnen | meer, leveringen, eigen, verslag)
    return soort(
        leveringen, eigen, peildatum_van(opdracht, leveringen), gegevens, Verrijking(personen, deelnames)
    )


def _uitslag(werk: Werk, delen: list[Deel], verslag: Verslag) -> Uitslag:
    """Return what all parts found together, with the totals of each file checked."""
    dashboard = delen[0].dashboard
    for deel in delen[1:]:
        dashboard.neem_over(deel.dashboard)
    opmerkingen, tellingen = nagezien(werk, delen, verslag)
    uitkomsten = [u for deel in delen for u in deel.uitkomsten]
    uitkomsten = _herken_pseudoniemen(uitkomsten, dashboard.personen, opmerkingen)
    return Uitslag(
        [bron.bestand for bron in werk.leveringen],
        werk.peildatum,
        {code: werk.gegevens.soort_van(code) for code in sorted(werk.eigen)},
        tellingen,
        opmerkingen,
        sorted(uitkomsten, key=lambda u: (u.regel, u.sleutel.pgn, u.van)),
        werk.motor().niet_beoordeeld,
        dashboard,
        werk.gegevens,
        {nummer: naam for deel in delen for nummer, naam in deel.namen.items()},
        {sleutel: kern for deel in delen for sleutel, kern in deel.inschrijvingen.items()},
    )


def nagezien(werk: Werk, delen: Sequence[Deel], verslag: Verslag) -> tuple[list[Opmerking], Counter[str]]:
    """Return all there is to say of the files, with the totals of each checked, and the records that were read."""
    opmerkingen = list(verslag.opmerkingen)
    tellingen: Counter[str] = Counter()
    for plaats, bron in enumerate(werk.leveringen):
        levering = bron.levering
        levering.verslag = bron.verkend
        levering.tellingen = sum((deel.tellingen[plaats] for deel in delen), Counter())
        for deel in delen:
            levering.verslag.neem_over(deel.opmerkingen[plaats])
        levering.controleer_totalen()
        opmerkingen += levering.verslag.opmerkingen
        if not bron.bestand.ook:
            for soort in (*levering.indeling.records, *levering.tellingen):
                tellingen[soort] = tellingen[soort]  # the order of the layout, whatever came first
            tellingen.update(levering.tellingen)
    return opmerkingen, +tellingen


def _herken_pseudoniemen(
    uitkomsten: list[Uitkomst], personen: int, opmerkingen: list[Opmerking]
) -> list[Uitkomst]:
    """Say once that no number passes its check, instead of once a person: then the cause is the file, not them."""
    nummers = {u.sleutel.pgn for u in uitkomsten if u.regel in NUMMERPROEVEN}
    if len(nummers) < max(personen, WEINIG_PERSONEN):
        return uitkomsten
    opmerkingen.append(
        Opmerking(
            "nummers_niet_proef",
            f"Alle {personen} persoonsnummers zakken voor de nummerproef: is dit bestand gepseudonimiseerd? "
            "De overige controles zijn gewoon gedaan.",
            aantal=personen,
        )
    )
    return [u for u in uitkomsten if u.regel not in NUMMERPROEVEN]
