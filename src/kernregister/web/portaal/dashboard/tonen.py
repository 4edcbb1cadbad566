"""Parts of the dashboard as HTML, kept at hand as long as what they show is the same.

Half the work of a page is writing it out, and everybody at an institution looks at the same figures (ADR 0033).
"""

from __future__ import annotations

import time
from datetime import date
from typing import Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from kernregister.platform.geheugen import onthoud
from kernregister.platform.pas import Pas
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.dashboard.opbouw import Blok
from kernregister.web.portaal.dashboard.samenvatting import samenvatting
from kernregister.web.portaal.taal import Lezer, Taal

VERVERS: Final = 600
"""Seconds after which what is at stake is added up anew, when no melding asked for it: the worker changes it too."""


@onthoud(128)
def blokken_als_html(taal: Taal, blokken: tuple[Blok, ...]) -> SafeString:
    """Return blocks of figures, with a link under each number."""
    return render_to_string("portaal/dashboard/blokken.html", {"blokken": blokken, "bezoek": Lezer(taal)})


def samenvatting_als_html(
    bezoek: Bezoek, beeld: kwaliteit.Dashboardbeeld, bekostigd: bool, stand: date | None
) -> SafeString:
    """Return the figures of now or a stand with their plots, of an institution funded or not; inside ``met_pas``."""
    return _samenvatting(
        bezoek.pas,
        beeld.instelling,
        bekostigd and bezoek.heeft(Recht.BEKOSTIGING_LEZEN),
        stand is None and bezoek.instelling is not None and bezoek.mag("portaal_signalen"),
        beeld.stand_per,
        stand,
        bezoek.taal,
        (beeld.merk, int(time.monotonic() // VERVERS)),
    )


@onthoud(128)
def _samenvatting(
    pas: Pas,
    instelling: str,
    met_belang: bool,
    naar_signalen: bool,
    vandaag: date,
    stand: date | None,
    taal: Taal,
    merk: tuple[str, int],
) -> SafeString:
    nu = samenvatting(instelling, met_belang, vandaag, stand)
    waarden = {"nu": nu, "naar_signalen": naar_signalen, "bezoek": Lezer(taal)}
    return render_to_string("portaal/dashboard/samenvatting.html", waarden)
