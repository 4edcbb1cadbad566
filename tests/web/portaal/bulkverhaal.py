"""What the stories of bulk changes share: students to change, asking for a change, and what became of it."""

from typing import Any
from uuid import UUID

from kernregister.web.bulk.models import Bulk
from tests.voorzieningen.register import wereld as w
from tests.web.portaal.invoerverhaal import Toetsenbord, iemand

GEPLAND = {"wat": "gepland", "gepland_datum": "31-07-2028"}


def schrijf_studenten_in(aantal: int, **anders: Any) -> None:
    w.lukt(*(w.identificeer(iemand(plaats)) for plaats in range(aantal)))
    w.lukt(
        *(w.schrijf_in(iemand(plaats), studentnummer=f"A{plaats:03}", **anders) for plaats in range(aantal))
    )


def vooraf(wie: Toetsenbord, **velden: str) -> str:
    """Ask for a bulk change and return the address of its preview."""
    antwoord = wie.browser.post("/invoer/bulk/", velden)
    assert antwoord.status_code == 302, antwoord.text
    return str(antwoord["Location"])


def bulk_van(adres: str) -> Bulk:
    return Bulk.objects.using("stelsel").get(id=UUID(adres.strip("/").rpartition("/")[2]))


def gepland_einde(plaats: int) -> str:
    return str(w.dossier(iemand(plaats)).inschrijvingen[0].datum_uitschrijving_gepland)
