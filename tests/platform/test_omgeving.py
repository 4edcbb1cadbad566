"""What the environment decides: nothing in production starts with a secret that somebody else has too."""

import base64
import stat
import threading

import pytest

from kernregister.platform.omgeving import Omgeving, Omgevingsfout

SLEUTEL = base64.b64encode(bytes(range(32))).decode()


def test_outside_a_demo_there_is_no_secret_but_the_one_that_is_given(tmp_path):
    with pytest.raises(Omgevingsfout, match="openssl rand -base64 32"):
        Omgeving({}, tmp_path).sleutel("pas")
    assert list(tmp_path.iterdir()) == []
    assert len(Omgeving({"KERNREGISTER_SLEUTEL": SLEUTEL}, tmp_path).sleutel("pas")) == 32


@pytest.mark.parametrize(
    "fout", ["geheim", SLEUTEL[:-4], base64.b64encode(b"x" * 33).decode(), SLEUTEL + "!", "é"]
)
def test_a_secret_of_another_form_is_refused_without_being_shown(tmp_path, fout):
    with pytest.raises(Omgevingsfout) as gezegd:
        Omgeving({"KERNREGISTER_SLEUTEL": fout}, tmp_path).sleutel("pas")
    assert fout not in str(gezegd.value)


def test_each_purpose_has_a_key_of_its_own(tmp_path):
    omgeving = Omgeving({"KERNREGISTER_SLEUTEL": SLEUTEL}, tmp_path)
    sleutels = {omgeving.sleutel(doel) for doel in ("pas", "nummers", "zoeken", "django")}
    assert len(sleutels) == 4
    assert omgeving.sleutel("pas") in sleutels


def test_a_demo_makes_its_secret_once_for_its_owner_alone(tmp_path):
    omgevingen = [Omgeving({"KERNREGISTER_DEMO": "ja"}, tmp_path) for _ in range(8)]
    gevonden: list[bytes] = []
    draden = [threading.Thread(target=lambda o=o: gevonden.append(o.sleutel("pas"))) for o in omgevingen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert len(gevonden) == 8
    assert len(set(gevonden)) == 1
    (pad,) = (tmp_path / "geheim").iterdir()
    assert stat.S_IMODE(pad.stat().st_mode) == 0o600
    assert stat.S_IMODE(pad.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("waarde", ["0", "-3", "drie", "1.5", "٣", "1 2"])
def test_a_number_that_is_none_is_named(tmp_path, waarde):
    with pytest.raises(Omgevingsfout, match="KERNREGISTER_X is geen heel getal"):
        Omgeving({"KERNREGISTER_X": waarde}, tmp_path).getal("KERNREGISTER_X", 5)


def test_a_number_that_is_not_given_is_the_usual_one(tmp_path):
    assert Omgeving({"KERNREGISTER_X": " "}, tmp_path).getal("KERNREGISTER_X", 5) == 5
    assert Omgeving({"KERNREGISTER_X": "7"}, tmp_path).getal("KERNREGISTER_X", 5) == 7


def test_demo_is_never_a_guess(tmp_path):
    assert [
        Omgeving({"KERNREGISTER_DEMO": w}, tmp_path).demo for w in ("1", "ja", "true", "0", "nee", "", "on")
    ] == [
        *(True, True, True),
        *(False, False, False, False),
    ]
