"""The tables of the peer: a row for each record."""

from django.db import models


class Persoon(models.Model):
    burgerservicenummer = models.CharField(max_length=9, unique=True, null=True)
    onderwijsnummer = models.CharField(max_length=9, unique=True, null=True)
    geboortedatum = models.CharField(max_length=10)
    geslacht = models.CharField(max_length=1)


class Inschrijving(models.Model):
    persoon = models.ForeignKey(Persoon, models.CASCADE)
    instelling = models.CharField(max_length=4)
    inschrijvingvolgnummer = models.CharField(max_length=20)
    datum_inschrijving = models.DateField()
    datum_uitschrijving_gepland = models.DateField(null=True)
    datum_uitschrijving_werkelijk = models.DateField(null=True)
    reden_uitschrijving = models.CharField(max_length=2, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["persoon", "instelling", "inschrijvingvolgnummer"], name="inschrijving_een"
            )
        ]


class Periode(models.Model):
    inschrijving = models.ForeignKey(Inschrijving, models.CASCADE, related_name="perioden")
    datum_begin = models.DateField()
    opleidingcode = models.CharField(max_length=5)
    leertraject = models.CharField(max_length=6)
    niveau = models.CharField(max_length=5, null=True)
    bekostigbaar = models.BooleanField(null=True)
    locatiecode_vsv = models.CharField(max_length=20, null=True)
    onderwijsaanbieder = models.CharField(max_length=20, null=True)
    onderwijslocatie = models.CharField(max_length=20, null=True)


class Ondersteuning(models.Model):
    inschrijving = models.ForeignKey(Inschrijving, models.CASCADE, related_name="extra_ondersteuning")
    datum_begin = models.DateField()
    datum_eind = models.DateField(null=True)


class Bpv(models.Model):
    inschrijving = models.ForeignKey(Inschrijving, models.CASCADE, related_name="bpvs")
    volgnummer = models.CharField(max_length=20)
    afsluitdatum = models.DateField()
    datum_begin = models.DateField()
    datum_einde_gepland = models.DateField(null=True)
    datum_einde_werkelijk = models.DateField(null=True)
    omvang = models.IntegerField(null=True)
    leerbedrijf_id = models.CharField(max_length=9, null=True)
    opleidingcode = models.CharField(max_length=5, null=True)
    keuzedeelcode = models.CharField(max_length=5, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inschrijving", "volgnummer"], name="bpv_een")]


class Diploma(models.Model):
    persoon = models.ForeignKey(Persoon, models.CASCADE)
    instelling = models.CharField(max_length=4)
    resultaatvolgnummer = models.CharField(max_length=20)
    opleidingcode = models.CharField(max_length=5)
    datum_resultaat = models.DateField()
    bekostigbaar = models.BooleanField(null=True)
    inschrijvingvolgnummer = models.CharField(max_length=20, null=True)
    onderwijsaanbieder = models.CharField(max_length=20, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["persoon", "instelling", "resultaatvolgnummer"], name="diploma_een"
            )
        ]


class Onderdeel(models.Model):
    persoon = models.ForeignKey(Persoon, models.CASCADE)
    instelling = models.CharField(max_length=4)
    diploma = models.ForeignKey(Diploma, models.CASCADE, null=True, related_name="onderdelen")
    soort = models.CharField(
        max_length=3, choices=[("AMO", "AMvB"), ("GEO", "generiek"), ("KZD", "keuzedeel")]
    )
    resultaatvolgnummer = models.CharField(max_length=20)
    code = models.CharField(max_length=5)
    datum_resultaat = models.DateField(null=True)
    behaald = models.BooleanField(null=True)
    certificaat = models.BooleanField(null=True)
    eindcijfer = models.IntegerField(null=True)
    vrijstelling = models.CharField(max_length=20, null=True)
    cijfer_ie = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    vrijstelling_ie = models.CharField(max_length=20, null=True)
    cijfer_ce = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    vrijstelling_ce = models.CharField(max_length=20, null=True)
    inschrijvingvolgnummer = models.CharField(max_length=20, null=True)
    onderwijsaanbieder = models.CharField(max_length=20, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["persoon", "instelling", "resultaatvolgnummer"], name="onderdeel_een"
            )
        ]
