"""A recorded request, read as the question that a kind of overview answers."""

from __future__ import annotations

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.tijd import Studiejaar
from kernregister.platform.pas import Bijzonder
from kernregister.voorzieningen.overzichten.models import Aanvraag
from kernregister.voorzieningen.overzichten.soorten import Vraag
from kernregister.voorzieningen.register import public as register


def vraag_van(aanvraag: Aanvraag) -> Vraag:
    """Return what a request asks, as a kind sees it."""
    return Vraag(
        id=aanvraag.id,
        soort=aanvraag.soort,
        instelling=aanvraag.instelling,
        begin=aanvraag.begin,
        einde=aanvraag.einde,
        studiejaar=Studiejaar.lees(aanvraag.studiejaar) if aanvraag.studiejaar else None,
        bekostigingsjaar=Bekostigingsjaar(aanvraag.bekostigingsjaar) if aanvraag.bekostigingsjaar else None,
        stand=aanvraag.stand if aanvraag.stand is not None else register.stand(),
        gegevens_versie=aanvraag.gegevens_versie or 0,
        aangevraagd_op=aanvraag.aangevraagd_op,
        peilmoment=aanvraag.peilmoment,
        client=aanvraag.client,
        extra=aanvraag.extra,
        mag=frozenset(map(Bijzonder, aanvraag.bijzonder)),
    )
