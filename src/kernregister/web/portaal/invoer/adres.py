"""Addresses of forms, filled in with what is registered."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def formulieradres(taak: str, persoon: int, volgnummer: str | None = None, nummer: str | None = None) -> str:
    """Return the address of a form about a student.

    Args:
        taak: the word of the task in the address.
        persoon: the student.
        volgnummer: of the enrolment.
        nummer: of the placement or result.
    """
    vraag = {"persoon": str(persoon), "volgnummer": volgnummer, "nummer": nummer}
    gevuld = urlencode({naam: waarde for naam, waarde in vraag.items() if waarde})
    return f"{reverse('portaal_invoer_soort', args=[taak])}?{gevuld}"
