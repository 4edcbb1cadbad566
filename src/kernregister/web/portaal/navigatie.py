"""The parts of the portal in the order of the menu; everybody sees those that they may enter."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.web.portaal.bezoek import Bezoek


class Onderdeel(Struct, frozen=True):
    """A part of the portal in the menu."""

    pagina: str
    """Its first page."""
    titel: Tekst
    begin: str
    """How the addresses of its pages begin: the menu shows where somebody is."""


ONDERDELEN: Final = (
    Onderdeel("portaal_dashboard", Tekst("Dashboard", "Dashboard"), "/dashboard/"),
    Onderdeel("portaal_signalen", Tekst("Signalen", "Signals"), "/signalen/"),
    Onderdeel("portaal_studentdossier", Tekst("Studentdossier", "Student dossier"), "/studentdossier/"),
    Onderdeel("portaal_invoer", Tekst("Invoeren", "Enter"), "/invoer/"),
    Onderdeel("portaal_meldingen", Tekst("Meldingen", "Meldingen"), "/meldingen/"),
    Onderdeel("portaal_administratie", Tekst("Eigen administratie", "Own administration"), "/administratie/"),
    Onderdeel("portaal_overzichten", Tekst("Overzichten", "Overviews"), "/overzichten/"),
    Onderdeel("portaal_verantwoording", Tekst("Assurance-rapport", "Assurance report"), "/verantwoording/"),
    Onderdeel(
        "portaal_sectorinformatie", Tekst("Sectorinformatie", "Sector information"), "/sectorinformatie/"
    ),
    Onderdeel("portaal_stamgegevens", Tekst("Stamgegevens", "Reference data"), "/stamgegevens/"),
    Onderdeel("portaal_gebruikers", Tekst("Gebruikers en rollen", "Users and roles"), "/gebruikers/"),
    Onderdeel("portaal_regels", Tekst("Regels", "Rules"), "/regels/"),
)


def onderdelen(bezoek: Bezoek) -> list[Onderdeel]:
    """Return the parts that a visitor may enter."""
    return [onderdeel for onderdeel in ONDERDELEN if bezoek.mag(onderdeel.pagina)]
