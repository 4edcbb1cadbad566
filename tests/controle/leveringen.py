"""Deliveries for stories: small ROs in canonical form, made from dossiers."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten.indeling import regel_van, tag
from kernregister.kern.formaten.ro import RO, Slr, Vlp
from kernregister.kern.formaten.ro_dossier import records_van
from kernregister.kern.formaten.totalen import Teller, totalen_van

PEILDATUM = date(2026, 3, 25)


def schrijf_ro(pad: Path, dossiers: Iterable[Dossier], instelling: str = "27DV") -> Path:
    """Write an RO of one institution, with its totals."""
    groepen = [list(records_van(d, instelling)) for d in dossiers]
    records = sorted(
        (r for groep in groepen for r in groep),
        key=lambda r: (r.burgerservicenummer is None, r.burgerservicenummer or r.onderwijsnummer),
    )
    teller = Teller(RO.totalen)
    teller.tel([records])
    kop = Vlp(instelling, date(2025, 8, 1), date(2026, 7, 31), PEILDATUM)
    alles = [kop, *records, Slr(**totalen_van(RO.totalen, teller.tellingen))]
    pad.write_text("".join(regel_van(r) + "\n" for r in alles), "utf-8", newline="\n")
    assert tag(type(kop)) == "VLP"
    return pad
