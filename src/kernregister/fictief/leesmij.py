"""The words that lie beside the generated files."""

from __future__ import annotations

from kernregister.fictief.opleidingen import WETTELIJKE_TERMIJN
from kernregister.fictief.sector import Sector


def leesmij(sector: Sector) -> str:
    """Return what a reader of the folder should know, in Dutch and, in short, in English."""
    kalender, waarheid = sector.kalender, sector.waarheid
    eerste = sector.scholen[0].code
    tellingen = ", ".join(f"{regel} {aantal}" for regel, aantal in sorted(waarheid.tellingen().items()))
    return f"""Een fictieve mbo-sector

Niemand hierin bestaat. Gemaakt met `kernregister genereer`: {sector.aantal} personen,
{len(sector.scholen)} instellingen, zaad {sector.zaad}, peildatum {kalender.peildatum}.
Hetzelfde zaad geeft dezelfde bestanden.

RO_<instelling>_{kalender.van:%Y%m%d}_{kalender.tot_en_met:%Y%m%d}.CSV
                    per instelling een Registratie Overzicht van {kalender.van} tot en met {kalender.tot_en_met}
stamgegevens/       instellingen, onderwijsaanbieders en -locaties (RIO), opleidingen, toestemmingen, licenties,
                    en de wettelijke termijn ({WETTELIJKE_TERMIJN} maanden: geldt alleen hier, geen bron noemt hem)
personen.csv        beide nummers, achternaam en datum van overlijden
ook/vo.csv          inschrijvingen in het vo en het vavo
ook/vso.csv         inschrijvingen in het vso
waarheid.json       wat er met opzet fout is: per geval de regel, de instelling, de persoon en het record

Een instelling controleren:
  kernregister controleer RO_{eerste}_*.CSV --stamgegevens stamgegevens --personen personen.csv \\
      --ook ook/vo.csv --ook ook/vso.csv
Met de overzichten van de andere instellingen achter --ook is ook te zien wie er op twee instellingen tegelijk is (E06).

Hoe te zien is dat niets echt is: burgerservicenummers beginnen met 99, onderwijsnummers met 109; codes van
instellingen met 9 en hun eerste letter is een K (mbo), V (vo) of S (vso), bijvoorbeeld {eerste}; codes in RIO en
leerbedrijven beginnen met 9, keuzedelen met K9, AMvB-onderdelen met C9. De opleidingen met een code vanaf 99901 zijn
verzonnen; de andere zijn die van de Regeling vaststelling kwalificatiedossiers 2015 (BWBR0036352), een momentopname en
niet de lijst van vandaag.

Bevindingen die er op de peildatum moeten zijn: {tellingen or "geen"}.

In English: a made-up sector for vocational education. Nobody and no institution in it exists. waarheid.json tells every
fault that was planted; nothing else is wrong.
"""
