"""Who may see that a person exists, and their encrypted numbers: who has to do with the person.

A subscription is seen by the institution that has it and by the person. The source of person data stays closed.
"""

from django.db import migrations

from kernregister.platform.afscherming import SchermAf


def _mag(persoon: str) -> str:
    """Return the condition that the pass is of the person, of an institution involved, or of DUO."""
    return f"""
        (SELECT pas_soort()) = 'duo'
        OR {persoon}::text = (SELECT pas_sleutel('student'))
        OR EXISTS (
            SELECT 1 FROM register_betrokkenheid b
            WHERE b.persoon_id = {persoon} AND b.instelling = (SELECT pas_sleutel('instelling'))
        )
    """  # noqa: S608 - names of columns, nothing from outside


class Migration(migrations.Migration):
    dependencies = [
        ("personen", "0001_begin"),
        ("register", "0001_begin"),
        ("platform", "0001_begin"),
    ]

    operations = [
        SchermAf("personen_persoon", _mag("personen_persoon.id")),
        SchermAf("personen_nummer", _mag("personen_nummer.persoon_id")),
        SchermAf(
            "personen_abonnement",
            "instelling = (SELECT pas_sleutel('instelling')) OR persoon_id::text = (SELECT pas_sleutel('student'))",
        ),
    ]
