"""What would become of the funding: a dry run through the real door, with the difference in contribution.

Nothing is kept of it. What is asked may be drafts of meldingen, or one of the ready-made questions, of which the drafts
are made here from what is registered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct, structs

from kernregister.kern.bekostiging.besluit import Bekostigingswijziging
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.dossier import Bpv, Dossier, Inschrijving
from kernregister.kern.leesbaar import Onleesbaar
from kernregister.kern.meldingen.berichten import Aangeleverd
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.platform import klok
from kernregister.voorzieningen.bekostigen import grondslag
from kernregister.voorzieningen.bekostigen.fouten import Bekostigingsfout, Onvindbaar
from kernregister.voorzieningen.bekostigen.herstel import (
    GEEN_UITVAL,
    VAN_SIGNAAL,
    Concept,
    Record,
    van_redenen,
)
from kernregister.voorzieningen.bekostigen.posten import DIPLOMA, INSCHRIJVING, Plek, besluiten
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.register import public as register

MEESTE = 100
"""Drafts in one question."""


class Jaargevolg(Struct, frozen=True):
    """The difference in one funding year, before weights and correction factor; indicative."""

    jaar: int
    oktober: Decimal
    """In contributions on 1 October: what the deelnemerswaarde is made of."""
    februari: Decimal
    """In what counts on 1 February, which works through in the correction factor only: BOL 1, BBL less, without price
    factor, and whether there is a placement or not."""
    diplomawaarde: Decimal
    onbekend: int
    """Of how many of the changes the contribution cannot be told: no price factor is known."""


class Gevolg(Struct, frozen=True):
    """What drafts would do."""

    meldingen: tuple[Aangeleverd, ...]
    antwoorden: tuple[Terugkoppeling, ...]
    wijzigingen: tuple[tuple[int | None, Bekostigingswijziging], ...]
    """Person, and what changed from before the first draft to after the last, of the sender's own records."""
    jaren: tuple[Jaargevolg, ...]


Nummer = Annotated[int, Meta(ge=1, le=2**63 - 1)]
Volgnummer = Annotated[str, Meta(min_length=1, max_length=40)]
Redencode = Annotated[str, Meta(pattern="^[0-9]{2}$")]


class _Vraag(Struct, frozen=True, tag_field="soort", forbid_unknown_fields=True):
    """What all ready-made questions share: ``soort`` tells them apart."""


class Signaalvraag(_Vraag, frozen=True, tag="signaal_hersteld"):
    """If this signal were mended."""

    signaal: Nummer


class Redenvraag(_Vraag, frozen=True, tag="reden_hersteld"):
    """If what keeps this enrolment on a teldatum, or this diploma (no teldatum), from counting were mended."""

    persoon: Nummer
    jaar: Annotated[int, Meta(ge=1990, le=2100)]
    sleutel: Volgnummer
    teldatum: date | None = None


class Bpvvraag(_Vraag, frozen=True, tag="bpv_getekend"):
    """If the agreement of this placement were concluded by a day; else 31 December of its studiejaar."""

    persoon: Nummer
    inschrijvingvolgnummer: Volgnummer
    bpv_volgnummer: Volgnummer
    afsluitdatum: date | None = None


class Beginvraag(_Vraag, frozen=True, tag="inschrijving_begint"):
    """If this enrolment began on a day."""

    persoon: Nummer
    inschrijvingvolgnummer: Volgnummer
    datum: date


class Eindevraag(_Vraag, frozen=True, tag="inschrijving_eindigt"):
    """If this enrolment ended on a day, which is its last."""

    persoon: Nummer
    inschrijvingvolgnummer: Volgnummer
    datum: date
    reden: Redencode = GEEN_UITVAL


Vraag = Signaalvraag | Redenvraag | Bpvvraag | Beginvraag | Eindevraag
"""A ready-made question."""

VRAGEN = {str(soort.__struct_config__.tag): soort.__struct_fields__ for soort in Vraag.__args__}
"""Its ``soort`` -> what it asks."""


def wat_als(meldingen: Sequence[Aangeleverd], herkomst: register.Herkomst) -> Gevolg:
    """Return what these drafts, in their order, would do; nothing is kept.

    Raises:
        Bekostigingsfout: there are none, or too many.
    """
    if not 1 <= len(meldingen) <= MEESTE:
        raise Bekostigingsfout(f"Stuur 1 tot en met {MEESTE} meldingen.")
    antwoorden = register.verwerk(meldingen, herkomst, proef=True)
    netto = _netto((antwoord.persoon, een) for antwoord in antwoorden for een in antwoord.bekostiging)
    return Gevolg(tuple(meldingen), tuple(antwoorden), netto, tuple(_per_jaar([een for _, een in netto])))


def _per_jaar(wijzigingen: Sequence[Bekostigingswijziging]) -> Iterable[Jaargevolg]:
    for jaar in sorted({een.jaar for een in wijzigingen}):
        van = [een for een in wijzigingen if een.jaar == jaar]
        eerste, tweede = Bekostigingsjaar(jaar).teldata
        oktober, diplomas = (
            sum((_verschil(een) for een in van if een.teldatum == dag), Decimal(0)) for dag in (eerste, None)
        )
        februari = sum((een.weging_na - een.weging_voor for een in van if een.teldatum == tweede), Decimal(0))
        yield Jaargevolg(jaar, oktober, februari, diplomas, sum(1 for een in van if _is_onbekend(een)))


def _netto(
    wijzigingen: Iterable[tuple[int | None, Bekostigingswijziging]],
) -> tuple[tuple[int | None, Bekostigingswijziging], ...]:
    """Return per record what it came to: what the first found, and what the last left."""
    uit: dict[tuple[object, ...], tuple[int | None, Bekostigingswijziging]] = {}
    for persoon, een in wijzigingen:
        plek = persoon, een.jaar, een.sleutel, een.teldatum
        _, eerst = uit.get(plek, (persoon, een))
        netto = structs.replace(
            een,
            status_voor=eerst.status_voor,
            bijdrage_voor=eerst.bijdrage_voor,
            weging_voor=eerst.weging_voor,
        )
        uit[plek] = persoon, netto
    return tuple(uit.values())


def _verschil(een: Bekostigingswijziging) -> Decimal:
    return (een.bijdrage_na or Decimal(0)) - (een.bijdrage_voor or Decimal(0))


def _is_onbekend(een: Bekostigingswijziging) -> bool:
    return bool(
        (een.status_na and een.bijdrage_na is None) or (een.status_voor and een.bijdrage_voor is None)
    )


# ------------------------------------------------------------------------------------ ready-made


def persoon_van(vraag: Vraag, verbinding: str = "default") -> int:
    """Return whom a ready-made question is about, when the pass of the caller shows that.

    Raises:
        Onvindbaar: the signal or the person is not there for this pass.
    """
    if isinstance(vraag, Signaalvraag):
        try:
            return kwaliteit.signaal(vraag.signaal, verbinding).signaal.persoon
        except kwaliteit.Onvindbaar:
            raise Onvindbaar("Het signaal is er niet.") from None
    if not register.is_zichtbaar(vraag.persoon):
        raise Onvindbaar("De persoon is er niet.")
    return vraag.persoon


def concepten(vraag: Vraag, instelling: str, verbinding: str = "default") -> tuple[int, list[Aangeleverd]]:
    """Return whom a ready-made question is about, and the drafts that it comes down to.

    Called under the pass of the institution.

    Raises:
        Onvindbaar: what it asks about is not there for this institution.
        Bekostigingsfout: no melding can be told that would do it.
    """
    persoon = persoon_van(vraag, verbinding)
    dossier = register.dossier(persoon)
    if dossier is None:
        raise Onvindbaar("De persoon is er niet.")
    try:
        match vraag:
            case Signaalvraag():
                gemaakt = _van_signaal(vraag, dossier, instelling, verbinding)
            case Redenvraag():
                gemaakt = _van_reden(vraag, dossier, instelling)
            case _:
                gemaakt = [_van_inschrijving(vraag, dossier, instelling)]
    except Onleesbaar:
        raise Bekostigingsfout(
            "Wat er geregistreerd is past niet in een melding: het is uit een ander register overgenomen. Lever zelf "
            "een concept."
        ) from None
    if not gemaakt:
        raise Bekostigingsfout(
            "Welke melding dit herstelt, volgt niet uit wat er geregistreerd is. Lever zelf een concept."
        )
    return persoon, gemaakt


def _van_signaal(
    vraag: Signaalvraag, dossier: Dossier, instelling: str, verbinding: str
) -> list[Aangeleverd]:
    beeld = kwaliteit.signaal(vraag.signaal, verbinding).signaal
    voorstel = VAN_SIGNAAL.get(beeld.regel)
    if voorstel is None or beeld.instelling != instelling:
        return []
    sleutel = beeld.sleutel
    record = Record(
        dossier,
        instelling,
        sleutel.inschrijvingvolgnummer,
        sleutel.datum_begin,
        sleutel.bpv_volgnummer,
        sleutel.resultaatvolgnummer,
    )
    gemaakt = voorstel(Concept(record, klok.nu()), beeld.waarden)
    return [gemaakt] if gemaakt is not None else []


def _van_reden(vraag: Redenvraag, dossier: Dossier, instelling: str) -> list[Aangeleverd]:
    nu = grondslag.stel_samen(
        (Bekostigingsjaar(vraag.jaar),), grondslag.huidige(klok.vandaag()).gegevens_versie
    )
    soort = DIPLOMA if vraag.teldatum is None else INSCHRIJVING
    plek = Plek(vraag.jaar, soort, instelling, vraag.sleutel, vraag.teldatum)
    redenen = besluiten(dossier, nu.beslissers).redenen.get(plek)
    if redenen is None:
        raise Onvindbaar("Daarover is geen besluit van deze instelling.")
    record = (
        Record(dossier, instelling, resultaatvolgnummer=vraag.sleutel)
        if vraag.teldatum is None
        else Record(dossier, instelling, inschrijvingvolgnummer=vraag.sleutel)
    )
    return van_redenen(Concept(record, klok.nu()), redenen, vraag.teldatum)


def _van_inschrijving(
    vraag: Bpvvraag | Beginvraag | Eindevraag, dossier: Dossier, instelling: str
) -> Aangeleverd:
    nummer = vraag.bpv_volgnummer if isinstance(vraag, Bpvvraag) else None
    record = Record(dossier, instelling, vraag.inschrijvingvolgnummer, bpv_volgnummer=nummer)
    concept, een = Concept(record, klok.nu()), record.inschrijving
    if een is None:
        raise Onvindbaar("De inschrijving is er niet.")
    match vraag:
        case Bpvvraag():
            if (bpv := record.bpv) is None:
                raise Onvindbaar("De BPV is er niet.")
            return concept.met_bpv(een, _getekend(bpv, vraag.afsluitdatum))
        case Beginvraag():
            return concept.met_inschrijving(_begonnen(een, vraag.datum))
    return concept.met_inschrijving(
        structs.replace(een, datum_uitschrijving_werkelijk=vraag.datum, reden_uitschrijving=vraag.reden)
    )


def _getekend(bpv: Bpv, dag: date | None) -> Bpv:
    """Return a placement whose agreement was concluded on a day, and that did not begin later than 31 December then."""
    if dag is None:
        begin = bpv.datum_begin
        dag = date(begin.year if begin.month >= 8 else begin.year - 1, 12, 31)
    return structs.replace(bpv, afsluitdatum=dag)


def _begonnen(een: Inschrijving, dag: date) -> Inschrijving:
    """Return an enrolment that began on a day, with the periods that it then has."""
    if not een.perioden:
        return structs.replace(een, datum_inschrijving=dag)
    over = sorted((p for p in een.perioden if p.datum_begin > dag), key=lambda p: p.datum_begin)
    eerste = een.periode_op(dag) or over.pop(0)
    perioden = (structs.replace(eerste, datum_begin=dag), *over)
    return structs.replace(een, datum_inschrijving=dag, perioden=perioden)
