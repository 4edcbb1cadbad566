"""The studentdossier: a dossier as the institution or accountant of the pass may see it (``kern.inzage``).

Own records come over the application's connection, so that the policies decide on them and special data come only with
their scope. What others registered is read in the role of the apply step, and cut down before anybody sees it.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from msgspec import Struct, structs

from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.gegevens import Gegevens
from kernregister.kern.inzage import Inzage, alleen_eigen, grens, laatste_dag, vooropleiding_voor, zichtbaar
from kernregister.kern.tijd import DAG
from kernregister.kern.vooropleiding import Vooropleiding, zonder_gevolgtrekking
from kernregister.kern.vooropleiding import vooropleiding as alle_vooropleiding
from kernregister.platform.klok import NEDERLAND
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.public import Abonnementsoort
from kernregister.voorzieningen.register.inzage import VERBINDING, dossier_met_pas, is_zichtbaar
from kernregister.voorzieningen.register.opslag import (
    BIJZONDER_VAN_VERSIE,
    lees_aggregaat,
    lees_dossiers,
    plaats_van,
)

_WIE = """
SELECT pas_sleutel('instelling'), pas_sleutel('accountant'), EXISTS (
    SELECT 1 FROM register_stand s WHERE s.melding_id = b.sinds AND s.nummer <= %(stand)s::bigint
)
FROM register_betrokkenheid b WHERE b.persoon_id = %(persoon)s
    AND b.instelling = (SELECT coalesce(pas_sleutel('instelling'), pas_sleutel('accountant')))
"""
_VOOR_ALLES = 0
"""The stand at which nothing was known of anybody."""


def studentdossier(
    persoon: int, peildatum: date, gegevens: Gegevens, stand: int | None = None
) -> Inzage | None:
    """Return what the pass shows of a person on a day, as it is known now or was known at a stand; None: nothing.

    Inside ``met_pas`` of an institution, which needs an active or future enrolment of its own, or of an accountant,
    who sees the records of the institution and studiejaar. Nobody else sees a studentdossier. At a stand from before
    the institution had to do with the person it knew nothing, and what others knew then is no business of it.
    """
    instelling, accountant, toen_al = _wie(persoon, stand)
    if not (instelling or accountant):
        return None
    if stand is not None and not toen_al:
        stand = _VOOR_ALLES
    # The numbers are those of now, also at a stand: who looks knows the person by them.
    nummers = personen.nummers_van([persoon])
    eigen = lees_dossiers(nummers, stand, VERBINDING)[0][persoon]
    if accountant:
        return alleen_eigen(eigen, accountant, gegevens)
    nu = lees_dossiers(nummers)[0][persoon]
    tot = grens(nu, instelling, peildatum)
    if tot is None:
        return None
    toen = nu if stand is None else lees_dossiers(nummers, stand)[0][persoon]
    return zichtbaar(_met_eigen(toen, eigen, instelling), instelling, peildatum, gegevens, tot)


def vooropleiding_met_pas(persoon: int, peildatum: date, gegevens: Gegevens) -> Vooropleiding | None:
    """Return the vooropleiding that the pass shows of a person on a day; None: nothing.

    An institution needs an active or future enrolment of its own, or a running subscription on it; an accountant gets
    that of the own institution and studiejaar, and nothing that follows from the rest; the person and DUO get it all.
    """
    if not is_zichtbaar(persoon):
        return None
    instelling, accountant, _ = _wie(persoon)
    if accountant:
        eigen = dossier_met_pas(persoon)
        return zonder_gevolgtrekking(alle_vooropleiding(eigen, peildatum, gegevens)) if eigen else None
    heel = lees_dossiers(personen.nummers_van([persoon]))[0][persoon]
    if not instelling:
        return alle_vooropleiding(heel, peildatum, gegevens)
    gevolgd = _volgt(instelling, persoon, Abonnementsoort.VOOROPLEIDING, peildatum)
    return vooropleiding_voor(heel, instelling, peildatum, gegevens, gevolgd=gevolgd)


_BIJ_VERTREK = f"""
SELECT v.inhoud::text, {BIJZONDER_VAN_VERSIE} FROM register_versie v
WHERE v.persoon_id = %(persoon)s AND v.soort = 'persoon'
    AND (%(nu)s OR (v.transactie_van, v.melding_van) <= (%(transactie)s::text::xid8, %(melding)s))
ORDER BY v.geregistreerd_op >= %(tot)s::timestamptz,
    CASE WHEN v.geregistreerd_op < %(tot)s THEN v.melding_van END DESC, v.melding_van
LIMIT 1
"""  # noqa: S608 - parts of the room


def toon_persoon(van: Persoon, persoon: int, peildatum: date, stand: int | None = None) -> Persoon:
    """Return of a person's own data, as they hold now or at a stand, what the pass shows; inside ``met_pas``.

    Never an address that is secret now. To an institution that the person left, and that has no running subscription,
    no address, and all else as it was known at the end of its last own day: what changed since is no business of it.
    """
    instelling, _, _ = _wie(persoon)
    nu = lees_dossiers(personen.nummers_van([persoon]))[0][persoon]
    if (
        instelling
        and grens(nu, instelling, peildatum) is None
        and not _volgt(instelling, persoon, Abonnementsoort.PERSOONSGEGEVENS, peildatum)
    ):
        einde = laatste_dag(nu, instelling)
        return structs.replace(_bij_vertrek(van, persoon, einde, stand), adres=None)
    return structs.replace(van, adres=None) if nu.persoon.geheim else van


def _bij_vertrek(van: Persoon, persoon: int, einde: date, stand: int | None) -> Persoon:
    """Return the person as known at the end of a day; of who was not known yet by then, as first known after it."""
    waarden = {
        "persoon": persoon,
        "tot": datetime.combine(einde, time(), NEDERLAND) + DAG,
        "nu": stand is None,
        **plaats_van(stand or 0).waarden,
    }
    with cursor(VERBINDING) as sql:
        rij = sql.execute(_BIJ_VERTREK, waarden).fetchone()
    toen = lees_aggregaat("persoon", *rij) if rij else Persoon()
    nummers = van.burgerservicenummer, van.onderwijsnummer
    return structs.replace(toen, burgerservicenummer=nummers[0], onderwijsnummer=nummers[1])


def _volgt(instelling: str, persoon: int, wat: Abonnementsoort, peildatum: date) -> bool:
    return (persoon, instelling) in personen.abonnees([persoon], wat, peildatum)


def _wie(persoon: int, stand: int | None = None) -> tuple[str, str, bool]:
    """Return the institution and the accountant's institution of the pass, when they have to do with a person.

    And whether they had already at a stand.
    """
    with cursor(VERBINDING) as sql:
        sql.execute(_WIE, {"persoon": persoon, "stand": stand})
        instelling, accountant, toen_al = sql.fetchone() or ("", "", False)
    return str(instelling or ""), str(accountant or ""), bool(toen_al)


def _met_eigen(heel: Dossier, eigen: Dossier, instelling: str) -> Dossier:
    """Return a whole dossier in which the own part is what the pass shows of it."""
    anderen = tuple(een for een in heel.inschrijvingen if een.instelling != instelling)
    return structs.replace(heel, persoon=eigen.persoon, inschrijvingen=(*eigen.inschrijvingen, *anderen))


def is_betrokken(persoon: int) -> bool:
    """Tell whether the institution of the pass has to do with a person, whatever it may see."""
    return any(_wie(persoon)[:2])


class Versieregel(Struct, frozen=True):
    """A version of an aggregate, as the pass shows it: since when and until when it was what is registered."""

    id: int
    soort: str
    sleutel: str
    geregistreerd_op: datetime
    vervallen_op: datetime | None
    melding: UUID | None
    """The melding that made it; None: the pass does not show that melding."""
    meldingsoort: str
    vervangen_door: UUID | None
    """The melding that closed it."""
    stand: int | None
    """The number of the melding in the one order that everybody sees alike; None: not handed out yet."""
    inhoud: Any
    """The aggregate, without what has a scope of its own."""


_VERSIES = """
SELECT v.id, v.soort, v.sleutel, v.geregistreerd_op, v.vervallen_op, van.uuid, coalesce(van.soort, ''), tot.uuid,
    s.nummer, v.inhoud::text
FROM register_versie v
LEFT JOIN register_melding van ON van.id = v.melding_van
LEFT JOIN register_melding tot ON tot.id = v.melding_tot
LEFT JOIN register_stand s ON s.melding_id = v.melding_van
WHERE v.persoon_id = %(persoon)s
  AND v.instelling IN ('', (SELECT coalesce(pas_sleutel('instelling'), pas_sleutel('accountant'))))
ORDER BY v.id DESC LIMIT %(aantal)s
"""


def versieregels(persoon: int, aantal: int = 200) -> list[Versieregel]:
    """Return the versions of a person's own data and of the institution's own records, the latest first.

    Of the person's own data only what held since the institution has to do with the person: so says the policy.
    Inside ``met_pas``; whether the dossier may be seen at all is for the caller to have asked (`studentdossier`).
    """
    with cursor(VERBINDING) as sql:
        sql.execute(_VERSIES, {"persoon": persoon, "aantal": aantal})
        return [_versieregel([*rij]) for rij in sql]


def _versieregel(delen: list[Any]) -> Versieregel:
    delen[-1] = lees_aggregaat(delen[1], delen[-1], None)
    return Versieregel(*delen)
