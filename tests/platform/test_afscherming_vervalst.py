"""Somebody who can run any SQL as the application makes passes of their own."""

import hashlib
import hmac
import itertools
import time

import pytest

from kernregister.platform import pas as pas_module
from kernregister.platform.databank.rollen import APP
from kernregister.platform.pas import Bijzonder, Pas, Soort, hmac_blokken, onderteken
from tests.platform.kleine_sector import EIGEN, neem, straks, ziet


def test_the_attacker_begins_with_what_is_theirs(aanvaller):
    assert ziet(aanvaller) == {"", "25LX"}


def nagemaakt(pas: str, sleutel: bytes) -> str:
    return f"{pas}|{hmac.new(sleutel, pas.encode(), 'sha256').hexdigest()}"


def vervalsingen() -> dict[str, str]:
    tot = straks()
    echt = onderteken(EIGEN, tot)
    delen = echt.split("|")
    mac = delen[6]
    duo = f"1|duo||||{tot}"
    binnen, buiten = hmac_blokken()
    return {
        "another key": nagemaakt(duo, b"geraden"),
        "an empty key": nagemaakt(duo, b""),
        "a hash without a key": f"{duo}|{hashlib.sha256(duo.encode()).hexdigest()}",
        "the key itself left out": f"{duo}|{hashlib.sha256(buiten + hashlib.sha256(binnen).digest()).hexdigest()}",
        "another institution": echt.replace("25LX", "27DV"),
        "another kind": echt.replace("instelling", "duo"),
        "special data added": "|".join([*delen[:4], "verblijf", *delen[5:]]),
        "a longer life": "|".join([*delen[:5], str(tot + 1), mac]),
        "expired": onderteken(Pas(Soort.DUO), int(time.time()) - 1),
        "long expired": onderteken(Pas(Soort.DUO), 1),
        "no expiry": f"1|duo||||{''}|{mac}",
        "beyond all numbers": nagemaakt("1|duo||||9999999999999", b"x"),
        "another version": "2" + onderteken(Pas(Soort.DUO), tot)[1:],
        "truncated": echt[:-1],
        "without a mac": "|".join(delen[:6]) + "|",
        "six parts": "|".join(delen[:6]),
        "eight parts": echt + "|",
        "parts shifted": f"1|instelling|25LX||{delen[4]}|{tot}|duo|{mac}",
        "the mac of another": f"{duo}|{mac}",
        "the mac in capitals": echt[: -len(mac)] + mac.upper(),
        "a space before": " " + echt,
        "a line after": echt + "\n",
        "look-alikes": echt.replace("25LX", "25L\u03a7"),
        "wide digits": echt.replace(str(tot), "".join(chr(0xFF10 + int(cijfer)) for cijfer in str(tot))),
        "an escape": echt.replace("|", "\\|"),
        "SQL": "1|duo|' OR true --|||" + str(tot) + "|" + mac,
        "separators only": "||||||",
        "NULL": "NULL",
        "long": "|" * 100_000,
    }


@pytest.mark.parametrize("naam", sorted(vervalsingen()))
def test_a_forged_pass_opens_nothing(sector, naam):
    with sector.verbind(APP) as verbinding:
        neem(verbinding, vervalsingen()[naam])
        assert ziet(verbinding) == set()
        assert verbinding.execute("SELECT pas_soort(), pas_extra(), pas_namens()").fetchone() == (
            None,
            None,
            None,
        )


def test_every_changed_sign_breaks_the_pass(sector):
    echt = onderteken(EIGEN, straks())
    with sector.verbind(APP) as verbinding:
        for plaats in range(len(echt)):
            for teken in {"0", "1", "|", chr(ord(echt[plaats]) ^ 1)} - {echt[plaats]}:
                neem(verbinding, echt[:plaats] + teken + echt[plaats + 1 :])
                assert verbinding.execute("SELECT pas_delen()").fetchone() == (None,), plaats


def test_a_pass_that_names_nobody_does_not_open_what_is_of_no_institution(sector, monkeypatch):
    """A person's own data has an empty owner: an empty key must not be equal to that, even when well signed."""
    monkeypatch.setattr(pas_module, "ZONDER_SLEUTEL", frozenset(Soort))
    with sector.verbind(APP) as verbinding:
        for soort in Soort:
            if soort is not Soort.DUO:
                neem(verbinding, onderteken(Pas(soort, "", "2025-2026"), straks()))
                assert ziet(verbinding) == set(), soort


def test_a_pass_of_one_kind_is_not_read_as_another(sector):
    """The key of one kind may look like that of another: a person with id 2, a municipality 0002, a school 27DV."""
    with sector.verbind(APP) as verbinding:
        for soort, sleutel in itertools.product(
            (Soort.GEMEENTE, Soort.LEERBEDRIJF, Soort.SECTOR), ("2", "27DV", "01AB")
        ):
            neem(verbinding, onderteken(Pas(soort, sleutel, "2025-2026", frozenset(Bijzonder)), straks()))
            assert ziet(verbinding) == set()


def test_a_pass_dies_in_the_middle_of_a_session(sector):
    with sector.verbind(APP) as verbinding:
        neem(verbinding, onderteken(EIGEN, int(time.time()) + 1))
        assert ziet(verbinding)
        time.sleep(2.1)
        assert ziet(verbinding) == set()
