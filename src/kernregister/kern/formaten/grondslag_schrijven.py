"""From dossiers to the records of a GRONDSLAG (PvE MBO-instelling 17).

A person has a number made for this delivery, an age on four days of the studiejaar instead of a date of birth, and the
digits of a postcode instead of an address. Verblijfstitel and nationaliteiten are those of the peildatum, 1 October.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from msgspec import Struct, convert

from kernregister.kern import dossier as kern
from kernregister.kern.bekostiging.besluit import Bekostiging, Diplomabesluit, Teldatumbesluit
from kernregister.kern.formaten.grondslag import Amo, Bid, Bii, Bpv, Dip, Geo, Ise, Isg, Isp, Kzd, Per, Vlp
from kernregister.kern.formaten.indeling import Record
from kernregister.kern.formaten.velden import JA_NEE
from kernregister.kern.parameters import lees
from kernregister.kern.tijd import (
    DAG,
    OnvolledigeDatum,
    Studiejaar,
    is_onvolledige_datum,
    kan_gelden,
    leeftijd,
    vroegst,
)

HOOGSTE_LEEFTIJD: Final = 199
"""What the layout has room for; a date of birth without a year gives an age far above it."""

_EEN_NUL: Final[dict[bool | None, Any]] = {True: "1", False: "0", None: None}
_TWEE, _ZES = Decimal("0.01"), Decimal("0.000001")
_CIJFERS: Final = 4


class Grondslagpersoon(NamedTuple):
    """Somebody in a GRONDSLAG: the register's own number, what of the dossier belongs in it, and what it counts for."""

    nummer: int
    dossier: kern.Dossier
    bekostiging: Bekostiging | None = None
    """The decisions of the funding year that looks back on the studiejaar; None gives no BII and BID."""


class Postcodecijfers(Struct, frozen=True):
    """What stands in place of the digits of a postcode (parameters/grondslag.toml)."""

    zonder_adres: str
    ander_buitenland: str
    nederland: str
    land: dict[str, str]

    def van(self, persoon: kern.Persoon) -> str:
        """Return the digits for a person; a secret address is shown as none."""
        adres = persoon.adres
        if adres is None or persoon.geheim:
            return self.zonder_adres
        if adres.landcode and adres.landcode != self.nederland:
            return self.land.get(adres.landcode, self.ander_buitenland)
        cijfers = (adres.postcode or "")[:_CIJFERS]
        return cijfers if len(cijfers) == _CIJFERS and cijfers.isdecimal() else self.zonder_adres


class Schrijver:
    """Makes the records of one GRONDSLAG.

    Args:
        kop: its opening record.
        hernummer: gives the number of a person in this delivery (see ``overzichten.hernummeren``).
        bepaald_op: when funding was decided on, for those of whom that is given.

    Raises:
        ValueError: the opening record names no institution.
    """

    def __init__(self, kop: Vlp, hernummer: Callable[[int], str], bepaald_op: datetime | None = None) -> None:
        if kop.instellingscode is None:
            raise ValueError(
                "een GRONDSLAG wordt geschreven voor één instelling: noem haar in het openingsrecord"
            )
        self._instelling = kop.instellingscode
        self._studiejaar = Studiejaar(kop.studiejaar)
        self._status = kop.bekostiging
        self._hernummer = hernummer
        self._moment = "" if bepaald_op is None else f"{bepaald_op:%Y%m%dT%H%M%S}"

    def records_van(self, persoon: Grondslagpersoon) -> Iterator[Record]:
        """Give the records of a person, with each parent its children; nothing for who has none here.

        Raises:
            ValueError: there are decisions of another studiejaar, or of no known moment.
        """
        dossier, besluiten = persoon.dossier, persoon.bekostiging
        if besluiten is not None and (not self._moment or besluiten.jaar.studiejaar != self._studiejaar):
            raise ValueError(
                "bekostigingsbesluiten horen bij het studiejaar van het bestand en een moment van bepaling"
            )
        inschrijvingen = [i for i in dossier.inschrijvingen if i.instelling == self._instelling]
        diplomas = [d for d in dossier.diplomas if d.instelling == self._instelling]
        los = [o for o in dossier.losse_resultaten if o.instelling == self._instelling]
        if not (inschrijvingen or diplomas or los):
            return
        pgn = self._hernummer(persoon.nummer)
        yield self._per(pgn, dossier.persoon)
        for i in inschrijvingen:
            yield from self._van_inschrijving(pgn, i)
            yield from self._bii(pgn, i, besluiten)
        for d in diplomas:
            yield Dip(
                *self._sleutel(pgn, d.resultaatvolgnummer),
                d.opleidingcode,
                d.datum_resultaat,
                _EEN_NUL[d.bekostigbaar],
                d.inschrijvingvolgnummer,
                d.onderwijsaanbieder,
            )
            yield from self._bid(pgn, d, besluiten)
            for onderdeel in sorted(d.onderdelen, key=_rang):
                yield self._onderdeel(pgn, onderdeel, d.resultaatvolgnummer)
        for onderdeel in sorted(los, key=_rang):
            yield self._onderdeel(pgn, onderdeel, None)

    def _sleutel(self, pgn: str, volgnummer: str) -> tuple[str, str, str]:
        return pgn, self._instelling, volgnummer

    def _per(self, pgn: str, persoon: kern.Persoon) -> Per:
        dag = self._studiejaar.teldata[0]
        landen = sorted(
            {n.code for n in persoon.nationaliteiten if kan_gelden(n.datum_begin, n.datum_einde, dag, dag)}
        )
        titels = sorted(
            (v.datum_begin, v.code)
            for v in persoon.verblijfstitels
            if kan_gelden(v.datum_begin, v.datum_eind, dag, dag)
        )
        adres = persoon.adres
        een, twee, drie, vier = _leeftijden(persoon.geboortedatum, self._studiejaar)
        return Per(
            pgn,
            een,
            twee,
            drie,
            vier,
            persoon.geslacht or "O",  # type: ignore[arg-type]
            _postcodecijfers().van(persoon),
            persoon.datum_overlijden,
            persoon.datum_vestiging,
            persoon.datum_vertrek,
            persoon.geboorteland,
            None,
            None,
            adres.landcode if adres is not None and persoon.datum_vertrek and not persoon.geheim else None,
            titels[-1][1] if titels else None,
            landen[0] if landen else None,
            landen[1] if len(landen) > 1 else None,
        )

    def _van_inschrijving(self, pgn: str, i: kern.Inschrijving) -> Iterator[Record]:
        sleutel = self._sleutel(pgn, i.inschrijvingvolgnummer)
        yield Isg(
            *sleutel,
            i.datum_inschrijving,
            i.datum_uitschrijving_gepland or date.max,
            i.datum_uitschrijving_werkelijk,
            i.reden_uitschrijving,
        )
        for p in i.perioden:
            yield Isp(
                *sleutel,
                p.datum_begin,
                _laatste_dag(p, i),
                p.opleidingcode,
                p.niveau,
                p.leertraject,
                p.locatiecode_vsv,
                _EEN_NUL[p.bekostigbaar],
                p.onderwijsaanbieder,
                p.onderwijslocatie,
                p.leerroute,
                p.leerroutefase,
            )
        for e in i.extra_ondersteuning:
            yield Ise(*sleutel, e.datum_begin, e.datum_eind)
        for b in i.bpvs:
            yield Bpv(
                *sleutel,
                b.volgnummer,
                b.afsluitdatum,
                b.datum_begin,
                b.datum_einde_gepland or date.max,
                b.datum_einde_werkelijk,
                b.omvang,
                b.leerbedrijf_id or "",
                b.opleidingcode,
                b.keuzedeelcode,
            )

    def _bii(self, pgn: str, i: kern.Inschrijving, bekostiging: Bekostiging | None) -> Iterator[Bii]:
        for b in () if bekostiging is None else bekostiging.inschrijvingen:
            if _over(b, i) and b.inschrijvingvolgnummer == i.inschrijvingvolgnummer:
                yield Bii(
                    *self._sleutel(pgn, i.inschrijvingvolgnummer),
                    b.teldatum,
                    self._moment,
                    self._status,
                    JA_NEE[b.status],
                    JA_NEE[b.voor_correctiefactor],
                    _afgerond(b.bbl_bol_factor, _TWEE),
                    _afgerond(b.prijsfactor, _TWEE),
                    b.verblijfsjaren,
                    _afgerond(b.verblijfsjaarfactor, _TWEE),
                    _afgerond(b.bijdrage, _ZES),
                )

    def _bid(self, pgn: str, d: kern.Diploma, bekostiging: Bekostiging | None) -> Iterator[Bid]:
        for b in () if bekostiging is None else bekostiging.diplomas:
            if _over(b, d) and b.resultaatvolgnummer == d.resultaatvolgnummer:
                yield Bid(
                    *self._sleutel(pgn, d.resultaatvolgnummer),
                    b.niveau,
                    JA_NEE[b.specialist],
                    b.niveau_hoogst_bekostigde_diploma,
                    JA_NEE[b.hoogst_is_specialist],
                    self._moment,
                    self._status,
                    JA_NEE[b.status],
                    b.bijdrage,
                )

    def _onderdeel(self, pgn: str, o: kern.Onderdeel, diploma: str | None) -> Record:
        sleutel = (pgn, self._instelling, diploma, o.resultaatvolgnummer, o.code)
        slot = (o.datum_resultaat, o.inschrijvingvolgnummer, o.onderwijsaanbieder)
        if isinstance(o, kern.GeneriekExamenonderdeel):
            ie, ce = (None if c is None else int(c.scaleb(1)) for c in (o.cijfer_ie, o.cijfer_ce))
            return Geo(
                *sleutel, o.eindcijfer, o.vrijstelling, ie, o.vrijstelling_ie, ce, o.vrijstelling_ce, *slot
            )
        certificaat = _EEN_NUL[o.certificaat]
        if isinstance(o, kern.Keuzedeel):
            return Kzd(*sleutel, "BEHAALD" if o.behaald else "NIET BEHAALD", certificaat, *slot)
        return Amo(*sleutel, certificaat, *slot)


@cache
def leeftijdsdagen(studiejaar: Studiejaar) -> tuple[date, ...]:
    """Return the four days on which the age of a person is told (parameters/grondslag.toml; the days are a guess)."""
    return tuple(
        date(studiejaar.start + jaar, maand, dag)
        for jaar, maand, dag in lees("grondslag")["leeftijd"]["dagen"]
    )


@cache
def _postcodecijfers() -> Postcodecijfers:
    return convert(lees("grondslag")["postcode"], Postcodecijfers)


@lru_cache(maxsize=20_000)
def _leeftijden(geboren: OnvolledigeDatum | None, studiejaar: Studiejaar) -> tuple[int | None, ...]:
    """Return the ages on the four days: of a partly known date of birth the highest that it can be.

    Nothing where it is no age. Many persons share a date of birth.
    """
    dagen = leeftijdsdagen(studiejaar)
    if geboren is None or not is_onvolledige_datum(geboren):
        return (None,) * len(dagen)
    jaren = [leeftijd(vroegst(geboren), dag) for dag in dagen]
    return tuple(een if 0 <= een <= HOOGSTE_LEEFTIJD else None for een in jaren)


def _laatste_dag(periode: kern.Inschrijvingsperiode, i: kern.Inschrijving) -> date | None:
    """Return the last day of a period: before the next one, or that of the enrolment; nothing while it goes on."""
    volgende = min([p.datum_begin for p in i.perioden if p.datum_begin > periode.datum_begin], default=None)
    einden = [i.datum_uitschrijving_werkelijk, None if volgende is None else volgende - DAG]
    return min([einde for einde in einden if einde is not None], default=None)


def _over(besluit: Teldatumbesluit | Diplomabesluit, record: kern.Inschrijving | kern.Diploma) -> bool:
    return besluit.instelling == record.instelling and besluit.op_onderwijsnummer == record.op_onderwijsnummer


def _afgerond(waarde: Decimal | None, op: Decimal) -> Decimal | None:
    return None if waarde is None else waarde.quantize(op)


def _rang(onderdeel: kern.Onderdeel) -> int:
    return kern.ONDERDELEN.index(type(onderdeel))
