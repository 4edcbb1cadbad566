"""Who took a role back is empty until somebody does: what is filled once may not start as an empty text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("toegang", "0003_geheugen")]

    operations = [
        migrations.AlterField(
            model_name="roltoekenning",
            name="ingetrokken_door",
            field=models.CharField(max_length=150, null=True),
        ),
        migrations.RunSQL(
            """
            ALTER TABLE toegang_roltoekenning DISABLE TRIGGER niet_wijzigen;
            UPDATE toegang_roltoekenning SET ingetrokken_door = NULL WHERE ingetrokken_op IS NULL;
            ALTER TABLE toegang_roltoekenning ENABLE TRIGGER niet_wijzigen;
            """,
            migrations.RunSQL.noop,
        ),
    ]
