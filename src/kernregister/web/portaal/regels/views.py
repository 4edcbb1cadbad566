"""The pages of the catalogue, from the same objects that refuse and signal."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from msgspec import Struct

from kernregister.kern.gegevens import Soort
from kernregister.kern.meldingen.controles import CONTROLES, Controle
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.paspoort import Ernst, Groep, Regel, Tekst
from kernregister.kern.regels.voorbeelden import voorbeeld
from kernregister.kern.regels.woorden import paspoort, woord
from kernregister.voorzieningen.register import public as register
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import pagina
from kernregister.web.portaal.regels.voorbeelden import Tak, als_boom, in_woorden

CONTROLE = Tekst("controles van de melding zelf", "controls of the melding itself")


class Regelrij(Struct, frozen=True):
    """A rule or control in the list."""

    id: str
    titel: str
    tekst: str
    weigert: bool


class Regelgroep(Struct, frozen=True):
    """The rules of a group."""

    letter: str
    naam: str
    regels: list[Regelrij]


class Voorbeeldbeeld(Struct, frozen=True):
    """An example of a rule, as a page shows it."""

    goed: bool
    omschrijving: str
    peildatum: str
    soort: str
    dossier: Tak
    gevonden: list[dict[str, str]]


@pagina("portaal_regels", "regels/", titel=("Regels", "Rules"))
def regels(bezoek: Bezoek) -> HttpResponse:
    """List the rules, by group; narrowed by words, group, kind of institution and severity."""
    vraag = bezoek.request.GET
    wens = {naam: vraag.get(naam, "").strip() for naam in ("zoek", "groep", "soort", "ernst")}
    groepen = _groepen(bezoek, wens)
    keuzes = [(groep.value, f"{groep.value} · {woord(groep, bezoek.taal)}") for groep in Groep]
    waarden = {
        "groepen": groepen,
        "aantal": sum(len(groep.regels) for groep in groepen),
        "totaal": len(catalogus()) + len(CONTROLES),
        "wens": wens,
        "groepkeuzes": [("", "–"), *keuzes, ("N", f"N · {bezoek.tekst(CONTROLE)}")],
        "soortkeuzes": [("", "–"), *((soort.value, woord(soort, bezoek.taal)) for soort in Soort)],
        "ernstkeuzes": [("", "–"), *((ernst.value, woord(ernst, bezoek.taal)) for ernst in Ernst)],
    }
    return bezoek.toon("portaal/regels/lijst.html", waarden)


def _groepen(bezoek: Bezoek, wens: dict[str, str]) -> list[Regelgroep]:
    per: dict[tuple[str, str], list[Regelrij]] = {}
    alle: list[Regel | Controle] = [*catalogus().values(), *CONTROLES.values()]
    for een in alle:
        if _past(een, wens):
            naam = woord(een.groep, bezoek.taal) if isinstance(een, Regel) else bezoek.tekst(CONTROLE)
            titel = een.titel if isinstance(een, Regel) else een.tekst
            tekst = een.tekst if isinstance(een, Regel) else een.advies
            weigert = not isinstance(een, Regel) or een.ernst is Ernst.FOUT
            rij = Regelrij(een.id, bezoek.tekst(titel), bezoek.tekst(tekst), weigert)
            per.setdefault((een.id[0], naam), []).append(rij)
    return [
        Regelgroep(letter, naam, sorted(rijen, key=lambda r: r.id))
        for (letter, naam), rijen in sorted(per.items())
    ]


def _past(een: Regel | Controle, wens: dict[str, str]) -> bool:
    teksten = [een.tekst, een.advies, *([een.titel] if isinstance(een, Regel) else [])]
    alles = " ".join([een.id, een.bron, *(" ".join(tekst) for tekst in teksten)]).casefold()
    soorten = (
        {soort.value for soort in een.vanaf} if isinstance(een, Regel) else {soort.value for soort in Soort}
    )
    ernst = een.ernst.value if isinstance(een, Regel) else Ernst.FOUT.value
    return (
        all(deel in alles for deel in wens["zoek"].casefold().split())
        and wens["groep"] in {"", een.id[0]}
        and (not wens["soort"] or wens["soort"] in soorten)
        and wens["ernst"] in {"", ernst}
    )


@pagina("portaal_regel", "regels/<slug:regel>/", titel=("Regel", "Rule"))
def regel(bezoek: Bezoek, regel: str) -> HttpResponse:
    """Show one rule: what it says, what to do, its passport, and an example of right and wrong."""
    een = catalogus().get(regel.upper()) or CONTROLES.get(regel.upper())
    if een is None:
        raise Http404
    waarden = {
        "regel": een,
        "titel": een.titel if isinstance(een, Regel) else een.tekst,
        "paspoort": paspoort(een, bezoek.taal) if isinstance(een, Regel) else _paspoort(een, bezoek),
        "besluiten": [besluit for besluit in register.instellingen() if besluit.regel == een.id],
        "voorbeelden": [beeld for soort in ("goed", "fout") if (beeld := _voorbeeld(een.id, soort, bezoek))],
        "is_signaal": isinstance(een, Regel) and een.ernst is Ernst.SIGNAAL,
    }
    return bezoek.toon("portaal/regels/regel.html", waarden)


def _paspoort(controle: Controle, bezoek: Bezoek) -> list[tuple[str, str]]:
    namen = (Tekst("Afkeurcode", "Refusal code"), Tekst("Bron", "Source"))
    return list(zip(map(bezoek.tekst, namen), (controle.afkeurcode, controle.bron), strict=True))


def _voorbeeld(id_: str, soort: str, bezoek: Bezoek) -> Voorbeeldbeeld | None:
    gevonden = voorbeeld(id_, "goed" if soort == "goed" else "fout")
    if gevonden is None:
        return None
    return Voorbeeldbeeld(
        goed=soort == "goed",
        omschrijving=gevonden["omschrijving"],
        peildatum=gevonden["peildatum"],
        soort=woord(Soort(gevonden["soort"]), bezoek.taal),
        dossier=als_boom("dossier", gevonden["dossier"]),
        gevonden=[_vondst(een) for een in gevonden.get("verwacht", [])],
    )


def _vondst(een: dict[str, object]) -> dict[str, str]:
    return {naam.replace("_", " "): in_woorden(waarde) for naam, waarde in een.items()}
