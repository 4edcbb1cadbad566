"""What a programme brings to the decision: its level, factors, and whether it is a funded one on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct

from kernregister.kern.bekostiging.besluit import Reden
from kernregister.kern.bekostiging.parameters import Parameters
from kernregister.kern.dossier import Inschrijvingsperiode
from kernregister.kern.gegevens import Bron, Gegevens, Opleiding, geldig_op
from kernregister.kern.sleutels import Instellingscode

ERKEND = Reden("T50", True)
_ONBEKEND = Reden("T50", None)
_EINDE_ONBEKEND = Reden("T52", None)
_TOESTEMMING_ONBEKEND = Reden("T53", None)
_LICENTIE_ONBEKEND = Reden("T54", None)
_LEERTRAJECT = Reden("T40", True)
_BIJDRAGE = Reden("TB0", True)


class Opleidingsfeiten(Struct, frozen=True):
    """What holds of every period with the same programme, level and leertraject."""

    niveau: str | None
    leertraject: Reden
    is_bbl: bool
    factor: Decimal | None
    prijsfactor: Decimal | None
    bijdrage: Decimal | None
    """The product of the two, before any verblijfsjaarfactor."""
    reden_bijdrage: Reden
    erkend: tuple[Reden, Reden]
    """On either teldatum, apart from what depends on the institution."""
    per_instelling: bool
    """Whether an institution needs a permission or a licence for it."""
    met_vws: bool | None
    is_groep: bool
    """It is a dossier or a domain: a placement is for a qualification in it."""


def feiten_van(
    periode: Inschrijvingsperiode, teldata: tuple[date, date], gegevens: Gegevens, parameters: Parameters
) -> Opleidingsfeiten:
    """Derive what the programme of a period brings. The level of the period goes before that of the programme."""
    code, leertraject = periode.opleidingcode, periode.leertraject
    opleiding = gegevens.opleidingen.get(code)
    niveau = periode.niveau or (opleiding.niveau if opleiding else None)
    prijsfactor = opleiding.prijsfactor if opleiding else None
    factor = parameters.factor_van(leertraject, niveau)
    in_budget = parameters.budget_van(niveau) is not None
    bijdrage = factor * prijsfactor if in_budget and factor is not None and prijsfactor is not None else None
    return Opleidingsfeiten(
        niveau=niveau,
        leertraject=_LEERTRAJECT
        if leertraject in parameters.leertrajecten
        else Reden("T40", False, {"leertraject": leertraject}),
        is_bbl=leertraject == "BBL",
        factor=factor,
        prijsfactor=prijsfactor,
        bijdrage=bijdrage,
        reden_bijdrage=_BIJDRAGE
        if bijdrage is not None
        else Reden("TB0" if in_budget else "TB1", None, {"opleidingcode": code}),
        erkend=(erkend_op(code, teldata[0], gegevens), erkend_op(code, teldata[1], gegevens)),
        per_instelling=opleiding is not None and bool(opleiding.cross_over or opleiding.unieke_vakopleiding),
        met_vws=opleiding.met_vws if opleiding else None,
        is_groep=opleiding is not None and opleiding.soort != "kwalificatie",
    )


def erkend_op(code: str, teldatum: date, gegevens: Gegevens) -> Reden:
    """Tell whether a programme is recognised on a day and has not ended yet."""
    opleiding = gegevens.opleidingen.get(code)
    if opleiding is None:
        actueel = Bron.OPLEIDINGEN_ACTUEEL in gegevens.beschikbaar
        return Reden("T50", False, {"opleidingcode": code}) if actueel else _ONBEKEND
    if opleiding.geldig and not geldig_op(opleiding.geldig, teldatum):
        return Reden("T51", False, {"opleidingcode": code, "teldatum": teldatum})
    if opleiding.einde_instroom is None or teldatum <= opleiding.einde_instroom:
        return ERKEND
    termijn = gegevens.wettelijke_termijn_maanden
    einde = None if termijn is None else opleiding.einde(termijn)
    if einde is None:
        return _EINDE_ONBEKEND
    if teldatum > einde:
        return Reden("T52", False, {"opleidingcode": code, "einde_opleiding": einde})
    return ERKEND


def mag_geven(instelling: Instellingscode, opleiding: Opleiding, teldatum: date, gegevens: Gegevens) -> Reden:
    """Tell whether an institution has the permission or the licence that a programme asks for on a day."""
    aanspraak = instelling, opleiding.code
    for nodig, bron, aanspraken, niet, onbekend in (
        (opleiding.cross_over, Bron.TOESTEMMINGEN, gegevens.toestemmingen, "T53", _TOESTEMMING_ONBEKEND),
        (opleiding.unieke_vakopleiding, Bron.LICENTIES, gegevens.licenties, "T54", _LICENTIE_ONBEKEND),
    ):
        if not nodig or geldig_op(aanspraken.get(aanspraak, ()), teldatum):
            continue
        if bron not in gegevens.beschikbaar:
            return onbekend
        return Reden(niet, False, {"opleidingcode": opleiding.code, "teldatum": teldatum})
    return ERKEND
