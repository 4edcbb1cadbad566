"""Which fields this kind of institution needs: those that a melding cannot do without, and those that a rule asks for.

A rule on a field that is missing is the only place that says so; here stands which rule that is.
"""

from __future__ import annotations

from typing import Final

from kernregister.kern.gegevens import Soort
from kernregister.kern.regels.catalogus import catalogus

ALLEEN_BI: Final = frozenset({"extra_ondersteuning", "bekostigbaar"})
"""Fields of which an institution without funding has no use (spec 19): shown there only when something is in them."""

LOS: Final = frozenset({"datum_resultaat", "certificaat", "inschrijvingvolgnummer", "onderwijsaanbieder"})
"""Fields of a part that stands alone: a part of a diploma has those of the diploma (rule K08)."""

DELEN_VAN_DIPLOMA: Final = "diploma-onderdelen-"

GEVRAAGD: Final[dict[str, str]] = {
    "Inschrijving.datum_uitschrijving_gepland": "G13",
    "Inschrijvingsperiode.bekostigbaar": "H15",
    "Inschrijvingsperiode.onderwijsaanbieder": "M01",
    "Inschrijvingsperiode.onderwijslocatie": "M02",
    "Bpv.omvang": "C02",
    "Bpv.leerbedrijf_id": "J06",
    "Bpv.datum_einde_gepland": "J08",
    "Diploma.bekostigbaar": "K14",
    "Diploma.onderwijsaanbieder": "D09",
    "AmvbOnderdeel.datum_resultaat": "K09",
    "GeneriekExamenonderdeel.datum_resultaat": "K09",
    "Keuzedeel.datum_resultaat": "K09",
    "AmvbOnderdeel.certificaat": "K10",
    "Keuzedeel.certificaat": "K10",
    "AmvbOnderdeel.onderwijsaanbieder": "D09",
    "GeneriekExamenonderdeel.onderwijsaanbieder": "D09",
    "Keuzedeel.onderwijsaanbieder": "D09",
}
"""Field -> the rule that refuses a record without it, or signals it at each kind of institution."""


def is_gevraagd(struct: str, veld: str, naam: str, bekostigd: bool) -> bool:
    """Tell whether a rule asks this kind of institution for a field."""
    regel = GEVRAAGD.get(f"{struct}.{veld}")
    if regel is None or (veld in LOS and naam.startswith(DELEN_VAN_DIPLOMA)):
        return False
    return (Soort.BI if bekostigd else Soort.NBI) in catalogus()[regel].vanaf


def is_overbodig(veld: str, naam: str, bekostigd: bool) -> bool:
    """Tell whether there is no use for a field here; when something stands in it, it is shown nevertheless."""
    return (not bekostigd and veld in ALLEEN_BI) or (veld in LOS and naam.startswith(DELEN_VAN_DIPLOMA))
