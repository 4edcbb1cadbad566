"""One delivery: how far its round is, what the dry run came to, and deciding that it is applied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import met_pas
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.register.public import Gevolg
from kernregister.web.api import weergave
from kernregister.web.leveringen import laden, rapport
from kernregister.web.leveringen.models import Fout, Levering, Ronde, Toestand
from kernregister.web.leveringen.rondes import VAN_BESTAND
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.meldingen.woorden import GEVOLGEN, TOESTANDEN, bron_van, soort_in_woorden
from kernregister.web.portaal.paginas import pagina
from kernregister.web.portaal.rekenblad import als_csv_stroom

BEZIG: Final = frozenset({Toestand.PROEF_WACHT, Toestand.PROEF, Toestand.WACHT, Toestand.BEZIG})
"""States in which the page asks by itself how far it is."""

VOORBEELDEN: Final = 5
"""Lines shown of each cause; all of them stand in the file that can be fetched."""

MEESTE_SINDS: Final = 100
"""Meldingen that are counted since the dry run; beyond that it says so."""


class Oorzaak(Struct, frozen=True):
    """Refusals of one kind with one cause, in words, with the first lines."""

    soort: str
    regel: str
    tekst: str
    advies: str
    bron: str
    aantal: int
    gevolg: int
    voorbeelden: list[Fout]


def _levering(levering_id: UUID) -> Levering:
    """Return a delivery that the pass shows.

    Raises:
        Http404: there is none, for this visitor.
    """
    gevonden = laden.levering_met_pas(levering_id)
    if gevonden is None:
        raise Http404
    return gevonden


@pagina("portaal_levering", "meldingen/leveringen/<uuid:levering_id>/", titel=("Levering", "Delivery"))
def levering(bezoek: Bezoek, levering_id: UUID) -> HttpResponse:
    """Show how far a delivery is, or what it came to; the page may be left, and come back to."""
    with met_pas(bezoek.pas):
        gevonden = _levering(levering_id)
        stil = laden.staat_stil(gevonden)
        stempel = f"{gevonden.toestand}-{gevonden.gedaan}{'-stil' * stil}"
        if bezoek.is_fragment and bezoek.request.GET.get("sinds") == stempel:
            return HttpResponse(status=204)
        ronde = Ronde.ECHT if gevonden.uitslag else Ronde.PROEF
        rapport_ = rapport.lees(gevonden.uitslag or gevonden.proef)
        klaar = gevonden.toestand in {Toestand.BEOORDEELD, Toestand.KLAAR, Toestand.INGETROKKEN}
        oorzaken = _oorzaken(bezoek, gevonden, ronde, rapport_) if klaar and rapport_ else []
        leesfouten = _leesfouten(gevonden, ronde) if klaar else {}
        sinds = _sinds(gevonden) if gevonden.toestand == Toestand.BEOORDEELD else 0
    titel, badge = TOESTANDEN[gevonden.toestand]
    return bezoek.toon(
        "portaal/meldingen/levering_deel.html" if bezoek.is_fragment else "portaal/meldingen/levering.html",
        {
            "levering": gevonden,
            "stempel": stempel,
            "bezig": gevonden.toestand in BEZIG,
            "stil": stil,
            "klaar": klaar,
            "toestand": bezoek.tekst(titel),
            "badge": badge,
            "rapport": rapport_,
            "tabel": _tabel(bezoek, rapport_),
            "oorzaken": oorzaken,
            "leesfouten": [(een, leesfouten.get((een.code, een.veld), [])) for een in rapport_.opmerkingen]
            if rapport_
            else [],
            "signalen": _signalen(bezoek, rapport_),
            "met_geld": bezoek.heeft(Recht.BEKOSTIGING_LEZEN) and bezoek.bekostigd,
            "sinds_proef": sinds,
            "meeste": MEESTE_SINDS,
            "kan": laden.kan_doorgevoerd(gevonden),
            "anders": _anders(bezoek, gevonden),
            "procent": min(100, gevonden.gedaan * 100 // gevonden.totaal) if gevonden.totaal else 0,
        },
    )


def _oorzaken(bezoek: Bezoek, levering: Levering, ronde: Ronde, heel: rapport.Rapport) -> list[Oorzaak]:
    """Return the causes of the refusals with the first lines of each, in two questions."""
    per: dict[tuple[str, str], list[Fout]] = {}
    if heel.groepen:
        regels = Fout.objects.using("default").raw(
            "SELECT * FROM (SELECT f.*, row_number() OVER (PARTITION BY soort, code ORDER BY id) AS n"
            " FROM leveringen_fout f WHERE levering_id = %s AND ronde = %s AND partij <> %s AND NOT gevolg) r"
            " WHERE n <= %s ORDER BY id",
            [levering.id, ronde.value, VAN_BESTAND, VOORBEELDEN],
        )
        for een in regels:
            per.setdefault((een.soort, een.code), []).append(een)
    return [
        Oorzaak(
            soort_in_woorden(groep.soort, bezoek.taal),
            groep.regel,
            *weergave.teksten(groep.regel, bezoek.taal),
            bron_van(groep.regel),
            groep.aantal,
            groep.gevolg,
            per.get((groep.soort, groep.regel), []),
        )
        for groep in heel.groepen
    ]


def _leesfouten(levering: Levering, ronde: Ronde) -> dict[tuple[str, str], list[int]]:
    """Return the first lines that cannot be read, by what is wrong with them."""
    uit: dict[tuple[str, str], list[int]] = {}
    for code, veld, regel in (
        Fout.objects.using("default")
        .filter(levering=levering, ronde=ronde, partij=VAN_BESTAND, regel__gt=0)
        .order_by("id")
        .values_list("code", "veld", "regel")[:1000]
    ):
        regels = uit.setdefault((code, veld), [])
        if len(regels) < VOORBEELDEN and regel not in regels:
            regels.append(regel)
    return uit


def _sinds(levering: Levering) -> int:
    """Return how many meldingen of the institution were applied since the dry run, up to `MEESTE_SINDS`."""
    na = levering.proef_stand or 0
    return len(register.wijzigingen(levering.instelling, na, register.stand(), MEESTE_SINDS))


def _tabel(bezoek: Bezoek, heel: rapport.Rapport | None) -> dict[str, Any]:
    """Return the counts as a table: kinds of melding down, what becomes of them across; empty columns are left out."""
    if heel is None:
        return {}
    kolommen = [gevolg for gevolg in Gevolg if heel.aantal(gevolg)]
    rijen = [
        (soort_in_woorden(soort, bezoek.taal), [per.get(gevolg, 0) for gevolg in kolommen], sum(per.values()))
        for soort, per in heel.gevolgen.items()
    ]
    return {
        "kolommen": [bezoek.tekst(GEVOLGEN[gevolg]) for gevolg in kolommen],
        "rijen": rijen,
        "totalen": [heel.aantal(gevolg) for gevolg in kolommen],
        "alles": heel.meldingen,
    }


def _signalen(bezoek: Bezoek, heel: rapport.Rapport | None) -> list[tuple[str, str, int, int]]:
    if heel is None:
        return []
    return [
        (regel, weergave.teksten(regel, bezoek.taal)[0], aantallen[0], aantallen[1])
        for regel, aantallen in sorted(heel.signalen.items(), key=lambda een: (-een[1][0], een[0]))
    ]


def _anders(bezoek: Bezoek, levering: Levering) -> list[tuple[str, int, int]] | None:
    """Return in what applying it came out otherwise than the dry run; None: there is nothing to compare."""
    proef, echt = rapport.lees(levering.proef), rapport.lees(levering.uitslag)
    if proef is None or echt is None:
        return None
    return [
        (bezoek.tekst(GEVOLGEN[gevolg]), proef.aantal(gevolg), echt.aantal(gevolg))
        for gevolg in Gevolg
        if proef.aantal(gevolg) != echt.aantal(gevolg)
    ]


# ------------------------------------------------------------------------------------------ deciding


def _besluit(
    bezoek: Bezoek, levering_id: UUID, doe: Callable[[Levering, str], bool], gelukt: Tekst
) -> HttpResponse:
    with met_pas(bezoek.pas):
        gevonden = _levering(levering_id)
    if doe(gevonden, bezoek.naam):
        messages.success(bezoek.request, bezoek.tekst(gelukt))
    else:
        tekst = Tekst(
            "Dit kan nu niet (meer): hieronder staat hoe ver de levering is.",
            "This cannot be done (any more): below is how far the delivery is.",
        )
        messages.warning(bezoek.request, bezoek.tekst(tekst))
    return redirect("portaal_levering", levering_id)


@pagina(
    "portaal_levering_doorvoeren",
    "meldingen/leveringen/<uuid:levering_id>/doorvoeren/",
    titel=("Levering doorvoeren", "Apply a delivery"),
    methoden=("POST",),
)
def doorvoeren(bezoek: Bezoek, levering_id: UUID) -> HttpResponse:
    """Have the delivery applied of which the dry run was seen; whoever may deliver, may decide so."""
    gelukt = Tekst(
        "Het doorvoeren is begonnen. U kunt deze pagina verlaten.",
        "Applying has begun. You may leave this page.",
    )
    return _besluit(bezoek, levering_id, laden.voer_door, gelukt)


@pagina(
    "portaal_levering_proef",
    "meldingen/leveringen/<uuid:levering_id>/proef/",
    titel=("Proef opnieuw doen", "Do the dry run again"),
    methoden=("POST",),
)
def proef(bezoek: Bezoek, levering_id: UUID) -> HttpResponse:
    """Have the dry run done again, because something changed since."""
    return _besluit(
        bezoek,
        levering_id,
        laden.beproef_opnieuw,
        Tekst("De proef is opnieuw begonnen.", "The dry run began again."),
    )


@pagina(
    "portaal_levering_hervatten",
    "meldingen/leveringen/<uuid:levering_id>/hervatten/",
    titel=("Levering hervatten", "Go on with a delivery"),
    methoden=("POST",),
)
def hervatten(bezoek: Bezoek, levering_id: UUID) -> HttpResponse:
    """Go on with a round that was broken off by a failure, where it was."""
    return _besluit(
        bezoek,
        levering_id,
        laden.hervat,
        Tekst("Het werk gaat verder waar het was.", "The work goes on where it was."),
    )


@pagina(
    "portaal_levering_intrekken",
    "meldingen/leveringen/<uuid:levering_id>/intrekken/",
    titel=("Levering intrekken", "Withdraw a delivery"),
    methoden=("POST",),
)
def intrekken(bezoek: Bezoek, levering_id: UUID) -> HttpResponse:
    """Let go of a delivery that is not applied, and of its file."""
    return _besluit(
        bezoek,
        levering_id,
        laden.trek_in,
        Tekst(
            "De levering is ingetrokken; er is niets gewijzigd.",
            "The delivery was withdrawn; nothing changed.",
        ),
    )


# ------------------------------------------------------------------------------------------ all faults

_KOPPEN: Final = {
    "nl": (
        "regel",
        "soort",
        "volgnummer",
        "code",
        "veld",
        "wat is er",
        "advies",
        "gevolg van een eerdere fout",
    ),
    "en": (
        "line",
        "kind",
        "number",
        "code",
        "field",
        "what is wrong",
        "advice",
        "follows from an earlier fault",
    ),
}


@pagina(
    "portaal_levering_fouten",
    "meldingen/leveringen/<uuid:levering_id>/fouten.csv",
    titel=("Fouten in een levering", "Faults in a delivery"),
)
def fouten(bezoek: Bezoek, levering_id: UUID) -> StreamingHttpResponse:
    """All faults of a delivery as CSV, for a spreadsheet: a line for each."""
    with met_pas(bezoek.pas):
        gevonden = _levering(levering_id)
        ronde = Ronde.ECHT if gevonden.uitslag else Ronde.PROEF
        rijen = list(
            Fout.objects.using("default")
            .filter(levering=gevonden, ronde=ronde)
            .order_by("regel", "id")
            .values_list("regel", "soort", "sleutel", "code", "veld", "tekst", "gevolg")
        )
    naam = f"fouten-{gevonden.ontvangen_op:%Y%m%d-%H%M}"
    return als_csv_stroom(_KOPPEN[bezoek.taal], _foutregels(bezoek, rijen), naam)


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
