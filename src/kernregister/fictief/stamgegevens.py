"""The reference data of the fictitious sector."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kernregister.fictief.instellingen import VERLOPEN, School
from kernregister.fictief.kalender import Kalender
from kernregister.fictief.opleidingen import CROSS_OVERS, UNIEK, WETTELIJKE_TERMIJN, register
from kernregister.kern.gegevens import Aanbieder, Aanspraak, Bron, Gegevens
from kernregister.kern.tijd import Periode


def gegevens_van(scholen: Sequence[School], kalender: Kalender) -> Gegevens:
    """Return all reference data, with every source available but the recognitions of SBB: there are none of those."""
    aanbieders: dict[str, Aanbieder] = {}
    locaties: dict[str, tuple[Periode, ...]] = {}
    toestemmingen: dict[Aanspraak, tuple[Periode, ...]] = {}
    licenties: dict[Aanspraak, tuple[Periode, ...]] = {}
    for school in scholen:
        rio = school.rio_periode()
        for vestiging, geldig, gekoppeld in (
            *((v, rio, rio) for v in school.vestigingen),
            (school.oud, Periode(rio.begin, kalender.verhuisdag), Periode(rio.begin, kalender.verhuisdag)),
            (school.verlopen, Periode(rio.begin, VERLOPEN), rio),
            (school.overgedragen, rio, Periode(rio.begin, VERLOPEN)),
        ):
            aanbieders[vestiging.aanbieder] = Aanbieder((geldig,), ((school.code, gekoppeld),))
            locaties[vestiging.locatie] = (geldig,)
        if school.mag_cross_over:
            toestemmingen[school.code, CROSS_OVERS[0]] = (Periode(date(2018, 8, 1)),)
        toestemmingen[school.code, CROSS_OVERS[1]] = (Periode(date(2018, 8, 1), kalender.verhuisdag),)
        if school.instelling.unieke_vakinstelling:
            licenties[school.code, UNIEK[0]] = (Periode(date(2018, 8, 1)),)
        for kwalificatie in school.odt:
            licenties[school.code, kwalificatie.code] = (Periode(date(2019, 1, 1)),)
    return Gegevens(
        beschikbaar=frozenset(Bron) - {Bron.ERKENNINGEN},
        instellingen={school.code: school.instelling for school in scholen},
        aanbieders=aanbieders,
        locaties=locaties,
        opleidingen=register(kalender.peildatum),
        toestemmingen=toestemmingen,
        licenties=licenties,
        wettelijke_termijn_maanden=WETTELIJKE_TERMIJN,
    )
