"""What all decisions of one funding year share: its days and values, and what is derived once per programme."""

from __future__ import annotations

from datetime import date
from typing import Final

from kernregister.kern.bekostiging.besluit import Reden
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.opleiding import Opleidingsfeiten, feiten_van
from kernregister.kern.bekostiging.parameters import Parameters
from kernregister.kern.bekostiging.parameters import parameters as parameters_van
from kernregister.kern.dossier import Inschrijvingsperiode
from kernregister.kern.gegevens import Bron, Gegevens, Soort
from kernregister.kern.sleutels import Instellingscode

BEKOSTIGD: Final = 0
"""Place of an enrolment's reason in what :meth:`Kader.instelling` returns; that of a diploma comes after it."""

_BI: Final = (Reden("T10", True), Reden("R10", True))
_NBI: Final = (Reden("T10", False), Reden("R10", False))
_AANGENOMEN: Final = (Reden("T10", None), Reden("R10", None))


class Kader:
    """The year, the reference data and the values that decisions are made in; keeps what it derived of programmes.

    Not to be kept longer than the reference data hold.
    """

    __slots__ = (
        "_instellingen",
        "_opleidingen",
        "bij_anderen_bekend",
        "diplomajaar",
        "een_augustus",
        "gegevens",
        "jaar",
        "parameters",
        "pok_uiterlijk",
        "teldata",
        "verblijf_bekend",
    )

    def __init__(
        self, jaar: Bekostigingsjaar, gegevens: Gegevens, parameters: Parameters | None = None
    ) -> None:
        self.jaar: Final = jaar
        self.gegevens: Final = gegevens
        self.parameters: Final = parameters or parameters_van(jaar)
        self.teldata: Final = jaar.teldata
        self.een_augustus: Final = jaar.studiejaar.begin
        self.diplomajaar: Final = jaar.diplomajaar
        self.pok_uiterlijk: Final[tuple[date, date]] = (
            self.parameters.pok_uiterlijk.van(jaar),
            self.parameters.pok_uiterlijk_vws.van(jaar),
        )
        self.verblijf_bekend: Final = Bron.VERBLIJF in gegevens.beschikbaar
        self.bij_anderen_bekend: Final = Bron.ANDERE_INSTELLINGEN in gegevens.beschikbaar
        self._opleidingen: Final[dict[tuple[str, str, str | None], Opleidingsfeiten]] = {}
        self._instellingen: Final[dict[Instellingscode, tuple[Reden, Reden]]] = {}

    def opleiding(self, periode: Inschrijvingsperiode) -> Opleidingsfeiten:
        """Return what the programme of a period brings."""
        sleutel = periode.opleidingcode, periode.leertraject, periode.niveau
        feiten = self._opleidingen.get(sleutel)
        if feiten is None:
            feiten = feiten_van(periode, self.teldata, self.gegevens, self.parameters)
            self._opleidingen[sleutel] = feiten
        return feiten

    def instelling(self, code: Instellingscode) -> tuple[Reden, Reden]:
        """Return whether an institution is funded, as the reason of an enrolment and as that of a diploma."""
        redenen = self._instellingen.get(code)
        if redenen is None:
            bi = self.gegevens.soort_van(code) is Soort.BI
            redenen = (_BI if code in self.gegevens.instellingen else _AANGENOMEN) if bi else _NBI
            self._instellingen[code] = redenen
        return redenen
