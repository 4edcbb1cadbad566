"""What somebody can come to do: each task is one kind of melding, with what is filled in beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from msgspec import Struct

from kernregister.kern.dossier import Bpv, Diploma, Inschrijving
from kernregister.kern.leesbaar import als_object
from kernregister.kern.meldingen.berichten import AanleverenIdentificatiePersoon
from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.rechten import Recht
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.invoer.student import Geregistreerd, bijzonder_geregistreerd

NIET_VAN_MELDING: Final = frozenset({"instelling", "op_onderwijsnummer", "bpvs"})


class Plek(Struct, frozen=True):
    """About what: an enrolment (``volgnummer``), and below it a placement or a result (``nummer``)."""

    volgnummer: str = ""
    nummer: str = ""


class Begin(Struct, frozen=True):
    """How a form begins."""

    vast: dict[str, Any] = {}
    """What the visitor does not fill in."""
    inhoud: dict[str, Any] = {}
    """What stands in it: what is registered, or what is likely."""
    verplicht: tuple[str, ...] = ()
    is_wijziging: bool = False
    """Whether it changes what is registered; then the form shows what it changes."""


Maker = Callable[[Bezoek, Geregistreerd, Plek], Begin]


class Taak(Struct, frozen=True, kw_only=True):
    """Something to do."""

    slug: str
    soort: str
    """The kind of melding."""
    titel: Tekst
    uitleg: Tekst
    maak: Maker | None
    """Fills the form for a student; None: the student is not known yet."""
    verwijdert: bool = False
    recht: Recht = Recht.MELDINGEN_SCHRIJVEN
    verplicht: tuple[str, ...] = ()
    """Fields that must be filled when the student is not known yet, although a melding may lack them."""

    @property
    def met_gevolgen(self) -> bool:
        """Whether the form tells beforehand what it would do: who is meant is not tried out."""
        return self.soort != AanleverenIdentificatiePersoon.__name__ and not self.verwijdert


def volgend_nummer(gebruikt: Iterable[str]) -> str:
    """Return the first number that comes after those that were used."""
    getallen = [
        int(nummer) for nummer in gebruikt if nummer.isascii() and nummer.isdigit() and len(nummer) < 10
    ]
    return str(max(getallen, default=0) + 1)


def plat(record: Any) -> dict[str, Any]:
    """Return a record as a melding carries it."""
    uit: dict[str, Any] = als_object(record)
    return {veld: waarde for veld, waarde in uit.items() if veld not in NIET_VAN_MELDING}


def _nieuwe_inschrijving(bezoek: Bezoek, student: Geregistreerd, plek: Plek) -> Begin:
    nummer = volgend_nummer(i.inschrijvingvolgnummer for i in student.inschrijvingen)
    inhoud: dict[str, Any] = {"inschrijving": {"inschrijvingvolgnummer": nummer}}
    if not student.wie.studentnummer:
        return Begin(student.nummers, inhoud)
    return Begin({**student.nummers, "studentnummer": student.wie.studentnummer}, inhoud)


def _inschrijving(*open_velden: str, verplicht: tuple[str, ...] = ()) -> Maker:
    """Correct an enrolment; with names of fields only those are filled in, and the rest stays as it is."""

    def maak(bezoek: Bezoek, student: Geregistreerd, plek: Plek) -> Begin:
        een = student.inschrijving(plek.volgnummer)
        heel = plat(een) | plat_van(bijzonder_geregistreerd(bezoek, een, student.persoon))
        vast = {
            veld: heel.get(veld)
            for veld in Inschrijving.__struct_fields__
            if veld not in NIET_VAN_MELDING and veld not in (open_velden or _ALLES)
        }
        verborgen = {veld: heel[veld] for veld in _BIJZONDER if veld in heel and veld not in plat(een)}
        kop: dict[str, Any] = {**student.nummers, "inschrijving": vast | verborgen}
        if open_velden:
            kop["studentnummer"] = None
        inhoud = {"inschrijving": heel, "studentnummer": student.wie.studentnummer or None}
        return Begin(kop, inhoud, tuple(f"inschrijving-{veld}" for veld in verplicht), is_wijziging=True)

    return maak


_BIJZONDER: Final = ("extra_ondersteuning", "verblijf_grond")
_ALLES: Final = frozenset(Inschrijving.__struct_fields__) - {"inschrijvingvolgnummer"}


def plat_van(velden: dict[str, Any]) -> dict[str, Any]:
    """Return values of fields as JSON knows them."""
    return {veld: als_object(waarde) for veld, waarde in velden.items()}


def _bpv(bezoek: Bezoek, student: Geregistreerd, plek: Plek) -> Begin:
    onder = student.inschrijving(plek.volgnummer)
    kop: dict[str, Any] = {**student.nummers, "inschrijvingvolgnummer": plek.volgnummer}
    if plek.nummer:
        een = student.bpv(plek.volgnummer, plek.nummer)
        return Begin({**kop, "bpv": {"volgnummer": een.volgnummer}}, {"bpv": plat(een)}, is_wijziging=True)
    inhoud = {"volgnummer": volgend_nummer(b.volgnummer for b in onder.bpvs)}
    if onder.perioden:
        inhoud["opleidingcode"] = onder.perioden[-1].opleidingcode
    return Begin(kop, {"bpv": inhoud})


def _bpv_weg(bezoek: Bezoek, student: Geregistreerd, plek: Plek) -> Begin:
    een: Bpv = student.bpv(plek.volgnummer, plek.nummer)
    return Begin(
        {**student.nummers, "inschrijvingvolgnummer": plek.volgnummer, "bpv_volgnummer": een.volgnummer}
    )


def _van_resultaat(student: Geregistreerd, plek: Plek) -> dict[str, Any]:
    """Return what is likely of a new result under an enrolment."""
    uit: dict[str, Any] = {"resultaatvolgnummer": volgend_nummer(_resultaatnummers(student))}
    if plek.volgnummer:
        onder = student.inschrijving(plek.volgnummer)
        if onder.perioden:
            uit["onderwijsaanbieder"] = onder.perioden[-1].onderwijsaanbieder
        uit["datum_resultaat"] = onder.datum_uitschrijving_werkelijk
    return plat_van({veld: waarde for veld, waarde in uit.items() if waarde is not None})


def _resultaatnummers(student: Geregistreerd) -> Iterable[str]:
    for een in student.resultaten:
        yield een.resultaatvolgnummer
        yield from (deel.resultaatvolgnummer for deel in getattr(een, "onderdelen", ()))


def _diploma(bezoek: Bezoek, student: Geregistreerd, plek: Plek) -> Begin:
    if plek.nummer:
        een: Diploma = student.resultaat(plek.nummer, diploma=True)
        vast = {"resultaatvolgnummer": een.resultaatvolgnummer}
        return Begin({**student.nummers, "diploma": vast}, {"diploma": plat(een)}, is_wijziging=True)
    inhoud = _van_resultaat(student, plek)
    onder = student.inschrijving(plek.volgnummer) if plek.volgnummer else None
    if onder is not None and onder.perioden:
        inhoud["opleidingcode"] = onder.perioden[-1].opleidingcode
    vast = {"inschrijvingvolgnummer": plek.volgnummer} if plek.volgnummer else {}
    return Begin({**student.nummers, "diploma": vast}, {"diploma": inhoud})


def _resultaat(bezoek: Bezoek, student: Geregistreerd, plek: Plek) -> Begin:
    if plek.nummer:
        een = student.resultaat(plek.nummer, diploma=False)
        return Begin({**student.nummers}, {"resultaat": plat(een)}, is_wijziging=True)
    inhoud = {**_van_resultaat(student, plek), "inschrijvingvolgnummer": plek.volgnummer or None}
    return Begin({**student.nummers}, {"resultaat": inhoud})


def _resultaat_weg(bezoek: Bezoek, student: Geregistreerd, plek: Plek) -> Begin:
    een = student.resultaat(plek.nummer)
    return Begin({**student.nummers, "resultaatvolgnummer": een.resultaatvolgnummer})


def _inschrijving_weg(bezoek: Bezoek, student: Geregistreerd, plek: Plek) -> Begin:
    een = student.inschrijving(plek.volgnummer)
    return Begin({**student.nummers, "inschrijvingvolgnummer": een.inschrijvingvolgnummer})


def _alleen_nummers(bezoek: Bezoek, student: Geregistreerd, plek: Plek) -> Begin:
    return Begin({**student.nummers})


_EIND: Final = ("datum_uitschrijving_werkelijk", "reden_uitschrijving")

TAKEN: Final[dict[str, Taak]] = {
    taak.slug: taak
    for taak in (
        Taak(
            slug="identificeren",
            soort="AanleverenIdentificatiePersoon",
            titel=Tekst("Een nieuwe student identificeren", "Identify a new student"),
            uitleg=Tekst(
                "Geef bij voorkeur de verkorte set: burgerservicenummer, geboortedatum en geslacht. Is er geen BSN, "
                "geef dan de uitgebreide set: namen, geboortedatum, geslacht en een volledig adres.",
                "Preferably give the short set: BSN, date of birth and sex. Without a BSN, give the extended set: "
                "names, date of birth, sex and a whole address.",
            ),
            maak=None,
            recht=Recht.PERSONEN_IDENTIFICEREN,
            verplicht=("geboortedatum", "geslacht"),
        ),
        Taak(
            slug="inschrijven",
            soort="AanleverenInschrijving",
            titel=Tekst("Inschrijven", "Enrol"),
            uitleg=Tekst(
                "Een inschrijving heeft minstens een periode, die begint op de datum inschrijving.",
                "An enrolment has at least one period, which begins on the date of enrolment.",
            ),
            maak=_nieuwe_inschrijving,
        ),
        Taak(
            slug="inschrijving",
            soort="AanleverenInschrijving",
            titel=Tekst("Inschrijving wijzigen", "Change an enrolment"),
            uitleg=Tekst(
                "Hier staat wat nu geregistreerd is. De BPV's blijven zoals ze zijn.",
                "This is what is registered now. The placements stay as they are.",
            ),
            maak=_inschrijving(),
        ),
        Taak(
            slug="periode",
            soort="AanleverenInschrijving",
            titel=Tekst("Perioden wijzigen", "Change periods"),
            uitleg=Tekst(
                "Opleiding, leertraject, OAB en OLOC; de rest van de inschrijving blijft zoals zij is.",
                "Programme, route, OAB and OLOC; the rest of the enrolment stays as it is.",
            ),
            maak=_inschrijving("perioden"),
        ),
        Taak(
            slug="extra-ondersteuning",
            soort="AanleverenInschrijving",
            titel=Tekst("Extra ondersteuning", "Extra support"),
            uitleg=Tekst(
                "Alleen de perioden extra ondersteuning; de rest van de inschrijving blijft zoals zij is.",
                "Only the periods of extra support; the rest of the enrolment stays as it is.",
            ),
            maak=_inschrijving("extra_ondersteuning"),
            recht=Recht.ONDERSTEUNING_LEZEN,
        ),
        Taak(
            slug="bpv",
            soort="AanleverenBpv",
            titel=Tekst("BPV", "Placement (BPV)"),
            uitleg=Tekst(
                "Een BPV is voor een opleiding of voor een keuzedeel; voor elk is er een eigen BPV.",
                "A placement is for a programme or for an elective; each has a placement of its own.",
            ),
            maak=_bpv,
        ),
        Taak(
            slug="resultaat",
            soort="AanleverenResultaat",
            titel=Tekst("Resultaat zonder diploma", "Result without a diploma"),
            uitleg=Tekst(
                "Zonder diploma levert u alleen behaalde onderdelen, met de uitschrijfdatum als datum.",
                "Without a diploma you deliver only parts that were passed, dated the end of the enrolment.",
            ),
            maak=_resultaat,
        ),
        Taak(
            slug="diploma",
            soort="AanleverenDiploma",
            titel=Tekst("Diploma", "Diploma"),
            uitleg=Tekst(
                "De datum is gelijk aan de werkelijke datum uitschrijving; lever alle onderdelen.",
                "The date is the actual end date of the enrolment; deliver all parts.",
            ),
            maak=_diploma,
        ),
        Taak(
            slug="beeindigen",
            soort="AanleverenInschrijving",
            titel=Tekst("Inschrijving beëindigen", "End an enrolment"),
            uitleg=Tekst(
                "De werkelijke datum is de laatste dag van de inschrijving. Geef ook de einddatum van een lopende BPV.",
                "The actual date is the last day of the enrolment. End a running placement as well.",
            ),
            maak=_inschrijving(*_EIND, verplicht=_EIND),
        ),
        Taak(
            slug="inschrijving-verwijderen",
            soort="VerwijderenInschrijving",
            titel=Tekst("Inschrijving verwijderen", "Remove an enrolment"),
            uitleg=Tekst(
                "Alleen als de student nooit is begonnen. Is hij gestopt, beëindig de inschrijving dan.",
                "Only when the student never started. Who stopped is not removed: end the enrolment instead.",
            ),
            maak=_inschrijving_weg,
            verwijdert=True,
        ),
        Taak(
            slug="bpv-verwijderen",
            soort="VerwijderenBpv",
            titel=Tekst("BPV verwijderen", "Remove a placement"),
            uitleg=Tekst("Alleen als de BPV er nooit is geweest.", "Only when the placement never was."),
            maak=_bpv_weg,
            verwijdert=True,
        ),
        Taak(
            slug="resultaat-verwijderen",
            soort="VerwijderenResultaat",
            titel=Tekst("Diploma of resultaat verwijderen", "Remove a diploma or result"),
            uitleg=Tekst("Alleen als het ten onrechte is geleverd.", "Only when it was delivered wrongly."),
            maak=_resultaat_weg,
            verwijdert=True,
        ),
        Taak(
            slug="vooropleiding",
            soort="AanvragenVooropleiding",
            titel=Tekst("Vooropleiding opvragen", "Ask for earlier education"),
            uitleg=Tekst(
                "Eenmalig, of met een abonnement op wijzigingen.",
                "Once, or with a subscription to changes.",
            ),
            maak=_alleen_nummers,
        ),
    )
}
"""By the word that stands in the address."""


def mag_taak(bezoek: Bezoek, taak: Taak) -> bool:
    """Tell whether a visitor may come to do this; extra support is registered by funded institutions only."""
    return bezoek.heeft(taak.recht) and (taak.slug != "extra-ondersteuning" or bezoek.bekostigd)
