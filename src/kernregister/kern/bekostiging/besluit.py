"""What a funding decision says, of an enrolment on a teldatum and of a diploma. Every outcome is indicative.

A decision carries the ordered trace of what was looked at (``redenen``); text is made late, from the code of a reason.
The fields are those of the TBG-i (PvE MBO-instelling 16.5).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.dossier import Bpv
from kernregister.kern.sleutels import Instellingscode


class Reden(Struct, frozen=True, gc=False):
    """One step of the decision tree: what was looked at and how it came out.

    ``voldaan`` is None where it cannot be judged for lack of data; the decision then goes on as if it held.
    ``code`` names the text and, of a step that failed, is the signaalcode of the TBG-i (our own: DUO's are not public).
    """

    code: str
    voldaan: bool | None
    waarden: dict[str, Any] = {}


class Teldatumbesluit(Struct, frozen=True):
    """What an enrolment that holds on a teldatum counts for on that day."""

    instelling: Instellingscode
    inschrijvingvolgnummer: str
    op_onderwijsnummer: bool
    teldatum: date
    leeftijd: int | None
    """On 1 August of the studiejaar."""
    opleidingcode: str
    niveau: str | None
    leertraject: str
    leerroutefase: str | None
    indicatie_bekostigbaar: bool
    """As the institution says."""
    status: bool
    """Whether it counts for the deelnemerswaarde."""
    voor_correctiefactor: bool
    bbl_bol_factor: Decimal | None
    prijsfactor: Decimal | None
    """None: no list gives one, and then there is no contribution to tell."""
    bijdrage: Decimal | None
    """Contribution to the deelnemerswaarde: 0 when it does not count, None when it cannot be told."""
    bpvs: tuple[Bpv, ...]
    """The placements it counts on; of BBL only."""
    redenen: tuple[Reden, ...]
    onderwijsaanbieder: str | None = None
    onderwijslocatie: str | None = None
    verblijfsjaren: int | None = None
    """Which year of enrolment on 1 October it is; only of teldata on which that still mattered."""
    verblijfsjaarfactor: Decimal | None = None


class Diplomabesluit(Struct, frozen=True):
    """What a diploma counts for."""

    instelling: Instellingscode
    resultaatvolgnummer: str
    op_onderwijsnummer: bool
    opleidingcode: str
    inschrijvingvolgnummer: str | None
    datum_behaald: date
    niveau: str | None
    specialist: bool
    niveau_hoogst_bekostigde_diploma: str | None
    hoogst_is_specialist: bool | None
    status: bool
    bijdrage: Decimal | None
    """Contribution to the diplomawaarde: 0 when it does not count, None when it cannot be told."""
    redenen: tuple[Reden, ...]
    onderwijsaanbieder: str | None = None


class Bekostiging(Struct, frozen=True):
    """What a dossier counts for in a funding year, at all institutions; enrolments in order of teldatum."""

    jaar: Bekostigingsjaar
    inschrijvingen: tuple[Teldatumbesluit, ...] = ()
    diplomas: tuple[Diplomabesluit, ...] = ()


class Bekostigingswijziging(Struct, frozen=True, omit_defaults=True):
    """What a melding changed in the provisional status of one enrolment on a teldatum, or of one diploma.

    ``voor`` or ``na`` is None where there was or is nothing to decide on.
    """

    jaar: int
    instelling: Instellingscode
    sleutel: str
    """The inschrijvingvolgnummer or resultaatvolgnummer."""
    teldatum: date | None = None
    """None: it is about a diploma."""
    status_voor: bool | None = None
    status_na: bool | None = None
    bijdrage_voor: Decimal | None = None
    bijdrage_na: Decimal | None = None
    redenen: tuple[Reden, ...] = ()
    """What fails or cannot be judged now."""
    parameters: str = ""
    """The mark of the parameters that it rests on."""
    gegevens_versie: int = 0
    """The version of the reference data that it rests on."""
    weging_voor: Decimal = Decimal(0)
    weging_na: Decimal = Decimal(0)
    """By what it counts in the correction factor, which does not ask for a placement: BOL 1, BBL less; 0 not at all."""
