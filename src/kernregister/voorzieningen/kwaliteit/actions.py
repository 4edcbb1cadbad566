"""What people decide about signals: who solves them, and which are waived. All under the pass of who decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kernregister.platform import audit, klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit.fouten import Kwaliteitsfout, Onvindbaar

LANGST = timedelta(days=366)
"""How long a waiver may hold; after that somebody looks again."""

MEESTE = 1000
"""Signals that are given to somebody at once."""


def wijs_toe(signalen: Sequence[int], aan: str, door: str, verbinding: str = "default") -> None:
    """Give open signals to a colleague, or (with an empty name) to nobody any more.

    Raises:
        Onvindbaar: one of them is not there, is closed, or is not of the institution of the pass.
        Kwaliteitsfout: none, or too many, or no name of who does it.
    """
    if not 1 <= len(signalen) <= MEESTE or not door.strip():
        raise Kwaliteitsfout(f"Wijs 1 tot en met {MEESTE} signalen toe, en zeg wie dat doet.")
    with cursor(verbinding) as sql:
        sql.execute(
            "INSERT INTO kwaliteit_toewijzing (signaal_id, instelling, aan, door, op)"
            " SELECT id, instelling, %s, %s, %s FROM kwaliteit_signaal"
            " WHERE id = ANY (%s::bigint[]) AND gesloten_op IS NULL"
            " AND instelling = (SELECT pas_sleutel('instelling')) RETURNING signaal_id, instelling",
            [aan.strip(), door, klok.nu(), list(signalen)],
        )
        gedaan = dict(sql.fetchall())
    if mist := sorted(set(signalen) - set(gedaan)):
        raise Onvindbaar(
            f"Geen open signaal van uw instelling: {', '.join(map(str, mist))}. Er is niets toegewezen."
        )
    audit.leg_vast(
        "signaal.wijs_toe",
        "signaal",
        signalen[0] if len(signalen) == 1 else "",
        door=door,
        namens=next(iter(gedaan.values())),
        details={"signalen": sorted(gedaan), "aan": aan},
        verbinding=verbinding,
    )


def zie_af(signaal: int, reden: str, tot: date, door: str, verbinding: str = "default") -> int:
    """Ask to waive an open signal until a day; it holds once somebody else approves. Returns the number of the request.

    Raises:
        Onvindbaar: it is not there, is closed, or is not of the institution of the pass.
        Kwaliteitsfout: the reason is missing, the day is past or too far, or there is a request already.
    """
    vandaag = klok.vandaag()
    fouten = []
    if not reden.strip():
        fouten.append("geef een reden")
    fouten += _nummer_in(reden)
    if not door.strip():
        fouten.append("zeg wie het vraagt")
    if not vandaag < tot <= vandaag + LANGST:
        fouten.append(f"kies een einddatum na {vandaag:%d-%m-%Y} en uiterlijk {vandaag + LANGST:%d-%m-%Y}")
    if fouten:
        raise Kwaliteitsfout(f"Van dit signaal afzien kan zo niet: {'; '.join(fouten)}.")
    with cursor(verbinding) as sql:
        sql.execute(
            "SELECT instelling FROM kwaliteit_signaal WHERE id = %s AND gesloten_op IS NULL"
            " AND instelling = (SELECT pas_sleutel('instelling'))",
            [signaal],
        )
        rij = sql.fetchone()
        if rij is None:
            raise Onvindbaar(f"Signaal {signaal} is geen open signaal van uw instelling.")
        sql.execute(_LOPEND, [signaal, vandaag])
        if lopend := sql.fetchone():
            raise Kwaliteitsfout(f"Voor signaal {signaal} loopt al verzoek {lopend[0]}.")
        sql.execute(
            "INSERT INTO kwaliteit_afzien (signaal_id, instelling, stap, aanvrager, door, reden, tot, op)"
            " VALUES (%s, %s, 'verzoek', %s, %s, %s, %s, %s) RETURNING id",
            [signaal, rij[0], door, door, reden.strip(), tot, klok.nu()],
        )
        (nummer,) = sql.fetchone() or (0,)
    _audit("signaal.verzoek_afzien", signaal, rij[0], door, reden, verbinding)
    return int(nummer)


def _nummer_in(reden: str) -> list[str]:
    """Return what is wrong with a text that holds a number of a person: it is read by others, and kept."""
    return [] if maskeer(reden) == reden else ["laat het persoonsnummer uit de reden weg"]


_LOPEND = """
SELECT v.id FROM kwaliteit_afzien v
WHERE v.signaal_id = %s AND v.stap = 'verzoek' AND v.tot > %s
  AND NOT EXISTS (SELECT FROM kwaliteit_afzien b WHERE b.verzoek_id = v.id AND b.stap IN ('afwijzing', 'intrekking'))
LIMIT 1
"""


def beslis(verzoek: int, akkoord: bool, reden: str, door: str, verbinding: str = "default") -> None:
    """Approve or refuse a request to waive; only somebody else than who asked may approve.

    A pass of DUO may decide as well. That is for an institution where nobody else can: whoever calls this sees to it.

    Raises:
        Onvindbaar: there is no such request at this institution.
        Kwaliteitsfout: it is decided or withdrawn already, it has run out, or the same person approves.
    """
    stap = "akkoord" if akkoord else "afwijzing"
    signaal, _, aanvrager, tot, al, namens = _verzoek(verzoek, verbinding, ook_duo=True)
    if {"akkoord", "afwijzing", "intrekking"} & set(al):
        raise Kwaliteitsfout(f"Over verzoek {verzoek} is al beslist: {al[-1]}.")
    if akkoord and door == aanvrager:
        raise Kwaliteitsfout("Wie een verzoek doet, keurt het niet zelf goed: laat een collega beslissen.")
    if akkoord and tot <= klok.vandaag():
        raise Kwaliteitsfout(f"Verzoek {verzoek} liep tot {tot}: doe een nieuw verzoek.")
    if not akkoord and not reden.strip():
        raise Kwaliteitsfout("Een afwijzing heeft een reden.")
    if fouten := _nummer_in(reden):
        raise Kwaliteitsfout(f"Beslissen kan zo niet: {fouten[0]}.")
    _voeg_toe(verzoek, stap, reden, door, verbinding)
    _audit(f"signaal.{stap}_afzien", signaal, namens, door, reden, verbinding)


def trek_in(verzoek: int, reden: str, door: str, verbinding: str = "default") -> None:
    """Withdraw a request to waive, approved or not: the signal counts in full again.

    Raises:
        Onvindbaar: there is no such request at this institution.
        Kwaliteitsfout: it was refused or withdrawn before, or the reason is missing.
    """
    signaal, instelling, _, _, al, _ = _verzoek(verzoek, verbinding)
    if {"afwijzing", "intrekking"} & set(al):
        raise Kwaliteitsfout(f"Verzoek {verzoek} geldt al niet meer: {al[-1]}.")
    if not reden.strip():
        raise Kwaliteitsfout("Een intrekking heeft een reden.")
    if fouten := _nummer_in(reden):
        raise Kwaliteitsfout(f"Intrekken kan zo niet: {fouten[0]}.")
    _voeg_toe(verzoek, "intrekking", reden, door, verbinding)
    _audit("signaal.intrekking_afzien", signaal, instelling, door, reden, verbinding)


def _verzoek(
    verzoek: int, verbinding: str, ook_duo: bool = False
) -> tuple[int, str, str, date, list[str], str]:
    """Return signal, institution, requester and end of a request, the steps taken since, and in whose name one acts."""
    with cursor(verbinding) as sql:
        sql.execute(
            "SELECT v.signaal_id, v.instelling, v.aanvrager, v.tot, array(SELECT b.stap FROM kwaliteit_afzien b"
            " WHERE b.verzoek_id = v.id ORDER BY b.id), (SELECT pas_namens()) FROM kwaliteit_afzien v"
            " WHERE v.id = %s AND v.stap = 'verzoek' AND (v.instelling = (SELECT pas_sleutel('instelling'))"
            " OR %s AND (SELECT pas_soort()) = 'duo')",
            [verzoek, ook_duo],
        )
        rij = sql.fetchone()
    if rij is None:
        raise Onvindbaar(f"Verzoek {verzoek} is er niet bij uw instelling.")
    signaal, instelling, aanvrager, tot, stappen, namens = rij
    return signaal, instelling, aanvrager, tot, stappen, namens


def _voeg_toe(verzoek: int, stap: str, reden: str, door: str, verbinding: str) -> None:
    with cursor(verbinding) as sql:
        sql.execute(
            "INSERT INTO kwaliteit_afzien (signaal_id, instelling, stap, verzoek_id, aanvrager, door, reden, tot, op)"
            " SELECT signaal_id, instelling, %s, id, aanvrager, %s, %s, tot, %s FROM kwaliteit_afzien WHERE id = %s",
            [stap, door, reden.strip(), klok.nu(), verzoek],
        )


def _audit(handeling: str, signaal: int, namens: str, door: str, reden: str, verbinding: str) -> None:
    audit.leg_vast(
        handeling,
        "signaal",
        signaal,
        door=door,
        namens=namens,
        details={"reden": reden},
        verbinding=verbinding,
    )
