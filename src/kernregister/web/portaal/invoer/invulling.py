"""A form while somebody fills it in: how it began, what it changes, and what stands where in it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.formulier import Formulier
from kernregister.web.portaal.formulieren.inhoud import rijen
from kernregister.web.portaal.formulieren.tonen import Blok, Blokkenlijst, Fout, Fouten, Invoerveld, Waarden
from kernregister.web.portaal.invoer.student import Geregistreerd
from kernregister.web.portaal.invoer.taken import Begin, Plek, Taak

_VAST = {"id", "moment"}


class Wijziging(Struct, frozen=True):
    """What a form changes of a field: as it is registered, and as it is typed."""

    naam: str
    label: str
    voor: str
    na: str


class Invulling:
    """A form about a student. ``begin`` is what stood in it when it was opened."""

    def __init__(
        self,
        taak: Taak,
        student: Geregistreerd | None,
        formulier: Formulier,
        begin: Waarden,
        *,
        is_wijziging: bool,
    ) -> None:
        self.taak, self.student, self.formulier = taak, student, formulier
        self.begin, self.is_wijziging = begin, is_wijziging

    def velden(self, waarden: Waarden) -> dict[str, Invoerveld]:
        """Return the fields of a form by name."""
        return {veld.naam: veld for veld, _ in velden_in(self.formulier.velden(waarden))}

    def wijzigingen(self, waarden: Waarden) -> list[Wijziging]:
        """Return what a form changes of what is registered."""
        if not self.is_wijziging:
            return []
        anders = {
            naam
            for naam in (*self.begin, *waarden)
            if naam not in _VAST and self.begin.get(naam, "").strip() != waarden.get(naam, "").strip()
        }
        if not anders:
            return []
        voor, na = (dict(gelabeld(self.formulier.velden(w))) for w in (self.begin, waarden))
        return [
            Wijziging(
                naam, (na.get(naam) or voor[naam])[0], voor.get(naam, ("", ""))[1], na.get(naam, ("", ""))[1]
            )
            for naam in sorted(anders, key=list({**waarden, **self.begin}).index)
            if naam in voor or naam in na
        ]

    def samenvatting(self, fouten: Fouten) -> list[tuple[str, str, Fout]]:
        """Return all that is wrong, for on top of the form: the name of the field, its label, and the finding."""
        if not fouten:
            return []
        namen = dict(_labels(self.formulier.velden({**self.begin, **dict.fromkeys(fouten, "")})))
        return [(naam, namen.get(naam, ""), fout) for naam, gevonden in fouten.items() for fout in gevonden]

    def plekken(self, blok: Blok, fouten: Fouten) -> list[tuple[str, list[Fout]]]:
        """Return every place in the form where a finding may stand, with what is to stand there now."""
        return [(naam, fouten.get(naam, [])) for naam in (naam for naam, _ in _labels(blok)) if naam]

    def betekenissen(self, blok: Blok) -> list[tuple[str, str]]:
        """Return of every field with a code what the code stands for."""
        return [(veld.naam, veld.betekenis) for veld, _ in velden_in(blok) if veld.lijst]

    def laatste_rij(self, waarden: Waarden, lijst: str) -> str:
        """Return the name of the group that was just added to a list."""
        nummers = rijen(waarden, lijst) if lijst else []
        return f"{lijst}-{nummers[-1]}" if nummers else ""


def begin_formulier(bezoek: Bezoek, taak: Taak, student: Geregistreerd | None, plek: Plek) -> Invulling:
    """Return a form as it is when somebody opens it: with what is registered, or what is likely.

    Raises:
        Http404: what it is about is not there.
    """
    begin = taak.maak(bezoek, student, plek) if taak.maak and student else Begin(verplicht=taak.verplicht)
    formulier = Formulier.voor(bezoek, taak.soort, begin.vast, begin.verplicht)
    geregistreerd = formulier.van_melding(begin.inhoud)
    if begin.is_wijziging:
        waarden = geregistreerd
    else:
        waarden = formulier.nieuw() | {naam: w for naam, w in geregistreerd.items() if w}
    return Invulling(taak, student, formulier, waarden, is_wijziging=begin.is_wijziging)


def velden_in(deel: object, boven: str = "") -> Iterator[tuple[Invoerveld, str]]:
    """Give the fields of a form in their order, each with the title of the group that it stands in."""
    match deel:
        case Invoerveld():
            yield deel, boven
        case Blok():
            for onder in (*deel.delen, *deel.vouw):
                yield from velden_in(onder, deel.titel if deel.weg else boven)
        case Blokkenlijst():
            for rij in deel.rijen:
                yield from velden_in(rij, boven)


def gelabeld(blok: Blok) -> Iterator[tuple[str, tuple[str, str]]]:
    """Give of each field its name, its label with its group, and what stands in it as people read it."""
    for veld, boven in velden_in(blok):
        titels = {keuze.waarde: keuze.titel for keuze in veld.keuzes}
        tekst = titels.get(veld.waarde, veld.waarde)
        if veld.betekenis:
            tekst = f"{tekst} – {veld.betekenis}"
        yield veld.naam, (f"{boven}: {veld.label}" if boven else veld.label, tekst)


def _labels(deel: object) -> Iterator[tuple[str, str]]:
    match deel:
        case Invoerveld():
            yield deel.naam, deel.label
        case Blok():
            yield deel.naam, deel.titel
            for onder in (*deel.delen, *deel.vouw):
                yield from _labels(onder)
        case Blokkenlijst():
            yield deel.naam, deel.titel
            for rij in deel.rijen:
                yield from _labels(rij)
