"""Putting the records of one person together: children under their enrolment, parts under their diploma.

RO and GRONDSLAG carry the same records in another form; what they become is made here, once.
"""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from typing import Any

from kernregister.kern import dossier as kern
from kernregister.kern.formaten import grondslag, ro
from kernregister.kern.formaten.velden import IS_JA
from kernregister.kern.formaten.verslag import Verslag

Wie = tuple[str | None, str | None]
"""Burgerservicenummer and onderwijsnummer of a record; one of the two is filled."""

_GEO, _KZD = (ro.Geo, grondslag.Geo), (ro.Kzd, grondslag.Kzd)
_TIENDEN = {tiende: Decimal(tiende).scaleb(-1) for tiende in range(1000)}


class Ouders:
    """The parents of one sort (enrolments, or diplomas) of a person, each with its children.

    A child goes to the last parent of its number that came before it, so that a number used twice loses nothing; a
    child that comes before its parent waits for it; one without any parent is reported and left out.

    Args:
        verslag: collects what there is to say.
        soort: recordsoort of the parents, for the messages.
        naam: what the parents are called, for the messages.
        lijsten: how many lists of children a parent has.
    """

    __slots__ = ("_laatste", "_lijsten", "_naam", "_rijen", "_soort", "_verslag", "_wachtend")

    def __init__(self, verslag: Verslag, soort: str, naam: str, lijsten: int) -> None:
        self._verslag = verslag
        self._soort = soort
        self._naam = naam
        self._lijsten = lijsten
        self._rijen: list[list[Any]] = []
        self._laatste: dict[Hashable, list[Any]] = {}
        self._wachtend: list[tuple[Hashable, int, Any, str]] = []

    def ouder(self, sleutel: Hashable, record: Any) -> None:
        """Add a parent."""
        if sleutel in self._laatste:
            self._verslag.opmerking(
                "volgnummer_dubbel",
                f"Een persoon heeft meer dan één {self._naam} ({self._soort}) met hetzelfde volgnummer. Wat eronder "
                "hoort, is gezet bij de laatste die ervoor staat.",
                recordsoort=self._soort,
            )
        rij: list[Any] = [record]
        for _ in range(self._lijsten):
            rij.append([])
        self._rijen.append(rij)
        self._laatste[sleutel] = rij

    def kind(self, sleutel: Hashable, plaats: int, kind: Any, soort: str) -> None:
        """Add a child to list ``plaats`` (from 1) of its parent."""
        rij = self._laatste.get(sleutel)
        if rij is None:
            self._wachtend.append((sleutel, plaats, kind, soort))
        else:
            rij[plaats].append(kind)

    def rijen(self) -> list[list[Any]]:
        """Return the parents, each with its lists of children, when all records have been seen."""
        # Backwards and in front: what waited came before what did not.
        for sleutel, plaats, kind, soort in reversed(self._wachtend):
            rij = self._laatste.get(sleutel)
            if rij is not None:
                rij[plaats].insert(0, kind)
                continue
            ouder = f"{self._naam} ({self._soort})"
            self._verslag.fout(
                "ouder_ontbreekt",
                f"{soort}-records horen bij een {ouder} zonder leesbaar record; ze zijn overgeslagen.",
                recordsoort=soort,
                verwacht=f"een {ouder} met hetzelfde volgnummer",
            )
        self._wachtend.clear()
        return self._rijen


def meld_twee_nummers(verslag: Verslag) -> None:
    """Say that a person is named by both numbers, where a delivery has one of the two."""
    verslag.opmerking(
        "twee_nummers",
        "Personen met een burgerservicenummer én een onderwijsnummer; in een levering staat er een van beide. Gelezen "
        "als aangeleverd op het burgerservicenummer.",
        recordsoort="PER",
    )


def nummers_van(persoon: kern.Persoon) -> tuple[tuple[Wie, tuple[bool, ...]], ...]:
    """Return the numbers that records of a person stand under: each with whether it takes those on the onderwijsnummer.

    Of a person with one number all records stand under it, whichever number they say to be delivered on.
    """
    bsn, onderwijsnummer = persoon.burgerservicenummer or None, persoon.onderwijsnummer or None
    if bsn and onderwijsnummer:
        return ((bsn, None), (False,)), ((None, onderwijsnummer), (True,))
    return (((bsn, onderwijsnummer), (False, True)),)


def inschrijving_van(
    instelling: str,
    op_own: bool,
    r: ro.Isg | grondslag.Isg,
    perioden: list[Any],
    ondersteuning: list[Any],
    bpvs: list[Any],
) -> kern.Inschrijving:
    """Return an enrolment with all its children; ``op_own``: delivered on the onderwijsnummer."""
    return kern.Inschrijving(
        instelling,
        r.inschrijvingvolgnummer,
        r.datum_inschrijving,
        r.datum_uitschrijving_gepland,
        r.datum_uitschrijving_werkelijk,
        r.reden_uitschrijving,
        tuple(perioden),
        tuple(ondersteuning),
        tuple(bpvs),
        op_own,
    )


def periode_van(r: ro.Isp | grondslag.Isp) -> kern.Inschrijvingsperiode:
    """Return a period of an enrolment."""
    return kern.Inschrijvingsperiode(
        r.datum_begin,
        r.opleidingcode,
        r.leertraject,
        r.niveau,
        IS_JA[r.indicatie_bekostigbaar],
        r.locatiecode_vsv,
        r.onderwijsaanbieder,
        r.onderwijslocatie,
        r.leerroute,
        r.leerroutefase,
    )


def ondersteuning_van(r: ro.Ise | grondslag.Ise) -> kern.ExtraOndersteuning:
    """Return a period of extra support."""
    return kern.ExtraOndersteuning(r.datum_begin, r.datum_eind)


def bpv_van(r: ro.Bpv | grondslag.Bpv) -> kern.Bpv:
    """Return a placement."""
    return kern.Bpv(
        r.volgnummer,
        r.afsluitdatum,
        r.datum_begin,
        r.datum_einde_gepland,
        r.datum_einde_werkelijk,
        r.omvang,
        r.leerbedrijf_id,
        r.opleidingcode,
        r.keuzedeelcode,
    )


def diploma_van(
    instelling: str, op_own: bool, r: ro.Dip | grondslag.Dip, onderdelen: list[Any]
) -> kern.Diploma:
    """Return a diploma with its parts; ``op_own``: delivered on the onderwijsnummer."""
    return kern.Diploma(
        instelling,
        r.resultaatvolgnummer,
        r.opleidingcode,
        r.datum_resultaat,
        IS_JA[r.indicatie_bekostigbaar],
        r.inschrijvingvolgnummer,
        r.onderwijsaanbieder,
        tuple(onderdelen),
        op_own,
    )


def onderdeel_van(r: Any, instelling: str | None, op_own: bool) -> kern.Onderdeel:
    """Return a part of a diploma (without an institution of its own), or a loose result."""
    if isinstance(r, _GEO):
        return kern.GeneriekExamenonderdeel(
            r.resultaatvolgnummer,
            r.code,
            instelling,
            r.datum_resultaat,
            r.eindcijfer,
            r.vrijstelling,
            None if r.cijfer_ie is None else _TIENDEN[r.cijfer_ie],
            r.vrijstelling_ie,
            None if r.cijfer_ce is None else _TIENDEN[r.cijfer_ce],
            r.vrijstelling_ce,
            r.inschrijvingvolgnummer,
            r.onderwijsaanbieder,
            op_own,
        )
    overig = (
        instelling,
        r.datum_resultaat,
        IS_JA[r.certificaat],
        r.inschrijvingvolgnummer,
        r.onderwijsaanbieder,
        op_own,
    )
    if isinstance(r, _KZD):
        return kern.Keuzedeel(r.resultaatvolgnummer, r.code, r.resultaat in ("Behaald", "BEHAALD"), *overig)
    return kern.AmvbOnderdeel(r.resultaatvolgnummer, r.code, *overig)
