"""A visit: who looks at a page, in which capacity and language; what every page function gets instead of a request."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import render

from kernregister.kern.gegevens import Gegevens
from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform import audit, klok, verwerkingslog
from kernregister.platform.pas import Pas, Soort
from kernregister.platform.rechten import Recht, mag
from kernregister.platform.verwerkingslog import Status, Verwerking
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from kernregister.web.afzender import PORTAAL
from kernregister.web.portaal.taal import Taal, in_taal, taal_van
from kernregister.web.toegang import tweede_factor
from kernregister.web.toegang.gebruikers import Hoedanigheid, hoedanigheden

KEUZE = "hoedanigheid"
"""Where the session remembers in which capacity somebody acts."""

_VAN_INSTELLING = frozenset({Soort.INSTELLING, Soort.ACCOUNTANT})


@dataclass(frozen=True)
class Bezoek:
    """One request of a page, by somebody who may see it."""

    request: HttpRequest
    pagina: str
    """Name of the page in the permission table."""

    @cached_property
    def taal(self) -> Taal:
        """The language of the page."""
        return taal_van(self.request)

    @property
    def gebruiker(self) -> User | None:
        """Who is logged in."""
        wie = getattr(self.request, "user", None)  # an error before anybody was recognised has none
        return wie if isinstance(wie, User) else None

    @property
    def naam(self) -> str:
        """The name with which the visitor logs in: what the audit trail says."""
        return self.gebruiker.get_username() if self.gebruiker else ""

    @cached_property
    def hoedanigheden(self) -> tuple[Hoedanigheid, ...]:
        """In which capacities the visitor may act: none before a token generator or a provider said who this is."""
        if self.gebruiker is None or not tweede_factor.voldoet(self.request):
            return ()
        return hoedanigheden(self.gebruiker)

    @cached_property
    def hoedanigheid(self) -> Hoedanigheid | None:
        """In which capacity the visitor acts: as chosen, otherwise the first; None: no role opens anything."""
        if not self.hoedanigheden:
            return None
        keuze = self.request.session.get(KEUZE, "")
        passend = [een for een in self.hoedanigheden if een.sleutel == keuze]
        return next(iter(passend or self.hoedanigheden), None)

    def houd_hoedanigheid(self) -> str | None:
        """Remember in which capacity the visitor acts; return the kenmerk of another one that is no longer there.

        What a visitor sends was meant for the capacity that the page before it showed, and for no other.
        """
        if self.hoedanigheid is None:
            return None
        eerder: str = self.request.session.get(KEUZE, "")
        if eerder == self.hoedanigheid.sleutel:
            return None
        self.request.session[KEUZE] = self.hoedanigheid.sleutel
        if not eerder:
            return None
        rotate_token(self.request)  # forms that are open in other tabs were meant for it too
        soort, sleutel, _ = eerder.split(":")
        return sleutel or soort.upper()

    @property
    def pas(self) -> Pas:
        """The pass of the visitor; only on pages that ask for one.

        Raises:
            LookupError: nobody is known, or no role opens anything.
        """
        if self.hoedanigheid is None:
            raise LookupError("niemand bekend")
        return self.hoedanigheid.pas

    @property
    def rechten(self) -> frozenset[Recht]:
        """What the roles of the visitor open."""
        return self.hoedanigheid.rechten if self.hoedanigheid else frozenset()

    @property
    def instelling(self) -> str | None:
        """The institution that the visitor acts for; None: DUO and the sector, which see more than one."""
        return self.pas.sleutel if self.pas.soort in _VAN_INSTELLING else None

    @cached_property
    def gegevens(self) -> Gegevens:
        """The reference data of now: asked once for the whole page."""
        return stamgegevens.gegevens()

    @property
    def bekostigd(self) -> bool:
        """Whether the institution of the visitor is funded (BI); DUO and the sector see what a BI sees."""
        soort = self.gegevens.soort_van(self.instelling) if self.instelling else None
        return soort is None or soort.value.upper() == "BI"

    def mag(self, pagina: str) -> bool:
        """Tell whether the visitor may enter another page."""
        return self.hoedanigheid is not None and mag(self.hoedanigheid.pas, self.rechten, pagina)

    def met_dossier(self, wie: Collection[int]) -> frozenset[int]:
        """Return of whom a list may lead to the studentdossier: who left has none; inside ``met_pas``."""
        if self.instelling is None or not self.mag("portaal_studentdossier_persoon"):
            return frozenset()
        if self.pas.soort is Soort.ACCOUNTANT:
            return frozenset(wie)
        return register.met_studentdossier(wie, self.instelling, klok.vandaag())

    def heeft(self, recht: Recht) -> bool:
        """Tell whether the roles of the visitor open something."""
        return recht in self.rechten

    def tekst(self, tekst: Tekst) -> str:
        """Return a text in the language of the page."""
        return in_taal(tekst, self.taal)

    @property
    def is_fragment(self) -> bool:
        """Whether htmx asks for a part of the page."""
        return self.request.headers.get("HX-Request") == "true" and "HX-Boosted" not in self.request.headers

    def toon(
        self, sjabloon: str, waarden: dict[str, Any] | None = None, *, status: int = 200
    ) -> HttpResponse:
        """Return a page made of a template; ``bezoek`` is in it by itself."""
        return render(self.request, sjabloon, {"bezoek": self, **(waarden or {})}, status=status)

    def gelezen(
        self, wie: Collection[int], wat: str, activiteit: str = "dossier-inzien", verbinding: str = "default"
    ) -> None:
        """Log that the data of persons was shown, inside the transaction (``met_pas``) that reads it.

        Each person gets a line in the processing log; the audit trail tells which colleague looked.

        Args:
            wie: the persons.
            wat: what was done.
            activiteit: the processing activity.
            verbinding: the connection that reads.
        """
        if not wie:
            return
        verwerkingslog.leg_vast(list(self._verwerkingen(wie, wat, activiteit)), verbinding)
        wie = sorted(set(wie))
        audit.leg_vast(
            "gelezen",
            "persoon",
            wie[0] if len(wie) == 1 else "",
            door=self.naam,
            namens=self.pas.namens,
            details={"wat": wat, "aantal": len(wie)},
            verbinding=verbinding,
        )

    def _verwerkingen(self, wie: Iterable[int], wat: str, activiteit: str) -> Iterable[Verwerking]:
        for persoon in sorted(set(wie)):
            yield Verwerking(
                activiteit,
                wat,
                personen.pseudoniem(persoon),
                PORTAAL,
                namens=self.pas.namens,
                status=Status.OK,
            )
