"""The tables beside a model in memory: whatever is loaded in whatever order, every version stays what it was."""

import random

from kernregister.voorzieningen.stamgegevens import public as stam
from kernregister.voorzieningen.stamgegevens.inlezen import Invoerfout
from tests.voorzieningen.stamgegevens.bestanden import laad

LIJSTEN = {"keuzedelen": "keuzedeelcode;naam", "amvb_onderdelen": "amvb_code;naam"}
Inhoud = dict[str, dict[str, str]]


def _verschil(oud: dict[str, str], nieuw: dict[str, str]) -> tuple[int, int, int]:
    return (
        len(nieuw.keys() - oud.keys()),
        sum(oud[code] != nieuw[code] for code in nieuw.keys() & oud.keys()),
        len(oud.keys() - nieuw.keys()),
    )


def test_every_version_holds_what_was_loaded_for_it(databank, tmp_path):
    toeval = random.Random(20261122)
    versies: dict[int, Inhoud] = {0: {}}
    actief = 0
    for _ in range(60):
        lijst, kop = toeval.choice(list(LIJSTEN.items()))
        letter = "K" if lijst == "keuzedelen" else "C"
        codes = toeval.sample(range(6), toeval.randint(0, 4))
        nieuw = {f"{letter}000{code}": toeval.choice(("een", "twee")) for code in codes}
        uitslag = laad(tmp_path, lijst, kop, *(f"{code};{naam}" for code, naam in nieuw.items()))
        verwacht = versies[actief] | {lijst: nieuw}
        assert uitslag.veranderd is (uitslag.versie not in versies)
        assert versies.setdefault(uitslag.versie, verwacht) == verwacht
        if uitslag.versie != actief:
            (verschil,) = uitslag.verschillen
            was = versies[actief].get(lijst, {})
            assert (verschil.nieuw, verschil.gewijzigd, verschil.vervallen) == _verschil(was, nieuw)
            if toeval.random() < 0.5:
                stam.activeer(uitslag.versie, "beheer", "proef")
                actief = uitslag.versie
        assert stam.versie() == actief
    assert len(versies) > 20
    for nummer, inhoud in versies.items():
        for lijst, rijen in inhoud.items():
            sleutel = LIJSTEN[lijst].split(";")[0]
            gelezen = {getattr(rij, sleutel): rij.naam for rij in stam.lijst(lijst, versie=nummer)}
            assert gelezen == rijen


def test_every_text_that_is_read_can_be_kept(databank, tmp_path):
    toeval = random.Random(1)
    goed, fout = 0, 0
    for beurt in range(60):
        naam = "".join(chr(toeval.randrange(32, 0x2000)) for _ in range(3)).translate({34: "", 59: ""})
        code = f"{beurt:02d}DV"
        try:
            versie = laad(tmp_path, "instellingen", "instellingscode;naam", f"{code};{naam}x").versie
        except Invoerfout:
            fout += 1
            continue
        goed += 1
        (rij,) = stam.opzoeken("instellingen", code, versie=versie)
        assert rij.naam == " ".join(f"{naam}x".split())
        assert stam.lijst("instellingen", zoek=rij.naam, versie=versie) == (rij,)
    assert goed
    assert fout
