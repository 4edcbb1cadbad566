"""Where in a form a finding belongs: at the field that its rule reads, in the group of the record it is about.

A rule is a small function over one record, so the field to mend is the first field of that record that the function
reads. Where that is not so, ``ELDERS`` says it.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import CodeType
from typing import Any, Final

from kernregister.kern import dossier as kern
from kernregister.kern.meldingen.terugkoppeling import Terugmelding
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Sleutel

ELDERS: Final[dict[str, tuple[str, ...]]] = {
    "A01": ("burgerservicenummer", "onderwijsnummer"),
    "A02": ("datum_inschrijving",),
    "A03": ("datum_uitschrijving_werkelijk",),
    "B01": ("inschrijvingvolgnummer",),
    "B03": ("perioden",),
    "B05": ("datum_begin",),
    "B07": ("opleidingcode",),
    "B08": ("onderwijsaanbieder",),
    "B10": ("onderwijslocatie",),
    "B11": ("opleidingcode",),
    "D01": ("opleidingcode",),
    "D03": ("inschrijvingvolgnummer",),
    "D04": ("opleidingcode",),
    "D05": ("code",),
    "D06": ("opleidingcode",),
    "D07": ("inschrijvingvolgnummer",),
    "D08": ("onderwijsaanbieder",),
    "D09": ("onderwijsaanbieder",),
    "E01": ("leerroutefase",),
    "E02": ("leerroutefase",),
    "E03": ("leerroute",),
    "E04": ("leerroute",),
    "E05": ("bekostigbaar",),
    "E06": ("bekostigbaar",),
    "F01": ("burgerservicenummer",),
    "F02": ("onderwijsnummer",),
    "F03": ("burgerservicenummer",),
    "F04": ("onderwijsnummer",),
    "G02": ("inschrijvingvolgnummer",),
    "G05": ("reden_uitschrijving",),
    "G09": ("perioden",),
    "G11": ("perioden",),
    "G15": ("datum_begin",),
    "J02": ("volgnummer",),
    "J09": ("opleidingcode", "keuzedeelcode"),
    "K03": ("resultaatvolgnummer",),
    "K06": ("code",),
    "K07": ("code",),
    "K08": ("datum_resultaat",),
    "K10": ("certificaat",),
    "L01": ("code",),
    "L03": ("code",),
    "M03": ("onderwijsaanbieder",),
    "M08": ("opleidingcode",),
    "M11": ("datum_inschrijving",),
    "M12": ("verblijf_grond", "datum_inschrijving"),
    "M13": ("datum_inschrijving",),
    "N04": ("burgerservicenummer",),
    "N06": ("inschrijvingvolgnummer",),
    "N07": ("bpv_volgnummer",),
    "N08": ("resultaatvolgnummer",),
}
"""Rule or control -> the fields to mend, the first that the form has."""

IN_GROEP: Final = {
    "Inschrijving": ("inschrijving",),
    "Inschrijvingsperiode": ("inschrijving", "perioden"),
    "ExtraOndersteuning": ("inschrijving", "extra_ondersteuning"),
    "Bpv": ("bpv",),
    "Diploma": ("diploma",),
    "AmvbOnderdeel": ("diploma", "onderdelen"),
    "GeneriekExamenonderdeel": ("diploma", "onderdelen"),
    "Keuzedeel": ("diploma", "onderdelen"),
}
"""Kind of record -> the way to its group in a melding; a loose result stands in ``resultaat``."""

_VELDEN: Final = {naam: tuple(getattr(kern, naam).__struct_fields__) for naam in (*IN_GROEP, "Persoon")}


def velden_van(regel: str, record: str) -> tuple[str, ...]:
    """Return the fields of a record that a rule is about, the one to mend first."""
    if regel in ELDERS:
        return ELDERS[regel]
    gevonden = catalogus().get(regel)
    if gevonden is None or record not in _VELDEN:
        return ()
    eigen = _VELDEN[record]
    return tuple(dict.fromkeys(naam for naam in _gelezen(gevonden.functie.__code__) if naam in eigen))[:1]


def _gelezen(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for deel in code.co_consts:
        if isinstance(deel, CodeType):
            yield from _gelezen(deel)


def plekken(bevinding: Terugmelding, bericht: Any) -> Iterator[str]:
    """Give the places in a melding where a finding may belong, the best first: ``inschrijving.perioden[0].niveau``.

    Args:
        bevinding: the finding.
        bericht: the melding that was judged, to find one of several records back by its key; may be None.
    """
    genoemd = bevinding.waarden.get("velden") or [bevinding.waarden.get("veld")]
    yield from (naam for naam in genoemd if isinstance(naam, str))
    velden = velden_van(bevinding.regel, bevinding.sleutel.record if bevinding.sleutel else "")
    for groep in _groepen(bevinding.sleutel, bericht):
        yield from (f"{groep}.{veld}" for veld in velden)
        if "[" in groep or not velden:
            yield groep
    yield from velden


def _groepen(sleutel: Sleutel | None, bericht: Any) -> Iterator[str]:
    """Give the groups of a melding that a record may stand in, the narrowest first."""
    if sleutel is None or sleutel.record not in IN_GROEP:
        return
    if getattr(bericht, "resultaat", None) is not None:
        yield "resultaat"
        return
    weg = IN_GROEP[sleutel.record]
    if len(weg) > 1:
        onder = getattr(getattr(bericht, weg[0], None), weg[1], ())
        for plaats, een in enumerate(onder):
            if _is_van(sleutel, een):
                yield f"{weg[0]}.{weg[1]}[{plaats}]"
                break
        yield ".".join(weg)
    yield weg[0]


def _is_van(sleutel: Sleutel, een: Any) -> bool:
    if sleutel.record in ("Inschrijvingsperiode", "ExtraOndersteuning"):
        return bool(een.datum_begin == sleutel.datum_begin)
    return bool(een.resultaatvolgnummer == sleutel.resultaatvolgnummer)
