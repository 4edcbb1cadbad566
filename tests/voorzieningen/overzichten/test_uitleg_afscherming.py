"""What an explanation tells an institution of others: whose record it was that counted, and nothing more of it."""

import zipfile

from kernregister.voorzieningen.overzichten.uitleg import schrijf_uitleg
from tests.voorzieningen.overzichten.twee_overzichten import AN, JAAR, maak_obo, map_van, zet_klaar
from tests.voorzieningen.register.wereld import DAAR, HIER, identificeer, lukt, periode, schrijf_in

ELDERS = b"739184"
"""An inschrijvingvolgnummer that only the other institution knows."""


def test_the_number_of_an_enrolment_elsewhere_is_not_told(databank, monkeypatch, tmp_path):
    zet_klaar(monkeypatch)
    vroeger = {"datum_inschrijving": "2023-08-01", "perioden": [periode("2023-08-01")]}
    lukt(identificeer(AN, DAAR), schrijf_in(AN, ELDERS.decode(), DAAR, **vroeger))
    oud = maak_obo(tmp_path, "oud.csv")
    lukt(schrijf_in(AN))
    paden = schrijf_uitleg(oud, maak_obo(tmp_path, "nieuw.csv"), HIER, JAAR, map_van(tmp_path, "uit"))
    (csv,) = [pad for pad in paden if pad.name.startswith("UITLEG_") and pad.suffix == ".CSV"]
    assert f"bij instelling {DAAR}".encode() in csv.read_bytes()  # a step that names another plays a part
    for pad in paden:
        if pad.suffix == ".XLSX":
            with zipfile.ZipFile(pad) as werkmap:
                assert not any(ELDERS in werkmap.read(deel) for deel in werkmap.namelist())
        assert ELDERS not in pad.read_bytes(), pad.name
