"""Handing in assurance reports and deciding on them; what is done is added, and nothing is overwritten.

A report is about one OBO: the bytes of one file, made by one request. Who hands it in does not decide on it.
"""

from __future__ import annotations

import hashlib
from uuid import UUID, uuid4

from msgspec import Struct

from kernregister.kern.tijd import Studiejaar
from kernregister.platform import audit, klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.platform.sql import cursor
from kernregister.platform.stukken import Stukken, Vernietigd
from kernregister.voorzieningen.bekostigen import assurance_pdf, mutatiestop
from kernregister.voorzieningen.bekostigen.assurance_fouten import weiger_als
from kernregister.voorzieningen.bekostigen.assurance_models import (
    Assurancedeel,
    Assurancerapport,
    Assurancestap,
    Toestand,
)
from kernregister.voorzieningen.bekostigen.fouten import Onvindbaar
from kernregister.voorzieningen.bekostigen.mutatiestop import Bevoegde
from kernregister.voorzieningen.overzichten import public as overzichten

OBO = "OBO"
DELEN = Stukken(Assurancedeel, "rapport", "assurancerapport")
VERBINDING = "default"
"""Everything happens under the pass of who does it: the database keeps institutions apart."""


class Indiening(Struct, frozen=True):
    """A report as it is handed in.

    Args:
        aanvraag: the request of the OBO that it is about.
        obo_sha256: of the file of that OBO, as the accountant had it.
        bestandsnaam: its own name.
        inhoud: the PDF.
    """

    aanvraag: UUID
    obo_sha256: str
    bestandsnaam: str
    inhoud: bytes


def dien_in(indiening: Indiening, wie: Bevoegde) -> tuple[Assurancerapport, bool]:
    """Hand in a report; the same file for the same OBO again is the same report.

    A report that was not decided on yet is replaced by it. One on an OBO that is no longer the newest is taken in.

    Args:
        indiening: the report.
        wie: who hands it in: the institution, or its accountant of the studiejaar.

    Returns:
        The report, and whether it is new.

    Raises:
        Verantwoordingsfout: it cannot be taken in, with all that is wrong.
    """
    codes = assurance_pdf.keur_naam(indiening.bestandsnaam)
    keuring = assurance_pdf.keur(indiening.inhoud)
    fouten = [assurance_pdf.BEZWAREN[code] for code in (*codes, *keuring.bezwaren)]
    fouten += mutatiestop.keur_wie(wie.door)
    with met_pas(wie.pas):
        obo = overzichten.aanvraag(indiening.aanvraag)
        fouten += _keur_obo(obo, indiening.obo_sha256)
        weiger_als(fouten)
        assert obo is not None
        _wacht_op_beurt(obo.instelling, obo.studiejaar)
        sha256 = hashlib.sha256(indiening.inhoud).hexdigest()
        if eerder := _zelfde_bestand(obo, sha256):
            return eerder, False
        rapport = _bewaar(obo, indiening, sha256, keuring.bladen, wie)
        wachtend = _in_toestand(obo.instelling, obo.studiejaar, Toestand.AANGELEVERD)
        _zet(rapport, Toestand.AANGELEVERD, wie)
        for vorige in wachtend:
            _zet(vorige, Toestand.VERVANGEN, wie, "Er is een nieuwer rapport aangeleverd.", rapport.id)
        _audit("assurancerapport.dien_in", rapport, wie, {"naam": rapport.bestandsnaam, "sha256": sha256})
    return rapport, True


def _keur_obo(obo: overzichten.Aanvraag | None, sha256: str) -> list[str]:
    """Return what is wrong with the OBO that a report says it is about."""
    if obo is None or obo.soort != OBO:
        return [
            "Dit OBO is er niet, of niet voor u. Noem de aanvraag van het OBO dat de accountant beoordeelde."
        ]
    bestanden = overzichten.bestanden([obo.id]).get(obo.id, [])
    if not bestanden:
        return ["Dit OBO is nog niet klaar, dus er is niets om een rapport over te geven."]
    if bestanden[0].sha256 != sha256.lower():
        return [
            "De sha256 is niet die van dit OBO. Neem de hash van het OBO-bestand zelf, zoals de accountant het had; "
            "hoort hij bij een ander OBO, noem dan die aanvraag."
        ]
    return []


def _zelfde_bestand(obo: overzichten.Aanvraag, sha256: str) -> Assurancerapport | None:
    """Return the report that this file is already; as another report it is refused."""
    eerder = (
        Assurancerapport.objects.using(VERBINDING).filter(instelling=obo.instelling, sha256=sha256).first()
    )
    if eerder is None:
        return None
    if eerder.aanvraag != obo.id:
        weiger_als(
            [
                f"Dit bestand is op {_dag(eerder)} al aangeleverd bij een ander OBO, van studiejaar"
                f" {eerder.studiejaar}. Een assurancerapport gaat over precies een OBO."
            ]
        )
    toestand = laatste_stap(eerder).toestand
    if toestand in {Toestand.AFGEKEURD, Toestand.VERVANGEN}:
        weiger_als(
            [
                f"Dit bestand is op {_dag(eerder)} al aangeleverd, en is {toestand}. Lever een ander rapport aan."
            ]
        )
    return eerder


def _dag(rapport: Assurancerapport) -> str:
    return f"{rapport.ingediend_op.astimezone(klok.NEDERLAND):%d-%m-%Y}"


def _bewaar(
    obo: overzichten.Aanvraag, indiening: Indiening, sha256: str, bladen: int, wie: Bevoegde
) -> Assurancerapport:
    rapport = Assurancerapport.objects.using(VERBINDING).create(
        id=uuid4(),
        instelling=obo.instelling,
        studiejaar=obo.studiejaar,
        aanvraag=obo.id,
        obo_sha256=indiening.obo_sha256.lower(),
        obo_stand=obo.stand or 0,
        obo_aangevraagd_op=obo.aangevraagd_op,
        bestandsnaam=indiening.bestandsnaam,
        sha256=sha256,
        omvang=len(indiening.inhoud),
        bladen=bladen,
        namens=wie.namens,
        client=wie.client,
        door=wie.door,
        ingediend_op=klok.nu(),
    )
    DELEN.bewaar(rapport.id, [indiening.inhoud], VERBINDING)
    return rapport


def bestand(rapport_id: UUID, pas: Pas) -> tuple[Assurancerapport, bytes]:
    """Return a report with its file, as far as the pass shows it.

    Raises:
        Onvindbaar: there is none, or its file is kept no longer.
        ValueError: what is kept is not what was handed in.
    """
    with met_pas(pas):
        rapport = Assurancerapport.objects.using(VERBINDING).filter(id=rapport_id).first()
        if rapport is None:
            raise Onvindbaar("Dit assurancerapport is er niet.")
    try:
        inhoud = b"".join(DELEN.lees(rapport_id, pas))
    except Vernietigd:
        raise Onvindbaar(
            "Het bestand van dit assurancerapport wordt niet meer bewaard: de bewaartermijn is verstreken."
        ) from None
    if hashlib.sha256(inhoud).hexdigest() != rapport.sha256:
        raise ValueError("het bewaarde rapport is niet meer wat er is aangeleverd")
    return rapport, inhoud


def beslis(
    rapport_id: UUID, akkoord: bool, reden: str, wie: Bevoegde, stop: str | None = None
) -> Assurancerapport:
    """Approve or refuse a report; an approved one replaces the one that was approved before.

    Args:
        rapport_id: the report, which nobody decided on yet.
        akkoord: approve, or refuse.
        reden: why; of a refusal it is needed.
        wie: who decides: DUO's side, and somebody else than who handed it in.
        stop: the kind of mutatiestop that holds from now on for the institution and studiejaar; None: as it is.

    Raises:
        Onvindbaar: there is no such report.
        Verantwoordingsfout: it cannot be decided on so, with all that is wrong.
    """
    with met_pas(wie.pas):
        rapport = Assurancerapport.objects.using(VERBINDING).filter(id=rapport_id).first()
        if rapport is None:
            raise Onvindbaar("Dit assurancerapport is er niet.")
        _wacht_op_beurt(rapport.instelling, rapport.studiejaar)
        weiger_als(_keur_besluit(rapport, akkoord, reden, wie))
        if akkoord:
            for vorige in _in_toestand(rapport.instelling, rapport.studiejaar, Toestand.GOEDGEKEURD):
                _zet(vorige, Toestand.VERVANGEN, wie, "Een nieuwer rapport is goedgekeurd.", rapport.id)
        _zet(rapport, Toestand.GOEDGEKEURD if akkoord else Toestand.AFGEKEURD, wie, reden.strip())
        if akkoord and stop is not None:
            mutatiestop.stel_in(
                rapport.instelling,
                Studiejaar.lees(rapport.studiejaar),
                stop,
                klok.vandaag(),
                "Het assurancerapport is goedgekeurd.",
                wie,
            )
        _audit("assurancerapport.beslis", rapport, wie, {"akkoord": akkoord, "reden": reden})
    return rapport


def _keur_besluit(rapport: Assurancerapport, akkoord: bool, reden: str, wie: Bevoegde) -> list[str]:
    uit = []
    toestand = laatste_stap(rapport).toestand
    if toestand != Toestand.AANGELEVERD:
        uit.append(f"Over dit rapport is al beslist, of het is vervangen: het is {toestand}.")
    if wie.pas.soort is not Soort.DUO:
        uit.append("Over een assurancerapport beslist DUO.")
    if wie.client == rapport.client or wie.door.strip().casefold() == rapport.door.strip().casefold():
        uit.append("Wie een rapport aanlevert beslist er niet over: laat een ander beslissen.")
    uit += mutatiestop.keur_wie(wie.door)
    if not akkoord and not reden.strip():
        uit.append("Geef de reden van de afkeuring, zodat de instelling weet wat er moet gebeuren.")
    if maskeer(reden) != reden:
        uit.append("Laat het persoonsnummer uit de reden weg.")
    return uit


def laatste_stap(rapport: Assurancerapport) -> Assurancestap:
    """Return the step that tells what a report is now."""
    return rapport.assurancestap_set.using(VERBINDING).latest("id")


def _in_toestand(instelling: str, studiejaar: str, toestand: Toestand) -> list[Assurancerapport]:
    rapporten = Assurancerapport.objects.using(VERBINDING).filter(
        instelling=instelling, studiejaar=studiejaar
    )
    return [
        rapport
        for rapport in rapporten.filter(assurancestap__toestand=toestand)
        if laatste_stap(rapport).toestand == toestand
    ]


def _zet(
    rapport: Assurancerapport,
    toestand: Toestand,
    wie: Bevoegde,
    reden: str = "",
    vervangen_door: UUID | None = None,
) -> None:
    Assurancestap.objects.using(VERBINDING).create(
        rapport=rapport,
        instelling=rapport.instelling,
        studiejaar=rapport.studiejaar,
        toestand=toestand,
        ingediend_door=rapport.client,
        client=wie.client,
        door=wie.door,
        reden=reden,
        vervangen_door=vervangen_door,
        op=klok.nu(),
    )


def _wacht_op_beurt(instelling: str, studiejaar: str) -> None:
    """Wait for who changes which report of this institution and studiejaar holds."""
    with cursor(VERBINDING) as sql:
        sql.execute("SELECT bekostigen_beurt(%s, %s)", [instelling, studiejaar])


def _audit(handeling: str, rapport: Assurancerapport, wie: Bevoegde, details: dict[str, object]) -> None:
    audit.leg_vast(
        handeling,
        "assurancerapport",
        rapport.id,
        door=wie.client,
        namens=wie.pas.namens,
        details={
            "instelling": rapport.instelling,
            "studiejaar": rapport.studiejaar,
            "wie": wie.door,
            **details,
        },
        verbinding=VERBINDING,
    )
