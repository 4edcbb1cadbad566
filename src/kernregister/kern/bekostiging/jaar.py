"""The funding year and what it looks back on."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from kernregister.kern.tijd import Studiejaar


class Bekostigingsjaar(Struct, frozen=True, order=True, gc=False):
    """Calendar year T for which an institution is funded, on what it registered two years before.

    Source: PvE MBO-instelling 16.1; Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05.
    """

    jaar: int

    @classmethod
    def van(cls, studiejaar: Studiejaar) -> Bekostigingsjaar:
        """Return the year that a studiejaar counts for."""
        return cls(studiejaar.start + 2)

    def __str__(self) -> str:
        return str(self.jaar)

    @property
    def studiejaar(self) -> Studiejaar:
        """The studiejaar whose enrolments count: 1 August T-2 up to and including 31 July T-1."""
        return Studiejaar(self.jaar - 2)

    @property
    def teldata(self) -> tuple[date, date]:
        """1 October T-2 and 1 February T-1."""
        return self.studiejaar.teldata

    @property
    def diplomajaar(self) -> int:
        """The calendar year whose diplomas count: T-2."""
        return self.jaar - 2
