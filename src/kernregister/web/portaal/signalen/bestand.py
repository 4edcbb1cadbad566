"""The work list as a file, for who works on it elsewhere: exactly what the filters show."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse

from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.regels.woorden import woord
from kernregister.platform import audit, klok
from kernregister.platform.pas import met_pas
from kernregister.rapport.woorden import Woorden
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.register import public as register
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import pagina
from kernregister.web.portaal.rekenblad import als_csv, als_xlsx
from kernregister.web.portaal.signalen import weergave, wens
from kernregister.web.portaal.signalen.lijst import ACTIVITEIT

_KOP: Final = (
    Tekst("Signaal", "Signal"),
    Tekst("Instelling", "Institution"),
    Tekst("Studentnummer", "Student number"),
    Tekst("Naam", "Name"),
    Tekst("Groep", "Group"),
    Tekst("Regel", "Rule"),
    Tekst("Titel", "Title"),
    Tekst("Waarover", "About"),
    Tekst("Feiten", "Facts"),
    Tekst("Wat te doen", "What to do"),
    Tekst("Sinds", "Since"),
    Tekst("Dagen", "Days"),
    Tekst("Toegewezen aan", "Assigned to"),
    Tekst("Afgezien tot", "Waived until"),
)
_GELD: Final = (
    Tekst("Telt nu niet mee (teldata)", "Does not count now (counting dates)"),
    Tekst("Gemiste bijdrage, indicatief", "Contribution missed, indicative"),
)


@pagina(
    "portaal_signalen_bestand",
    "signalen/bestand/<slug:soort>/",
    titel=("Signalen als bestand", "Signals as a file"),
)
def bestand(bezoek: Bezoek, soort: str) -> HttpResponse:
    """Give the filtered signals as CSV or XLSX; who took them along is logged, person by person.

    Raises:
        Http404: another kind of file.
    """
    if soort not in {"csv", "xlsx"}:
        raise Http404
    with met_pas(bezoek.pas):
        vraag = wens.lees(bezoek)
        regels = kwaliteit.werkregels(
            vraag.wens, volgorde="ouderdom", aantal=kwaliteit.GROOTSTE_LIJST, belang=wens.belang(bezoek)
        ).regels
        personen = {een.persoon for een in regels}
        studenten = register.studenten(personen, bezoek.instelling)
        bezoek.gelezen(personen, "signalen downloaden", ACTIVITEIT)
        audit.leg_vast(
            "signalen.bestand",
            "signalen",
            door=bezoek.naam,
            namens=bezoek.pas.namens,
            details={"soort": soort, "aantal": len(regels), "filters": sorted(vraag.waarden)},
            verbinding="default",
        )
    geld = wens.ziet_geld(bezoek)
    kop = [bezoek.tekst(een) for een in (*_KOP, *(_GELD if geld else ()))]
    rijen = (_rij(een, studenten, geld, bezoek) for een in regels)
    naam = f"signalen-{klok.vandaag()}"
    return als_csv(kop, rijen, naam) if soort == "csv" else als_xlsx(kop, rijen, naam, "Signalen")


def _rij(
    een: kwaliteit.Werkregel, studenten: weergave.Studenten, geld: bool, bezoek: Bezoek
) -> list[str | int]:
    regel = catalogus()[een.regel]
    wie = studenten.get(een.persoon)
    woorden = Woorden(bezoek.taal)
    uit: list[str | int] = [
        een.id,
        een.instelling,
        wie.studentnummer if wie else "",
        wie.naam if wie else "",
        woord(regel.groep, bezoek.taal),
        een.regel,
        bezoek.tekst(regel.titel),
        "; ".join(f"{naam}: {waarde}" for naam, waarde in weergave.record(een.sleutel, bezoek)),
        "; ".join(f"{naam}: {waarde}" for naam, waarde in weergave.feiten(een.waarden, bezoek)),
        bezoek.tekst(regel.advies),
        een.sinds.isoformat(),
        een.dagen,
        een.aan,
        een.afgezien_tot.isoformat() if een.afgezien_tot else "",
    ]
    return [*uit, een.telt_niet, woorden.waarde(een.gemist)] if geld else uit
