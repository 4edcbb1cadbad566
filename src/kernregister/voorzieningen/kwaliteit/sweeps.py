"""Trying out a change on all dossiers before it becomes active: what would open and close, per rule and institution.

Nothing is locked and no signal is touched. A sweep goes on where it was broken off: each batch is a transaction that
also records how far it came. Making a change active is a decision of its own; who is touched by it is then brought up
to date like everybody who is due (see ``omkeren``), with the reason on record.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from django.db import transaction
from msgspec import Struct, structs

from kernregister.kern.dossier import Dossier
from kernregister.kern.regels.paspoort import BEGIN, Fase, Regel
from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit.beelden import Sweepbeeld, Sweepgevolg
from kernregister.voorzieningen.kwaliteit.fouten import Kwaliteitsfout, Onvindbaar
from kernregister.voorzieningen.kwaliteit.grondslag import Grondslag, huidige, stel_samen
from kernregister.voorzieningen.kwaliteit.signaal import plaats, signalen
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens

PER_KEER = 2000
"""Dossiers in one transaction."""

VOORBEELDEN = 3
"""Examples that are kept of each rule at each institution."""


class Gevolg(Struct):
    """What a change would do to one rule at one institution, as far as was looked."""

    geopend: int = 0
    gesloten: int = 0
    personen: int = 0
    voorbeelden: list[dict[str, object]] = []


Gevolgen = dict[tuple[str, str], Gevolg]
"""Rule and institution -> what would happen."""


def begin(door: str, gegevens_versie: int | None = None, regels: Mapping[str, Fase] | None = None) -> int:
    """Record what is to be tried out and return the number of the sweep; ``draai`` does the work.

    Args:
        door: who asks.
        gegevens_versie: a concept version of the reference data.
        regels: rule -> the stage of life that it is to get.

    Raises:
        Kwaliteitsfout: there is nothing to try out, or a rule or version does not exist.
    """
    dag = klok.vandaag()
    bekend = {regel.id for regel in register.regels(dag, *Fase)}
    onbekend = sorted(set(regels or {}) - bekend)
    if onbekend or (gegevens_versie is None and not regels):
        raise Kwaliteitsfout(
            f"Er is geen regel {', '.join(onbekend)}."
            if onbekend
            else "Noem een versie van de stamgegevens, of regels met hun nieuwe fase."
        )
    if gegevens_versie is not None:
        try:
            stamgegevens.gegevens_van(gegevens_versie)
        except stamgegevens.Stamgegevensfout as fout:
            raise Kwaliteitsfout(str(fout)) from None
    fasen = {id_: fase.value for id_, fase in (regels or {}).items()}
    with cursor() as sql:
        sql.execute("SELECT count(*) FROM kwaliteit_kantelmoment")
        (totaal,) = sql.fetchone() or (0,)
        sql.execute(
            "INSERT INTO kwaliteit_sweep (gegevens_versie, regels, peildatum, door, gestart_op, totaal, gedaan,"
            " tot_persoon) VALUES (%s, %s::jsonb, %s, %s, %s, %s, 0, 0) RETURNING id",
            [gegevens_versie, msgspec.json.encode(fasen).decode(), dag, door, klok.nu(), totaal],
        )
        (nummer,) = sql.fetchone() or (0,)
    return int(nummer)


def draai(nummer: int, per: int = PER_KEER, meld: Callable[[int, int], None] | None = None) -> Sweepbeeld:
    """Look at all dossiers, or at what is left of them, and return what the change would do.

    Args:
        nummer: the sweep.
        per: dossiers in one transaction.
        meld: told after each batch how many of how many have been looked at.

    Raises:
        Onvindbaar: there is no such sweep.
    """
    beeld = sweep(nummer, verbinding="stelsel")
    fasen = {id_: Fase(fase) for id_, fase in beeld.regels.items()}
    oud = huidige(beeld.peildatum)
    nieuw = _voorgenomen(oud, beeld.gegevens_versie, fasen)
    while beeld.klaar_op is None:
        with transaction.atomic(using="stelsel"):
            _doe(nummer, oud, nieuw, per)
        beeld = sweep(nummer, verbinding="stelsel")
        if meld:
            meld(beeld.gedaan, beeld.totaal)
    return beeld


def _voorgenomen(oud: Grondslag, gegevens_versie: int | None, fasen: Mapping[str, Fase]) -> Grondslag:
    alle = {regel.id: regel for regel in register.regels(oud.dag, *Fase)}
    anders = [
        _in_fase(alle[id_], fase) for id_, fase in fasen.items() if fase in {Fase.SIGNAAL, Fase.SCHADUW}
    ]
    blijft = [regel for regel in oud.regels.values() if regel.id not in fasen]
    versie = oud.gegevens_versie if gegevens_versie is None else gegevens_versie
    return stel_samen(oud.dag, versie, blijft + anders)


def _in_fase(regel: Regel, fase: Fase) -> Regel:
    return structs.replace(regel, levensloop=((fase, BEGIN),), levensloop_per_soort={})


def _doe(nummer: int, oud: Grondslag, nieuw: Grondslag, per: int) -> None:
    """Look at the next batch, and record what it came to."""
    with cursor() as sql:
        sql.execute("SELECT tot_persoon, klaar_op FROM kwaliteit_sweep WHERE id = %s FOR UPDATE", [nummer])
        laatste, klaar_op = sql.fetchone() or (0, None)
        if klaar_op is not None:
            return
        sql.execute(
            "SELECT persoon_id FROM kwaliteit_kantelmoment WHERE persoon_id > %s ORDER BY persoon_id LIMIT %s",
            [laatste, per],
        )
        ids = [id_ for (id_,) in sql]
    _bewaar(nummer, vergelijk(dict(register.dossiers(ids)), oud, nieuw))
    with cursor() as sql:
        sql.execute(
            "UPDATE kwaliteit_sweep SET gedaan = gedaan + %s, tot_persoon = %s, klaar_op = %s WHERE id = %s",
            [len(ids), ids[-1] if ids else laatste, None if len(ids) == per else klok.nu(), nummer],
        )


def vergelijk(dossiers: Mapping[int, Dossier], oud: Grondslag, nieuw: Grondslag) -> Gevolgen:
    """Judge dossiers with what holds and with what is intended; return the difference, the shadow left out.

    A signal that only gets other values is no difference.
    """
    uit: Gevolgen = defaultdict(Gevolg)
    motoren = [(grondslag, grondslag.motor(oud.dag)) for grondslag in (oud, nieuw)]
    for persoon, dossier in dossiers.items():
        voor, na = (
            Counter(
                plaats(s)
                for s in signalen(
                    dossier, motor.controleer(dossier), oud.dag, grondslag.regels, grondslag.schaduw
                ).values()
                if not s.schaduw
            )
            for grondslag, motor in motoren
        )
        geraakt = set()
        for wat, wissel in (("geopend", na - voor), ("gesloten", voor - na)):
            for plek, aantal in wissel.items():
                gevolg = uit[str(plek[0]), str(plek[1])]
                setattr(gevolg, wat, getattr(gevolg, wat) + aantal)
                geraakt.add(plek[:2])
                if len(gevolg.voorbeelden) < VOORBEELDEN:
                    sleutel = msgspec.to_builtins(plek[2])
                    gevolg.voorbeelden.append({"persoon": persoon, "sleutel": sleutel, "wat": wat})
        for plek in geraakt:
            uit[str(plek[0]), str(plek[1])].personen += 1
    return uit


def _bewaar(nummer: int, gevolgen: Gevolgen) -> None:
    if not gevolgen:
        return
    rijen = [
        (
            *plek,
            gevolg.geopend,
            gevolg.gesloten,
            gevolg.personen,
            msgspec.json.encode(gevolg.voorbeelden).decode(),
        )
        for plek, gevolg in sorted(gevolgen.items())
    ]
    with cursor() as sql:
        sql.execute(
            "INSERT INTO kwaliteit_sweepgevolg (sweep_id, regel, instelling, geopend, gesloten, personen, voorbeelden)"
            " SELECT %s, n.* FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[],"
            " %s::text[]::jsonb[]) AS n (regel, instelling, geopend, gesloten, personen, voorbeelden)"
            " ON CONFLICT (sweep_id, regel, instelling) DO UPDATE SET"
            " geopend = kwaliteit_sweepgevolg.geopend + excluded.geopend,"
            " gesloten = kwaliteit_sweepgevolg.gesloten + excluded.gesloten,"
            " personen = kwaliteit_sweepgevolg.personen + excluded.personen,"
            " voorbeelden = jsonb_path_query_array("
            "kwaliteit_sweepgevolg.voorbeelden || excluded.voorbeelden, %s::jsonpath)",
            [nummer, *map(list, zip(*rijen, strict=True)), f"$[0 to {VOORBEELDEN - 1}]"],
        )


_SWEEP = """
SELECT id, gegevens_versie, regels::text, peildatum, door, gestart_op, totaal, gedaan, klaar_op FROM kwaliteit_sweep
"""


def sweep(nummer: int, verbinding: str = "default") -> Sweepbeeld:
    """Return a sweep with how far it is and what it found, as far as the pass shows.

    Raises:
        Onvindbaar: there is none.
    """
    with cursor(verbinding) as sql:
        sql.execute(f"{_SWEEP} WHERE id = %s", [nummer])
        gevonden = sql.fetchone()
        if gevonden is None:
            raise Onvindbaar(f"Sweep {nummer} is er niet.")
        sql.execute(
            "SELECT regel, instelling, geopend, gesloten, personen, voorbeelden::text FROM kwaliteit_sweepgevolg"
            " WHERE sweep_id = %s ORDER BY regel, instelling",
            [nummer],
        )
        gevolgen = tuple(
            Sweepgevolg(regel, instelling, geopend, gesloten, wie, tuple(msgspec.json.decode(voorbeelden)))
            for regel, instelling, geopend, gesloten, wie, voorbeelden in sql
        )
    return structs.replace(_beeld(gevonden), gevolgen=gevolgen)


def sweeps(aantal: int = 20, verbinding: str = "default") -> tuple[Sweepbeeld, ...]:
    """Return the last sweeps, the latest first, without what they found."""
    with cursor(verbinding) as sql:
        sql.execute(f"{_SWEEP} ORDER BY id DESC LIMIT %s", [aantal])
        return tuple(_beeld(rij) for rij in sql)


def _beeld(rij: tuple[Any, ...]) -> Sweepbeeld:
    velden = dict(zip(Sweepbeeld.__struct_fields__, rij, strict=False))
    return Sweepbeeld(**{**velden, "regels": msgspec.json.decode(velden["regels"])})


def activeer(nummer: int, door: str, reden: str) -> None:
    """Make active what a sweep tried out; who is touched is then due, and a task brings them up to date.

    Raises:
        Onvindbaar: there is no such sweep.
        Kwaliteitsfout: it is not finished, or the change can no longer be made; the text says why.
    """
    beeld = sweep(nummer, verbinding="stelsel")
    if beeld.klaar_op is None:
        raise Kwaliteitsfout(
            f"Sweep {nummer} is nog bezig: {beeld.gedaan} van {beeld.totaal} dossiers bekeken. Wacht op de uitkomst."
        )
    try:
        with transaction.atomic(using="stelsel"):
            if beeld.gegevens_versie is not None:
                stamgegevens.activeer(beeld.gegevens_versie, door, reden)
            for id_, fase in beeld.regels.items():
                register.stel_in(register.Instelling(id_, Fase(fase), klok.vandaag(), reden, door))
    except (stamgegevens.Stamgegevensfout, ValueError) as fout:
        raise Kwaliteitsfout(str(fout)) from None
