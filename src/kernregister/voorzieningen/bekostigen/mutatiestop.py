"""The mutatiestop of an institution on a studiejaar: who sets it, who lifts it for a person, what it says at the door.

Off by default, and then it costs nothing: a process remembers for a second that there is none. What a stop covers
stands in ``kern.bekostiging.mutatiestop``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from time import monotonic

from msgspec import Struct

from kernregister.kern.bekostiging.mutatiestop import Aanraking, dag_in, geraakt
from kernregister.kern.dossier import Dossier
from kernregister.kern.meldingen.controles import MUTATIESTOP
from kernregister.kern.meldingen.terugkoppeling import Terugmelding
from kernregister.kern.meldingen.toepassen import Mutatie
from kernregister.kern.regels.motor import Sleutel
from kernregister.kern.regels.paspoort import Ernst
from kernregister.kern.sleutels import INSTELLINGSCODE
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import audit, klok
from kernregister.platform.geheugen import bij_vergeten, onthoud
from kernregister.platform.nummers import maskeer
from kernregister.platform.pas import Pas, Soort
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.bekostigen.assurance_fouten import weiger_als
from kernregister.voorzieningen.bekostigen.assurance_models import Mutatiestop, Ontheffing, Stopsoort
from kernregister.voorzieningen.bekostigen.fouten import Onvindbaar
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens

LANGST = timedelta(days=92)
"""How long the stop may be lifted for somebody; after that an accountant looks again."""

WAARSCHUWING = "waarschuwing"
ONTHOUDEN = 1.0
"""Seconds for which a process remembers which setting was the last: so long a new one may go unnoticed."""


class Bevoegde(Struct, frozen=True):
    """Who decides: the client, the person as the institution or office knows them, and in whose name."""

    pas: Pas
    client: str
    door: str

    @property
    def namens(self) -> str:
        """The kind of party."""
        return self.pas.soort.value


# ------------------------------------------------------------------------------------------------ setting


def stel_in(
    instelling: str,
    studiejaar: Studiejaar,
    soort: str,
    vanaf: date,
    reden: str,
    wie: Bevoegde,
    verbinding: str = "default",
) -> Mutatiestop:
    """Record a setting, under the pass of who decides; it holds from its day on and replaces earlier ones then.

    Args:
        instelling: whose stop; empty: of all (DUO only).
        studiejaar: the studiejaar that was accounted for.
        soort: ``uit``, ``waarschuwen`` or ``weigeren``.
        vanaf: the first day on which it holds.
        reden: why.
        wie: who decides. An institution chooses its own stop between 1 March and 1 June and lifts only its own.
        verbinding: the connection on which the pass was put.

    Raises:
        Verantwoordingsfout: it cannot be, with all that is wrong.
    """
    fouten = _keur_tekst(reden, wie.door)
    if soort not in Stopsoort.values:
        fouten.append(f"Kies een van {', '.join(Stopsoort.values)}.")
    if instelling and not INSTELLINGSCODE.past(instelling):
        fouten.append("Noem een instelling met twee cijfers en twee hoofdletters.")
    if vanaf < klok.vandaag():
        fouten.append(
            f"Kies een dag vanaf vandaag ({klok.vandaag():%d-%m-%Y}): wat al is verwerkt blijft verwerkt."
        )
    if wie.pas.soort is Soort.INSTELLING:
        fouten += _eigen_keuze(instelling, studiejaar, vanaf, wie.pas, verbinding)
    elif wie.pas.soort is not Soort.DUO:
        fouten.append("Een mutatiestop wordt ingesteld door de instelling of door DUO.")
    weiger_als(fouten)
    stop = Mutatiestop.objects.using(verbinding).create(
        instelling=instelling,
        studiejaar=str(studiejaar),
        soort=soort,
        vanaf=vanaf,
        reden=reden.strip(),
        namens=wie.namens,
        client=wie.client,
        door=wie.door,
        op=klok.nu(),
    )
    audit.leg_vast(
        "mutatiestop.stel_in",
        "mutatiestop",
        f"{instelling or 'alle'} {studiejaar}",
        door=wie.client,
        namens=wie.pas.namens,
        details={"soort": soort, "vanaf": str(vanaf), "reden": reden, "wie": wie.door},
        verbinding=verbinding,
    )
    vergeet()
    return stop


def _keur_tekst(reden: str, door: str) -> list[str]:
    uit = []
    if not reden.strip():
        uit.append("Geef een reden.")
    if maskeer(reden) != reden:
        uit.append("Laat het persoonsnummer uit de reden weg.")
    return uit + keur_wie(door)


def keur_wie(door: str) -> list[str]:
    """Return what is wrong with how somebody names themselves."""
    if not door.strip():
        return ["Zeg wie het doet."]
    return ["Noem uzelf zonder persoonsnummer."] if maskeer(door) != door else []


def _eigen_keuze(
    instelling: str, studiejaar: Studiejaar, vanaf: date, pas: Pas, verbinding: str
) -> list[str]:
    """Return what an institution may not choose by itself."""
    uit = []
    if instelling != pas.sleutel:
        uit.append("Een instelling stelt alleen voor zichzelf een stop in.")
    van, tot = (dag_in(studiejaar, naam) for naam in ("eigen_keuze_van", "eigen_keuze_tot_en_met"))
    if not van <= vanaf <= tot:
        uit.append(
            f"Kies voor {studiejaar} een dag van {van:%d-%m-%Y} tot en met {tot:%d-%m-%Y}; daarna gaat DUO erover."
        )
    laatste = (
        Mutatiestop.objects.using(verbinding)
        .filter(studiejaar=str(studiejaar), instelling__in=["", instelling])
        .order_by("-id")
        .first()
    )
    if laatste is not None and laatste.namens == Soort.DUO.value and laatste.soort != Stopsoort.UIT:
        uit.append("DUO heeft voor dit studiejaar een stop ingesteld, en alleen DUO wijzigt die.")
    return uit


def hef_op(
    persoon: int,
    instelling: str,
    studiejaar: Studiejaar,
    tot: date,
    reden: str,
    wie: Bevoegde,
    sleutel: str = "",
    verbinding: str = "default",
) -> Ontheffing:
    """Lift the stop for a person, or for one enrolment or diploma of theirs, until a day.

    Args:
        persoon: the person's id.
        instelling: at which institution.
        studiejaar: of which stop.
        tot: first day on which it holds no longer.
        reden: why.
        wie: who answers for it: the institution's accountant of the studiejaar, or DUO.
        sleutel: the inschrijvingvolgnummer or resultaatvolgnummer; empty: all of the person there.
        verbinding: the connection on which the pass was put.

    Raises:
        Onvindbaar: who decides does not see this person.
        Verantwoordingsfout: it cannot be, with all that is wrong.
    """
    weiger_als(_keur_ontheffing(instelling, studiejaar, tot, reden, wie))
    if not register.is_zichtbaar(persoon):
        raise Onvindbaar("Deze persoon is er niet.")
    ontheffing = Ontheffing.objects.using(verbinding).create(
        instelling=instelling,
        studiejaar=str(studiejaar),
        persoon_id=persoon,
        sleutel=sleutel,
        tot=tot,
        reden=reden.strip(),
        namens=wie.namens,
        client=wie.client,
        door=wie.door,
        op=klok.nu(),
    )
    audit.leg_vast(
        "mutatiestop.hef_op",
        "persoon",
        persoon,
        door=wie.client,
        namens=wie.pas.namens,
        details={"studiejaar": str(studiejaar), "tot": str(tot), "reden": reden, "wie": wie.door},
        verbinding=verbinding,
    )
    return ontheffing


def _keur_ontheffing(
    instelling: str, studiejaar: Studiejaar, tot: date, reden: str, wie: Bevoegde
) -> list[str]:
    vandaag = klok.vandaag()
    uit = _keur_tekst(reden, wie.door)
    if not vandaag < tot <= vandaag + LANGST:
        uit.append(f"Kies een einddatum na {vandaag:%d-%m-%Y} en uiterlijk {vandaag + LANGST:%d-%m-%Y}.")
    if wie.pas.soort is Soort.ACCOUNTANT:
        if (instelling, str(studiejaar)) != (wie.pas.sleutel, wie.pas.extra):
            uit.append(
                "Een accountant heft alleen de stop op van de eigen instelling en het eigen studiejaar."
            )
    elif wie.pas.soort is not Soort.DUO:
        uit.append("Alleen de accountant of DUO heft de stop op.")
    return uit


def stops(instelling: str | None = None, verbinding: str = "default") -> list[Mutatiestop]:
    """Return the settings that the pass shows, the latest first."""
    rij = Mutatiestop.objects.using(verbinding).order_by("-id")
    return list(rij if instelling is None else rij.filter(instelling__in=["", instelling]))


def ontheffingen(verbinding: str = "default", aantal: int = 200) -> list[Ontheffing]:
    """Return for whom the stop was lifted, as far as the pass shows, the latest first."""
    return list(Ontheffing.objects.using(verbinding).order_by("-id")[:aantal])


# ----------------------------------------------------------------------------------------------- the door


class Stop(Struct, frozen=True):
    """A stop that holds: on which studiejaar, of what kind, and since when."""

    studiejaar: Studiejaar
    soort: str
    vanaf: date


def geldend(instelling: str, vandaag: date) -> list[Stop]:
    """Return the stops that hold for an institution on a day, in order of studiejaar.

    As long as DUO has set one, what the institution chose plays no part: also when both were at it at the same moment.
    """
    per_jaar: dict[str, Stop] = {}
    van_duo: dict[str, bool] = {}
    for van, studiejaar, soort, vanaf, namens in _alle(*_versie()):
        eigen = namens == Soort.INSTELLING.value
        if van in {"", instelling} and vanaf <= vandaag and not (eigen and van_duo.get(studiejaar)):
            per_jaar[studiejaar] = Stop(Studiejaar.lees(studiejaar), soort, vanaf)
            van_duo[studiejaar] = not eigen and soort != Stopsoort.UIT
    return [stop for _, stop in sorted(per_jaar.items()) if stop.soort != Stopsoort.UIT]


def bewaak(
    afzender: str, dossier: Dossier, mutaties: Sequence[Mutatie], vandaag: date
) -> tuple[Terugmelding, ...]:
    """Say what a melding touches under a stop of its sender: it warns or refuses, as was set (a ``Wachter``)."""
    if not mutaties or _versie() == _GEEN:
        return ()
    uit = []
    for stop in geldend(afzender, vandaag):
        gegevens = stamgegevens.gegevens_van(stamgegevens.versie())
        aanrakingen = geraakt(dossier, mutaties, afzender, stop.studiejaar, gegevens)
        if aanrakingen and not _is_ontheven(afzender, dossier, aanrakingen, stop, vandaag):
            uit.append(_terugmelding(afzender, dossier, aanrakingen, stop))
    return tuple(uit)


def _terugmelding(
    afzender: str, dossier: Dossier, aanrakingen: Sequence[Aanraking], stop: Stop
) -> Terugmelding:
    eerste = aanrakingen[0]
    diploma = eerste.record in {"Diploma", "GeneriekExamenonderdeel"}
    sleutel = Sleutel(
        "Diploma" if diploma else "Inschrijving",
        dossier.persoon.pgn,
        afzender,
        None if diploma else eerste.nummer,
        resultaatvolgnummer=eerste.nummer if diploma else None,
    )
    waarden = {
        "studiejaar": str(stop.studiejaar),
        "sinds": stop.vanaf.isoformat(),
        "wat": sorted({een.wat for een in aanrakingen}),
        "velden": list(dict.fromkeys(_naam(een) for een in aanrakingen)),
        "teldata": sorted({dag.isoformat() for een in aanrakingen for dag in een.teldata}),
    }
    ernst = Ernst.FOUT.value if stop.soort == Stopsoort.WEIGEREN else WAARSCHUWING
    return Terugmelding(MUTATIESTOP.id, ernst, sleutel, waarden, MUTATIESTOP.afkeurcode)


def _naam(aanraking: Aanraking) -> str:
    return f"{aanraking.record}.{aanraking.veld}" if aanraking.veld else aanraking.record


def _is_ontheven(
    instelling: str, dossier: Dossier, aanrakingen: Iterable[Aanraking], stop: Stop, vandaag: date
) -> bool:
    """Tell whether an accountant lifted the stop for all that is touched."""
    pgn = dossier.persoon.pgn
    persoon = personen.zoek([pgn]).get(pgn)
    with cursor() as sql:
        sql.execute(
            "SELECT sleutel FROM bekostigen_ontheffing"
            " WHERE persoon_id = %s AND instelling = %s AND studiejaar = %s AND tot > %s",
            [persoon, instelling, str(stop.studiejaar), vandaag],
        )
        vrij = {sleutel for (sleutel,) in sql}
    return "" in vrij or {een.nummer for een in aanrakingen} <= vrij


_GEEN = (0, 0)
_gelezen: dict[str, tuple[float, tuple[int, int]]] = {}


def _versie() -> tuple[int, int]:
    """Return the number of the last setting and how many there are, since their order is not that of their commits.

    Remembered for a moment.
    """
    gelezen, waarde = _gelezen.get("", (None, _GEEN))
    if gelezen is None or monotonic() - gelezen >= ONTHOUDEN:
        with cursor() as sql:
            sql.execute("SELECT coalesce(max(id), 0), count(*) FROM bekostigen_mutatiestop")
            laatste, aantal = sql.fetchone() or _GEEN
        waarde = int(laatste), int(aantal)
        _gelezen[""] = (monotonic(), waarde)
    return waarde


@onthoud(2)
def _alle(laatste: int, aantal: int) -> tuple[tuple[str, str, str, date, str], ...]:
    """Return the settings of a version, in the order in which they were made."""
    with cursor() as sql:
        sql.execute(
            "SELECT instelling, studiejaar, soort, vanaf, namens FROM bekostigen_mutatiestop"
            " WHERE id <= %s ORDER BY id",
            [laatste],
        )
        return tuple(sql.fetchall())


def vergeet() -> None:
    """Look anew at the next melding."""
    _gelezen.clear()


bij_vergeten(vergeet)
