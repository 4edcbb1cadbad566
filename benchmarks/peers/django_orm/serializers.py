"""The serializers of the peer: they check a melding and save its rows, as the framework's documentation shows it."""

from typing import Any

from rest_framework import serializers
from stdnum.nl import bsn

from benchmarks.peers.django_orm.models import (
    Bpv,
    Diploma,
    Inschrijving,
    Onderdeel,
    Ondersteuning,
    Periode,
    Persoon,
)


def persoon_van(attrs: dict[str, Any]) -> Persoon:
    """Return the person of a melding.

    Raises:
        ValidationError: nobody has this number.
    """
    velden = ("burgerservicenummer", "onderwijsnummer")
    nummer = {veld: attrs.pop(veld) for veld in velden if attrs.get(veld)}
    try:
        return Persoon.objects.get(**nummer)
    except Persoon.DoesNotExist:
        raise serializers.ValidationError("de persoon is niet geidentificeerd") from None


class OverPersoon(serializers.Serializer):
    """What every melding about a person carries."""

    id = serializers.UUIDField()
    soort = serializers.CharField()
    afzender = serializers.RegexField(r"^[0-9]{2}[A-Z0-9]{2}$")
    moment = serializers.DateTimeField()
    burgerservicenummer = serializers.RegexField(r"^[0-9]{9}$", required=False)
    onderwijsnummer = serializers.RegexField(r"^[0-9]{9}$", required=False)

    def validate_burgerservicenummer(self, waarde: str) -> str:
        if not bsn.is_valid(waarde):
            raise serializers.ValidationError("geen burgerservicenummer")
        return waarde

    def validate_afzender(self, waarde: str) -> str:
        if waarde != self.context["instelling"]:
            raise serializers.ValidationError("de afzender is een ander")
        return waarde

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not (attrs.get("burgerservicenummer") or attrs.get("onderwijsnummer")):
            raise serializers.ValidationError("een nummer ontbreekt")
        return attrs


class Identificatie(OverPersoon):
    geboortedatum = serializers.RegexField(r"^\d{4}-\d{2}-\d{2}$")
    geslacht = serializers.ChoiceField(["M", "V", "O"])

    def create(self, validated_data: dict[str, Any]) -> Persoon:
        nummer = {
            v: validated_data[v] for v in ("burgerservicenummer", "onderwijsnummer") if v in validated_data
        }
        wie = {veld: validated_data[veld] for veld in ("geboortedatum", "geslacht")}
        return Persoon.objects.update_or_create(**nummer, defaults=wie)[0]


class PeriodeSerializer(serializers.ModelSerializer):
    leertraject = serializers.ChoiceField(["BOL", "BOL_DT", "BBL", "OVO", "EX", "ODT"])

    class Meta:
        model = Periode
        exclude = ("id", "inschrijving")


class OndersteuningSerializer(serializers.ModelSerializer):
    class Meta:
        model = Ondersteuning
        exclude = ("id", "inschrijving")


class InschrijvingSerializer(serializers.ModelSerializer):
    perioden = PeriodeSerializer(many=True)
    extra_ondersteuning = OndersteuningSerializer(many=True, required=False)

    class Meta:
        model = Inschrijving
        exclude = ("id", "persoon", "instelling")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        begin, eind = attrs["datum_inschrijving"], attrs.get("datum_uitschrijving_werkelijk")
        if eind and (eind < begin or not attrs.get("reden_uitschrijving")):
            raise serializers.ValidationError("de uitschrijving past niet bij de inschrijving")
        if not attrs["perioden"] or min(p["datum_begin"] for p in attrs["perioden"]) < begin:
            raise serializers.ValidationError("de perioden passen niet bij de inschrijving")
        return attrs


class AanleverenInschrijving(OverPersoon):
    inschrijving = InschrijvingSerializer()

    def create(self, validated_data: dict[str, Any]) -> Inschrijving:
        persoon = persoon_van(validated_data)
        inhoud = validated_data["inschrijving"]
        perioden, steun = inhoud.pop("perioden"), inhoud.pop("extra_ondersteuning", [])
        een, nieuw = Inschrijving.objects.update_or_create(
            persoon=persoon,
            instelling=validated_data["afzender"],
            inschrijvingvolgnummer=inhoud.pop("inschrijvingvolgnummer"),
            defaults=inhoud,
        )
        if not nieuw:
            een.perioden.all().delete()
            een.extra_ondersteuning.all().delete()
        for periode in perioden:
            Periode.objects.create(inschrijving=een, **periode)
        for periode in steun:
            Ondersteuning.objects.create(inschrijving=een, **periode)
        return een


class BpvSerializer(serializers.ModelSerializer):
    class Meta:
        model = Bpv
        exclude = ("id", "inschrijving")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        eind = attrs.get("datum_einde_werkelijk")
        if eind and eind < attrs["datum_begin"]:
            raise serializers.ValidationError("de bpv eindigt voor zij begint")
        return attrs


class AanleverenBpv(OverPersoon):
    inschrijvingvolgnummer = serializers.CharField(max_length=20)
    bpv = BpvSerializer()

    def create(self, validated_data: dict[str, Any]) -> Bpv:
        persoon = persoon_van(validated_data)
        sleutel = {"instelling": validated_data["afzender"], "persoon": persoon}
        try:
            bij = Inschrijving.objects.get(
                inschrijvingvolgnummer=validated_data["inschrijvingvolgnummer"], **sleutel
            )
        except Inschrijving.DoesNotExist:
            raise serializers.ValidationError("de inschrijving is er niet") from None
        inhoud = validated_data["bpv"]
        return Bpv.objects.update_or_create(
            inschrijving=bij, volgnummer=inhoud.pop("volgnummer"), defaults=inhoud
        )[0]


class OnderdeelSerializer(serializers.ModelSerializer):
    class Meta:
        model = Onderdeel
        exclude = ("id", "persoon", "instelling", "diploma")


class DiplomaSerializer(serializers.ModelSerializer):
    onderdelen = OnderdeelSerializer(many=True)

    class Meta:
        model = Diploma
        exclude = ("id", "persoon", "instelling")


class AanleverenDiploma(OverPersoon):
    diploma = DiplomaSerializer()

    def create(self, validated_data: dict[str, Any]) -> Diploma:
        sleutel = {"persoon": persoon_van(validated_data), "instelling": validated_data["afzender"]}
        inhoud = validated_data["diploma"]
        onderdelen = inhoud.pop("onderdelen")
        een, nieuw = Diploma.objects.update_or_create(
            resultaatvolgnummer=inhoud.pop("resultaatvolgnummer"), defaults=inhoud, **sleutel
        )
        if not nieuw:
            een.onderdelen.all().delete()
        for onderdeel in onderdelen:
            Onderdeel.objects.create(diploma=een, **sleutel, **onderdeel)
        return een


class AanleverenResultaat(OverPersoon):
    resultaat = OnderdeelSerializer()

    def create(self, validated_data: dict[str, Any]) -> Onderdeel:
        sleutel = {"persoon": persoon_van(validated_data), "instelling": validated_data["afzender"]}
        inhoud = validated_data["resultaat"]
        nummer = inhoud.pop("resultaatvolgnummer")
        return Onderdeel.objects.update_or_create(resultaatvolgnummer=nummer, defaults=inhoud, **sleutel)[0]


MELDINGEN: dict[str, type[OverPersoon]] = {
    "AanleverenIdentificatiePersoon": Identificatie,
    "AanleverenInschrijving": AanleverenInschrijving,
    "AanleverenBpv": AanleverenBpv,
    "AanleverenDiploma": AanleverenDiploma,
    "AanleverenResultaat": AanleverenResultaat,
}
