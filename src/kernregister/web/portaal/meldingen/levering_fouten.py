"""All faults of a delivery as a file, for who mends them in the own system."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import met_pas
from kernregister.web.api import weergave
from kernregister.web.leveringen.models import Fout, Ronde
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.meldingen.levering import haal
from kernregister.web.portaal.meldingen.woorden import soort_in_woorden
from kernregister.web.portaal.paginas import pagina
from kernregister.web.portaal.rekenblad import als_csv

_KOP: Final = (
    Tekst("regel", "line"),
    Tekst("soort", "kind"),
    Tekst("volgnummer", "number"),
    Tekst("code", "code"),
    Tekst("veld", "field"),
    Tekst("wat is er", "what is wrong"),
    Tekst("advies", "advice"),
    Tekst("gevolg van een eerdere fout", "follows from an earlier fault"),
)


@pagina(
    "portaal_levering_fouten",
    "meldingen/leveringen/<uuid:levering_id>/fouten.csv",
    titel=("Fouten in een levering", "Faults in a delivery"),
)
def fouten(bezoek: Bezoek, levering_id: UUID) -> HttpResponse:
    """All faults of a delivery as CSV, for a spreadsheet: a line for each."""
    with met_pas(bezoek.pas):
        gevonden = haal(levering_id)
        ronde = Ronde.ECHT if gevonden.uitslag else Ronde.PROEF
        rijen = list(
            Fout.objects.using("default")
            .filter(levering=gevonden, ronde=ronde)
            .order_by("regel", "id")
            .values_list("regel", "soort", "sleutel", "code", "veld", "tekst", "gevolg")
        )
    naam = f"fouten-{gevonden.ontvangen_op:%Y%m%d-%H%M}"
    return als_csv([bezoek.tekst(een) for een in _KOP], _foutregels(bezoek, rijen), naam)


def _foutregels(bezoek: Bezoek, rijen: list[Any]) -> Iterator[list[str]]:
    ja = bezoek.tekst(Tekst("ja", "yes"))
    for regel, soort, sleutel, code, veld, tekst, gevolg in rijen:
        woorden, advies = (tekst, "") if tekst else weergave.teksten(code, bezoek.taal)
        yield [
            str(regel or ""),
            soort_in_woorden(soort, bezoek.taal),
            sleutel,
            code,
            veld,
            woorden,
            advies,
            ja if gevolg else "",
        ]
