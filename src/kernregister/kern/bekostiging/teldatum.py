"""An enrolment on a teldatum: the steps of the tree that look at it alone, all but the choice of one per student."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec import Struct

from kernregister.kern.bekostiging.besluit import Reden
from kernregister.kern.bekostiging.bpv import weeg_bpvs
from kernregister.kern.bekostiging.kader import Kader
from kernregister.kern.bekostiging.opleiding import Opleidingsfeiten, mag_geven
from kernregister.kern.dossier import Adres, Bpv, Dossier, Inschrijving, Inschrijvingsperiode
from kernregister.kern.tijd import OPEN, OnvolledigeDatum, is_onvolledige_datum, laatst, leeftijd, vroegst
from kernregister.kern.verblijf import Toegang, beoordeel_inschrijving, mag_met_grond

_GELDIG: Final = Reden("T20", True)
_INDICATIE: Final = Reden("T30", True)
_GEEN_INDICATIE: Final = Reden("T30", False)
_FASE: Final = Reden("T60", True)
_MAG: Final = Reden("T70", True)
_VERBLIJF_ONBEKEND: Final = Reden("T70", None)
_WOONT: Final = Reden("T71", True)
_WOONPLAATS_ONBEKEND: Final = Reden("T71", None)
_NUMMER: Final = Reden("T80", True)
_GEEN_NUMMER: Final = Reden("T80", False)


class Kandidaat(Struct, gc=False):
    """An enrolment on a teldatum that may count, with the steps that it went through."""

    inschrijving: Inschrijving
    periode: Inschrijvingsperiode
    nummer: int
    """Of the teldatum: 0 or 1."""
    feiten: Opleidingsfeiten
    redenen: tuple[Reden, ...]
    in_aanmerking: bool
    """No step failed but perhaps that of the placement: it may count for the correction factor."""
    volledig: bool
    """No step failed at all."""
    bpvs: tuple[Bpv, ...]


class Student:
    """A dossier in a frame: what is the same for every enrolment and teldatum is derived once, when it is asked for."""

    __slots__ = ("_gewoon", "_kader", "_verblijf", "dossier")

    def __init__(self, dossier: Dossier, kader: Kader) -> None:
        persoon, adres = dossier.persoon, dossier.persoon.adres
        self.dossier: Final = dossier
        self._kader: Final = kader
        self._verblijf: tuple[Inschrijving, Reden] | None = None
        # Nearly everybody: who the two steps on residence and existence need not look at.
        self._gewoon: Final = (
            bool(persoon.burgerservicenummer or persoon.onderwijsnummer)
            and persoon.datum_overlijden is None
            and persoon.datum_vertrek is None
            and (adres is None or adres.landcode is None)
        )

    def weeg(self, inschrijving: Inschrijving, periode: Inschrijvingsperiode, nummer: int) -> Kandidaat:
        """Take an enrolment through the steps on a teldatum; a step that failed does not stop the others."""
        kader = self._kader
        teldatum = kader.teldata[nummer]
        feiten = kader.opleiding(periode)
        fase = periode.leerroutefase
        redenen = (
            kader.instelling(inschrijving.instelling)[0],
            _GELDIG,
            _INDICATIE if periode.bekostigbaar is True else _GEEN_INDICATIE,
            feiten.leertraject,
            self._erkend(inschrijving, periode, feiten, nummer)
            if feiten.per_instelling
            else feiten.erkend[nummer],
            _FASE if fase is None else self._fase(fase),
            self._recht(inschrijving),
            _WOONT if self._gewoon else self._woont(inschrijving, teldatum),
            _NUMMER if self._gewoon else self._bestaat(teldatum),
        )
        in_aanmerking = True
        for reden in redenen:
            if reden.voldaan is False:
                in_aanmerking = False
        if not feiten.is_bbl:
            return Kandidaat(inschrijving, periode, nummer, feiten, redenen, in_aanmerking, in_aanmerking, ())
        bpv, bpvs = self._bpv(inschrijving, periode, feiten, teldatum)
        volledig = in_aanmerking and bpv.voldaan is not False
        return Kandidaat(
            inschrijving, periode, nummer, feiten, (*redenen, bpv), in_aanmerking, volledig, bpvs
        )

    def _erkend(
        self, inschrijving: Inschrijving, periode: Inschrijvingsperiode, feiten: Opleidingsfeiten, nummer: int
    ) -> Reden:
        if feiten.erkend[nummer].voldaan is not True:
            return feiten.erkend[nummer]
        gegevens = self._kader.gegevens
        opleiding = gegevens.opleidingen[periode.opleidingcode]
        return mag_geven(inschrijving.instelling, opleiding, self._kader.teldata[nummer], gegevens)

    def _fase(self, fase: str) -> Reden:
        if fase in self._kader.parameters.leerroutefasen_zonder_bekostiging:
            return Reden("T60", False, {"leerroutefase": fase})
        return _FASE

    def _recht(self, inschrijving: Inschrijving) -> Reden:
        """Tell whether the student may be enrolled (WEB 8.1.1): the same on both teldata."""
        if not self._kader.verblijf_bekend:
            return _VERBLIJF_ONBEKEND
        if self._verblijf is None or self._verblijf[0] is not inschrijving:
            self._verblijf = inschrijving, _recht_op_inschrijving(self.dossier, inschrijving)
        return self._verblijf[1]

    def _woont(self, inschrijving: Inschrijving, teldatum: date) -> Reden:
        persoon = self.dossier.persoon
        adres, vertrek = persoon.adres, persoon.datum_vertrek
        if adres is not None and adres.landcode is not None:
            return self._in_land(adres, adres.landcode, inschrijving, teldatum)
        if vertrek is not None and _vroegst(vertrek) <= teldatum:
            terug = persoon.datum_vestiging
            if terug is None or terug < vertrek or _laatst(terug) > teldatum:
                return _WOONPLAATS_ONBEKEND
        return _WOONT

    def _in_land(self, adres: Adres, land: str, inschrijving: Inschrijving, teldatum: date) -> Reden:
        """Judge an address in a country: abroad it counts in some, if the placements are in the Netherlands."""
        landen = self._kader.parameters.niet_ingezetenen
        if adres.datum_begin is not None and _laatst(adres.datum_begin) > teldatum:
            return _WOONPLAATS_ONBEKEND
        if land in landen.nederland or (land in landen.geheel and not inschrijving.bpvs):
            return _WOONT
        if land in landen.geheel or land in landen.gedeeltelijk:
            return _WOONPLAATS_ONBEKEND
        return Reden("T71", False, {"landcode": land})

    def _bestaat(self, teldatum: date) -> Reden:
        """Tell whether the student has a number and is alive: the day of death itself still counts."""
        persoon = self.dossier.persoon
        if not (persoon.burgerservicenummer or persoon.onderwijsnummer):
            return _GEEN_NUMMER
        overleden = persoon.datum_overlijden
        if overleden is not None and overleden < teldatum:
            return Reden("T81", False, {"datum_overlijden": overleden})
        return _NUMMER

    def _bpv(
        self,
        inschrijving: Inschrijving,
        periode: Inschrijvingsperiode,
        feiten: Opleidingsfeiten,
        teldatum: date,
    ) -> tuple[Reden, tuple[Bpv, ...]]:
        code = periode.opleidingcode
        gelijk = self._kader.gegevens.equivalenten.get(code, frozenset())
        return weeg_bpvs(
            inschrijving.bpvs,
            gelijk | {code},
            code,
            teldatum,
            self._kader.pok_uiterlijk,
            met_vws=feiten.met_vws,
            is_groep=feiten.is_groep,
        )

    def leeftijd(self) -> int | None:
        """Return the age on 1 August of the studiejaar; None when the date of birth leaves it open."""
        geboren = self.dossier.persoon.geboortedatum
        if geboren is None:
            return None
        dag = self._kader.een_augustus
        try:
            jaren = leeftijd(date.fromisoformat(geboren), dag)
        except ValueError:
            return _leeftijd_van_onvolledige(geboren, dag)
        return jaren if jaren >= 0 else None


def _leeftijd_van_onvolledige(geboren: OnvolledigeDatum, dag: date) -> int | None:
    if not is_onvolledige_datum(geboren):
        return None
    jaren = {leeftijd(uiterste, dag) for uiterste in (vroegst(geboren), laatst(geboren))}
    oudste = max(jaren)
    return oudste if len(jaren) == 1 and oudste >= 0 else None


def _vroegst(datum: OnvolledigeDatum) -> date:
    """Return the first day that a date can be; of what is no date every day."""
    return vroegst(datum) if is_onvolledige_datum(datum) else date.min


def _laatst(datum: OnvolledigeDatum) -> date:
    """Return the last day that a date can be; of what is no date every day."""
    return laatst(datum) if is_onvolledige_datum(datum) else OPEN


def _recht_op_inschrijving(dossier: Dossier, inschrijving: Inschrijving) -> Reden:
    oordeel = beoordeel_inschrijving(dossier, inschrijving)
    if oordeel is None:
        return _VERBLIJF_ONBEKEND
    if mag_met_grond(oordeel, inschrijving.verblijf_grond):
        return _MAG
    if oordeel.toegang is Toegang.MAG_NIET:
        return Reden("T70", False, {"grond": oordeel.reden.value})
    return _VERBLIJF_ONBEKEND
