"""Who follows whom: subscriptions on person data and on vooropleiding, each with its purpose and its end.

A row is closed, never changed, so it stays known who followed whom, when, and on what ground (Handleiding Register
Onderwijsdeelnemers mbo 25.0, h. 05).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Literal

from msgspec import Struct

from kernregister.kern.parameters import lees
from kernregister.kern.tijd import maanden_na
from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.personen.models import Abonnement, Abonnementsoort, Doel, Einde
from kernregister.voorzieningen.personen.nummers import leden

Stand = Literal["aan", "uit", "eenmalig"]


def looptijd(vandaag: date) -> int:
    """Return how many months a subscription set on a day runs, by the parameter that holds then."""
    geldend = [regel for regel in lees("abonnementen")["looptijd"] if regel["vanaf"] <= vandaag]
    return int(max(geldend, key=lambda regel: regel["vanaf"])["maanden"])


def zet_abonnement(
    persoon_id: int,
    instelling: str,
    soort: Abonnementsoort | str,
    stand: Stand,
    vandaag: date,
    *,
    doel: Doel | str = Doel.AANMELDING,
    referentie: str = "",
) -> None:
    """Set a subscription ``aan`` or ``uit``, or record that data were asked for once (``eenmalig``).

    ``aan`` again starts a new term in the place of the running one. ``eenmalig`` leaves a running one alone; ``uit``
    without one does nothing. Lock the person first: there is one running subscription of a kind.

    Args:
        persoon_id: whom.
        instelling: instellingscode of who follows.
        soort: what.
        stand: aan, uit or eenmalig.
        vandaag: the day on which it begins.
        doel: what it rests on, an application or an enrolment.
        referentie: the institution's own reference of that.
    """
    soort, doel = Abonnementsoort(soort), Doel(doel)
    if stand == "uit":
        _sluit(Einde.INSTELLING, persoon_id, "instelling = %s AND soort = %s", [instelling, soort.value])
        return
    if stand == "aan":
        _sluit(Einde.VERVANGEN, persoon_id, "instelling = %s AND soort = %s", [instelling, soort.value])
    nu = klok.nu()
    eenmalig = stand == "eenmalig"
    tot = vandaag if eenmalig else maanden_na(vandaag, looptijd(vandaag))
    with cursor() as sql:
        sql.execute(
            "INSERT INTO personen_abonnement (persoon_id, instelling, soort, eenmalig, doel, referentie, begin,"
            " loopt_tot, gezet_op, beeindigd_op, einde) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                *(persoon_id, instelling, soort.value, eenmalig, doel.value, referentie, vandaag, tot, nu),
                *((nu, Einde.EENMALIG.value) if eenmalig else (None, None)),
            ],
        )


def doel_vervallen(
    persoon_id: int, instelling: str, doel: Doel | str | None = None, referentie: str | None = None
) -> int:
    """End what rests on a purpose that is gone and return how many: all of the institution, or of one purpose."""
    voorwaarde, waarden = "instelling = %s", [instelling]
    if doel is not None:
        voorwaarde, waarden = f"{voorwaarde} AND doel = %s", [*waarden, Doel(doel).value]
    if referentie is not None:
        voorwaarde, waarden = f"{voorwaarde} AND referentie = %s", [*waarden, referentie]
    return _sluit(Einde.DOEL, persoon_id, voorwaarde, waarden)


def abonnees(persoon_ids: Collection[int], soort: Abonnementsoort | str, op: date) -> list[tuple[int, str]]:
    """Return who follows these persons on a day, as (person, institution), in order. Who asked once does not follow."""
    return alle_abonnees(persoon_ids, op)[Abonnementsoort(soort)]


def alle_abonnees(persoon_ids: Collection[int], op: date) -> dict[Abonnementsoort, list[tuple[int, str]]]:
    """Return the same of every kind of subscription at once."""
    uit: dict[Abonnementsoort, set[tuple[int, str]]] = {soort: set() for soort in Abonnementsoort}
    wortels = leden(persoon_ids) if persoon_ids else {}
    if wortels:
        with cursor() as sql:
            sql.execute(
                "SELECT persoon_id, instelling, soort FROM personen_abonnement WHERE persoon_id = ANY (%s::bigint[])"
                " AND beeindigd_op IS NULL AND begin <= %s AND loopt_tot > %s",
                [list(wortels), op, op],
                prepare=True,
            )
            for id_, instelling, soort in sql:
                uit[Abonnementsoort(soort)] |= {(wortel, instelling) for wortel in wortels[id_]}
    return {soort: sorted(paren) for soort, paren in uit.items()}


class Abonnementregel(Struct, frozen=True):
    """A subscription as the institution and the person see it; ``loopt_tot`` is the first day on which it is over."""

    id: int
    persoon: int
    instelling: str
    soort: str
    eenmalig: bool
    doel: str
    referentie: str
    begin: date
    loopt_tot: date
    beeindigd_op: datetime | None
    einde: str | None


def abonnementen(
    persoon_id: int | None = None, *, lopend: bool = True, na: int = 0, aantal: int = 100
) -> list[Abonnementregel]:
    """Return the subscriptions that the pass shows, in order of id: run it inside ``met_pas``.

    Args:
        persoon_id: of whom; None: of everybody.
        lopend: only those that nobody ended.
        na: id where the previous page ended.
        aantal: how many at most.
    """
    rijen = Abonnement.objects.using("default").filter(id__gt=na)
    if persoon_id is not None:
        rijen = rijen.filter(persoon_id=persoon_id)
    if lopend:
        rijen = rijen.filter(beeindigd_op__isnull=True)
    velden = ("persoon_id" if veld == "persoon" else veld for veld in Abonnementregel.__struct_fields__)
    return [Abonnementregel(*rij) for rij in rijen.order_by("id").values_list(*velden)[:aantal]]


def verloop(vandaag: date) -> int:
    """End the subscriptions whose term has passed and return how many."""
    return _sluit(Einde.TERMIJN, None, "loopt_tot <= %s", [vandaag])


def _sluit(einde: Einde, persoon_id: int | None, voorwaarde: str, waarden: list[Any]) -> int:
    """Close running subscriptions, of a person and who went up in them, or of everybody.

    ``voorwaarde`` is text of this module; what comes from outside is in ``waarden``.
    """
    if persoon_id is not None:
        voorwaarde, waarden = (
            f"{voorwaarde} AND persoon_id = ANY (%s::bigint[])",
            [*waarden, list(leden([persoon_id]))],
        )
    with cursor() as sql:
        # ordered, so that two who close the same rows wait for each other
        loopt = f"SELECT id FROM personen_abonnement WHERE beeindigd_op IS NULL AND {voorwaarde}"  # noqa: S608
        sql.execute(f"{loopt} ORDER BY id FOR UPDATE", waarden)
        ids = [id_ for (id_,) in sql.fetchall()]
        sql.execute(
            "UPDATE personen_abonnement SET beeindigd_op = %s, einde = %s"
            " WHERE id = ANY (%s::bigint[]) AND beeindigd_op IS NULL",
            [klok.nu(), einde.value, ids],
        )
        return int(sql.rowcount)
