"""Which fields the form of a melding has: for whom it is, what is fixed, and what no scope opens."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from kernregister.kern.meldingen.berichten import SOORTEN, Bericht
from kernregister.platform.pas import Bijzonder
from kernregister.web.portaal.formulieren.vorm import SCHEIDING, Deel, Groep, delen_van
from kernregister.web.portaal.taal import Taal

BIJZONDER: Final = {"extra_ondersteuning": Bijzonder.ONDERSTEUNING, "verblijf_grond": Bijzonder.VERBLIJF}
"""Fields that are there only for who has the scope for it."""


class Blanco:
    """The form of one kind of melding, without anything in it: which fields it has, for whom.

    Args:
        soort: the kind of melding, or its name.
        taal: of the page.
        vast: what the visitor does not fill in, as JSON knows it: the sender, the numbers, or any part of the melding
            (``{"inschrijving": {"extra_ondersteuning": [...]}}``). It is not shown, and always goes along.
        bekostigd: whether the institution is funded (BI): the form shows what such an institution registers.
        bijzonder: the scopes of special data that the visitor has; without them those fields are neither shown nor
            read, so give what is registered in ``vast`` or it is emptied.
        verplicht: names of fields that must be filled in this form, although a melding may lack them.
    """

    def __init__(
        self,
        soort: type[Bericht] | str,
        taal: Taal,
        *,
        vast: Mapping[str, Any] | None = None,
        bekostigd: bool = True,
        bijzonder: Collection[Bijzonder] = frozenset(Bijzonder),
        verplicht: Collection[str] = (),
    ) -> None:
        self.soort: type[Bericht] = SOORTEN[soort] if isinstance(soort, str) else soort
        self.taal: Taal = taal
        self.vast = dict(vast or {})
        self.bekostigd = bekostigd
        self.bijzonder = frozenset(bijzonder)
        self.verplicht = frozenset(verplicht)

    def delen(self, soort: type[Struct], voor: str) -> Iterator[Deel]:
        """Give the parts of a struct that the visitor fills in: not what is fixed, and not what no scope opens.

        Args:
            soort: the struct.
            voor: the name of its group, with what divides names after it; empty: the melding itself.
        """
        vast: Any = self.vast
        for stap in voor.split(SCHEIDING)[:-1]:
            vast = vast.get(stap, {}) if isinstance(vast, dict) else {}
        for deel in delen_van(soort):
            heel = deel.naam in vast and not (isinstance(deel, Groep) and isinstance(vast[deel.naam], dict))
            if not heel and BIJZONDER.get(deel.naam) in {None, *self.bijzonder}:
                yield deel
