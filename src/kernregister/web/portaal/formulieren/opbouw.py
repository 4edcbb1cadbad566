"""From what is in a form to what a template shows of it: labels, help, choices, groups, what is folded in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from msgspec import Struct

from kernregister.kern.leesbaar import TAG
from kernregister.kern.regels.paspoort import Tekst
from kernregister.web.portaal.formulieren import labels
from kernregister.web.portaal.formulieren.blanco import Blanco
from kernregister.web.portaal.formulieren.inhoud import rijen
from kernregister.web.portaal.formulieren.keuzes import VAN_DE_DAG, Keuze, betekenissen, keuzes, lijst_van
from kernregister.web.portaal.formulieren.nodig import is_gevraagd, is_overbodig
from kernregister.web.portaal.formulieren.tonen import (
    Blok,
    Blokkenlijst,
    Fout,
    Fouten,
    Invoerveld,
    Waarden,
)
from kernregister.web.portaal.formulieren.vorm import (
    SCHEIDING,
    Deel,
    Groep,
    Lijst,
    Soort,
    Veld,
    struct_naam,
)
from kernregister.web.portaal.taal import in_taal

_SOORT = Tekst("Wat voor resultaat", "What kind of result")
_ERBIJ = Tekst("Voeg een {wat} toe", "Add a {wat}")


class Opbouw:
    """A form while it is made ready to be shown."""

    def __init__(self, formulier: Blanco, waarden: Waarden, fouten: Fouten) -> None:
        self.formulier, self.waarden, self.fouten = formulier, waarden, fouten
        self.taal = formulier.taal
        self.namen = betekenissen({een for een in self._codes(formulier.soort, "") if een[1]})

    def alles(self) -> Blok:
        """Return the whole form."""
        kern = self._blok(self.formulier.soort, "", "")
        vast = tuple((naam, self.waarden[naam]) for naam in ("id", "moment") if naam in self.waarden)
        return Blok(
            naam="",
            titel="",
            delen=kern.delen,
            vouw=kern.vouw,
            vouw_open=kern.vouw_open,
            fouten=self._fouten(""),
            verborgen=vast,
        )

    def _codes(self, soort: type[Struct], voor: str) -> Iterator[tuple[str, str]]:
        """Give the codes in the form, each with the list that it is in."""
        for deel in self.formulier.delen(soort, voor):
            naam = voor + deel.naam
            if isinstance(deel, Veld):
                if lijst := lijst_van(struct_naam(soort), deel.naam):
                    yield lijst, self.waarden.get(naam, "").strip()
                continue
            onders = (
                [naam] if isinstance(deel, Groep) else [f"{naam}{SCHEIDING}{n}" for n in self._rijen(naam)]
            )
            for onder in onders:
                tag = None if None in deel.soorten else self.waarden.get(f"{onder}{SCHEIDING}{TAG}", "")
                if tag in deel.soorten:
                    yield from self._codes(deel.soorten[tag], onder + SCHEIDING)

    def _rijen(self, naam: str) -> list[int]:
        return rijen(self.waarden, naam)

    def _tekst(self, tekst: Tekst | None) -> str:
        return in_taal(tekst, self.taal) if tekst else ""

    def _fouten(self, naam: str) -> tuple[Fout, ...]:
        return tuple(self.fouten.get(naam, ()))

    def _blok(self, soort: type[Struct], voor: str, titel: str, **anders: Any) -> Blok:
        struct = struct_naam(soort)
        boven, vouw, vol = [], [], False
        for deel in self.formulier.delen(soort, voor):
            getoond = self._deel(struct, deel, voor)
            if getoond is None:
                continue
            if f"{struct}.{deel.naam}" in labels.INGEKLAPT:
                vouw.append(getoond)
                vol = vol or self._is_in_gebruik(deel, voor + deel.naam)
            else:
                boven.append(getoond)
        if not boven:
            boven, vouw = vouw, []
        return Blok(
            naam=voor.removesuffix(SCHEIDING),
            titel=titel,
            delen=tuple(boven),
            vouw=tuple(vouw),
            vouw_open=vol,
            fouten=self._fouten(voor.removesuffix(SCHEIDING)) if voor else (),
            **anders,
        )

    def _is_in_gebruik(self, deel: Deel, naam: str) -> bool:
        """Tell whether something stands in a part, or is wrong with it."""
        eigen = {n for n in (*self.waarden, *self.fouten) if n == naam or n.startswith(naam + SCHEIDING)}
        standaard = str(deel.standaard or "") if isinstance(deel, Veld) else ""
        return any(n in self.fouten or self.waarden.get(n, "") not in ("", standaard) for n in eigen)

    def _deel(self, struct: str, deel: Deel, voor: str) -> Any:
        naam = voor + deel.naam
        if is_overbodig(deel.naam, naam, self.formulier.bekostigd) and not self._is_in_gebruik(deel, naam):
            return None
        match deel:
            case Veld():
                return None if deel.soort is Soort.VAST else self._veld(struct, deel, naam)
            case Groep():
                return self._groep(deel, naam)
            case Lijst():
                return self._lijst(deel, naam)

    def _veld(self, struct: str, veld: Veld, naam: str) -> Invoerveld:
        waarde = self.waarden.get(naam, "")
        te_kiezen = keuzes(struct, veld, self.taal, self.formulier.bekostigd)
        if te_kiezen and waarde and waarde not in {een.waarde for een in te_kiezen}:
            te_kiezen = (*te_kiezen, Keuze(waarde, waarde))
        lijst = "" if te_kiezen else lijst_van(struct, veld.naam)
        return Invoerveld(
            naam=naam,
            label=self._tekst(labels.van(labels.LABELS, struct, veld.naam)) or veld.naam,
            soort="keuze" if te_kiezen else "lijst" if lijst else veld.soort.value,
            waarde=waarde,
            verplicht=veld.verplicht
            or naam in self.formulier.verplicht
            or is_gevraagd(struct, veld.naam, naam, self.formulier.bekostigd),
            hulp=self._tekst(labels.van(labels.HULP, struct, veld.naam)),
            betekenis=self.namen.get((lijst, waarde.strip()), ""),
            keuzes=te_kiezen,
            lijst=lijst,
            dag=self._dagveld(struct, veld, naam) if lijst in VAN_DE_DAG else "",
            fouten=self._fouten(naam),
        )

    @staticmethod
    def _dagveld(struct: str, veld: Veld, naam: str) -> str:
        """Return the field beside this one that tells of which day the record is."""
        dag = "datum_begin" if struct == "Inschrijvingsperiode" else "datum_resultaat"
        return naam.removesuffix(veld.naam) + dag

    def _groep(self, groep: Groep, naam: str) -> Blok:
        titel = self._tekst(labels.TITELS.get(groep.naam)) or groep.naam
        uitleg = self._tekst(labels.UITLEG.get(groep.naam))
        if None in groep.soorten:
            return self._blok(groep.soorten[None], naam + SCHEIDING, titel, uitleg=uitleg)
        onder = naam + SCHEIDING
        tag = self.waarden.get(onder + TAG, "")
        soorten = tuple(Keuze(str(een), capfirst(self._soort(soort))) for een, soort in groep.soorten.items())
        keuze = Invoerveld(
            naam=onder + TAG,
            label=self._tekst(_SOORT),
            soort="soort",
            waarde=tag,
            verplicht=True,
            keuzes=soorten,
            fouten=self._fouten(onder + TAG),
        )
        if tag not in groep.soorten:
            return Blok(naam=naam, titel=titel, uitleg=uitleg, delen=(keuze,))
        binnen = self._blok(groep.soorten[tag], onder, titel, uitleg=uitleg)
        return Blok(
            naam=naam,
            titel=titel,
            uitleg=uitleg,
            delen=(keuze, *binnen.delen),
            vouw=binnen.vouw,
            vouw_open=binnen.vouw_open,
            fouten=binnen.fouten,
        )

    def _soort(self, soort: type[Struct]) -> str:
        naam = struct_naam(soort)
        return self._tekst(labels.SOORTEN.get(naam)) or naam

    def _lijst(self, lijst: Lijst, naam: str) -> Blokkenlijst:
        gemaakt = []
        for volgorde, plaats in enumerate(self._rijen(naam), start=1):
            onder = f"{naam}{SCHEIDING}{plaats}{SCHEIDING}"
            tag = None if None in lijst.soorten else self.waarden.get(onder + TAG, "")
            if tag not in lijst.soorten:
                continue
            soort = lijst.soorten[tag]
            titel = f"{capfirst(self._soort(soort))} {volgorde}"
            verborgen = ((onder + TAG, tag),) if tag is not None else ()
            gemaakt.append(
                self._blok(soort, onder, titel, verborgen=verborgen, weg=f"{naam}{SCHEIDING}{plaats}")
            )
        erbij = tuple(
            (naam if tag is None else f"{naam}:{tag}", self._tekst(_ERBIJ).format(wat=self._soort(soort)))
            for tag, soort in lijst.soorten.items()
        )
        return Blokkenlijst(
            naam=naam,
            titel=self._tekst(labels.TITELS.get(lijst.naam)) or lijst.naam,
            uitleg=self._tekst(labels.UITLEG.get(lijst.naam)),
            rijen=tuple(gemaakt),
            erbij=erbij,
            fouten=self._fouten(naam),
        )
