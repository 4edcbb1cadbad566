"""The offline report of a check: one page that holds everything it needs, to print, to read and to work from."""

from kernregister.rapport.schrijven import schrijf_rapport

__all__ = ["schrijf_rapport"]
