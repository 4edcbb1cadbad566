"""A file is stored as it comes in, and seen when all of it is there; its pieces are sealed as everywhere."""

from django.db import migrations, models

from kernregister.platform.herzegelen import Herzegel

_TOESTANDEN = (
    *("ontvangst", "proef-wacht", "proef", "beoordeeld", "wacht", "bezig", "klaar"),
    *("onbruikbaar", "ingetrokken"),
)
_VAN_DE_INSTELLING = "instelling = (SELECT pas_sleutel('instelling'))"


class Migration(migrations.Migration):
    dependencies = [("leveringen", "0002_proef")]

    operations = [
        migrations.AlterField(
            "levering",
            "toestand",
            models.CharField(choices=[(t, t.replace("-", " ").title()) for t in _TOESTANDEN], max_length=12),
        ),
        migrations.RunSQL(
            f"ALTER POLICY app_lees ON leveringen_levering USING ({_VAN_DE_INSTELLING} AND toestand <> 'ontvangst')",
            f"ALTER POLICY app_lees ON leveringen_levering USING ({_VAN_DE_INSTELLING})",
        ),
        Herzegel("leveringen_stuk", "levering_id", "levering"),
    ]
