"""The overviews of this room: TBG-i and GRONDSLAG, made by the room ``overzichten`` as known at a stand.

Source: PvE MBO-instelling 16 and 17; Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path

from django.conf import settings
from msgspec import structs

from kernregister.kern.bekostiging.beslissen import Beslisser
from kernregister.kern.bekostiging.besluit import Bekostiging, Reden
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.kader import Kader
from kernregister.kern.bekostiging.parameters import OnbekendJaar, parameters
from kernregister.kern.bekostiging.redenen import voorbehoud, zonder_ander
from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten.grondslag import Vlp
from kernregister.kern.formaten.grondslag_schrijven import Grondslagpersoon
from kernregister.kern.formaten.schrijven import schrijf_grondslag
from kernregister.kern.formaten.tbgi import Onderdeel
from kernregister.kern.formaten.tbgi_schrijven import schrijf_tbgi
from kernregister.kern.formaten.zippen import zip_bestanden
from kernregister.kern.gegevens import Soort as Instellingssoort
from kernregister.kern.overzichten.hernummeren import Hernummering
from kernregister.kern.overzichten.namen import bestandsnaam_grondslag, bestandsnaam_tbgi, zipnaam_grondslag
from kernregister.kern.overzichten.selectie import voor_grondslag
from kernregister.kern.overzichten.terugmelding import onderdelen
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.pas import Bijzonder
from kernregister.platform.sql import STELSEL
from kernregister.voorzieningen.bekostigen.definitief_lezen import Definitief, bepaald, is_bezig, per_persoon
from kernregister.voorzieningen.overzichten import public as overzichten
from kernregister.voorzieningen.overzichten.public import Bezwaar, Meld, Soort, Vraag
from kernregister.voorzieningen.register import public as register

TBGI, GRONDSLAG = "TBGI", "GRONDSLAG"

UITBREIDING = "uitbreiding"
"""What a request for a TBG-i may ask for: onderwijsaanbieder and onderwijslocatie, as the manual promises (h. 05)."""

DEFINITIEF = "definitief"
"""What else it may ask for: the decisions of a determination of the definitive status, by its number."""

_VERBLIJF = ("grond", "landcode")
"""Values of a reason that tell of residence: they ask for a scope that a TBG-i does not ask for."""


def registreer() -> None:
    """Have the kinds of this room asked for."""
    overzichten.registreer(
        Soort(
            naam=TBGI,
            controleer=_controleer_tbgi,
            maak=_maak_tbgi,
            vul_aan=_met_studiejaar_van_bekostigingsjaar,
            grondslag=_grondslag_tbgi,
            slot=lambda vraag: str(vraag.bekostigingsjaar or ""),
            uitgesteld=True,
            accountant=True,
        )
    )
    overzichten.registreer(
        Soort(
            naam=GRONDSLAG,
            controleer=_controleer_grondslag,
            maak=_maak_grondslag,
            vul_aan=lambda vraag: structs.replace(vraag, studiejaar=_studiejaar(vraag)),
            grondslag=_grondslag_grondslag,
            bijzonder=frozenset({Bijzonder.ONDERSTEUNING, Bijzonder.VERBLIJF}),
        )
    )


# ------------------------------------------------------------------------------------------ TBG-i


def _controleer_tbgi(vraag: Vraag) -> list[Bezwaar]:
    bezwaren = []
    if vraag.bekostigingsjaar is None:
        bezwaren.append(Bezwaar("bekostigingsjaar-leeg", "Kies een bekostigingsjaar, zoals 2027."))
    elif fout := _onbekend(vraag.bekostigingsjaar):
        bezwaren.append(Bezwaar("bekostigingsjaar-onbekend", fout))
    elif is_bezig(vraag.bekostigingsjaar):
        bezwaren.append(
            Bezwaar(
                "bepaling-loopt",
                f"De definitieve bekostigingsstatus van {vraag.bekostigingsjaar} wordt nu bepaald. Vraag de TBG-i aan "
                "als dat klaar is; wijzigingen worden gewoon verwerkt.",
                f"The definitive funding status of {vraag.bekostigingsjaar} is being fixed now. Request the TBG-i when "
                "that is done; changes are taken in as always.",
            )
        )
    elif vraag.bekostigingsjaar.studiejaar.begin > vraag.peildag:
        bezwaren.append(
            Bezwaar(
                "bekostigingsjaar-toekomst",
                f"Bekostigingsjaar {vraag.bekostigingsjaar} gaat over studiejaar {vraag.bekostigingsjaar.studiejaar}, "
                "en dat is nog niet begonnen.",
            )
        )
    if not _is_bekostigd(vraag):
        bezwaren.append(
            Bezwaar(
                "niet-bekostigd",
                f"De instellingscode {vraag.instelling} is van een niet-bekostigde instelling; een TBG-i is er alleen "
                "voor bekostigde instellingen.",
            )
        )
    if not isinstance(vraag.extra.get(UITBREIDING, False), bool):
        bezwaren.append(Bezwaar(UITBREIDING, f"Zet {UITBREIDING} op true of false, of laat het weg."))
    return bezwaren + _controleer_definitief(vraag, vraag.bekostigingsjaar)


def _controleer_definitief(vraag: Vraag, jaar: Bekostigingsjaar | None) -> list[Bezwaar]:
    if DEFINITIEF not in vraag.extra or _definitief(vraag, jaar) is not None:
        return []
    return [
        Bezwaar(DEFINITIEF, "Van deze bepaling is er voor u in dit bekostigingsjaar geen definitieve status.")
    ]


def _definitief(vraag: Vraag, jaar: Bekostigingsjaar | None) -> Definitief | None:
    """Return the definitive status of a year that is asked for; None: that of now, which is provisional."""
    nummer = vraag.extra.get(DEFINITIEF)
    if not isinstance(nummer, int) or isinstance(nummer, bool):
        return None
    gevonden = bepaald(nummer, vraag.instelling, STELSEL)
    return gevonden if gevonden is not None and gevonden.jaar == jaar else None


def _met_studiejaar_van_bekostigingsjaar(vraag: Vraag) -> Vraag:
    """Return a question that names the studiejaar it looks back on, so that its accountant may read the answer."""
    jaar = vraag.bekostigingsjaar
    return vraag if jaar is None else structs.replace(vraag, studiejaar=jaar.studiejaar)


def _onbekend(jaar: Bekostigingsjaar) -> str:
    try:
        parameters(jaar)
    except OnbekendJaar as fout:
        return str(fout)
    return ""


def _is_bekostigd(vraag: Vraag) -> bool:
    return register.gegevens_van(vraag.gegevens_versie).soort_van(vraag.instelling) is Instellingssoort.BI


def _grondslag_tbgi(vraag: Vraag) -> dict[str, str]:
    jaar = vraag.bekostigingsjaar
    if jaar is None:
        return {}
    van = _definitief(vraag, jaar)
    return {f"bekostigingsparameters {jaar}": van.parameters if van else parameters(jaar).kenmerk}


def _maak_tbgi(vraag: Vraag, map_: Path, meld: Meld) -> list[Path]:
    jaar = vraag.bekostigingsjaar
    assert jaar is not None
    van = _definitief(vraag, jaar)
    versie, stand = (van.gegevens_versie, van.stand) if van else (vraag.gegevens_versie, vraag.stand)
    beslis = Beslisser(jaar, register.gegevens_van(versie))
    kenmerk = van.parameters if van else beslis.kader.parameters.kenmerk
    pad = map_ / bestandsnaam_tbgi(vraag.instelling, jaar, vraag.peildag)
    schrijf_tbgi(
        pad,
        _definitieve_onderdelen(van, beslis.kader, meld) if van else _onderdelen(vraag, beslis, meld),
        uitbreiding=bool(vraag.extra.get(UITBREIDING, False)),
        opmerking=f"{voorbehoud(kenmerk, 'nl')} Stamgegevens versie {versie}, stand {stand}.",
    )
    return [pad]


def _onderdelen(vraag: Vraag, beslis: Beslisser, meld: Meld) -> Iterator[Onderdeel]:
    moment = _hier(vraag.peilmoment)
    for persoon, dossier in register.dossiers(instelling=vraag.instelling, stand=vraag.stand):
        bekostiging = voor_instelling(beslis(dossier), vraag.instelling)
        inschrijvingen, diplomas = onderdelen(
            dossier,
            bekostiging,
            vraag.instelling,
            bepaald_op=moment,
            definitief=False,
            kader=beslis.kader,
        )
        if inschrijvingen or diplomas:
            meld.verstrekt([persoon])
            yield from chain(inschrijvingen, diplomas)


def _definitieve_onderdelen(van: Definitief, kader: Kader, meld: Meld) -> Iterator[Onderdeel]:
    """Give what was determined, with the records as they are in the OBO that it rests on."""
    moment = _hier(van.bepaald_op)
    besluiten = per_persoon(van)
    for persoon, dossier in register.dossiers(instelling=van.instelling, stand=van.stand):
        inschrijvingen, diplomas = onderdelen(
            dossier,
            besluiten(persoon),
            van.instelling,
            bepaald_op=moment,
            definitief=True,
            kader=kader,
        )
        if inschrijvingen or diplomas:
            meld.verstrekt([persoon])
            yield from chain(inschrijvingen, diplomas)


def _hier(moment: datetime) -> datetime:
    """Return a moment on the clock of the reader."""
    return moment.astimezone(klok.NEDERLAND).replace(tzinfo=None)


def voor_instelling(bekostiging: Bekostiging, instelling: str) -> Bekostiging:
    """Return the decisions on an institution's own records, without what it may not be told of others."""
    return structs.replace(
        bekostiging,
        inschrijvingen=tuple(
            structs.replace(een, redenen=_te_tonen(een.redenen, instelling))
            for een in bekostiging.inschrijvingen
            if een.instelling == instelling
        ),
        diplomas=tuple(
            structs.replace(een, redenen=_te_tonen(een.redenen, instelling))
            for een in bekostiging.diplomas
            if een.instelling == instelling
        ),
    )


def _te_tonen(redenen: tuple[Reden, ...], instelling: str) -> tuple[Reden, ...]:
    return tuple(
        [_zonder_verblijf(zonder_ander(reden, instelling)) if reden.waarden else reden for reden in redenen]
    )


def _zonder_verblijf(reden: Reden) -> Reden:
    weg = [naam for naam in _VERBLIJF if naam in reden.waarden]
    return structs.replace(reden, waarden=reden.waarden | dict.fromkeys(weg)) if weg else reden


# -------------------------------------------------------------------------------------- GRONDSLAG


def _studiejaar(vraag: Vraag) -> Studiejaar:
    """Return the studiejaar of the peildatum: the running one unless another is asked for."""
    return vraag.studiejaar or Studiejaar.van(vraag.peildag)


def _controleer_grondslag(vraag: Vraag) -> list[Bezwaar]:
    studiejaar = _studiejaar(vraag)
    bezwaren = _controleer_definitief(vraag, Bekostigingsjaar.van(studiejaar))
    if studiejaar.teldata[0] > vraag.peildag:
        bezwaren.append(
            Bezwaar(
                "peildatum-toekomst",
                f"De peildatum van studiejaar {studiejaar} is {studiejaar.teldata[0]:%d-%m-%Y} en ligt in de toekomst.",
            )
        )
    return bezwaren


def _met_bekostiging(vraag: Vraag) -> Bekostigingsjaar | None:
    """Return the year whose decisions go along; None at an institution that is not funded, or without known values."""
    jaar = Bekostigingsjaar.van(_studiejaar(vraag))
    return jaar if _is_bekostigd(vraag) and not _onbekend(jaar) else None


def _grondslag_grondslag(vraag: Vraag) -> dict[str, str]:
    jaar = Bekostigingsjaar.van(_studiejaar(vraag))
    if van := _definitief(vraag, jaar):
        return {f"bekostigingsparameters {jaar}": van.parameters}
    return {f"bekostigingsparameters {jaar}": parameters(jaar).kenmerk} if _met_bekostiging(vraag) else {}


def _maak_grondslag(vraag: Vraag, map_: Path, meld: Meld) -> list[Path]:
    studiejaar = _studiejaar(vraag)
    van = _definitief(vraag, Bekostigingsjaar.van(studiejaar))
    pad = map_ / bestandsnaam_grondslag(vraag.instelling, studiejaar, vraag.peildag)
    schrijf_grondslag(
        pad,
        Vlp(vraag.instelling, studiejaar.start, vraag.peildag, "D" if van else "V"),
        _grondslagpersonen(vraag, studiejaar, van, meld),
        Hernummering(settings.OMGEVING.sleutel("hernummering"), vraag.instelling),
        bepaald_op=_hier(van.bepaald_op if van else vraag.peilmoment),
    )
    zip_ = zip_bestanden(map_ / zipnaam_grondslag(vraag.instelling, vraag.peildag), [pad])
    pad.unlink()
    return [zip_]


def _grondslagpersonen(
    vraag: Vraag, studiejaar: Studiejaar, van: Definitief | None, meld: Meld
) -> Iterator[Grondslagpersoon]:
    """Give the persons with their decisions; what was determined goes with the records of the OBO that it rests on."""
    besluiten = _vastgesteld(van) if van else _voorlopig(vraag)
    for persoon, dossier in register.dossiers(
        instelling=vraag.instelling, stand=van.stand if van else vraag.stand
    ):
        gekozen = voor_grondslag(dossier, vraag.instelling, studiejaar)
        if gekozen is not None:
            meld.verstrekt([persoon])
            yield Grondslagpersoon(persoon, gekozen, besluiten(persoon, dossier))


Besluit = Callable[[int, Dossier], Bekostiging | None]
"""Gives the decisions on the institution's own records in a dossier; asked in order of person."""


def _vastgesteld(van: Definitief) -> Besluit:
    besluiten = per_persoon(van)
    return lambda persoon, _: besluiten(persoon)


def _voorlopig(vraag: Vraag) -> Besluit:
    jaar = _met_bekostiging(vraag)
    if jaar is None:
        return lambda _, __: None
    beslis = Beslisser(jaar, register.gegevens_van(vraag.gegevens_versie))
    return lambda _, dossier: voor_instelling(beslis(dossier), vraag.instelling)
