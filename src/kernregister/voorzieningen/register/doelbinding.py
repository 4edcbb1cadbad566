"""Whoever is no longer enrolled is no longer followed: the purpose of the subscription is gone (Handleiding, h. 05)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from kernregister.kern.dossier import Dossier
from kernregister.kern.meldingen.toepassen import Soort
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.public import Abonnementsoort, Doel
from kernregister.voorzieningen.register.volgers import Doorwerking, Toegepast


def bewaak(toegepast: Sequence[Toegepast], nu: datetime, vandaag: date) -> dict[int, Doorwerking]:
    """End the subscriptions that rest on an enrolment, of institutions whose last enrolment of the person ended.

    A follower of the meldingen. An end that is still to come ends nothing yet: the term of the subscription does. Who
    went up in another is followed as that other.
    """
    for een in toegepast:
        for instelling in {
            m.sleutel.instelling for m in een.mutaties if m.sleutel.soort == Soort.INSCHRIJVING
        }:
            if (
                _ingeschreven(een.voor, instelling, vandaag)
                and not _ingeschreven(een.na, instelling, vandaag)
                and not personen.gaat_op_in([een.persoon])
            ):
                personen.doel_vervallen(een.persoon, instelling, Doel.INSCHRIJVING)
    return {}


def met_doel(wie: Collection[int], vandaag: date) -> set[int]:
    """Return the persons of whom data may be asked: who is enrolled or will be, or is followed (AVG art. 5 lid 1 b)."""
    with cursor() as sql:
        sql.execute(
            "SELECT DISTINCT persoon_id FROM register_versie WHERE persoon_id = ANY (%s::bigint[])"
            " AND soort = 'inschrijving' AND melding_tot IS NULL AND (datum_eind IS NULL OR datum_eind >= %s)",
            [list(wie), vandaag],
        )
        uit = {id_ for (id_,) in sql}
    for soort in Abonnementsoort:
        uit |= {persoon for persoon, _ in personen.abonnees(wie, soort, vandaag)}
    return uit


def _ingeschreven(dossier: Dossier, instelling: str, vandaag: date) -> bool:
    """Tell whether the institution has an enrolment of the person that runs or is to begin."""
    return any(
        een.instelling == instelling
        and (een.datum_uitschrijving_werkelijk is None or een.datum_uitschrijving_werkelijk >= vandaag)
        for een in dossier.inschrijvingen
    )
