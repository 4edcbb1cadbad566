"""The signals with their life, what was decided about them, what was counted, and who may see which rows."""

from django.db import migrations, models

from kernregister.platform.afscherming import AlleenToevoegen, SchermAf

VAN_DE_INSTELLING = "instelling = (SELECT pas_sleutel('instelling')) OR (SELECT pas_soort()) = 'duo'"

SIGNAAL = f"""
    NOT schaduw AND (
        bijzonder = ''
        OR bijzonder = 'ondersteuning' AND (SELECT pas_bijzonder('ondersteuning'))
        OR bijzonder = 'verblijf' AND (SELECT pas_bijzonder('verblijf'))
    ) AND (
        {VAN_DE_INSTELLING}
        OR persoon_id = (SELECT coalesce(pas_nummer('student'), pas_nummer('vertegenwoordiger')))
        OR instelling = (SELECT pas_sleutel('accountant'))
            AND geopend_dag < (SELECT upper(register_studiejaar()))
            AND (gesloten_dag IS NULL OR gesloten_dag >= (SELECT lower(register_studiejaar())))
    )
"""
"""A signal in the shadow is shown to nobody; an accountant sees what stood on a day of the studiejaar."""

VAN_EEN_SIGNAAL = """
    instelling = (SELECT pas_sleutel('instelling')) AND EXISTS (
        SELECT FROM kwaliteit_signaal s WHERE s.id = signaal_id AND s.instelling = {tabel}.instelling
    )
"""
"""What may be added to a signal: only by the institution whose it is (the inner table has a policy of its own)."""

AFZIEN = f"""
    {VAN_DE_INSTELLING} OR instelling = (SELECT pas_sleutel('accountant')) AND EXISTS (
        SELECT FROM kwaliteit_signaal s WHERE s.id = signaal_id
    )
"""  # noqa: S608 - conditions of this file
"""An accountant sees what was decided about the signals that are to be seen."""

CIJFERS = f"""
    {VAN_DE_INSTELLING} OR instelling = (SELECT pas_sleutel('accountant')) OR (SELECT pas_soort()) = 'sector'
"""

GESLOTEN = ("gesloten_op", "gesloten_dag", "gesloten_door", "gesloten_reden", "vervangen")


class Migration(migrations.Migration):
    initial = True

    dependencies = [("platform", "0001_begin"), ("register", "0002_afscherming")]

    operations = [
        migrations.CreateModel(
            name="Grondslag",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("kenmerk", models.BinaryField(unique=True)),
                ("gegevens_versie", models.BigIntegerField()),
                ("regels", models.JSONField()),
                ("programma", models.CharField(max_length=40)),
                ("sinds", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Kantelmoment",
            fields=[
                ("persoon_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("dag", models.DateField(db_index=True)),
                ("grondslag", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Rooster",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("weekdag", models.SmallIntegerField()),
                ("door", models.CharField(max_length=120)),
                ("op", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Sweep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("gegevens_versie", models.BigIntegerField(null=True)),
                ("regels", models.JSONField()),
                ("peildatum", models.DateField()),
                ("door", models.CharField(max_length=120)),
                ("gestart_op", models.DateTimeField()),
                ("totaal", models.BigIntegerField()),
                ("gedaan", models.BigIntegerField(default=0)),
                ("tot_persoon", models.BigIntegerField(default=0)),
                ("klaar_op", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Toewijzing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("signaal_id", models.BigIntegerField(db_index=True)),
                ("instelling", models.CharField(max_length=4)),
                ("aan", models.CharField(blank=True, max_length=120)),
                ("door", models.CharField(max_length=120)),
                ("op", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Afzien",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("signaal_id", models.BigIntegerField(db_index=True)),
                ("instelling", models.CharField(max_length=4)),
                (
                    "stap",
                    models.CharField(
                        choices=[
                            ("verzoek", "Verzoek"),
                            ("akkoord", "Akkoord"),
                            ("afwijzing", "Afwijzing"),
                            ("intrekking", "Intrekking"),
                        ],
                        max_length=10,
                    ),
                ),
                ("verzoek_id", models.BigIntegerField(null=True)),
                ("aanvrager", models.CharField(max_length=120)),
                ("door", models.CharField(max_length=120)),
                ("reden", models.TextField()),
                ("tot", models.DateField()),
                ("op", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("aanvrager", models.F("door")), ("stap", "akkoord"), _negated=True
                        ),
                        name="afzien_door_een_ander",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stap__in", ["akkoord", "afwijzing"])),
                        fields=("verzoek_id",),
                        name="afzien_een_besluit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cijferstand",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("instelling", models.CharField(max_length=4)),
                ("studiejaar", models.CharField(max_length=9)),
                ("stand_per", models.DateField()),
                ("stand", models.BigIntegerField()),
                ("gegevens_versie", models.BigIntegerField()),
                ("niet_beoordeeld", models.JSONField()),
                ("cellen", models.JSONField()),
                ("totalen", models.JSONField()),
                ("geplaatst_op", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("instelling", "studiejaar", "stand_per"), name="cijferstand_een"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Signaal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("persoon_id", models.BigIntegerField()),
                ("instelling", models.CharField(max_length=4)),
                ("regel", models.CharField(max_length=3)),
                ("sleutel", models.JSONField()),
                ("op_onderwijsnummer", models.BooleanField()),
                ("vingerafdruk", models.BinaryField()),
                ("van", models.DateField()),
                ("tot", models.DateField()),
                ("teldatum", models.DateField(null=True)),
                ("waarden", models.JSONField()),
                ("bijzonder", models.CharField(blank=True, max_length=13)),
                ("schaduw", models.BooleanField()),
                ("sinds", models.DateField()),
                ("geopend_op", models.DateTimeField()),
                ("geopend_dag", models.DateField()),
                ("geopend_door", models.BigIntegerField(null=True)),
                ("geopend_reden", models.CharField(blank=True, max_length=200)),
                ("gesloten_op", models.DateTimeField(null=True)),
                ("gesloten_dag", models.DateField(null=True)),
                ("gesloten_door", models.BigIntegerField(null=True)),
                ("gesloten_reden", models.CharField(max_length=200, null=True)),
                ("vervangen", models.BooleanField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("gesloten_op__isnull", True)),
                        fields=["instelling", "id"],
                        name="signaal_open",
                    ),
                    models.Index(fields=["instelling", "geopend_dag"], name="signaal_geopend"),
                    models.Index(fields=["instelling", "gesloten_dag"], name="signaal_gesloten"),
                    models.Index(fields=["persoon_id"], name="signaal_persoon"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("gesloten_op__isnull", True)),
                        fields=("persoon_id", "regel", "vingerafdruk"),
                        name="signaal_een_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sweepgevolg",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sweep_id", models.BigIntegerField()),
                ("regel", models.CharField(max_length=3)),
                ("instelling", models.CharField(max_length=4)),
                ("geopend", models.BigIntegerField()),
                ("gesloten", models.BigIntegerField()),
                ("personen", models.BigIntegerField()),
                ("voorbeelden", models.JSONField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sweep_id", "regel", "instelling"), name="sweepgevolg_een"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Telling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cijferstand_id", models.BigIntegerField()),
                ("instelling", models.CharField(max_length=4)),
                ("stand_per", models.DateField()),
                ("regel", models.CharField(max_length=3)),
                ("kolom", models.CharField(blank=True, max_length=4)),
                ("aantal", models.IntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["instelling", "stand_per"], name="telling_instelling")],
                "constraints": [
                    models.UniqueConstraint(fields=("cijferstand_id", "regel", "kolom"), name="telling_een")
                ],
            },
        ),
        SchermAf("kwaliteit_signaal", SIGNAAL),
        AlleenToevoegen("kwaliteit_signaal", GESLOTEN, vernietigbaar=True),
        SchermAf(
            "kwaliteit_toewijzing",
            VAN_DE_INSTELLING,
            VAN_EEN_SIGNAAL.format(tabel="kwaliteit_toewijzing"),
            False,
        ),
        AlleenToevoegen("kwaliteit_toewijzing", vernietigbaar=True),
        SchermAf("kwaliteit_afzien", AFZIEN, VAN_EEN_SIGNAAL.format(tabel="kwaliteit_afzien"), False),
        AlleenToevoegen("kwaliteit_afzien", vernietigbaar=True),
        SchermAf("kwaliteit_cijferstand", CIJFERS),
        AlleenToevoegen("kwaliteit_cijferstand"),
        SchermAf("kwaliteit_telling", CIJFERS),
        AlleenToevoegen("kwaliteit_telling"),
        SchermAf("kwaliteit_sweepgevolg", VAN_DE_INSTELLING),
        SchermAf("kwaliteit_sweep", "(SELECT pas_soort()) IN ('instelling', 'duo')"),
        SchermAf("kwaliteit_rooster", "(SELECT pas_soort()) IS NOT NULL"),
        AlleenToevoegen("kwaliteit_rooster"),
        SchermAf("kwaliteit_grondslag", "(SELECT pas_soort()) = 'duo'"),
        AlleenToevoegen("kwaliteit_grondslag"),
    ]
