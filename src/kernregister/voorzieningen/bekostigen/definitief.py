"""Beginning the definitive status: only once every institution with something to account for has its report approved.

Everything that is missing is said at once. On what a run rests is fixed when it begins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db import IntegrityError, transaction

from kernregister import __version__
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import OnbekendJaar, parameters
from kernregister.platform import audit, klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.pas import Soort
from kernregister.platform.sql import STELSEL, cursor
from kernregister.voorzieningen.bekostigen.assurance_fouten import Verantwoordingsfout, weiger_als
from kernregister.voorzieningen.bekostigen.assurance_models import (
    Assurancestap,
    Definitiefgrondslag,
    Definitiefvoortgang,
    Definitieverun,
    Toestand,
)
from kernregister.voorzieningen.bekostigen.assurance_overzicht import (
    ONTBREEKT,
    Instellingsstand,
    Rapportbeeld,
    stand_van_zaken,
)
from kernregister.voorzieningen.bekostigen.definitief_lezen import is_bezig, laatste
from kernregister.voorzieningen.bekostigen.fouten import Onvindbaar
from kernregister.voorzieningen.bekostigen.mutatiestop import Bevoegde, keur_wie
from kernregister.voorzieningen.bekostigen.tasks import stel_vast
from kernregister.voorzieningen.stamgegevens import public as stamgegevens


def begin(jaar: Bekostigingsjaar, reden: str, wie: Bevoegde) -> int:
    """Begin a run and have the worker do it; return its number.

    Raises:
        Verantwoordingsfout: something is missing, with all that is: per institution what its report lacks.
    """
    stand = stand_van_zaken(jaar.studiejaar, STELSEL)
    weiger_als(_bezwaren(jaar, stand, reden, wie))
    rapporten = _goedgekeurd(stand)
    try:
        with transaction.atomic(using=STELSEL):
            _houd_vast(rapporten)
            run = Definitieverun.objects.using(STELSEL).create(
                jaar=jaar.jaar,
                parameters=parameters(jaar).kenmerk,
                gegevens_versie=stamgegevens.versie(),
                programma=__version__,
                reden=reden.strip(),
                client=wie.client,
                door=wie.door,
                gestart_op=klok.nu(),
            )
            for een in rapporten:
                Definitiefgrondslag.objects.using(STELSEL).create(
                    run=run,
                    instelling=een.instelling,
                    rapport=een.id,
                    aanvraag=een.aanvraag,
                    stand=een.obo_stand,
                )
                Definitiefvoortgang.objects.using(STELSEL).create(run=run, instelling=een.instelling)
            audit.leg_vast(
                "definitief.begin",
                "bekostigingsjaar",
                jaar,
                door=wie.client,
                details={"run": run.id, "reden": reden, "wie": wie.door, "instellingen": len(rapporten)},
            )
            stel_vast.configure(lock=f"definitief:{run.id}").defer(run=run.id)
    except IntegrityError:  # somebody was first, between looking and recording
        raise Verantwoordingsfout(_LOOPT.format(jaar=jaar)) from None
    return run.id


def _goedgekeurd(stand: Collection[Instellingsstand]) -> list[Rapportbeeld]:
    """Return the approved reports: also of who has nothing left to account for."""
    return [een.rapport for een in stand if een.toestand == Toestand.GOEDGEKEURD and een.rapport is not None]


def _houd_vast(rapporten: Collection[Rapportbeeld]) -> None:
    """Wait for who changes which reports hold, and have them wait until the run is on record.

    Raises:
        Verantwoordingsfout: meanwhile another report came to hold.
    """
    for een in sorted(rapporten, key=lambda rapport: rapport.instelling):
        with cursor() as sql:
            sql.execute(HOUD_BEURT, [een.instelling, een.studiejaar])
    stappen = Assurancestap.objects.using(STELSEL).filter(rapport__in=[een.id for een in rapporten])
    weiger_als(
        [
            f"{stap.instelling}: over het rapport is intussen anders beslist. Begin opnieuw."
            for stap in stappen.filter(toestand=Toestand.VERVANGEN).order_by("instelling")
        ]
    )


HOUD_BEURT = "SELECT pg_advisory_xact_lock(1802633473, hashtext(%s || ' ' || %s))"
"""The same lock as that of the function ``bekostigen_beurt``, which asks for a pass."""

_LOOPT = "Voor {jaar} wordt de definitieve status al bepaald. Wacht tot dat klaar is."


def _bezwaren(
    jaar: Bekostigingsjaar, stand: Collection[Instellingsstand], reden: str, wie: Bevoegde
) -> Iterator[str]:
    if wie.pas.soort is not Soort.DUO:
        yield "De definitieve status wordt bepaald door DUO."
    yield from keur_wie(wie.door)
    if not reden.strip():
        yield "Geef een reden."
    if maskeer(reden) != reden:
        yield "Laat het persoonsnummer uit de reden weg."
    if klok.vandaag() <= jaar.teldata[1]:
        yield f"De tweede teldatum, {jaar.teldata[1]:%d-%m-%Y}, is nog niet voorbij."
    try:
        parameters(jaar)
    except OnbekendJaar as fout:
        yield str(fout)
    if is_bezig(jaar):
        yield _LOOPT.format(jaar=jaar)
    verplicht = [een for een in stand if een.verplicht]
    if not verplicht:
        yield f"Voor {jaar} is bij geen enkele bekostigde instelling iets geregistreerd."
    missend = [reden for een in verplicht for reden in _mist(een, jaar)]
    yield from missend
    if verplicht and not missend and _is_gelijk(jaar, stand):
        yield f"De definitieve status van {jaar} berust al op deze rapporten; er is niets veranderd."


def _mist(een: Instellingsstand, jaar: Bekostigingsjaar) -> Iterator[str]:
    if een.toestand == ONTBREEKT:
        yield f"{een.instelling}: er is geen assurancerapport over {jaar.studiejaar} aangeleverd."
    elif een.toestand == Toestand.AFGEKEURD and een.rapport is not None:
        stap = een.rapport.stappen[-1]
        dag = stap.op.astimezone(klok.NEDERLAND).date()
        yield f"{een.instelling}: het rapport is op {dag:%d-%m-%Y} afgekeurd ({stap.reden}). Er is geen nieuw rapport."
    elif een.toestand != Toestand.GOEDGEKEURD:
        yield f"{een.instelling}: over het aangeleverde rapport is nog niet beslist."


def _is_gelijk(jaar: Bekostigingsjaar, stand: Collection[Instellingsstand]) -> bool:
    vorige = laatste(jaar)
    if vorige is None:
        return False
    toen = set(
        Definitiefgrondslag.objects.using(STELSEL).filter(run=vorige).values_list("instelling", "rapport")
    )
    return toen == {(een.instelling, een.id) for een in _goedgekeurd(stand)} and (
        vorige.parameters,
        vorige.gegevens_versie,
        vorige.programma,
    ) == (parameters(jaar).kenmerk, stamgegevens.versie(), __version__)


def breek_af(nummer: int, reden: str, wie: Bevoegde) -> None:
    """Give up a run that does not come to an end, so that TBG-i's can be asked for and another can begin.

    Raises:
        Onvindbaar: there is no such run.
        Verantwoordingsfout: it is done already, or given up; or there is no reason.
    """
    weiger_als(
        [
            *(["De definitieve status wordt bepaald door DUO."] if wie.pas.soort is not Soort.DUO else []),
            *keur_wie(wie.door),
            *(
                ["Geef een reden, zonder persoonsnummer."]
                if not reden.strip() or maskeer(reden) != reden
                else []
            ),
        ]
    )
    with transaction.atomic(using=STELSEL):
        runs = Definitieverun.objects.using(STELSEL).filter(id=nummer)
        if not runs.exists():
            raise Onvindbaar(f"Bepaling {nummer} is er niet.")
        open_ = runs.filter(klaar_op=None, mislukt_op=None)
        if not open_.update(mislukt_op=klok.nu(), uitleg=f"Afgebroken: {reden.strip()}"):
            raise Verantwoordingsfout(f"Bepaling {nummer} is al klaar of afgebroken.")
        audit.leg_vast(
            "definitief.breek_af",
            "bepaling",
            nummer,
            door=wie.client,
            details={"reden": reden, "wie": wie.door},
        )
