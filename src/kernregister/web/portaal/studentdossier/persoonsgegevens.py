"""The screen Persoonsgegevens, with Verblijfstitel and Adres (Handleiding h. 08)."""

from __future__ import annotations

from collections.abc import Iterator

from kernregister.kern.dossier import Adres, Persoon
from kernregister.kern.inzage import Inzage, vertrek_of_vestiging
from kernregister.web.portaal.studentdossier.delen import LEEG, Blok, Deel, Schrijver, Uitleg, Veld

NEDERLAND = "6030"
"""The Netherlands in BRP table 34."""

GESLACHT = {"M": ("man", "male"), "V": ("vrouw", "female"), "O": ("onbekend", "unknown")}


def persoonsgegevens(gezien: Inzage, s: Schrijver) -> Iterator[Deel]:
    """Give the parts of the screen."""
    persoon = gezien.eigen.persoon
    yield Blok(s.tekst("Persoonsgegevens", "Personal data"), id="persoonsgegevens", velden=_van(persoon, s))
    for titel in persoon.verblijfstitels:
        yield Blok(
            s.tekst("Verblijfstitel", "Residence title"),
            velden=s.velden(
                ("Begindatum", "Begin date", s.dag(titel.datum_begin)),
                ("Einddatum", "End date", s.dag(titel.datum_eind)),
                ("Code", "Code", titel.code),
                ("Omschrijving", "Description", s.namen.get(("verblijfstitels", titel.code), LEEG)),
            ),
        )
    if persoon.geheim:
        yield Uitleg(
            s.tekst("Adres", "Address"),
            tekst=s.tekst(
                "Geheim adres: van deze student worden geen adresgegevens getoond.",
                "Secret address: no address data of this student are shown.",
            ),
            soort="warning",
        )
    elif persoon.adres:
        yield Blok(s.tekst("Adres", "Address"), velden=_adres(persoon.adres, s))


def naam_van(persoon: Persoon) -> str:
    """Return the name as people say it."""
    return " ".join(deel for deel in (persoon.voornamen, persoon.voorvoegsel, persoon.achternaam) if deel)


def _van(persoon: Persoon, s: Schrijver) -> tuple[Veld, ...]:
    vertrek, vestiging = vertrek_of_vestiging(persoon)
    geslacht = GESLACHT.get(persoon.geslacht or "")
    velden = s.velden(
        ("Burgerservicenummer", "Citizen service number", persoon.burgerservicenummer or ""),
        ("Onderwijsnummer", "Education number", persoon.onderwijsnummer or ""),
        ("Naam", "Surname", persoon.achternaam or ""),
        ("Voorvoegsels", "Prefixes", persoon.voorvoegsel or ""),
        ("Voornamen", "Given names", persoon.voornamen or ""),
        ("Geslacht", "Sex", s.tekst(*geslacht) if geslacht else persoon.geslacht or ""),
        ("Geboortedatum", "Date of birth", s.dag(persoon.geboortedatum)),
        ("Overlijdensdatum", "Date of death", s.dag(persoon.datum_overlijden)),
        ("Geboorteplaats", "Place of birth", persoon.geboorteplaats or ""),
        ("Geboorteland", "Country of birth", s.naam("landen", persoon.geboorteland)),
        ("Indicatie geheim", "Secret", s.ja_nee(persoon.geheim)),
    )
    if vertrek:
        velden += s.velden(
            ("Datum vertrek uit Nederland", "Date of departure from the Netherlands", s.dag(vertrek))
        )
    if vestiging:
        velden += s.velden(
            ("Datum vestiging in Nederland", "Date of settlement in the Netherlands", s.dag(vestiging))
        )
    return velden


def _adres(adres: Adres, s: Schrijver) -> tuple[Veld, ...]:
    straat = " ".join(deel for deel in (adres.straat, adres.huisnummer, adres.toevoeging) if deel)
    plaats = " ".join(deel for deel in (adres.postcode, adres.woonplaats) if deel)
    buiten = ", ".join(adres.adresregels)
    if adres.landcode and adres.landcode != NEDERLAND:
        buiten = ", ".join(deel for deel in (buiten, s.naam("landen", adres.landcode)) if deel)
    velden = s.velden(("Adres vanaf", "Address from", s.dag(adres.datum_begin)))
    if buiten:
        return velden + s.velden(("Adres buitenland", "Address abroad", buiten))
    return velden + s.velden(
        ("Straat en huisnummer", "Street and house number", straat),
        ("Postcode en plaatsnaam", "Postal code and town", plaats),
    )
