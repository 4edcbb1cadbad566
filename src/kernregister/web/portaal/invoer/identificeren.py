"""Who is meant: what an answer to an identification says, in words, at the fields of the form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from kernregister.kern.meldingen.controles import ONZEKERE_IDENTIFICATIE
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.kern.regels.paspoort import Tekst
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.formulier import Formulier
from kernregister.web.portaal.formulieren.tonen import Fout, Fouten, Waarden
from kernregister.web.portaal.formulieren.vorm import SCHEIDING

OORZAKEN: Final[dict[str, Tekst]] = {
    "meer_kandidaten": Tekst(
        "Meer dan een persoon past bij deze gegevens. Geef het burgerservicenummer, of vul de gegevens verder aan.",
        "More than one person fits these data. Give the BSN, or fill in more.",
    ),
    "afwijking": Tekst(
        "Er is een persoon die erop lijkt, maar niet alles klopt. Vergelijk met het identiteitsbewijs wat bij een veld "
        "staat.",
        "There is a person who comes near, but not all agrees. Compare what is said at a field with the identity "
        "document.",
    ),
    "nummer_onbekend": Tekst(
        "Bij dit nummer is geen persoon bekend. Controleer het nummer, of laat het leeg en geef namen en adres.",
        "Nobody is known by this number. Check it, or leave it empty and give names and address.",
    ),
    "te_vaak": Tekst(
        "Dit nummer is vandaag te vaak met verkeerde gegevens opgevraagd. Probeer het morgen opnieuw.",
        "This number was asked for with wrong data too often today. Try again tomorrow.",
    ),
}
"""Why it is uncertain who is meant."""

_KLOPT_NIET: Final = Tekst(
    "Dit klopt niet met wat de bron weet.", "This does not agree with what the source knows."
)
_NODIG: Final = Tekst("Verwacht: {wat}.", "Expected: {wat}.")

_ONVOLLEDIG: Final = Tekst(
    "Met deze gegevens is niemand te vinden. Geef de verkorte set (BSN, geboortedatum en geslacht) of de uitgebreide "
    "set (namen, geboortedatum, geslacht en een volledig adres).",
    "Nobody can be found by this. Give the short set (BSN, date of birth and sex) or the extended set (names, date of "
    "birth, sex and a whole address).",
)


def fouten_van(bezoek: Bezoek, formulier: Formulier, terug: Terugkoppeling, waarden: Waarden) -> Fouten:
    """Return what an answer says, each at its field; why it is uncertain who is meant, on top."""
    uit: Fouten = {}
    for bevinding in terug.bevindingen:
        if bevinding.regel != ONZEKERE_IDENTIFICATIE.id:
            plek = formulier.plek_van(bevinding, waarden)
            uit.setdefault(plek, []).append(formulier.fout(bevinding))
            continue
        oorzaak = OORZAKEN.get(str(bevinding.waarden.get("oorzaak")), _ONVOLLEDIG)
        uit.setdefault("", []).append(Fout(bezoek.tekst(oorzaak), "", bevinding.regel))
        for veld, tekst in _bij_velden(bezoek, bevinding.waarden):
            uit.setdefault(_plek(veld, waarden), []).append(Fout(tekst, "", bevinding.regel))
    return uit


def _plek(veld: str, waarden: Waarden) -> str:
    """Return the field or group of the form that the register calls so; empty: there is none."""
    naam = veld.replace(".", SCHEIDING)
    for plek in (naam, f"adres{SCHEIDING}{naam}"):
        if plek in waarden or any(eigen.startswith(plek + SCHEIDING) for eigen in waarden):
            return plek
    return ""


def _bij_velden(bezoek: Bezoek, waarden: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for veld in waarden.get("velden", ()):
        yield str(veld), bezoek.tekst(_KLOPT_NIET)
    for gebrek in waarden.get("gebreken", ()):
        yield str(gebrek["veld"]), bezoek.tekst(_NODIG).format(wat=gebrek["verwacht"])


UITSLAGEN: Final[dict[str, Tekst]] = {
    "gevonden": Tekst("De student is gevonden.", "The student was found."),
    "achterhaald": Tekst(
        "De student is gevonden; het burgerservicenummer is intussen bekend en wordt voortaan gebruikt.",
        "The student was found; the BSN is known by now, and is used from now on.",
    ),
    "nieuw": Tekst(
        "Er is geen burgerservicenummer gevonden. De student heeft een onderwijsnummer gekregen.",
        "No BSN was found. The student was given an onderwijsnummer.",
    ),
}
"""What became of an identification."""
