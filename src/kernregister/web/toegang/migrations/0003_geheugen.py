"""What web processes remember together: how often somebody tried to log in. Closed to the application's role."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("toegang", "0002_rollen")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE toegang_geheugen (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX toegang_geheugen_expires ON toegang_geheugen (expires);
            """,
            "DROP TABLE toegang_geheugen;",
        )
    ]
