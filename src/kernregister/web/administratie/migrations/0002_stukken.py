"""An export is stored as it comes in, and seen when all of it is there; its pieces are sealed as everywhere."""

from django.db import migrations, models

from kernregister.platform.herzegelen import Herzegel

_TOESTANDEN = ("ontvangst", "koppelen", "wacht", "bezig", "klaar", "onbruikbaar")
_VAN_DE_INSTELLING = "instelling = (SELECT pas_sleutel('instelling'))"


class Migration(migrations.Migration):
    dependencies = [("administratie", "0001_begin")]

    operations = [
        migrations.AlterField(
            "vergelijking",
            "toestand",
            models.CharField(choices=[(t, t.capitalize()) for t in _TOESTANDEN], max_length=12),
        ),
        migrations.RunSQL(
            "ALTER POLICY app_lees ON administratie_vergelijking"
            f" USING ({_VAN_DE_INSTELLING} AND toestand <> 'ontvangst')",
            f"ALTER POLICY app_lees ON administratie_vergelijking USING ({_VAN_DE_INSTELLING})",
        ),
        Herzegel("administratie_stuk", "vergelijking_id", "administratie"),
    ]
