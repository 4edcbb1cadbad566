"""``kernregister beheer``: merge and split persons, hand over an institution, retention, files of other sectors.

Only there when the part ``server`` is installed. A person is given by number on stdin, never as an argument: what is
typed on a command line is seen by others and stays in a history.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID, uuid4

import typer
from typer.core import TyperGroup

from kernregister.cli.fouten import Opdrachtfout, meld
from kernregister.cli.opties import Nederlands, Opdracht, lees_aantal, lees_datum, lees_instelling, lees_naam
from kernregister.cli.server import met_register

if TYPE_CHECKING:
    from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
    from kernregister.voorzieningen.register.public import Overgenomen

GEWEIGERD = 1
"""Exit code when something was refused; nothing of that was changed."""


class Groep(Nederlands, TyperGroup):
    """The commands of who administers the register."""


app = typer.Typer(
    cls=Groep,
    name="beheer",
    help="Beheer: personen samenvoegen en splitsen, instellingen overdragen, bewaartermijnen.",
    no_args_is_help=True,
    subcommand_metavar="OPDRACHT",
    options_metavar="",
)

Reden = Annotated[
    str,
    typer.Option("--reden", metavar="TEKST", help="Waarom; geen nummers van personen.", show_default=False),
]
Proef = Annotated[bool, typer.Option("--proef", help="Toon wat er zou gebeuren en verander niets.")]
Code = Annotated[
    str, typer.Argument(metavar="CODE", parser=lees_instelling, help="Instellingscode.", show_default=False)
]


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def voorstellen() -> int:
    """Toon welke personen een en dezelfde blijken te zijn, om samen te voegen.

    Show which persons prove to be one, to be merged.
    """
    with _beheer():
        from kernregister.cli.scherm import scherm, tabel
        from kernregister.voorzieningen.register import public

        rooster = tabel("Voorstel", "Blijft", "Gaat op", "Sinds")
        for een in (gevonden := public.voorstellen()):
            rooster.add_row(str(een.nummer), str(een.een), str(een.ander), f"{een.sinds:%d-%m-%Y}")
        scherm().print(rooster if gevonden else "Er zijn geen voorstellen om personen samen te voegen.")
    return 0


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def samenvoegen(
    reden: Reden,
    voorstel: Annotated[
        int | None,
        typer.Option(
            "--voorstel", metavar="N", parser=lees_aantal, help="Uit `voorstellen`, in plaats van stdin."
        ),
    ] = None,
    proef: Proef = False,
) -> int:
    """Voeg twee personen samen. Op stdin: het nummer van wie blijft, en dan dat van wie daarin opgaat.

    Merge two persons. On stdin: the number of who stays, and then that of who goes up in them.
    """
    with _beheer() as door:
        from kernregister.kern.meldingen.berichten import SamenvoegenPersonen

        blijft, gaat_op = _van_voorstel(voorstel) if voorstel else _personen_van_stdin(2)
        return _voer_uit(SamenvoegenPersonen(blijft=blijft, gaat_op=gaat_op, **_kop(reden)), door, proef)


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def afwijzen(
    voorstel: Annotated[
        int, typer.Argument(metavar="N", parser=lees_aantal, help="Uit `voorstellen`.", show_default=False)
    ],
    reden: Reden,
) -> int:
    """Wijs een voorstel af: het zijn toch twee personen. Het wordt niet opnieuw voorgesteld.

    Dismiss a proposal: they are two persons after all. It is not proposed again.
    """
    with _beheer() as door:
        from kernregister.voorzieningen.register import public

        public.wijs_af(voorstel, reden, door)
        typer.echo(f"Voorstel {voorstel} is afgewezen.")
    return 0


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def versies() -> int:
    """Toon wat van een persoon geldt, met het nummer dat splitsen vraagt. Op stdin: het nummer van de persoon.

    Show what holds of a person, with the number that ``splitsen`` asks for. On stdin: the person's number.
    """
    with _beheer():
        from kernregister.cli.scherm import scherm, tabel
        from kernregister.voorzieningen.register import public

        (persoon,) = _personen_van_stdin(1)
        rooster = tabel("Versie", "Soort", "Instelling", "Volgnummer")
        for id_, plek in public.versies_van(persoon).items():
            soort, instelling, nummer = plek.sleutel
            rooster.add_row(str(id_), soort.value, instelling, nummer)
        scherm().print(rooster)
    return 0


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def splitsen(
    reden: Reden,
    versie: Annotated[
        list[int] | None,
        typer.Option(
            "--versie",
            metavar="N",
            parser=lees_aantal,
            help="Wat overgaat, met het nummer uit `versies`.",
            show_default=False,
        ),
    ] = None,
    proef: Proef = False,
) -> int:
    """Splits een persoon. Op stdin: het nummer van de persoon, en dan dat van de ander die het ook blijkt te zijn.

    Split a person. On stdin: the person's number, and then that of the other one that they prove to be as well.
    """
    with _beheer() as door:
        from kernregister.kern.meldingen.berichten import SplitsenPersoon

        persoon, nieuw = _personen_van_stdin(2)
        melding = SplitsenPersoon(persoon=persoon, nieuw=nieuw, versies=tuple(versie or ()), **_kop(reden))
        return _voer_uit(melding, door, proef)


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def overdragen(
    van: Code,
    naar: Code,
    reden: Reden,
    een: Annotated[
        bool, typer.Option("--een", help="Alleen de persoon van wie het nummer op stdin staat.")
    ] = False,
) -> int:
    """Draag alles wat een instelling registreerde over aan een andere, na een fusie. Afgebroken: geef hem nog eens.

    Hand over all that an institution registered to another, after a merger. Broken off: run it again.
    """
    with _beheer() as door:
        from kernregister.kern.meldingen.berichten import OverdragenPersoon
        from kernregister.voorzieningen.register import public

        if een:
            (persoon,) = _personen_van_stdin(1)
            return _voer_uit(OverdragenPersoon(persoon=persoon, van=van, naar=naar, **_kop(reden)), door)
        uit = public.overdracht_van_instelling(
            van, naar, reden, door, lambda gezien: meld(f"{gezien} personen bekeken")
        )
        typer.echo(f"{uit.overgedragen} personen overgedragen, {len(uit.afgekeurd)} geweigerd.")
        for antwoord in uit.afgekeurd:
            _toon_afkeuring(antwoord)
    return GEWEIGERD if uit.afgekeurd else 0


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def herroepen(
    melding: Annotated[UUID, typer.Argument(metavar="UUID", help="De melding die ongedaan wordt.")],
    reden: Reden,
    proef: Proef = False,
) -> int:
    """Maak een samenvoeging, splitsing of overdracht ongedaan.

    Undo a merge, a split or a transfer.
    """
    with _beheer() as door:
        from kernregister.kern.meldingen.berichten import HerroepenMelding

        return _voer_uit(HerroepenMelding(melding=melding, **_kop(reden)), door, proef)


Op = Annotated[
    date | None,
    typer.Option("--peildatum", parser=lees_datum, metavar="JJJJ-MM-DD", help="Zonder: vandaag."),
]


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def bewaartermijnen(peildatum: Op = None) -> int:
    """Toon van welke gegevens de bewaartermijn verstreken is, per soort.

    Show of which data the term of retention has passed, by kind.
    """
    with _beheer():
        from kernregister.cli.scherm import getal, scherm, tabel
        from kernregister.platform import klok
        from kernregister.voorzieningen.register import public

        posten = public.te_vernietigen(peildatum or klok.vandaag())
        rooster = tabel("Soort", "Aantal", "Personen", "Sinds")
        for post in posten:
            sinds = str(post.sinds) if post.sinds else "-"
            rooster.add_row(post.soort, getal(post.aantal), getal(len(post.personen)), sinds)
        scherm().print(rooster if posten else "Van niets is de bewaartermijn verstreken.")
    return 0


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def vernietig(
    soort: Annotated[str, typer.Argument(metavar="SOORT", help="Soort uit `bewaartermijnen`.")],
    reden: Reden,
    goedgekeurd_door: Annotated[
        str,
        typer.Option(
            "--goedgekeurd-door",
            metavar="NAAM",
            parser=lees_naam,
            help="Wie het goedkeurde.",
            show_default=False,
        ),
    ],
    peildatum: Op = None,
) -> int:
    """Vernietig van een soort wat de bewaartermijn voorbij is; een ander heeft het goedgekeurd. Niet terug te draaien.

    Destroy of one kind what its term has passed of; somebody else approved. It cannot be undone.
    """
    with _beheer() as door:
        from kernregister.platform import klok
        from kernregister.voorzieningen.register import public

        op = peildatum or klok.vandaag()
        uit = public.vernietig(soort, op, door, goedgekeurd_door, reden)
        typer.echo(f"Vernietiging {uit.nummer}: {uit.aantal} gegevens van {uit.personen} personen.")
    return 0


@app.command(cls=Opdracht, options_metavar="[OPTIES]")
def overnemen(
    bestand: Annotated[
        Path, typer.Argument(metavar="BESTAND", help="vo.csv, vso.csv, ho.csv of vooropleidingen.csv.")
    ],
    peildatum: Annotated[
        date,
        typer.Option(
            "--peildatum", parser=lees_datum, metavar="JJJJ-MM-DD", help="De dag waarop de bron het maakte."
        ),
    ],
) -> int:
    """Neem deelnames of resultaten over uit vo, vso, vavo of ho. Nog eens hetzelfde bestand verandert niets.

    Take over participations or results of vo, vso, vavo or ho. The same file again changes nothing.
    """
    with _beheer() as door:
        from kernregister.controle.stamgegevens import is_deelnames
        from kernregister.voorzieningen.register import public

        laad = public.laad_deelnames if is_deelnames(bestand) else public.laad_vooropleidingen
        uit = laad(bestand, peildatum, door)
        _toon_overgenomen(uit)
    return GEWEIGERD if uit.afgekeurd or uit.verslag.fouten else 0


def _toon_overgenomen(uit: Overgenomen) -> None:
    typer.echo(f"{uit.aanvaard} regels aanvaard, {uit.ongewijzigd} waren al bekend.")
    for oorzaak, regels in uit.afgekeurd.items():
        typer.echo(f"{len(regels)} geweigerd om {', '.join(oorzaak)}: regel {_enkele(regels)}")
    for opmerking in uit.verslag.opmerkingen:
        plaatsen = [plaats.regel for plaats in opmerking.plaatsen if plaats.regel]
        verwacht = f" Verwacht {opmerking.verwacht}." if opmerking.verwacht else ""
        waar = f" Regel {_enkele(plaatsen)}." if plaatsen else ""
        typer.echo(f"{opmerking.tekst} {opmerking.veld}: {opmerking.aantal}.{verwacht}{waar}")


def _enkele(regels: list[int]) -> str:
    return ", ".join(map(str, regels[:10])) + (" en meer" if len(regels) > 10 else "")


def _kop(reden: str) -> dict[str, Any]:
    from kernregister.platform import klok

    return {"id": uuid4(), "afzender": "STEL", "moment": klok.nu(), "reden": reden}


def _voer_uit(melding: Any, door: str, proef: bool = False) -> int:
    from kernregister.voorzieningen.register import public

    antwoord = public.voer_uit(melding, door, proef)
    if not antwoord.aanvaard:
        _toon_afkeuring(antwoord)
        return GEWEIGERD
    typer.echo("Dit zou lukken; er is niets veranderd." if proef else f"Gedaan met melding {antwoord.id}.")
    return 0


def _toon_afkeuring(antwoord: Terugkoppeling) -> None:
    from kernregister.kern.meldingen.controles import CONTROLES

    for bevinding in antwoord.bevindingen:
        controle = CONTROLES[bevinding.regel]
        wie = f"persoon {antwoord.persoon}: " if antwoord.persoon else ""
        typer.echo(f"{wie}{bevinding.regel} {controle.tekst.nl} {controle.advies.nl}")
        for sleutel in bevinding.waarden.get("sleutels", ()):
            typer.echo(f"  {sleutel['soort']} {sleutel['instelling']} {sleutel['nummer']}".rstrip())


def _van_voorstel(nummer: int) -> tuple[int, int]:
    from kernregister.voorzieningen.register import public

    for een in public.voorstellen():
        if een.nummer == nummer:
            return een.een, een.ander
    raise Opdrachtfout(f"Er is geen open voorstel {nummer}. Kijk met: kernregister beheer voorstellen")


def _personen_van_stdin(aantal: int) -> list[int]:
    """Read so many numbers of persons, one a line, and return the persons; nothing of a number is ever repeated.

    The first is who it is about, also when known by the number of somebody who went up in them; another is the person
    whose own number it is.

    Raises:
        Opdrachtfout: there are more or fewer, or nobody is known by one.
    """
    from kernregister.kern.sleutels import is_bsn, is_onderwijsnummer
    from kernregister.voorzieningen.personen import public as personen
    from kernregister.voorzieningen.register import public

    regels = [regel.strip() for regel in sys.stdin.read(10_000).splitlines() if regel.strip()]
    if len(regels) != aantal:
        raise Opdrachtfout(
            f"Verwacht {aantal} {'nummer' if aantal == 1 else 'nummers'} op stdin, elk op een eigen regel; "
            f"kreeg er {len(regels)}."
        )
    ids, fouten = [], []
    for plaats, nummer in enumerate(regels, 1):
        persoon = public.houder(nummer) if plaats > 1 else personen.zoek([nummer]).get(nummer)
        if not (is_bsn(nummer) or is_onderwijsnummer(nummer)):
            fouten.append(f"Regel {plaats} is geen burgerservicenummer of onderwijsnummer.")
        elif persoon is None:
            fouten.append(
                f"Regel {plaats}: deze persoon is niet bekend. Laat de instelling eerst identificeren."
            )
        else:
            ids.append(persoon)
    if fouten:
        raise Opdrachtfout("\n".join(fouten))
    return ids


@contextmanager
def _beheer() -> Iterator[str]:
    """Have the register at hand, give who runs the command, and say in words what cannot be."""
    with met_register() as door:
        from kernregister.voorzieningen.register.public import Onmogelijk

        try:
            yield door
        except Onmogelijk as fout:
            raise Opdrachtfout(f"Dit kan niet: {fout}.") from fout
