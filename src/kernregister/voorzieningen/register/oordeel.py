"""Judging a melding against a dossier: the same for a real one, a dry run and a form that is being filled in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct, structs

from kernregister.kern.dossier import Bpv, Diploma, Dossier, Persoon
from kernregister.kern.gegevens import Gegevens
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.controles import verwijzingen
from kernregister.kern.meldingen.terugkoppeling import Terugmelding, afgekeurd, terugmelding
from kernregister.kern.meldingen.toepassen import Mutatie, Mutaties, pas_toe, voer_door
from kernregister.kern.regels.motor import Sleutel, Uitkomst
from kernregister.kern.regels.paspoort import Ernst, Fase
from kernregister.kern.tijd import Periode
from kernregister.voorzieningen.register.regels import Deur
from kernregister.voorzieningen.stamgegevens import public as stamgegevens

ZONDER_REGELS = (b.Overgenomen | b.VanBron | b.VanStelsel).__args__
"""Meldingen whose content no rule refuses: it is registered already, elsewhere or here."""

_ONDER_INSCHRIJVING = {"Inschrijving", "Inschrijvingsperiode", "ExtraOndersteuning"}


class Oordeel(Struct, frozen=True):
    """What comes of a melding: the dossier after it and what changes in it, or findings that refuse it."""

    dossier: Dossier
    mutaties: tuple[Mutatie, ...] = ()
    bevindingen: tuple[Terugmelding, ...] = ()

    @property
    def aanvaard(self) -> bool:
        """Tell whether nothing refuses it."""
        return not any(b.ernst == Ernst.FOUT for b in self.bevindingen)


def beoordeel(dossier: Dossier, melding: Any, deur: Deur, gegevens: Gegevens | None = None) -> Oordeel:
    """Judge a melding about the person of this dossier.

    Only findings on the delivered record itself refuse: what was wrong elsewhere, or at another institution, is for
    the signals.

    Args:
        dossier: all that is registered of the person.
        melding: the melding, its sender and person found in order.
        deur: the rules that refuse.
        gegevens: reference data for this dossier, when more is known of it than the rules have at hand.
    """
    if afkeuringen := [afgekeurd(a, _code(deur, a.controle.id)) for a in verwijzingen(melding, dossier)]:
        return Oordeel(dossier, bevindingen=tuple(afkeuringen))
    na, mutaties = pas_toe(dossier, melding)
    if not mutaties or isinstance(melding, ZONDER_REGELS):
        return Oordeel(na, mutaties)
    peildatum = deur.motor.peildatum
    gevonden = [
        uitkomst
        for uitkomst in deur.motor.controleer(na, gegevens)
        if _weigert(deur, uitkomst, melding.afzender, peildatum) and _over_melding(uitkomst.sleutel, melding)
    ]
    if gevonden and isinstance(melding, b.AanleverenDiploma | b.AanleverenResultaat):
        gevonden = _zonder_die_van_anderen(gevonden, na, mutaties, deur, gegevens)
    fouten = tuple(
        terugmelding(uitkomst, Ernst.FOUT.value, deur.regels[uitkomst.regel], _code(deur, uitkomst.regel))
        for uitkomst in gevonden
    )
    return Oordeel(dossier, bevindingen=fouten) if fouten else Oordeel(na, mutaties)


def _zonder_die_van_anderen(
    gevonden: list[Uitkomst], na: Dossier, mutaties: Mutaties, deur: Deur, gegevens: Gegevens | None
) -> list[Uitkomst]:
    """Leave out what is found without the delivered result as well: it is of another with the same key.

    A part of a diploma and a loose result may have one number, when they were taken over from elsewhere.
    """
    ervoor = voer_door(na, [structs.replace(mutatie, na=None) for mutatie in mutaties])
    van_anderen = deur.motor.controleer(ervoor, gegevens)
    uit = []
    for uitkomst in gevonden:
        if uitkomst in van_anderen:
            van_anderen.remove(uitkomst)
        else:
            uit.append(uitkomst)
    return uit


def keur_nummers(melding: b.OverPersoon, deur: Deur) -> tuple[Terugmelding, ...]:
    """Return what is wrong with the numbers in a melding themselves, before anybody is looked up by them."""
    wie = Dossier(Persoon(melding.burgerservicenummer, melding.onderwijsnummer))
    return tuple(
        terugmelding(uitkomst, Ernst.FOUT.value, deur.regels[uitkomst.regel], _code(deur, uitkomst.regel))
        for uitkomst in deur.motor.controleer(wie)
        if uitkomst.sleutel.record == "Persoon"
    )


def _weigert(deur: Deur, uitkomst: Uitkomst, afzender: str, peildatum: date) -> bool:
    soort = deur.motor.gegevens.soort_van(afzender)
    return (
        uitkomst.sleutel.instelling == afzender
        and deur.regels[uitkomst.regel].fase_op(peildatum, soort) is Fase.WEIGEREN
    )


def _over_melding(sleutel: Sleutel, melding: Any) -> bool:
    """Tell whether a finding is on the record that a melding delivers, or on what hangs under it there."""
    match melding:
        case b.AanleverenInschrijving():
            eigen: set[str | None] = {melding.inschrijving.inschrijvingvolgnummer}
            return sleutel.inschrijvingvolgnummer in eigen and sleutel.record in _ONDER_INSCHRIJVING
        case b.AanleverenBpv():
            eigen = {melding.bpv.volgnummer} if sleutel.record == Bpv.__name__ else set()
            onder = sleutel.inschrijvingvolgnummer == melding.inschrijvingvolgnummer
            return onder and sleutel.bpv_volgnummer in eigen
        case b.AanleverenDiploma():
            # a loose result under the number of the diploma: K03 is found on the one that comes last in the dossier
            eigen = {melding.diploma.resultaatvolgnummer}
            if sleutel.record != Diploma.__name__:
                eigen |= {onderdeel.resultaatvolgnummer for onderdeel in melding.diploma.onderdelen}
            return sleutel.resultaatvolgnummer in eigen
        case b.AanleverenResultaat():
            eigen = {melding.resultaat.resultaatvolgnummer}
            return sleutel.resultaatvolgnummer in eigen
    return False


def _code(deur: Deur, regel: str) -> str:
    return deur.duo_codes.get(regel, "")


def met_erkenningen(gegevens: Gegevens, erkenningen: Any) -> Gegevens:
    """Return reference data with what SBB said of these training companies."""
    return structs.replace(gegevens, erkenningen=erkenningen)


def erkenningen_van(meldingen: Sequence[Any]) -> dict[tuple[str, str], Any]:
    """Ask SBB about the training companies that the meldingen name, all at once."""
    paren = {
        (m.bpv.leerbedrijf_id, code)
        for m in meldingen
        if isinstance(m, b.AanleverenBpv) and m.bpv.leerbedrijf_id
        for code in (m.bpv.opleidingcode, m.bpv.keuzedeelcode)
        if code
    }
    if not paren:
        return {}
    # a company that SBB says nothing of cannot be judged, so it is not refused
    return dict.fromkeys(paren, (Periode(date.min),)) | stamgegevens.erkenningen(paren)
