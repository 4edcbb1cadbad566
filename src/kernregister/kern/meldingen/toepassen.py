"""What a melding does to a dossier: pure, so that a dry run, a test and the register do exactly the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from msgspec import Struct, structs

from kernregister.kern import dossier as kern
from kernregister.kern.dossier import Deelname, Diploma, Dossier, Inschrijving, Persoon
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.vorm import naar_kern


class Soort(StrEnum):
    """Kinds of aggregate: each is registered, corrected and removed as a whole."""

    PERSOON = "persoon"
    INSCHRIJVING = "inschrijving"
    DIPLOMA = "diploma"
    RESULTAAT = "resultaat"
    DEELNAME = "deelname"
    VOOROPLEIDING = "vooropleiding"

    __hash__ = str.__hash__


class Sleutel(NamedTuple):
    """The key of an aggregate within its person: its kind, who registered it, and its number there."""

    soort: Soort
    instelling: str
    nummer: str


class Mutatie(Struct, frozen=True, gc=False):
    """One aggregate before and after; None where it was not yet, or is no longer."""

    sleutel: Sleutel
    voor: Any
    na: Any


Mutaties = tuple[Mutatie, ...]


def sleutel_van(aggregaat: Any) -> Sleutel:
    """Return the key of an aggregate."""
    match aggregaat:
        case Inschrijving():
            return Sleutel(Soort.INSCHRIJVING, aggregaat.instelling, aggregaat.inschrijvingvolgnummer)
        case Diploma():
            return Sleutel(Soort.DIPLOMA, aggregaat.instelling, aggregaat.resultaatvolgnummer)
        case Persoon():
            return Sleutel(Soort.PERSOON, "", "")
        case Deelname():
            nummer = f"{aggregaat.sector} {aggregaat.inschrijvingvolgnummer or ''} {aggregaat.datum_begin}"
            return Sleutel(Soort.DEELNAME, aggregaat.instelling, nummer)
        case kern.VoResultaat() | kern.HoDiploma():
            sector = aggregaat.sector if isinstance(aggregaat, kern.VoResultaat) else "HO"
            nummer = f"{sector} {aggregaat.resultaatvolgnummer}"
            return Sleutel(Soort.VOOROPLEIDING, aggregaat.instelling or "", nummer)
    return Sleutel(Soort.RESULTAAT, aggregaat.instelling or "", aggregaat.resultaatvolgnummer)


VELD: dict[Soort, str] = {
    Soort.INSCHRIJVING: "inschrijvingen",
    Soort.DIPLOMA: "diplomas",
    Soort.RESULTAAT: "losse_resultaten",
    Soort.DEELNAME: "deelnames",
    Soort.VOOROPLEIDING: "vooropleidingen",
}
"""Kind of aggregate -> field of the dossier that holds them, in order of key."""


def aggregaten(dossier: Dossier) -> Iterable[Any]:
    """Give all aggregates of a dossier, the person first."""
    yield dossier.persoon
    for veld in VELD.values():
        yield from getattr(dossier, veld)


def pas_toe(dossier: Dossier, bericht: b.Bericht) -> tuple[Dossier, Mutaties]:
    """Return the dossier as it is after a melding about this person, and what changed in it.

    The melding has been found in order (``controles``); one that changes nothing gives no mutation.
    """
    handeling = _HANDELINGEN.get(type(bericht))
    if handeling is None:
        return dossier, ()
    mutaties = tuple(mutatie for mutatie in handeling(dossier, bericht) if mutatie.voor != mutatie.na)
    return (voer_door(dossier, mutaties), mutaties) if mutaties else (dossier, ())


def voer_door(dossier: Dossier, mutaties: Iterable[Mutatie]) -> Dossier:
    """Return the dossier with aggregates added, replaced or taken out; each kind stays in order of key."""
    nieuw: dict[str, Any] = {}
    for sleutel, _, na in ((m.sleutel, m.voor, m.na) for m in mutaties):
        if sleutel.soort is Soort.PERSOON:
            eigen = dossier.persoon
            nieuw["persoon"] = structs.replace(
                na or Persoon(),
                burgerservicenummer=eigen.burgerservicenummer,
                onderwijsnummer=eigen.onderwijsnummer,
            )
            continue
        veld = VELD[sleutel.soort]
        over = [a for a in nieuw.get(veld, getattr(dossier, veld)) if sleutel_van(a) != sleutel]
        if na is not None:
            over.append(na)
        nieuw[veld] = tuple(sorted(over, key=sleutel_van)) if len(over) > 1 else tuple(over)
    return structs.replace(dossier, **nieuw)


def _vind(dossier: Dossier, sleutel: Sleutel) -> Any:
    for aggregaat in getattr(dossier, VELD[sleutel.soort]):
        if sleutel_van(aggregaat) == sleutel:
            return aggregaat
    return None


def _inschrijving(dossier: Dossier, m: b.AanleverenInschrijving) -> Mutaties:
    nieuw = naar_kern(
        m.inschrijving,
        Inschrijving,
        instelling=m.afzender,
        op_onderwijsnummer=m.burgerservicenummer is None,
    )
    sleutel = sleutel_van(nieuw)
    oud = _vind(dossier, sleutel)
    return (Mutatie(sleutel, oud, structs.replace(nieuw, bpvs=oud.bpvs) if oud else nieuw),)


def _verwijder_inschrijving(dossier: Dossier, m: b.VerwijderenInschrijving) -> Mutaties:
    sleutel = Sleutel(Soort.INSCHRIJVING, m.afzender, m.inschrijvingvolgnummer)
    return (Mutatie(sleutel, _vind(dossier, sleutel), None),)


def _bpv(dossier: Dossier, m: b.AanleverenBpv) -> Mutaties:
    bpv = naar_kern(m.bpv, kern.Bpv)
    return _met_bpvs(dossier, m, lambda over: (*over, bpv), bpv.volgnummer)


def _verwijder_bpv(dossier: Dossier, m: b.VerwijderenBpv) -> Mutaties:
    return _met_bpvs(dossier, m, tuple, m.bpv_volgnummer)


def _met_bpvs(
    dossier: Dossier,
    m: b.AanleverenBpv | b.VerwijderenBpv,
    vul: Callable[[list[kern.Bpv]], tuple[kern.Bpv, ...]],
    volgnummer: str,
) -> Mutaties:
    sleutel = Sleutel(Soort.INSCHRIJVING, m.afzender, m.inschrijvingvolgnummer)
    oud = _vind(dossier, sleutel)
    bpvs = vul([bpv for bpv in oud.bpvs if bpv.volgnummer != volgnummer])
    geordend = tuple(sorted(bpvs, key=lambda bpv: bpv.volgnummer))
    return (Mutatie(sleutel, oud, structs.replace(oud, bpvs=geordend)),)


def _diploma(dossier: Dossier, m: b.AanleverenDiploma) -> Mutaties:
    nieuw = naar_kern(
        m.diploma, Diploma, instelling=m.afzender, op_onderwijsnummer=m.burgerservicenummer is None
    )
    onderdelen = tuple(structs.replace(o, instelling=None) for o in nieuw.onderdelen)
    sleutel = sleutel_van(nieuw)
    return (Mutatie(sleutel, _vind(dossier, sleutel), structs.replace(nieuw, onderdelen=onderdelen)),)


def _resultaat(dossier: Dossier, m: b.AanleverenResultaat) -> Mutaties:
    soort = next(s for s in kern.ONDERDELEN if s.__struct_config__.tag == m.resultaat.__struct_config__.tag)
    nieuw = naar_kern(
        m.resultaat, soort, instelling=m.afzender, op_onderwijsnummer=m.burgerservicenummer is None
    )
    sleutel = sleutel_van(nieuw)
    return (Mutatie(sleutel, _vind(dossier, sleutel), nieuw),)


def _verwijder_resultaat(dossier: Dossier, m: b.VerwijderenResultaat) -> Mutaties:
    for soort in (Soort.DIPLOMA, Soort.RESULTAAT):
        sleutel = Sleutel(soort, m.afzender, m.resultaatvolgnummer)
        if oud := _vind(dossier, sleutel):
            break
    return (Mutatie(sleutel, oud, None),)


def _persoon(dossier: Dossier, persoon: Persoon) -> Mutaties:
    oud = structs.replace(dossier.persoon, burgerservicenummer=None, onderwijsnummer=None)
    return (Mutatie(sleutel_van(oud), oud, persoon),)


def _geheel(veld: str) -> Callable[[Dossier, Any], Mutaties]:
    """Register an aggregate that a melding carries as it is."""

    def handeling(dossier: Dossier, m: Any) -> Mutaties:
        nieuw = getattr(m, veld)
        sleutel = sleutel_van(nieuw)
        oud = _vind(dossier, sleutel)
        return (Mutatie(sleutel, oud, _met_grond(oud, nieuw)),)

    return handeling


def _met_grond(oud: Any, nieuw: Any) -> Any:
    """Return an enrolment with the ground of residence that is registered: an RO has no place for it."""
    if isinstance(oud, Inschrijving) and oud.verblijf_grond and nieuw.verblijf_grond is None:
        return structs.replace(nieuw, verblijf_grond=oud.verblijf_grond)
    return nieuw


def _overgenomen(veld: str) -> Callable[[Dossier, Any], Mutaties]:
    """Register an aggregate from an RO, and what the RO tells of the person when nothing is known of them yet."""
    geheel = _geheel(veld)

    def handeling(dossier: Dossier, m: Any) -> Mutaties:
        wie = dossier.persoon
        if wie.geboortedatum is not None or m.geboortedatum is None:
            return geheel(dossier, m)
        bekend = structs.replace(
            wie,
            burgerservicenummer=None,
            onderwijsnummer=None,
            geboortedatum=m.geboortedatum,
            geslacht=m.geslacht,
        )
        return (*_persoon(dossier, bekend), *geheel(dossier, m))

    return handeling


_HANDELINGEN: dict[type[b.Bericht], Callable[[Dossier, Any], Mutaties]] = {
    b.AanleverenInschrijving: _inschrijving,
    b.VerwijderenInschrijving: _verwijder_inschrijving,
    b.AanleverenBpv: _bpv,
    b.VerwijderenBpv: _verwijder_bpv,
    b.AanleverenDiploma: _diploma,
    b.AanleverenResultaat: _resultaat,
    b.VerwijderenResultaat: _verwijder_resultaat,
    b.OvernemenInschrijving: _overgenomen("inschrijving"),
    b.OvernemenDiploma: _overgenomen("diploma"),
    b.OvernemenResultaat: _overgenomen("resultaat"),
    b.AanleverenDeelname: _geheel("deelname"),
    b.AanleverenVooropleiding: _geheel("resultaat"),
    b.VerstrekkenPersoonsgegevens: lambda dossier, m: _persoon(dossier, m.persoon),
}
