"""An enrolment may be left out of a bulk change."""

from django.db import migrations, models

_UITKOMST = [
    (een, een.capitalize()) for een in ("wacht", "goed", "weggelaten", "ongewijzigd", "geweigerd", "aanvaard")
]


class Migration(migrations.Migration):
    dependencies = [("bulk", "0001_begin")]

    operations = [
        migrations.AlterField(
            "regel", "uitkomst", models.CharField(choices=_UITKOMST, default="wacht", max_length=12)
        )
    ]
