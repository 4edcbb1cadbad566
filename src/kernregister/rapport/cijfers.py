"""The counts of the report: key figures and the rows of the dashboard, each with what can be said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from kernregister.controle.uitslag import Uitslag
from kernregister.kern.formaten.herkennen import LEESBAAR
from kernregister.kern.gegevens import Bron
from kernregister.kern.overzichten.signaalrijen import BOVENBLOK, DUBBEL, MERKTEKENS, Signaalrij, tel
from kernregister.kern.regels.motor import Uitkomst
from kernregister.kern.regels.paspoort import Groep, Regel
from kernregister.rapport.woorden import Woorden


class Cel(NamedTuple):
    """A cell: its text, what kind it is (``getal``, ``nul``, ``geen``), and where it leads."""

    tekst: str
    soort: str = "getal"
    naar: str = ""


class Rij(NamedTuple):
    """A row of the dashboard. ``merk`` tells that persons (*) or enrolments (**) are counted."""

    label: str
    cellen: tuple[Cel, ...]
    merk: str = ""
    totaal: bool = False


class Blok(NamedTuple):
    """A block of the dashboard: heading, names of the columns, rows."""

    titel: str
    kolommen: tuple[str, ...]
    rijen: list[Rij]


class Kerncijfer(NamedTuple):
    """A figure with its name and a line that explains it."""

    naam: str
    waarde: str
    uitleg: str


class Gemist(NamedTuple):
    """A rule that could not be judged: what was missing, and what would make it possible."""

    regel: Regel
    ontbreekt: str
    hoe: list[str]


class Cijfers:
    """All counts of a check, in words of one language."""

    def __init__(self, uitslag: Uitslag, woorden: Woorden) -> None:
        self.uitslag = uitslag
        self.w = woorden
        self.regels = uitslag.regels
        self.per_regel: dict[str, list[Uitkomst]] = defaultdict(list)
        for uitkomst in uitslag.uitkomsten:
            self.per_regel[uitkomst.regel].append(uitkomst)
        self._gemist = {n.regel: n for n in uitslag.niet_beoordeeld}

    def aantal(self, regel: str) -> int:
        """Return what the dashboard counts of a rule."""
        return tel(self.regels[regel], self.per_regel.get(regel, ()))

    def is_gemist(self, regel: str) -> bool:
        """Tell whether a rule could not be judged."""
        return regel in self._gemist

    def is_van_toepassing(self, regel: str) -> bool:
        """Tell whether a rule holds for the kind of (one of) the institutions."""
        return bool(self.regels[regel].vanaf.keys() & set(self.uitslag.soorten.values()))

    @cached_property
    def signalen(self) -> list[Uitkomst]:
        """The findings of groups A to E."""
        return [u for u in self.uitslag.uitkomsten if self.regels[u.regel].groep <= Groep.DUBBEL]

    @cached_property
    def samenhang(self) -> list[Uitkomst]:
        """The findings of groups F to L."""
        return [u for u in self.uitslag.uitkomsten if self.regels[u.regel].groep > Groep.DUBBEL]

    @cached_property
    def personen_met_signaal(self) -> int:
        """How many persons have a finding of groups A to E."""
        return len({u.sleutel.pgn for u in self.signalen})

    @property
    def gemiste_signalen(self) -> int:
        """How many signals could not be judged."""
        return sum(1 for r in self._van_toepassing() if self.is_gemist(r.id))

    @property
    def beoordeelde_signalen(self) -> int:
        """How many signals were judged."""
        return sum(1 for r in self._van_toepassing() if not self.is_gemist(r.id))

    def _van_toepassing(self) -> list[Regel]:
        return [r for r in self.regels.values() if r.groep <= Groep.DUBBEL and self.is_van_toepassing(r.id)]

    @cached_property
    def dagen_verstreken(self) -> list[int]:
        """How many days ago the planned end was of each enrolment under B04, the longest first."""
        dagen = ((self.uitslag.peildatum - u.waarden["gepland"]).days for u in self.per_regel.get("B04", ()))
        return sorted(dagen, reverse=True)

    def kerncijfers(self) -> list[Kerncijfer]:
        """Return the figures at the top of the page."""
        w, dashboard = self.w, self.uitslag.dashboard
        personen = self.personen_met_signaal
        cijfers = [
            Kerncijfer(w.t("studenten"), w.getal(dashboard.personen), w.t("studenten_uitleg")),
            Kerncijfer(
                w.t("inschrijvingen"),
                w.getal(dashboard.inschrijvingen),
                w.t("inschrijvingen_uitleg", lopend=dashboard.lopend),
            ),
            Kerncijfer(
                w.t("signalen"),
                w.getal(len(self.signalen)),
                w.t("signalen_uitleg", regels=w.tel(len({u.regel for u in self.signalen}), "regel")),
            ),
            Kerncijfer(
                w.t("met_signaal"),
                w.getal(personen),
                w.t("met_signaal_uitleg", deel=w.procent(personen, dashboard.personen) or "0%"),
            ),
        ]
        if self.dagen_verstreken:
            oudste = min(u.waarden["gepland"] for u in self.per_regel["B04"])
            dagen = w.tel(self.dagen_verstreken[0], "dag")
            cijfers.append(Kerncijfer(w.t("oudste"), dagen, w.t("oudste_uitleg", dag=oudste)))
        elif self.is_gemist("B04"):
            cijfers.append(Kerncijfer(w.t("oudste"), "–", w.t("oudste_gemist")))
        else:
            cijfers.append(Kerncijfer(w.t("oudste"), w.t("geen"), w.t("oudste_geen")))
        return cijfers

    def bovenblok(self) -> list[Blok]:
        """Return the upper block of the dashboard: the signals of groups A to D."""
        kolommen = (self.w.t("aantal"),)
        return [
            Blok(f"{groep}. {_hoofdletter(self.w.begrip(groep))}", kolommen, [self._rij(r) for r in rijen])
            for groep, rijen in BOVENBLOK.items()
        ]

    def buiten_dashboard(self) -> list[Rij]:
        """Return the signals that DUO checks afterwards but does not count on its dashboard."""
        op_dashboard = {rij.regel for rijen in (*BOVENBLOK.values(), DUBBEL) for rij in rijen}
        return [
            self._rij(Signaalrij(regel.id, regel.titel))
            for regel in self.regels.values()
            if regel.groep <= Groep.DUBBEL and regel.id not in op_dashboard
        ]

    def onderblok(self) -> list[Blok]:
        """Return the lower block: double enrolments, enrolments, placements, diplomas and loose results."""
        w, studiejaar = self.w, self.uitslag.studiejaar
        teldata = op_teldatum = ("1-10", "1-2")
        jaren = (str(studiejaar.start), str(studiejaar.start + 1))
        dit_jaar = (str(studiejaar),)
        bekostigbaar = "Inschrijvingen bekostigbaar"
        niet_bekostigbaar = "Inschrijvingen niet bekostigbaar"
        return [
            Blok(w.t("dubbele_inschrijvingen"), teldata, [self._dubbele_rij(rij) for rij in DUBBEL]),
            Blok(w.t("bekostigbaar"), teldata, self._tellingen(bekostigbaar, ("BOL", "BBL"), op_teldatum)),
            Blok(
                w.t("niet_bekostigbaar"),
                teldata,
                self._tellingen(niet_bekostigbaar, ("BOL", "BBL", "Examen"), op_teldatum),
            ),
            Blok(
                w.t("derde_leerweg"),
                dit_jaar,
                self._tellingen("Derde leerweg", ("OVO", "ODT"), ("studiejaar",)),
            ),
            Blok(
                w.t("bpvs"),
                dit_jaar,
                self._tellingen("BPV's", ("BPV's",), ("studiejaar",), totaal=False, veld="Inschrijving.bpvs"),
            ),
            Blok(
                w.t("diplomas"),
                jaren,
                self._tellingen(
                    "Diploma's",
                    ("bekostigbaar", "niet bekostigbaar"),
                    jaren,
                    totaal=False,
                    veld="Diploma.bekostigbaar",
                ),
            ),
            Blok(
                w.t("losse_resultaten"),
                jaren,
                self._tellingen(
                    "Losse resultaten",
                    ("Generieke examenonderdelen", "Keuzedelen", "AMvB-onderdelen"),
                    jaren,
                    totaal=False,
                    veld="Onderdeel",
                ),
            ),
        ]

    def gemist(self) -> list[Gemist]:
        """Return the rules that could not be judged, with what is missing."""
        return [
            Gemist(
                self.regels[n.regel],
                ", ".join(self._wat(str(m)) for m in n.ontbreekt),
                list(dict.fromkeys(self._hoe(str(m)) for m in n.ontbreekt)),
            )
            for n in sorted(self.uitslag.niet_beoordeeld, key=lambda n: n.regel)
        ]

    @cached_property
    def niet_in_bestand(self) -> frozenset[str]:
        """Kinds of record and fields that none of the files judged carries."""
        indelingen = {b.indeling for b in self.uitslag.bestanden if not b.ook}
        ontbreekt = [LEESBAAR[naam].ontbreekt if naam in LEESBAAR else frozenset() for naam in indelingen]
        return frozenset.intersection(*ontbreekt) if ontbreekt else frozenset()

    def _wat(self, gemist: str) -> str:
        return self.w.begrip(Bron(gemist)) if gemist in set(Bron) else gemist

    def _hoe(self, gemist: str) -> str:
        w = self.w
        return w.naam("hoe", gemist) if w.kent("hoe", gemist) else w.t("hoe_veld")

    def _rij(self, rij: Signaalrij) -> Rij:
        cel = self.stand(rij.regel)
        return Rij(self.w.van(rij.label), (cel,), MERKTEKENS[self.regels[rij.regel].telt])

    def stand(self, regel: str) -> Cel:
        """Return what is to be said of a rule in one cell: a count, or why there is none."""
        if not self.is_van_toepassing(regel):
            return Cel(self.w.t("nvt"), "geen")
        if self.is_gemist(regel):
            return Cel(self.w.t("niet_te_beoordelen"), "geen", "niet-beoordeeld")
        return self._getal(self.aantal(regel), regel)

    def _dubbele_rij(self, rij: Signaalrij) -> Rij:
        stand = self.stand(rij.regel)
        cellen: Iterable[Cel] = (stand,)
        if stand.soort != "geen" and any(rij.teldata):
            cellen = (
                self._op_teldatum(rij, plaats) if telt else Cel("", "geen")
                for plaats, telt in enumerate(rij.teldata)
            )
        return Rij(self.w.van(rij.label), tuple(cellen), MERKTEKENS[self.regels[rij.regel].telt])

    def _op_teldatum(self, rij: Signaalrij, plaats: int) -> Cel:
        teldatum = self.uitslag.studiejaar.teldata[plaats]
        if teldatum > self.uitslag.peildatum:
            return Cel(self.w.t("nog_niet"), "geen")
        gevonden = [u for u in self.per_regel.get(rij.regel, ()) if u.waarden.get("teldatum") == teldatum]
        return self._getal(tel(self.regels[rij.regel], gevonden), rij.regel)

    def _tellingen(
        self,
        blok: str,
        rijen: tuple[str, ...],
        kolommen: tuple[str, ...],
        totaal: bool = True,
        veld: str = "",
    ) -> list[Rij]:
        cellen = self.uitslag.dashboard.cellen
        if veld in self.niet_in_bestand:
            niet = Cel(self.w.t("niet_in_bestand"), "geen")
            return [Rij(self.w.naam("rijen", rij), (niet,)) for rij in rijen]
        uit = [
            Rij(self.w.naam("rijen", rij), tuple(self._getal(cellen[blok, rij, k]) for k in kolommen))
            for rij in rijen
        ]
        if totaal:
            sommen = tuple(self._getal(sum(cellen[blok, rij, k] for rij in rijen)) for k in kolommen)
            uit.append(Rij(self.w.t("totaal"), sommen, totaal=True))
        return uit

    def _getal(self, getal: int, regel: str = "") -> Cel:
        return Cel(self.w.getal(getal), "getal" if getal else "nul", regel if getal else "")


def _hoofdletter(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]
