"""What the decisions add up to: per institution with its correction factor, and for the sector.

Counted per institution, level, leertraject and teldatum; such counts add up in any order, so that shares of a sweep,
or the sums of a database, go together. Only then are they weighed, multiplied and, once, rounded.

Source: Uitvoeringsbesluit WEB 2.2.2, 2.2.3 and 2.6.1.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec import Struct

from kernregister.kern.bekostiging.besluit import Bekostiging, Diplomabesluit, Teldatumbesluit
from kernregister.kern.bekostiging.parameters import Budget, Parameters
from kernregister.kern.sleutels import Instellingscode

NUL: Final = Decimal(0)

Niveau = str | None
Inschrijvingsleutel = tuple[Instellingscode, Niveau, str, int]
"""Institution, level, leertraject, and number of the teldatum (0 or 1)."""
Diplomasleutel = tuple[Instellingscode, Niveau]


class Inschrijvingtelling(Struct):
    """Counts of enrolments on one teldatum."""

    aantal: int = 0
    """Funded: they count for the deelnemerswaarde."""
    voor_correctiefactor: int = 0
    zonder_bijdrage: int = 0
    """Funded, but nobody can tell for how much: a price factor or level is missing."""
    bijdrage: Decimal = NUL
    op_leeftijd: int = 0
    """Funded, and old enough on 1 August to count for the fee."""
    leeftijd_onbekend: int = 0

    def erbij(self, ander: Inschrijvingtelling) -> None:
        """Add other counts to these."""
        self.aantal += ander.aantal
        self.voor_correctiefactor += ander.voor_correctiefactor
        self.zonder_bijdrage += ander.zonder_bijdrage
        self.bijdrage += ander.bijdrage
        self.op_leeftijd += ander.op_leeftijd
        self.leeftijd_onbekend += ander.leeftijd_onbekend


class Diplomatelling(Struct):
    """Counts of diplomas."""

    aantal: int = 0
    zonder_waarde: int = 0
    waarde: Decimal = NUL

    def erbij(self, ander: Diplomatelling) -> None:
        """Add other counts to these."""
        self.aantal += ander.aantal
        self.zonder_waarde += ander.zonder_waarde
        self.waarde += ander.waarde


class Budgettotaal(Struct, frozen=True):
    """What an institution brings to one national budget.

    Numbers of students are of 1 October and 1 February, by leertraject. ``correctiefactor`` is None when nobody counted
    on 1 October; ``idw`` (deelnemerswaarde) and ``idiw`` (diplomawaarde) are weighed and rounded.
    """

    budget: str
    inschrijvingen: dict[str, tuple[int, int]]
    voor_correctiefactor: dict[str, tuple[int, int]]
    zonder_bijdrage: int
    som_bijdragen: Decimal
    correctiefactor: Decimal | None
    idw: Decimal
    diplomas: int
    zonder_diplomawaarde: int
    som_diplomawaarde: Decimal
    idiw: Decimal

    @property
    def studentenwaarde(self) -> Decimal:
        """The numerator of the institution's share: deelnemerswaarde and diplomawaarde together."""
        return self.idw + self.idiw


class Instellingstotaal(Struct, frozen=True):
    """What an institution counts for. Indicative: ``kenmerk`` names the values it was computed with.

    ``dbbl3`` and ``dbbl4`` are the students in BBL whose fee is deducted: of entree and basisberoepsopleiding, and of
    the other levels (of an unknown level nobody can tell which fee, so they are in neither); ``aftrek_cursusgeld`` in
    euros, None when the fee is not known.
    """

    instelling: Instellingscode
    kenmerk: str
    budgetten: tuple[Budgettotaal, ...]
    zonder_niveau: int
    """Enrolments and diplomas that count, in a budget that nobody can tell."""
    dbbl3: int
    dbbl4: int
    dbbl_leeftijd_onbekend: int
    aftrek_cursusgeld: Decimal | None


class Sectorbudget(Struct, frozen=True):
    """A national budget over all institutions: the denominators of the shares."""

    budget: str
    ldw: Decimal
    ldiw: Decimal
    aandelen: dict[Instellingscode, Decimal]
    """The share of each institution, 0 to 1; empty when nobody counts."""

    def rijksbijdrage(self, instelling: Instellingscode, landelijk: Decimal) -> Decimal:
        """Return an institution's part of a national budget, in whole euros."""
        return rond(Fraction(self.aandelen.get(instelling, NUL)) * Fraction(landelijk), 0)


class Sectortotaal(Struct, frozen=True):
    """All institutions together. Indicative: ``kenmerk`` names the values it was computed with."""

    kenmerk: str
    budgetten: tuple[Sectorbudget, ...]
    zonder_bijdrage: int
    zonder_diplomawaarde: int
    zonder_niveau: int


def rond(waarde: Fraction, decimalen: int) -> Decimal:
    """Return an exact value in so many decimals; a half goes up."""
    schaal = 10**decimalen
    return Decimal((waarde * schaal + Fraction(1, 2)).__floor__()).scaleb(-decimalen)


class Optelling:
    """Adds up decisions of one funding year."""

    def __init__(self, parameters: Parameters) -> None:
        self.parameters: Final = parameters
        self.inschrijvingen: Final[dict[Inschrijvingsleutel, Inschrijvingtelling]] = {}
        self.diplomas: Final[dict[Diplomasleutel, Diplomatelling]] = {}

    def tel(self, bekostiging: Bekostiging) -> None:
        """Add what a dossier counts for."""
        eerste = self.parameters.jaar.teldata[0]
        for besluit in bekostiging.inschrijvingen:
            if besluit.status or besluit.voor_correctiefactor:
                self._tel_inschrijving(besluit, int(besluit.teldatum != eerste))
        for diploma in bekostiging.diplomas:
            if diploma.status:
                self._tel_diploma(diploma)

    def _tel_inschrijving(self, besluit: Teldatumbesluit, nummer: int) -> None:
        sleutel = besluit.instelling, besluit.niveau, besluit.leertraject, nummer
        telling = self.inschrijvingen.get(sleutel)
        if telling is None:
            telling = self.inschrijvingen[sleutel] = Inschrijvingtelling()
        telling.voor_correctiefactor += besluit.voor_correctiefactor
        if not besluit.status:
            return
        telling.aantal += 1
        if besluit.bijdrage is None:
            telling.zonder_bijdrage += 1
        else:
            telling.bijdrage += besluit.bijdrage
        if besluit.leeftijd is None:
            telling.leeftijd_onbekend += 1
        elif besluit.leeftijd >= self.parameters.leeftijd_cursusgeld:
            telling.op_leeftijd += 1

    def _tel_diploma(self, besluit: Diplomabesluit) -> None:
        telling = self.diplomas.setdefault((besluit.instelling, besluit.niveau), Diplomatelling())
        telling.aantal += 1
        if besluit.bijdrage is None:
            telling.zonder_waarde += 1
        else:
            telling.waarde += besluit.bijdrage

    def voeg_inschrijvingen_toe(self, sleutel: Inschrijvingsleutel, telling: Inschrijvingtelling) -> None:
        """Add counts that were made elsewhere, such as by a database."""
        self.inschrijvingen.setdefault(sleutel, Inschrijvingtelling()).erbij(telling)

    def voeg_diplomas_toe(self, sleutel: Diplomasleutel, telling: Diplomatelling) -> None:
        """Add counts that were made elsewhere, such as by a database."""
        self.diplomas.setdefault(sleutel, Diplomatelling()).erbij(telling)

    def __iadd__(self, ander: Optelling) -> Optelling:
        """Add another share of the same sweep.

        Raises:
            ValueError: it was computed with other values.
        """
        if (
            ander.parameters.kenmerk != self.parameters.kenmerk
            or ander.parameters.jaar != self.parameters.jaar
        ):
            raise ValueError(
                f"optellingen van {self.parameters.jaar} ({self.parameters.kenmerk}) en {ander.parameters.jaar} "
                f"({ander.parameters.kenmerk}) gaan niet samen: neem hetzelfde jaar met dezelfde parameters"
            )
        for sleutel, telling in ander.inschrijvingen.items():
            self.voeg_inschrijvingen_toe(sleutel, telling)
        for plaats, diplomas in ander.diplomas.items():
            self.voeg_diplomas_toe(plaats, diplomas)
        return self

    def instellingen(self) -> dict[Instellingscode, Instellingstotaal]:
        """Return the totals of every institution that counts for anything, in order of its code."""
        codes = {sleutel[0] for sleutel in self.inschrijvingen} | {sleutel[0] for sleutel in self.diplomas}
        return {code: self._instelling(code) for code in sorted(codes)}

    def _instelling(self, code: Instellingscode) -> Instellingstotaal:
        van = {sleutel[1:]: telling for sleutel, telling in self.inschrijvingen.items() if sleutel[0] == code}
        diplomas = {niveau: telling for (wie, niveau), telling in self.diplomas.items() if wie == code}
        bekend = {niveau for budget in self.parameters.budgetten for niveau in budget.niveaus}
        bbl = [(s[0], telling) for s, telling in van.items() if s[1] == "BBL" and s[2] == 0]
        laag = self.parameters.cursusgeld_laag
        dbbl3 = sum(telling.op_leeftijd for niveau, telling in bbl if niveau in laag)
        dbbl4 = sum(telling.op_leeftijd for niveau, telling in bbl if niveau in bekend - laag)
        geld = self.parameters.cursusgeld
        return Instellingstotaal(
            code,
            self.parameters.kenmerk,
            tuple(
                _budgettotaal(budget, van, diplomas, self.parameters) for budget in self.parameters.budgetten
            ),
            sum(telling.aantal for s, telling in van.items() if s[0] not in bekend and s[2] == 0)
            + sum(telling.aantal for niveau, telling in diplomas.items() if niveau not in bekend),
            dbbl3,
            dbbl4,
            sum(telling.leeftijd_onbekend for _, telling in bbl),
            dbbl3 * geld.dc1 + dbbl4 * geld.dc2 if geld else None,
        )

    def sector(self) -> Sectortotaal:
        """Return the totals of all institutions, with the share of each in every budget."""
        totalen = self.instellingen()
        alle = [budget for totaal in totalen.values() for budget in totaal.budgetten]
        return Sectortotaal(
            self.parameters.kenmerk,
            tuple(_sectorbudget(budget.naam, totalen) for budget in self.parameters.budgetten),
            sum(budget.zonder_bijdrage for budget in alle),
            sum(budget.zonder_diplomawaarde for budget in alle),
            sum(totaal.zonder_niveau for totaal in totalen.values()),
        )


def _budgettotaal(
    budget: Budget,
    inschrijvingen: dict[tuple[Niveau, str, int], Inschrijvingtelling],
    diplomas: dict[Niveau, Diplomatelling],
    parameters: Parameters,
) -> Budgettotaal:
    van = {sleutel: telling for sleutel, telling in inschrijvingen.items() if sleutel[0] in budget.niveaus}
    gehaald = [telling for niveau, telling in diplomas.items() if niveau in budget.niveaus]
    eerste = [telling for sleutel, telling in van.items() if sleutel[2] == 0]
    factor = _correctiefactor(van, parameters)
    bijdragen = sum((telling.bijdrage for telling in eerste), NUL)
    waarden = sum((telling.waarde for telling in gehaald), NUL)
    decimalen = parameters.afronding_decimalen
    return Budgettotaal(
        budget.naam,
        _per_leertraject(van, "aantal"),
        _per_leertraject(van, "voor_correctiefactor"),
        sum(telling.zonder_bijdrage for telling in eerste),
        bijdragen,
        None if factor is None else Decimal(factor.numerator) / Decimal(factor.denominator),
        rond(Fraction(bijdragen) * Fraction(budget.weging_inschrijvingen) * (factor or 0), decimalen),
        sum(telling.aantal for telling in gehaald),
        sum(telling.zonder_waarde for telling in gehaald),
        waarden,
        rond(Fraction(waarden) * Fraction(budget.weging_diplomas), decimalen),
    )


def _correctiefactor(
    inschrijvingen: dict[tuple[Niveau, str, int], Inschrijvingtelling], parameters: Parameters
) -> Fraction | None:
    """Return the mean of both teldata over the first, each student weighed by leertraject; None without the first."""
    gewogen = [Fraction(0), Fraction(0)]
    for (niveau, leertraject, nummer), telling in inschrijvingen.items():
        gewogen[nummer] += telling.voor_correctiefactor * Fraction(
            parameters.factor_van(leertraject, niveau) or 0
        )
    return (gewogen[0] + gewogen[1]) / (2 * gewogen[0]) if gewogen[0] else None


def _per_leertraject(
    inschrijvingen: dict[tuple[Niveau, str, int], Inschrijvingtelling], wat: str
) -> dict[str, tuple[int, int]]:
    uit: dict[str, list[int]] = {}
    for (_, leertraject, nummer), telling in sorted(inschrijvingen.items(), key=lambda paar: paar[0][1:]):
        uit.setdefault(leertraject, [0, 0])[nummer] += getattr(telling, wat)
    return {leertraject: (aantallen[0], aantallen[1]) for leertraject, aantallen in uit.items()}


def _sectorbudget(naam: str, totalen: dict[Instellingscode, Instellingstotaal]) -> Sectorbudget:
    van = {code: next(b for b in totaal.budgetten if b.budget == naam) for code, totaal in totalen.items()}
    geheel = sum((budget.studentenwaarde for budget in van.values()), NUL)
    return Sectorbudget(
        naam,
        sum((budget.idw for budget in van.values()), NUL),
        sum((budget.idiw for budget in van.values()), NUL),
        {code: budget.studentenwaarde / geheel for code, budget in van.items()} if geheel else {},
    )
