"""An RO, an export and a translation to tell stories with: small files, real paths."""

from pathlib import Path

import pytest
from msgspec import structs

from kernregister.vergelijking.aansluiting import Aansluiting, sluit_aan

NUMMERS = ["999990007", "999990019", "999990020", "999990032", "999990044", "999990056"]
KOP = "BSN;Volgnr;Begin;Gepland eind;Werkelijk eind;Reden;Periode vanaf;Crebo;Leerweg;Bekostigd"
VERTALING = """
[export]
datumvorm = "dd-mm-jjjj"
[persoon]
burgerservicenummer = "BSN"
[inschrijving]
inschrijvingvolgnummer = "Volgnr"
datum_inschrijving = "Begin"
datum_uitschrijving_gepland = "Gepland eind"
datum_uitschrijving_werkelijk = "Werkelijk eind"
reden_uitschrijving = "Reden"
[periode]
datum_begin = "Periode vanaf"
opleidingcode = "Crebo"
leertraject = { kolom = "Leerweg", waarden = { "BOL voltijd" = "BOL" } }
indicatie_bekostigbaar = "Bekostigd"
"""


def ro_regels(nummer: str, **anders: str) -> list[str]:
    """Return the lines of a student with one enrolment and one period."""
    w = {
        "begin": "2024-08-01",
        "gepland": "2027-07-31",
        "werkelijk": "",
        "reden": "",
        "leertraject": "BOL",
    } | anders
    return [
        f"PER|{nummer}||2006-01-01|V",
        f"ISG|{nummer}||1|{w['begin']}|{w['gepland']}|{w['werkelijk']}|{w['reden']}",
        f"ISP|{nummer}||1|{w['begin']}|25655|{w['leertraject']}||J||100A501|101X591||",
    ]


def ro(regels: list[str]) -> str:
    """Return an RO of such lines, with its totals."""
    aantal = [sum(r.startswith(s) for r in regels) for s in ("PER", "ISG", "ISP")]
    kop = "VLP|27DV|2024-08-01|2025-07-31|2025-06-01"
    return "\n".join([kop, *regels, f"SLR|{aantal[0]}|{aantal[1]}|{aantal[2]}|0|0|0|0|0|0"]) + "\n"


def rij(nummer: str, **anders: str) -> str:
    """Return the row that says the same as ``ro_regels``."""
    w = {
        "gepland": "31-7-2027",
        "werkelijk": "",
        "reden": "",
        "leerweg": "BOL voltijd",
        "crebo": "25655",
    } | anders
    return f"{nummer};1;01-08-2024;{w['gepland']};{w['werkelijk']};{w['reden']};1-8-2024;{w['crebo']};{w['leerweg']};Ja"


class Verhaal:
    """Files in a folder, and what comes out when they are put side by side."""

    def __init__(self, map_: Path) -> None:
        self.map = map_
        self.ro = map_ / "RO_27DV.CSV"
        self.export = map_ / "export.csv"
        self.vertaling = map_ / "vertaling.toml"
        self.vertaal(VERTALING)

    def vertaal(self, tekst: str) -> None:
        self.vertaling.write_text(tekst, encoding="utf-8")

    def register(self, *personen: list[str]) -> None:
        self.ro.write_text(ro([r for persoon in personen for r in persoon]), encoding="utf-8")

    def eigen(self, *rijen: str, kop: str = KOP, codering: str = "utf-8") -> None:
        self.export.write_bytes("\r\n".join([kop, *rijen]).encode(codering))

    def sluit_aan(self) -> Aansluiting:
        return sluit_aan(self.ro, self.export, self.vertaling)

    def afwijkingen(self) -> list[tuple[str, str, str, str, str]]:
        """Return kind, level, field, register's value and own value of each deviation."""
        return [(a.aard.value, a.niveau, a.veld, a.register, a.eigen) for a in self.sluit_aan().afwijkingen]


def codes(aansluiting: Aansluiting) -> set[str]:
    """Return the codes of the remarks."""
    return {opmerking.code for opmerking in aansluiting.opmerkingen}


def toont_nummers(waarde: object) -> bool:
    """Tell whether a remark or message holds a person's number."""
    tekst = str([structs.asdict(w) for w in waarde] if isinstance(waarde, list) else waarde)
    return any(nummer in tekst or nummer.lstrip("0") in tekst for nummer in NUMMERS)


@pytest.fixture
def verhaal(tmp_path: Path) -> Verhaal:
    return Verhaal(tmp_path)
