"""What differs between two overviews of the same institution: two OBO's, or two RO's.

A difference is data: the record before, the record after, its key, and whether it can touch a teldatum. The files of
it are ``formaten.obov``; text is made late. Source: Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 13.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import zip_longest
from operator import attrgetter
from typing import Any, Final

from msgspec import Struct

from kernregister.kern.formaten.indeling import NUMMERS, Indeling, Record, tag, velden
from kernregister.kern.formaten.obov import OBOV, ROV, Verschilbestand, Verschillenlijst
from kernregister.kern.formaten.recordbestand import Groep, Recordlezer
from kernregister.kern.formaten.samenloop import samenloop
from kernregister.kern.formaten.verkennen import Bereik, Verkenning
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag

LIJSTEN: Final[dict[str, Verschillenlijst]] = {"OBO": OBOV, "RO": ROV}
"""Kind of overview -> the files that its differences go to."""

SLEUTELS: Final[dict[str, tuple[str, ...]]] = {
    "PER": (),
    "VBT": ("datum_begin",),
    "NAT": ("nationaliteitscode", "datum_begin"),
    "ISG": ("inschrijvingvolgnummer",),
    "ISP": ("inschrijvingvolgnummer", "datum_begin"),
    "ISE": ("inschrijvingvolgnummer", "datum_begin"),
    "BPV": ("inschrijvingvolgnummer", "volgnummer"),
    "DIP": ("resultaatvolgnummer",),
    "AMO": ("resultaatvolgnummer",),
    "GEO": ("resultaatvolgnummer",),
    "KZD": ("resultaatvolgnummer",),
}
"""Recordsoort -> what names a record within a person. A begin date belongs to the key: another date, another record."""

TELDATA: Final = ("geldig_op_1_oktober", "geldig_op_1_februari")

Plaats = tuple[str, str]
"""Where a person stands in an overview: on burgerservicenummer, then those with an onderwijsnummer only."""


class SoortWijziging(StrEnum):
    """The kind of change, as it stands in a difference file."""

    TOEVOEGING = "T"
    VERWIJDERING = "V"
    WIJZIGING = "W"


class Relevantie(StrEnum):
    """Why a difference can matter for the funding, or cannot. The accountant decides."""

    WIJZIGING_MET_J = "wijziging_met_j"
    RECORD_MET_J = "record_met_j"
    RECORD_NN = "record_nn"
    WIJZIGING_ALLEEN_N = "wijziging_alleen_n"
    GEEN_TELDATA = "geen_teldata"

    @property
    def relevant(self) -> bool | None:
        """Whether it can be relevant; None where the rules say nothing, and somebody has to look."""
        return _RELEVANT[self][0]

    @property
    def tekst(self) -> str:
        """The rule in words."""
        return _RELEVANT[self][1]


_RELEVANT: Final[dict[Relevantie, tuple[bool | None, str]]] = {
    Relevantie.WIJZIGING_MET_J: (
        True,
        "Wijziging van een regel met ten minste één J kan relevant zijn",
    ),
    Relevantie.RECORD_MET_J: (
        True,
        "Toevoeging of verwijdering van een regel met ten minste één J kan relevant zijn",
    ),
    Relevantie.RECORD_NN: (
        False,
        "Toevoeging of verwijdering van een regel met NN is niet relevant",
    ),
    Relevantie.WIJZIGING_ALLEEN_N: (
        False,
        "Wijziging van een regel die voor en na op geen teldatum geldt, is niet relevant",
    ),
    Relevantie.GEEN_TELDATA: (
        None,
        "Deze regel heeft geen indicaties voor de teldata: beoordeel hem zelf",
    ),
}


class Verschil(Struct, frozen=True, gc=False):
    """One record that was added, removed or changed between two overviews."""

    recordsoort: str
    soort: SoortWijziging
    burgerservicenummer: str | None
    onderwijsnummer: str | None
    sleutel: tuple[str, ...]
    oud: Any
    nieuw: Any
    reden: Relevantie

    @property
    def relevant(self) -> bool | None:
        """Whether it can be relevant for the funding; None where the rules say nothing."""
        return self.reden.relevant

    @property
    def velden(self) -> tuple[str, ...]:
        """The fields that changed; of an added or removed record none."""
        if self.oud is None or self.nieuw is None:
            return ()
        return tuple(
            naam
            for naam in self.oud.__struct_fields__
            if getattr(self.oud, naam) != getattr(self.nieuw, naam)
        )

    @property
    def gewijzigd(self) -> str:
        """In words which values changed; of an added or removed record nothing."""
        record: Record = self.oud or self.nieuw
        schrijf = {veld.naam: veld.schrijf() for veld in velden(type(record))}
        delen = []
        for naam in self.velden:
            voor, na = (schrijf[naam](getattr(r, naam)) or "leeg" for r in (self.oud, self.nieuw))
            delen.append(f"{naam.replace('_', ' ')}: {voor} → {na}")
        return ", ".join(delen)


def controleer_vergelijkbaar(oud: Verkenning, nieuw: Verkenning, verslag: Verslag) -> Verschillenlijst:
    """Return the files for the differences of two overviews, after a look at whether they can be compared.

    Raises:
        OnbruikbaarBestand: they are not the same kind of overview, or not of one institution and studiejaar.
    """
    lijst = LIJSTEN.get(oud.indeling.naam)
    if lijst is None or oud.indeling.naam != nieuw.indeling.naam:
        raise OnbruikbaarBestand(
            f"Een {oud.indeling.naam} en een {nieuw.indeling.naam} kunnen niet met elkaar worden vergeleken. "
            "Geef twee OBO's of twee RO's."
        )
    bezwaren = [
        f"het oude is van {woord} {getattr(oud.kop, veld)}, het nieuwe van {getattr(nieuw.kop, veld)}"
        for veld, woord in (("instellingscode", "instelling"), ("studiejaar", "studiejaar"))
        if getattr(oud.kop, veld, None) != getattr(nieuw.kop, veld, None)
    ]
    if bezwaren:
        raise OnbruikbaarBestand("Deze twee horen niet bij elkaar: " + "; ".join(bezwaren) + ".")
    dag = "datum_aanmaak"
    if getattr(nieuw.kop, dag) < getattr(oud.kop, dag):
        verslag.opmerking(
            "oud_en_nieuw_verwisseld",
            "Het bestand dat als nieuw is opgegeven, is eerder gemaakt dan het oude. Zijn ze verwisseld?",
            waarde=f"oud {getattr(oud.kop, dag)}, nieuw {getattr(nieuw.kop, dag)}",
        )
    perioden = [
        f"{k.datum_begin_periode} tot en met {k.datum_einde_periode}"
        for k in (oud.kop, nieuw.kop)
        if hasattr(k, "datum_begin_periode")
    ]
    if len(set(perioden)) > 1:
        verslag.opmerking(
            "periode_verschilt",
            "De twee RO's gaan over een andere periode: wat maar in een van de perioden valt, is als toegevoegd of "
            "verwijderd te zien.",
            waarde=f"oud {perioden[0]}, nieuw {perioden[1]}",
        )
    return lijst


def kop_van(lijst: Verschillenlijst, oud: Any, nieuw: Any) -> Record:
    """Return the opening record of the difference files of two overviews, from theirs."""
    waarden = []
    for naam in lijst.kop.__struct_fields__:
        kop, veld = (oud, naam.removesuffix("_vorige")) if naam.endswith("_vorige") else (nieuw, naam)
        waarden.append(getattr(kop, veld))
    return lijst.kop(*waarden)


class Vergelijking:
    """Two overviews in order, compared person by person.

    Args:
        oud: the old overview, in order (see ``samenloop.in_volgorde``).
        nieuw: the new one.
        verslagen: collect what there is to say of each; only records of persons that differ are read.
    """

    def __init__(self, oud: Verkenning, nieuw: Verkenning, verslagen: tuple[Verslag, Verslag]) -> None:
        self._oud = oud
        self._nieuw = nieuw
        self._lezers = Recordlezer(oud, verslagen[0]), Recordlezer(nieuw, verslagen[1])
        self._verslag = verslagen[1]
        self._aanhef = f"\n{tag(oud.indeling.persoon)}{oud.indeling.scheiding}".encode()
        self._tekst: Counter[str] = Counter()

    @property
    def tellingen(self) -> tuple[Counter[str], Counter[str]]:
        """What was counted in each overview, as its closing record asks for."""
        nieuw = Counter(self._tekst)
        nieuw.subtract(self._lezers[0].teller.tellingen)
        nieuw.update(self._lezers[1].teller.tellingen)
        return self._tekst, nieuw

    def verschillen(self, bereiken: tuple[Bereik, ...] | None = None) -> Iterator[Verschil]:
        """Give the differences in the order of the overviews; of a person by recordsoort and key."""
        for oud, nieuw in samenloop(self._oud, self._nieuw, self._tekst, bereiken):
            groepen: dict[Plaats, tuple[Groep, Groep]] = {}
            onleesbaar: set[Plaats] = set()
            for kant, teksten in enumerate((oud, nieuw)):
                if teksten:
                    for groep in self._lees(kant, teksten, onleesbaar):
                        groepen.setdefault(_plaats(groep[0]), ([], []))[kant].extend(groep)
            for plaats in sorted(groepen.keys() - onleesbaar):
                yield from verschillen_van(*groepen[plaats], self._oud.indeling, self._verslag)

    def _lees(self, kant: int, teksten: list[bytes], onleesbaar: set[Plaats]) -> list[Groep]:
        """Return the records of some persons; name those of whom a record could not be read.

        Such a person is not compared: a record that was left out is not one that was removed.
        """
        lezer, aanhef = self._lezers[kant], self._aanhef
        fouten = _aantal_fouten(lezer.verslag)
        groepen = lezer.lees_blok(aanhef[1:] + aanhef.join(teksten))
        if _aantal_fouten(lezer.verslag) > fouten:
            for tekst in teksten:
                los = Verslag()
                Recordlezer(lezer.verkenning, los).lees_blok(aanhef[1:] + tekst)
                if los.fouten:
                    bsn, onderwijsnummer, *_ = [*tekst.decode(errors="replace").split("|", 2), "", ""]
                    onleesbaar.add((bsn or "~", onderwijsnummer))
                    lezer.verslag.opmerking(
                        "persoon_niet_vergeleken",
                        "Personen van wie een veranderd record niet te lezen is, zijn niet vergeleken.",
                    )
        return groepen


def verschillen_van(
    oud: Groep, nieuw: Groep, indeling: Indeling, verslag: Verslag | None = None
) -> Iterator[Verschil]:
    """Give the differences between the records of one person; either side may be empty."""
    per_soort: dict[str, tuple[list[Record], list[Record]]] = defaultdict(lambda: ([], []))
    for kant, groep in enumerate((oud, nieuw)):
        for record in groep:
            per_soort[tag(type(record))][kant].append(record)
    for soort in indeling.records:
        if soort in per_soort and per_soort[soort][0] != per_soort[soort][1]:
            yield from _verschillen_van_soort(soort, *per_soort[soort], verslag)


def _verschillen_van_soort(
    soort: str, oud: list[Record], nieuw: list[Record], verslag: Verslag | None
) -> Iterator[Verschil]:
    per_sleutel: dict[tuple[str, ...], tuple[list[Record], list[Record]]] = defaultdict(lambda: ([], []))
    for kant, records in enumerate((oud, nieuw)):
        for record in records:
            per_sleutel[sleutel_van(soort, record)][kant].append(record)
    for sleutel in sorted(per_sleutel):
        voor, na = per_sleutel[sleutel]
        if len(voor) > 1 or len(na) > 1:
            if verslag is not None:
                verslag.opmerking(
                    "sleutel_dubbel",
                    f"Een persoon heeft {soort}-records met dezelfde sleutel; ze zijn in volgorde naast elkaar gelegd.",
                    recordsoort=soort,
                )
            voor, na = _zonder_gelijke(voor, na), _zonder_gelijke(na, voor)
        for een, ander in zip_longest(voor, na):
            if een != ander:
                yield _verschil(soort, sleutel, een, ander)


def sleutel_van(recordsoort: str, record: Record) -> tuple[str, ...]:
    """Return what names a record within its person."""
    return tuple([str(getattr(record, naam)) for naam in SLEUTELS[recordsoort]])


def _zonder_gelijke(records: list[Record], andere: list[Record]) -> list[Record]:
    """Return the records that have no equal on the other side, one for one."""
    over = list(andere)
    uit = []
    for record in records:
        if record in over:
            over.remove(record)
        else:
            uit.append(record)
    return uit


def _verschil(soort: str, sleutel: tuple[str, ...], oud: Any, nieuw: Any) -> Verschil:
    wie = oud or nieuw
    wijziging = SoortWijziging.WIJZIGING
    if oud is None or nieuw is None:
        wijziging = SoortWijziging.TOEVOEGING if oud is None else SoortWijziging.VERWIJDERING
    return Verschil(
        soort,
        wijziging,
        wie.burgerservicenummer,
        wie.onderwijsnummer,
        sleutel,
        oud,
        nieuw,
        _relevantie(wijziging, oud, nieuw),
    )


def _relevantie(soort: SoortWijziging, oud: Any, nieuw: Any) -> Relevantie:
    """Return what the selection rules of the manual say of a difference."""
    if not hasattr(oud or nieuw, TELDATA[0]):
        return Relevantie.GEEN_TELDATA
    met_j = any(getattr(r, naam) == "J" for r in (oud, nieuw) if r is not None for naam in TELDATA)
    if soort is SoortWijziging.WIJZIGING:
        return Relevantie.WIJZIGING_MET_J if met_j else Relevantie.WIJZIGING_ALLEEN_N
    return Relevantie.RECORD_MET_J if met_j else Relevantie.RECORD_NN


def _aantal_fouten(verslag: Verslag) -> int:
    return sum(groep.aantal for groep in verslag.fouten)


_nummers = attrgetter(*NUMMERS)


def _plaats(record: Record) -> Plaats:
    """Return the place of a person in the order of an overview."""
    bsn, onderwijsnummer = _nummers(record)
    return (bsn or "~", onderwijsnummer or "")


def pas_toe(records: Iterable[Record], regels: Iterable[Record], bestand: Verschilbestand) -> list[Record]:
    """Return the records of one recordsoort after the lines of its difference file: the new overview's, by key."""
    soort = tag(bestand.record)
    namen = {veld.naam for veld in velden(bestand.record)}
    uit = {(_plaats(r), sleutel_van(soort, r)): r for r in records}
    for regel in regels:
        r: Any = regel
        kant = "huidig" if r.soort_wijziging == SoortWijziging.TOEVOEGING else "vorig"
        sleutel = tuple(str(getattr(r, f"{naam}_{kant}")) for naam in SLEUTELS[soort] if naam in namen)
        plaats = _plaats(regel), sleutel
        nieuw = bestand.pas_toe(uit.get(plaats), regel)
        if nieuw is None:
            uit.pop(plaats, None)
        else:
            uit[plaats] = nieuw
    return [uit[plaats] for plaats in sorted(uit)]
