"""The folder with the outputs of a check: made where needed, replaced as a whole, never over another one's work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile

from kernregister.cli.fouten import Opdrachtfout
from kernregister.cli.uitslag_json import als_json, is_van_ons
from kernregister.controle.uitslag import Uitslag
from kernregister.kern.formaten.kwc import Kwc, kwc_van
from kernregister.kern.formaten.schrijven import als_geheel
from kernregister.kern.formaten.verslag import reden
from kernregister.kern.regels.woorden import Taal

CONTROLE, SIGNALEN, RAPPORT = "controle.json", "kwaliteitscontrole.csv", "rapport.html"
NAMEN = (SIGNALEN, RAPPORT, CONTROLE)


def maak_klaar(map_: Path) -> None:
    """Make a folder ready to write to, before the work begins.

    Raises:
        Opdrachtfout: it cannot be written to, or holds files of these names that are not ours.
    """
    try:
        map_.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=map_):
            pass
    except OSError as fout:
        raise Opdrachtfout(
            f"{map_}: hier kan niets geschreven worden ({reden(fout)}). Kies een andere --uit."
        ) from None
    aanwezig = [naam for naam in NAMEN if (map_ / naam).exists()]
    if aanwezig and not is_van_ons(map_ / CONTROLE):
        raise Opdrachtfout(
            f"{map_}: hier staat al {', '.join(aanwezig)}, en niet van een eerdere controle. Er is niets overschreven; "
            "kies een andere --uit."
        )


def schrijf(uitslag: Uitslag, map_: Path, taal: Taal, indeling: Kwc) -> list[Path]:
    """Write all outputs of a check; each file appears when it is complete. Return where they are.

    Raises:
        Opdrachtfout: a file cannot be written.
    """
    from kernregister.rapport import schrijf_rapport

    schrijvers: dict[str, Callable[[Path], object]] = {
        CONTROLE: lambda pad: pad.write_bytes(als_json(uitslag)),
        SIGNALEN: lambda pad: pad.write_bytes(
            kwc_van(uitslag.uitkomsten, uitslag.regels, uitslag.namen, indeling)
        ),
        RAPPORT: lambda pad: schrijf_rapport(uitslag, pad, taal),
    }
    for naam, schrijver in schrijvers.items():
        try:
            with als_geheel(map_ / naam) as deel:
                schrijver(deel)
        except OSError as fout:
            raise Opdrachtfout(f"{map_ / naam}: schrijven lukt niet ({reden(fout)}).") from None
    return [map_ / naam for naam in NAMEN]
