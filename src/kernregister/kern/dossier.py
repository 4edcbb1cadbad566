"""The dossier: all that is registered of one person, across institutions.

Its aggregates: the person's own data, each enrolment with all its children, each result with its parts, and what the
person does or obtained outside mbo. All are frozen; a change makes a new one. They are array-like so that a stream of
packed dossiers decodes in a few microseconds each; a field may be added at the end, never moved.

Names and meanings: Handleiding Register Onderwijsdeelnemers mbo, h. 08; field forms: PvE MBO-instelling h. 15.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct

from kernregister.kern.sleutels import Instellingscode, Pgn
from kernregister.kern.tijd import OnvolledigeDatum


class Verblijfstitel(Struct, frozen=True, array_like=True, gc=False):
    """Right of residence, BRP table 56. ``datum_eind`` is exclusive (PvE 13.5.3)."""

    code: str
    datum_begin: OnvolledigeDatum
    datum_eind: OnvolledigeDatum | None = None


class Nationaliteit(Struct, frozen=True, array_like=True, gc=False):
    """Nationality, BRP table 32. ``datum_einde`` is exclusive (PvE 13.5.4)."""

    code: str
    datum_begin: OnvolledigeDatum
    datum_einde: OnvolledigeDatum | None = None


class Adres(Struct, frozen=True, array_like=True, gc=False):
    """Where a person lives: in the Netherlands or, with ``landcode`` and ``adresregels``, abroad (Handleiding, h. 08).

    ``datum_begin`` is the day from which it holds; ``gemeentecode`` and ``landcode`` are of BRP tables 33 and 34.
    """

    straat: str | None = None
    huisnummer: str | None = None
    toevoeging: str | None = None
    postcode: str | None = None
    woonplaats: str | None = None
    gemeentecode: str | None = None
    landcode: str | None = None
    adresregels: tuple[str, ...] = ()
    datum_begin: OnvolledigeDatum | None = None


class Persoon(Struct, frozen=True, array_like=True, gc=False):
    """Who the dossier is of. At least one of the two numbers is filled.

    ``geheim``: the BRP keeps the address secret, and then no address is shown (Handleiding, h. 08).
    """

    burgerservicenummer: Pgn | None = None
    onderwijsnummer: Pgn | None = None
    geboortedatum: OnvolledigeDatum | None = None
    geslacht: str | None = None
    achternaam: str | None = None
    datum_overlijden: date | None = None
    verblijfstitels: tuple[Verblijfstitel, ...] = ()
    nationaliteiten: tuple[Nationaliteit, ...] = ()
    voornamen: str | None = None
    voorvoegsel: str | None = None
    geboorteplaats: str | None = None
    geboorteland: str | None = None
    adres: Adres | None = None
    geheim: bool = False
    datum_vertrek: OnvolledigeDatum | None = None
    datum_vestiging: OnvolledigeDatum | None = None

    @property
    def pgn(self) -> Pgn:
        """The number to name the person by: the burgerservicenummer where it is known."""
        return self.burgerservicenummer or self.onderwijsnummer or ""


class Inschrijvingsperiode(Struct, frozen=True, array_like=True, gc=False):
    """What holds from ``datum_begin`` until the next period or the end of the enrolment."""

    datum_begin: date
    opleidingcode: str
    leertraject: str
    niveau: str | None = None
    bekostigbaar: bool | None = None
    locatiecode_vsv: str | None = None
    onderwijsaanbieder: str | None = None
    onderwijslocatie: str | None = None
    leerroute: str | None = None
    leerroutefase: str | None = None


class ExtraOndersteuning(Struct, frozen=True, array_like=True, gc=False):
    """A period of extra support to a student with a handicap or chronic illness; a health fact.

    ``datum_eind`` is the last day.
    """

    datum_begin: date
    datum_eind: date | None = None


class Bpv(Struct, frozen=True, array_like=True, gc=False):
    """A placement (beroepspraktijkvorming) at a recognised training company. ``omvang`` in hours."""

    volgnummer: str
    afsluitdatum: date
    datum_begin: date
    datum_einde_gepland: date | None = None
    datum_einde_werkelijk: date | None = None
    omvang: int | None = None
    leerbedrijf_id: str | None = None
    opleidingcode: str | None = None
    keuzedeelcode: str | None = None


class Inschrijving(Struct, frozen=True, array_like=True, gc=False):
    """An enrolment at one institution. Both ends of enrolment are last days, not first days after."""

    instelling: Instellingscode
    inschrijvingvolgnummer: str
    datum_inschrijving: date
    datum_uitschrijving_gepland: date | None = None
    datum_uitschrijving_werkelijk: date | None = None
    reden_uitschrijving: str | None = None
    perioden: tuple[Inschrijvingsperiode, ...] = ()
    extra_ondersteuning: tuple[ExtraOndersteuning, ...] = ()
    bpvs: tuple[Bpv, ...] = ()
    op_onderwijsnummer: bool = False
    """Delivered on the onderwijsnummer, whatever else is known of the person."""
    verblijf_grond: str | None = None
    """The document on which the institution itself established lawful residence, where the BRP holds no title
    (WEB 8.1.1; Handleiding, bijlage)."""

    def geldt_op(self, dag: date) -> bool:
        """Tell whether the enrolment is valid on a day; its planned end plays no part (PvE MBO-instelling 13.5.5)."""
        laatste = self.datum_uitschrijving_werkelijk
        return self.datum_inschrijving <= dag and (laatste is None or dag <= laatste)

    def periode_op(self, dag: date) -> Inschrijvingsperiode | None:
        """Return the period that holds on a day of the enrolment: the last that has begun."""
        beste = None
        for periode in self.perioden:
            if periode.datum_begin <= dag and (beste is None or periode.datum_begin >= beste.datum_begin):
                beste = periode
        return beste


class AmvbOnderdeel(Struct, frozen=True, array_like=True, tag="AMO", gc=False):
    """A part of a programme that a decree asks for. Date, certificate and enrolment only when it stands alone."""

    resultaatvolgnummer: str
    code: str
    instelling: Instellingscode | None = None
    datum_resultaat: date | None = None
    certificaat: bool | None = None
    inschrijvingvolgnummer: str | None = None
    onderwijsaanbieder: str | None = None
    op_onderwijsnummer: bool = False


class GeneriekExamenonderdeel(Struct, frozen=True, array_like=True, tag="GEO", gc=False):
    """Dutch, arithmetic or English. Institution and central exam carry one decimal, the final mark none."""

    resultaatvolgnummer: str
    code: str
    instelling: Instellingscode | None = None
    datum_resultaat: date | None = None
    eindcijfer: int | None = None
    vrijstelling: str | None = None
    cijfer_ie: Decimal | None = None
    vrijstelling_ie: str | None = None
    cijfer_ce: Decimal | None = None
    vrijstelling_ce: str | None = None
    inschrijvingvolgnummer: str | None = None
    onderwijsaanbieder: str | None = None
    op_onderwijsnummer: bool = False


class Keuzedeel(Struct, frozen=True, array_like=True, tag="KZD", gc=False):
    """An elective. ``behaald`` tells the result."""

    resultaatvolgnummer: str
    code: str
    behaald: bool
    instelling: Instellingscode | None = None
    datum_resultaat: date | None = None
    certificaat: bool | None = None
    inschrijvingvolgnummer: str | None = None
    onderwijsaanbieder: str | None = None
    op_onderwijsnummer: bool = False


Onderdeel = AmvbOnderdeel | GeneriekExamenonderdeel | Keuzedeel
"""A part of a diploma or, with a date and an institution of its own, a loose result."""


class Diploma(Struct, frozen=True, array_like=True, gc=False):
    """A diploma with its parts."""

    instelling: Instellingscode
    resultaatvolgnummer: str
    opleidingcode: str
    datum_resultaat: date
    bekostigbaar: bool | None = None
    inschrijvingvolgnummer: str | None = None
    onderwijsaanbieder: str | None = None
    onderdelen: tuple[Onderdeel, ...] = ()
    op_onderwijsnummer: bool = False


ONDERDELEN = (AmvbOnderdeel, GeneriekExamenonderdeel, Keuzedeel)
"""The kinds of part, in the order of a delivery."""

Resultaat = Diploma | Onderdeel
"""What may have a date of result of its own: a diploma or, when it stands alone, a part."""


class Deelname(Struct, frozen=True, array_like=True, gc=False):
    """An enrolment outside mbo, or the stretch of one in which leerjaar and programme stay the same.

    ``sector`` is VO, VSO, VAVO or HO; ``datum_eind`` is the last day. A new leerjaar is a new record with the same
    ``inschrijvingvolgnummer``. ``niveau`` is VMBO, HAVO, VWO or HAVO/VWO, in higher education HBO or WO. That a pupil
    finishes vo in adult education (Rutte) is told by a record in VAVO beside the one in VO.
    """

    sector: str
    instelling: Instellingscode
    datum_begin: date
    datum_eind: date | None = None
    leerroute: str | None = None
    leerroutefase: str | None = None
    inschrijvingvolgnummer: str | None = None
    opleidingcode: str | None = None
    niveau: str | None = None
    leerjaar: int | None = None
    profiel: str | None = None
    wec_schoolsoort: str | None = None

    def geldt_op(self, dag: date) -> bool:
        """Tell whether the participation is valid on a day."""
        return self.datum_begin <= dag and (self.datum_eind is None or dag <= self.datum_eind)


class Vak(Struct, frozen=True, array_like=True, gc=False):
    """A subject of an exam in vo. School and central exam carry one decimal, the final mark none.

    ``beoordeling`` is for subjects without a mark, such as voldoende.
    """

    code: str
    cijfer_se: Decimal | None = None
    cijfer_ce: Decimal | None = None
    eindcijfer: int | None = None
    beoordeling: str | None = None


class VoResultaat(Struct, frozen=True, array_like=True, tag="VO", gc=False):
    """The outcome of an exam in vo, vso or vavo, with its subjects (Handleiding, h. 07).

    ``waardedocument`` is DIPLOMA or CERTIFICAAT, or None while nothing is obtained. With ``uitslagcode`` E (an earlier
    year of a spread exam) or L (examined in the last year but one) there is no ``uitslagdatum``; ``examenjaar`` is the
    calendar year of the exam.
    """

    resultaatvolgnummer: str
    sector: str
    niveau: str
    instelling: Instellingscode | None = None
    waardedocument: str | None = None
    uitslagcode: str | None = None
    uitslagdatum: date | None = None
    examenjaar: int | None = None
    opleidingcode: str | None = None
    staatsexamen: bool = False
    profielen: tuple[str, ...] = ()
    vakken: tuple[Vak, ...] = ()
    inschrijvingvolgnummer: str | None = None


class HoDiploma(Struct, frozen=True, array_like=True, tag="HO", gc=False):
    """A diploma of higher education. ``niveau`` is HBO or WO, ``graad`` the degree (Handleiding, h. 07)."""

    resultaatvolgnummer: str
    opleidingcode: str
    datum_resultaat: date
    instelling: Instellingscode | None = None
    opleidingnaam: str | None = None
    graad: str | None = None
    niveau: str | None = None
    inschrijvingvolgnummer: str | None = None


VooropleidingResultaat = VoResultaat | HoDiploma
"""A result outside mbo."""


class Dossier(Struct, frozen=True, array_like=True, gc=False):
    """All that is registered of one person."""

    persoon: Persoon
    inschrijvingen: tuple[Inschrijving, ...] = ()
    diplomas: tuple[Diploma, ...] = ()
    losse_resultaten: tuple[Onderdeel, ...] = ()
    deelnames: tuple[Deelname, ...] = ()
    vooropleidingen: tuple[VooropleidingResultaat, ...] = ()
