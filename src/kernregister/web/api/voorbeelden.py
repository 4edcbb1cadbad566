"""Examples in the documentation: one of each melding, with fictitious numbers, and answers."""

from __future__ import annotations

from typing import Any

_KOP = {"afzender": "25PV", "moment": "2026-09-01T10:15:00+02:00"}
_BSN = "999990019"
_ID = "7d9f3c52-3a41-4f2e-9d0c-8a6b5e4f00"


def _bericht(nummer: int, soort: str, **velden: Any) -> dict[str, Any]:
    return {"soort": soort, "id": f"{_ID}{nummer:02d}", **_KOP, **velden}


BERICHTEN: dict[str, dict[str, Any]] = {
    bericht["soort"]: bericht
    for bericht in (
        _bericht(
            1,
            "AanleverenIdentificatiePersoon",
            burgerservicenummer=_BSN,
            geboortedatum="2008-03-14",
            geslacht="V",
            studentnummer="s102030",
            abonnement="aan",
            doel="inschrijving",
        ),
        _bericht(2, "AanvragenVooropleiding", burgerservicenummer=_BSN, abonnement="eenmalig"),
        _bericht(
            3,
            "AanleverenInschrijving",
            burgerservicenummer=_BSN,
            studentnummer="s102030",
            inschrijving={
                "inschrijvingvolgnummer": "1",
                "datum_inschrijving": "2026-08-01",
                "datum_uitschrijving_gepland": "2029-07-31",
                "perioden": [
                    {
                        "datum_begin": "2026-08-01",
                        "opleidingcode": "25998",
                        "leertraject": "MBO_BOL",
                        "niveau": "4",
                        "bekostigbaar": True,
                    }
                ],
            },
        ),
        _bericht(4, "VerwijderenInschrijving", burgerservicenummer=_BSN, inschrijvingvolgnummer="1"),
        _bericht(
            5,
            "AanleverenBpv",
            burgerservicenummer=_BSN,
            inschrijvingvolgnummer="1",
            bpv={
                "volgnummer": "1",
                "afsluitdatum": "2026-11-02",
                "datum_begin": "2026-11-16",
                "datum_einde_gepland": "2027-02-12",
                "omvang": 400,
                "leerbedrijf_id": "100123456",
                "opleidingcode": "25998",
            },
        ),
        _bericht(
            6, "VerwijderenBpv", burgerservicenummer=_BSN, inschrijvingvolgnummer="1", bpv_volgnummer="1"
        ),
        _bericht(
            7,
            "AanleverenDiploma",
            burgerservicenummer=_BSN,
            diploma={
                "resultaatvolgnummer": "1",
                "opleidingcode": "25998",
                "datum_resultaat": "2029-06-28",
                "bekostigbaar": True,
                "inschrijvingvolgnummer": "1",
                "onderdelen": [
                    {"soort": "KZD", "resultaatvolgnummer": "2", "code": "K0072", "behaald": True},
                ],
            },
        ),
        _bericht(
            8,
            "AanleverenResultaat",
            burgerservicenummer=_BSN,
            resultaat={
                "soort": "KZD",
                "resultaatvolgnummer": "2",
                "code": "K0072",
                "behaald": True,
                "datum_resultaat": "2027-04-20",
                "inschrijvingvolgnummer": "1",
            },
        ),
        _bericht(9, "VerwijderenResultaat", burgerservicenummer=_BSN, resultaatvolgnummer="2"),
    )
}
"""One of each melding that an institution delivers, by name."""

AANVAARD: dict[str, Any] = {
    "aanvaard": {
        "id": BERICHTEN["AanleverenInschrijving"]["id"],
        "soort": "AanleverenInschrijving",
        "aanvaard": True,
        "ontvangen_op": "2026-09-01T08:15:00.123456Z",
        "persoon": 4711,
        "bekostiging": [
            {
                "jaar": 2028,
                "sleutel": "1",
                "teldatum": "2026-10-01",
                "status_na": True,
                "bijdrage_na": "1.25",
                "voorbehoud": (
                    "Indicatief: de beslisboom van DUO en de rekenregels van nu zijn niet openbaar. Berekend met "
                    "parameters a052a594f663."
                ),
                "gegevens_versie": 3,
            }
        ],
    }
}
