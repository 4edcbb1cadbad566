"""Handing over a file of an overview: piece by piece, logged, with its hash as ETag; for the API and for the portal."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import StreamingHttpResponse

from kernregister.platform import audit
from kernregister.platform.pas import Pas, Soort
from kernregister.voorzieningen.overzichten import public as overzichten


def stuur(
    aanvraag: overzichten.Aanvraag, bestand: overzichten.Bestand, pas: Pas, door: str
) -> StreamingHttpResponse:
    """Return the answer that carries a file; the first piece is read before anything is said.

    Args:
        aanvraag: the request that it came of.
        bestand: the file.
        pas: of who fetches it.
        door: the client of the API, or the user.

    Raises:
        Vernietigd: the files are no longer kept.
    """
    stukken = overzichten.bestand(bestand.id, pas)
    eerste = next(stukken, b"")
    if pas.soort is not Soort.INSTELLING:
        overzichten.leg_verstrekking_vast(aanvraag, door, pas.namens)
    audit.leg_vast(
        "overzicht.ophalen",
        "overzicht",
        aanvraag.id,
        door=door,
        namens=pas.namens,
        details={"bestand": bestand.naam, "sha256": bestand.sha256},
    )

    def inhoud() -> Iterator[bytes]:
        yield eerste
        yield from stukken

    koppen = {
        "Content-Length": str(bestand.omvang),
        "Content-Disposition": f'attachment; filename="{bestand.naam}"',
        "ETag": f'"{bestand.sha256}"',
        "Cache-Control": "private, no-cache",
        "Vary": "Authorization, Cookie",
    }
    return StreamingHttpResponse(inhoud(), content_type=bestand.media, headers=koppen)
