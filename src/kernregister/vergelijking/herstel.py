"""From differences to meldingen: what has to be delivered so that the register says what the own administration says.

Pure. The differences are worked out on the records of an RO, in whose fields they were found, and the meldingen are
made of what the dossier becomes by that. An aggregate is delivered whole, so those on one enrolment are one melding.
What an RO does not carry stays as it is registered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import uuid5

import msgspec
from msgspec import Struct, structs

from kernregister.kern.dossier import Diploma, Dossier, Inschrijving, Persoon
from kernregister.kern.formaten.recordbestand import Groep
from kernregister.kern.formaten.ro import Per
from kernregister.kern.formaten.ro_dossier import dossier_van
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.leesbaar import Onleesbaar, als_object
from kernregister.kern.meldingen import berichten as b
from kernregister.vergelijking.oorzaken import Aard, Afwijking
from kernregister.vergelijking.register import groep_van
from kernregister.vergelijking.wijzigen import VAN_DE_BRP, NietMogelijk, Opdracht, verwerk


class Student(Struct, frozen=True):
    """Who the meldingen are about: by which numbers, and what the own administration calls them."""

    burgerservicenummer: str | None = None
    onderwijsnummer: str | None = None
    studentnummer: str = ""


def herstel(
    afwijkingen: Sequence[Afwijking], dossier: Dossier | None, wie: Student, opdracht: Opdracht
) -> list[Any]:
    """Return the meldingen that make differences of one student disappear, in the order to deliver them.

    The same differences of the same assignment give the same ids: delivering again changes nothing.

    Args:
        afwijkingen: differences of one student.
        dossier: what is registered of the student; None: the register does not know the student.
        wie: the numbers of the student.
        opdracht: what is to happen.

    Raises:
        NietMogelijk: something is missing, or no melding of an institution can do it.
    """
    oud = _groep(dossier, wie, opdracht.afzender)
    nieuw = list(oud)
    for afwijking in afwijkingen:
        verwerk(nieuw, afwijking, opdracht)
    verslag = Verslag()
    voor, na = (dossier_van(groep, opdracht.afzender, verslag) for groep in (oud, nieuw))
    if verslag.fouten:
        raise NietMogelijk(
            "Dit record hoort onder een inschrijving of diploma dat het register niet heeft. Neem dat eerst over.",
            "This record belongs under an enrolment or a diploma that the register lacks. Take that over first.",
        )
    return list(_Meldingen(dossier, wie, opdracht).van(voor, na, _identificatie(afwijkingen)))


def _groep(dossier: Dossier | None, wie: Student, instelling: str) -> Groep:
    groep = groep_van(dossier, instelling) if dossier is not None else []
    if groep:
        return groep
    return [Per(wie.burgerservicenummer, wie.onderwijsnummer, "0000-00-00", "O")]


def _identificatie(afwijkingen: Iterable[Afwijking]) -> dict[str, str]:
    """Return what the own administration says of somebody whom the register lacks altogether."""
    for afwijking in afwijkingen:
        if afwijking.aard is Aard.NIET_IN_REGISTER and afwijking.niveau == VAN_DE_BRP:
            eigen = dict(afwijking.records)
            return {"nieuw": "ja", **eigen.get(VAN_DE_BRP, {})}
    return {}


class _Meldingen:
    """Makes the meldingen that lead from one dossier to another."""

    def __init__(self, dossier: Dossier | None, wie: Student, opdracht: Opdracht) -> None:
        self.dossier = dossier or Dossier(Persoon())
        self.wie = wie
        self.opdracht = opdracht

    def van(self, voor: Dossier, na: Dossier, nieuw: dict[str, str]) -> Iterator[Any]:
        """Give them in such an order that nothing refers to what is not there (any more)."""
        if nieuw:
            yield self._identificeer(nieuw)
        weg = {**_resultaten(voor)}
        for nummer in weg.keys() - _resultaten(na).keys():
            yield self._een("VerwijderenResultaat", nummer, weg[nummer], resultaatvolgnummer=nummer)
        oude, nieuwe = ({i.inschrijvingvolgnummer: i for i in d.inschrijvingen} for d in (voor, na))
        for nummer, inschrijving in oude.items():
            yield from self._verwijder_bpvs(inschrijving, nieuwe.get(nummer))
            if nummer not in nieuwe:
                yield self._een(
                    "VerwijderenInschrijving", nummer, inschrijving, inschrijvingvolgnummer=nummer
                )
        for nummer, inschrijving in nieuwe.items():
            yield from self._lever_inschrijving(oude.get(nummer), inschrijving)
        for nummer, resultaat in _resultaten(na).items():
            if resultaat != weg.get(nummer):
                yield self._lever_resultaat(nummer, resultaat)

    def _identificeer(self, nieuw: dict[str, str]) -> Any:
        if not (nieuw.get("geboortedatum") and nieuw.get("geslacht")):
            raise NietMogelijk(
                "Het register kent deze student nog niet. Voor identificatie zijn geboortedatum en geslacht nodig: "
                "koppel die kolommen, of schrijf de student in met het formulier.",
                "The register does not know this student yet. To identify somebody it takes geboortedatum and "
                "geslacht: map those columns, or enrol the student with the form.",
            )
        waarden = {veld: nieuw[veld] for veld in ("geboortedatum", "geslacht")}
        if self.wie.studentnummer:
            waarden["studentnummer"] = self.wie.studentnummer
        return self._een("AanleverenIdentificatiePersoon", "", None, doel="inschrijving", **waarden)

    def _verwijder_bpvs(self, oud: Inschrijving, nieuw: Inschrijving | None) -> Iterator[Any]:
        over = {bpv.volgnummer for bpv in nieuw.bpvs} if nieuw else set()
        onder = oud.inschrijvingvolgnummer
        for bpv in oud.bpvs:
            if bpv.volgnummer not in over:
                yield self._een(
                    "VerwijderenBpv",
                    f"{onder} {bpv.volgnummer}",
                    oud,
                    inschrijvingvolgnummer=onder,
                    bpv_volgnummer=bpv.volgnummer,
                )

    def _lever_inschrijving(self, oud: Inschrijving | None, nieuw: Inschrijving) -> Iterator[Any]:
        onder = nieuw.inschrijvingvolgnummer
        if oud is None or structs.replace(oud, bpvs=()) != structs.replace(nieuw, bpvs=()):
            nu = _vind(self.dossier.inschrijvingen, self.opdracht.afzender, "inschrijvingvolgnummer", onder)
            heel = structs.replace(nieuw, verblijf_grond=nu.verblijf_grond) if nu else nieuw
            if not heel.perioden:
                raise NietMogelijk(
                    "Een inschrijving heeft ten minste één periode.", "An enrolment has at least one period."
                )
            extra = (
                {"studentnummer": self.wie.studentnummer} if self.wie.studentnummer and oud is None else {}
            )
            yield self._een("AanleverenInschrijving", onder, nieuw, inschrijving=_kaal(heel), **extra)
        bestaand = {bpv.volgnummer: bpv for bpv in oud.bpvs} if oud else {}
        for bpv in nieuw.bpvs:
            if bpv != bestaand.get(bpv.volgnummer):
                yield self._een(
                    "AanleverenBpv",
                    f"{onder} {bpv.volgnummer}",
                    nieuw,
                    inschrijvingvolgnummer=onder,
                    bpv=als_object(bpv),
                )

    def _lever_resultaat(self, nummer: str, resultaat: Any) -> Any:
        if isinstance(resultaat, Diploma):
            return self._een("AanleverenDiploma", nummer, resultaat, diploma=_kaal(resultaat))
        return self._een("AanleverenResultaat", nummer, resultaat, resultaat=_kaal(resultaat))

    def _een(self, soort: str, nummer: str, over: Any, **inhoud: Any) -> Any:
        """Make one melding, read as it would come in.

        Raises:
            NietMogelijk: it does not fit the form of this melding.
        """
        nummers = self._nummers(over)
        naam = f"{soort} {nummer} {sorted(nummers.items())}"
        vast = {"soort": soort, "id": uuid5(self.opdracht.id, naam), "afzender": self.opdracht.afzender}
        try:
            return b.lees(msgspec.json.encode({**vast, "moment": self.opdracht.moment, **nummers, **inhoud}))
        except Onleesbaar as fout:
            wat = "; ".join(f"{een.pad}: {een.uitleg}" for een in fout.fouten)
            raise NietMogelijk(
                f"Hier kan geen melding van gemaakt worden: {wat}.", f"No melding: {wat}."
            ) from None

    def _nummers(self, over: Any) -> dict[str, str]:
        """Return the number to name the student by: the one that the record was delivered on, else the BSN."""
        oud = self._geregistreerd(over)
        if self.wie.onderwijsnummer and (
            not self.wie.burgerservicenummer or (oud is not None and oud.op_onderwijsnummer)
        ):
            return {"onderwijsnummer": self.wie.onderwijsnummer}
        return {"burgerservicenummer": self.wie.burgerservicenummer or ""}

    def _geregistreerd(self, over: Any) -> Any:
        afzender = self.opdracht.afzender
        if isinstance(over, Inschrijving):
            nummer = over.inschrijvingvolgnummer
            return _vind(self.dossier.inschrijvingen, afzender, "inschrijvingvolgnummer", nummer)
        if over is None:
            return None
        records = (*self.dossier.diplomas, *self.dossier.losse_resultaten)
        return _vind(records, afzender, "resultaatvolgnummer", over.resultaatvolgnummer)


def _vind(records: Iterable[Any], instelling: str, veld: str, nummer: str) -> Any:
    return next((r for r in records if r.instelling == instelling and getattr(r, veld) == nummer), None)


def _resultaten(dossier: Dossier) -> dict[str, Any]:
    return {r.resultaatvolgnummer: r for r in (*dossier.diplomas, *dossier.losse_resultaten)}


def _kaal(waarde: Any) -> Any:
    """Return a record as a melding carries it: without what the register fills in, and placements apart."""
    return _zonder(als_object(waarde), b.VAN_HET_REGISTER | {"bpvs"})


def _zonder(waarde: Any, velden_: frozenset[str]) -> Any:
    match waarde:
        case dict():
            return {naam: _zonder(deel, velden_) for naam, deel in waarde.items() if naam not in velden_}
        case list():
            return [_zonder(deel, velden_) for deel in waarde]
    return waarde
