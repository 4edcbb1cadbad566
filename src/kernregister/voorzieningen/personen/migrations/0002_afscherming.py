"""Who may see that a person exists, and their encrypted numbers: who has to do with the person.

A subscription is seen by the institution that has it and by the person. The source of person data stays closed.
"""

from django.db import migrations

from kernregister.platform.afscherming import SchermAf

_ZELF = "(SELECT coalesce(pas_nummer('student'), pas_nummer('vertegenwoordiger')))"


def _mag(persoon: str) -> str:
    """Return the condition that the pass is of the person, of an institution involved, its accountant, or DUO."""
    return f"""
        (SELECT pas_soort()) = 'duo'
        OR {persoon} = {_ZELF}
        OR EXISTS (
            SELECT 1 FROM register_betrokkenheid b
            WHERE b.persoon_id = {persoon} AND b.instelling = (SELECT pas_sleutel('instelling'))
        )
        OR (SELECT pas_soort()) = 'accountant' AND EXISTS (
            SELECT 1 FROM register_accountantpersoon a WHERE a.persoon_id = {persoon}
        )
    """  # noqa: S608 - names of columns, nothing from outside


class Migration(migrations.Migration):
    dependencies = [
        ("personen", "0001_begin"),
        ("register", "0002_afscherming"),
        ("platform", "0001_begin"),
    ]

    operations = [
        SchermAf("personen_persoon", _mag("personen_persoon.id")),
        SchermAf("personen_nummer", _mag("personen_nummer.persoon_id")),
        SchermAf(
            "personen_abonnement",
            f"instelling = (SELECT pas_sleutel('instelling')) OR persoon_id = {_ZELF}",
        ),
    ]
