"""The pages of reference data; who may only read finds no forms on them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.regels.paspoort import Tekst
from kernregister.rapport.woorden import Woorden
from kernregister.voorzieningen.stamgegevens import public as stam
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.waarden import lees_dag
from kernregister.web.portaal.paginas import pagina

PER_BLADZIJDE = 50
MEESTE_FOUTEN = 100


@pagina("portaal_stamgegevens", "stamgegevens/", titel=("Stamgegevens", "Reference data"))
def overzicht(bezoek: Bezoek) -> HttpResponseBase:
    """List the lists of the version that holds, and the versions that were made."""
    return _toon(bezoek)


@pagina("portaal_stamlijst", "stamgegevens/lijst/<slug:naam>/", titel=("Lijst", "List"))
def lijst(bezoek: Bezoek, naam: str) -> HttpResponseBase:
    """Look up rows of a list by a part of code or name, as they hold on a day."""
    paspoort = stam.LIJSTEN.get(naam)
    if paspoort is None:
        raise Http404
    vraag = bezoek.request.GET
    zoek, na, op = vraag.get("zoek", "")[:80], vraag.get("na", "")[:80], vraag.get("op", "")
    dag = lees_dag(op)
    rijen = stam.lijst(naam, op=dag, zoek=zoek, na=na, aantal=PER_BLADZIJDE)
    volgende = paspoort.sleutel_van(rijen[-1]) if len(rijen) >= PER_BLADZIJDE else None
    kolommen: tuple[str, ...] = rijen[0].__struct_fields__ if rijen else ()
    waarden = {
        "naam": naam,
        "kolommen": [kolom.replace("_", " ") for kolom in kolommen],
        "rijen": [[_cel(getattr(rij, kolom), bezoek) for kolom in kolommen] for rij in rijen],
        "wens": {"zoek": zoek, "op": dag.isoformat() if dag else ""},
        "volgende": volgende,
    }
    return bezoek.toon("portaal/stamgegevens/lijst.html", waarden)


def _cel(waarde: object, bezoek: Bezoek) -> str:
    """Return a value as people read it; a dash where nothing is filled in."""
    return "–" if waarde is None or waarde == "" else Woorden(bezoek.taal).waarde(waarde)


@pagina(
    "portaal_stamgegevens_laden",
    "stamgegevens/laden/",
    titel=("Een lijst laden", "Load a list"),
    methoden=("POST",),
)
def laden(bezoek: Bezoek) -> HttpResponseBase:
    """Load a list as a concept; the faults of the file all at once."""
    naam, bestand = bezoek.request.POST.get("lijst", ""), bezoek.request.FILES.get("bestand")
    if naam not in stam.LIJSTEN or not isinstance(bestand, UploadedFile):
        kies = Tekst("Kies een lijst en een CSV-bestand.", "Choose a list and a CSV file.")
        return _toon(bezoek, [bezoek.tekst(kies)])
    with tempfile.TemporaryDirectory(prefix="kernregister-") as map_:
        pad = Path(map_) / f"{naam}.csv"
        with pad.open("wb") as uit:
            for stuk in bestand.chunks():
                uit.write(stuk)
        try:
            uitslag = stam.laad_bestanden([pad], bezoek.naam)
        except OnbruikbaarBestand as fout:
            fouten = [regel.replace(f"{map_}/", "") for regel in str(fout).splitlines()]
            return _toon(bezoek, fouten[:MEESTE_FOUTEN], "nl")
    gezegd = (
        Tekst(
            f"Versie {uitslag.versie} is gemaakt als concept.",
            f"Version {uitslag.versie} was made as a concept.",
        )
        if uitslag.veranderd
        else Tekst("Deze lijst is al zo geladen.", "This list was loaded like this already.")
    )
    messages.success(bezoek.request, bezoek.tekst(gezegd))
    return redirect("portaal_stamgegevens")


@pagina(
    "portaal_stamgegevens_activeren",
    "stamgegevens/<int:versie>/activeren/",
    titel=("Een versie laten gelden", "Make a version hold"),
    methoden=("POST",),
)
def activeren(bezoek: Bezoek, versie: int) -> HttpResponseBase:
    """Make a concept the version that holds, with the reason."""
    try:
        stam.activeer(versie, bezoek.naam, bezoek.request.POST.get("reden", "").strip())
    except stam.Stamgegevensfout as fout:
        return _toon(bezoek, [bezoek.tekst(Tekst(str(fout), fout.engels))])
    return redirect("portaal_stamgegevens")


def _toon(bezoek: Bezoek, fouten: list[str] | None = None, taal: str = "") -> HttpResponse:
    """Show the page; ``taal``: of the faults, where that is not the language of the page."""
    lijsten, versies = stam.overzicht()
    waarden = {
        "lijsten": lijsten,
        "versies": versies,
        "namen": [(naam, naam) for naam in stam.LIJSTEN],
        "redenen": fouten or [],
        "redenentaal": taal,
    }
    return bezoek.toon("portaal/stamgegevens/overzicht.html", waarden, status=422 if fouten else 200)
