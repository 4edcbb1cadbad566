"""Retention: who approved which destruction, and the functions of the owner that carry it out.

What may be destroyed is decided in ``bewaren.py``; here is only how. Nothing else in the database can remove a row of
the register, and these need the record of an approved destruction. A function of the owner, so that the triggers of
the append-only tables let it pass; only the apply step may call it.
"""

from django.db import migrations, models

from kernregister.platform.afscherming import AlleenToevoegen

FUNCTIES = """
CREATE FUNCTION register_is_goedgekeurd(nummer bigint) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.register_vernietiging v WHERE v.id = nummer AND v.klaar_op IS NULL) THEN
        RAISE EXCEPTION 'vernietiging % is niet goedgekeurd of is al klaar', nummer
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- Meldingen without what they said: that one came, when and from whom stays, so that the order of the stand is whole.
CREATE FUNCTION register_maak_leeg(nummer bigint, meldingen bigint[], naamloos boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    rijen public.register_melding[];
BEGIN
    PERFORM public.register_is_goedgekeurd(nummer);
    SELECT array_agg(m) INTO rijen FROM public.register_melding m WHERE m.id = ANY (meldingen);
    DELETE FROM public.register_melding m WHERE m.id = ANY (meldingen);
    INSERT INTO public.register_melding (id, uuid, soort, afzender, moment, ontvangen_op, client, persoon_id, inhoud,
        vertrouwelijk, vingerafdruk, aanvaard, antwoord, transactie)
    SELECT m.id, m.uuid, m.soort, m.afzender, m.moment, m.ontvangen_op, m.client,
        CASE WHEN naamloos THEN NULL ELSE m.persoon_id END, '{}', NULL,
        CASE WHEN naamloos THEN ''::bytea ELSE m.vingerafdruk END, m.aanvaard,
        jsonb_build_object('id', m.uuid, 'soort', m.soort, 'aanvaard', m.aanvaard,
            'ontvangen_op', m.antwoord -> 'ontvangen_op'), m.transactie
    FROM unnest(rijen) AS m;
END $$;

-- Persons and whoever went up in them: all rows of every table that names them, their numbers, and their lines in the
-- processing log.
CREATE FUNCTION register_vernietig_personen(nummer bigint, personen bigint[], pseudoniemen text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tabel regclass; geraakt bigint; totaal bigint := 0;
BEGIN
    PERFORM public.register_is_goedgekeurd(nummer);
    PERFORM public.register_maak_leeg(nummer, array(
        SELECT m.id FROM public.register_melding m WHERE m.persoon_id = ANY (personen)
        UNION SELECT v.melding_van FROM public.register_versie v WHERE v.persoon_id = ANY (personen)
        UNION SELECT v.melding_tot FROM public.register_versie v
            WHERE v.persoon_id = ANY (personen) AND v.melding_tot IS NOT NULL), true);
    FOR tabel IN
        SELECT a.attrelid::regclass FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE a.attname = 'persoon_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p')
            AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'register_melding'
        ORDER BY c.relname
    LOOP
        EXECUTE format('DELETE FROM %s WHERE persoon_id = ANY ($1)', tabel) USING personen;
        GET DIAGNOSTICS geraakt = ROW_COUNT;
        totaal := totaal + geraakt;
    END LOOP;
    DELETE FROM public.personen_persoon p WHERE p.id = ANY (personen);
    DELETE FROM public.platform_verwerking w WHERE w.data_subject_id = ANY (pseudoniemen);
    RETURN totaal;
END $$;

CREATE FUNCTION register_vernietig_versies(nummer bigint, versies bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.register_is_goedgekeurd(nummer);
    DELETE FROM public.register_bijzonderdeel b WHERE b.versie_id = ANY (versies);
    DELETE FROM public.register_versie v WHERE v.id = ANY (versies);
END $$;

CREATE FUNCTION register_vernietig_bijzonder(nummer bigint, versies bigint[], wat text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.register_is_goedgekeurd(nummer);
    DELETE FROM public.register_bijzonderdeel b WHERE b.versie_id = ANY (versies) AND b.soort = wat;
END $$;

-- A part of an aggregate or of a melding that goes while the rest stays: the same row with less in it.
CREATE FUNCTION register_vervang_versies(nummer bigint, versies bigint[], inhouden text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    rijen public.register_versie[];
BEGIN
    PERFORM public.register_is_goedgekeurd(nummer);
    SELECT array_agg(v) INTO rijen FROM public.register_versie v WHERE v.id = ANY (versies);
    DELETE FROM public.register_versie v WHERE v.id = ANY (versies);
    INSERT INTO public.register_versie (id, persoon_id, soort, instelling, sleutel, datum_begin, datum_eind,
        opleidingcode, inhoud, schema, melding_van, melding_tot, geregistreerd_op, vervallen_op)
    SELECT v.id, v.persoon_id, v.soort, v.instelling, v.sleutel, v.datum_begin, v.datum_eind, v.opleidingcode,
        n.inhoud::jsonb, v.schema, v.melding_van, v.melding_tot, v.geregistreerd_op, v.vervallen_op
    FROM unnest(rijen) AS v JOIN unnest(versies, inhouden) AS n (id, inhoud) ON n.id = v.id;
END $$;

CREATE FUNCTION register_vervang_meldingen(nummer bigint, meldingen bigint[], inhouden text[], geheimen bytea[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    rijen public.register_melding[];
BEGIN
    PERFORM public.register_is_goedgekeurd(nummer);
    SELECT array_agg(m) INTO rijen FROM public.register_melding m WHERE m.id = ANY (meldingen);
    DELETE FROM public.register_melding m WHERE m.id = ANY (meldingen);
    INSERT INTO public.register_melding (id, uuid, soort, afzender, moment, ontvangen_op, client, persoon_id, inhoud,
        vertrouwelijk, vingerafdruk, aanvaard, antwoord, transactie)
    SELECT m.id, m.uuid, m.soort, m.afzender, m.moment, m.ontvangen_op, m.client, m.persoon_id, n.inhoud::jsonb,
        n.geheim, m.vingerafdruk, m.aanvaard, m.antwoord, m.transactie
    FROM unnest(rijen) AS m JOIN unnest(meldingen, inhouden, geheimen) AS n (id, inhoud, geheim) ON n.id = m.id;
END $$;

CREATE FUNCTION register_vernietig_berichten(nummer bigint, berichten bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.register_is_goedgekeurd(nummer);
    DELETE FROM public.register_uitbakbericht u WHERE u.id = ANY (berichten);
END $$;
"""
NAMEN = (
    "register_maak_leeg(bigint, bigint[], boolean)",
    "register_vernietig_personen(bigint, bigint[], text[])",
    "register_vernietig_versies(bigint, bigint[])",
    "register_vernietig_bijzonder(bigint, bigint[], text)",
    "register_vervang_versies(bigint, bigint[], text[])",
    "register_vervang_meldingen(bigint, bigint[], text[], bytea[])",
    "register_vernietig_berichten(bigint, bigint[])",
)
RECHTEN = "".join(
    f"REVOKE ALL ON FUNCTION {naam} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {naam} TO kernregister_stelsel;"
    for naam in NAMEN
)


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0006_samenvoegen"),
        ("personen", "0002_afscherming"),
        ("platform", "0001_begin"),
    ]

    operations = [
        migrations.CreateModel(
            name="Vernietiging",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("soort", models.TextField()),
                ("peildatum", models.DateField()),
                ("aanvrager", models.CharField(max_length=120)),
                ("goedkeurder", models.CharField(max_length=120)),
                ("reden", models.TextField()),
                ("begonnen_op", models.DateTimeField()),
                ("klaar_op", models.DateTimeField(null=True)),
                ("aantal", models.BigIntegerField(null=True)),
                ("personen", models.BigIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(aanvrager=models.F("goedkeurder")),
                        name="vernietiging_door_een_ander",
                    )
                ],
            },
        ),
        AlleenToevoegen("register_vernietiging", ("klaar_op", "aantal", "personen")),
        migrations.RunSQL(
            FUNCTIES + RECHTEN,
            f"DROP FUNCTION {', '.join(reversed(NAMEN))}; DROP FUNCTION register_is_goedgekeurd(bigint)",
        ),
    ]
