"""What is filled in about a colleague and their roles: read, judged and shown again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

import msgspec
from django.contrib.auth.models import User
from django.http import QueryDict
from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform import klok
from kernregister.web.toegang.gebruikers import Fout, beheert_tot, duurt_te_lang, te_geven, wat_ontbreekt
from kernregister.web.toegang.rollen import ROLLEN, Rol

_GEEN_DATUM: Final = Tekst(
    "Dit is geen datum: verwacht bijvoorbeeld 2026-07-31.",
    "This is no date: expected for instance 2026-07-31.",
)
_GEEN_ROL: Final = Tekst("Kies minstens één rol.", "Choose at least one role.")
_ANDERE_ROL: Final = Tekst("Deze rol kunt u niet toekennen.", "You cannot give this role.")


class Gevraagd(Struct, frozen=True):
    """Roles as they were asked for, with what is wrong with the form itself."""

    rollen: tuple[Rol, ...]
    studiejaar: str
    tot: datetime | None
    """First moment on which they no longer hold."""
    fouten: tuple[Fout, ...] = ()

    def jaar_van(self, rol: Rol) -> str:
        """Return the studiejaar for one of the roles: only those that an accountant has are bound to one."""
        return self.studiejaar if ROLLEN[rol].tijdelijk or self._voor_accountant(rol) else ""

    def _voor_accountant(self, rol: Rol) -> bool:
        return rol is Rol.ASSURANCE and Rol.ACCOUNTANT in self.rollen


def lees(vraag: QueryDict, kenmerk: str, gever: User, wie: User | None) -> Gevraagd:
    """Read the roles for a kenmerk, the studiejaar and the last day from a form that was sent, and judge them.

    Args:
        vraag: the form.
        kenmerk: for which the roles are given.
        gever: who gives them.
        wie: who gets them; None: who has no account yet.
    """
    fouten = []
    namen = {rol.value: rol for rol in te_geven(kenmerk)}
    gekozen = [naam for naam in vraag.getlist("rol") if naam]
    rollen = tuple(dict.fromkeys(namen[naam] for naam in gekozen if naam in namen))
    if any(naam not in namen for naam in gekozen):
        fouten.append(Fout("rol", _ANDERE_ROL))
    elif not rollen:
        fouten.append(Fout("rol", _GEEN_ROL))
    tot, tekst = None, vraag.get("tot", "").strip()
    if tekst:
        try:
            tot = datetime.combine(date.fromisoformat(tekst) + timedelta(days=1), time(), klok.NEDERLAND)
        except (ValueError, OverflowError):
            fouten.append(Fout("tot", _GEEN_DATUM))
    gevraagd = Gevraagd(rollen, vraag.get("studiejaar", "").strip(), tot)
    for rol in rollen:
        gevonden = wat_ontbreekt(rol, kenmerk, gevraagd.jaar_van(rol), tot)
        fouten += [een for een in gevonden if een.veld not in {fout.veld for fout in fouten}]
    te_lang = any(duurt_te_lang(gever, wie, rol, kenmerk, tot) for rol in rollen)
    if te_lang and all(een.veld != "tot" for een in fouten):
        fouten.append(Fout("tot", zolang(gever, kenmerk)))
    return msgspec.structs.replace(gevraagd, fouten=tuple(fouten))


def zolang(gever: User, kenmerk: str) -> Tekst:
    """Return until when a Beheerder who stands in can give which roles; empty: the Beheerder stays."""
    einde = laatste_dag(beheert_tot(gever, kenmerk))
    if einde is None:
        return Tekst("", "")
    dag = f"{einde:%d-%m-%Y}"
    return Tekst(
        f"Uw eigen rol Beheerder instelling geldt t/m {dag}. Tot en met die dag kunt u ook een ander Beheerder "
        "maken; langer niet, en ook uzelf geen rol geven die langer duurt.",
        f"Your own role as administrator is until {dag}. Until that day you can also make another one administrator; "
        "not for longer, nor give yourself any role that lasts longer.",
    )


def per_veld(fouten: tuple[Fout, ...], taal: str) -> dict[str, list[str]]:
    """Return what is wrong by field, each thing once, in a language."""
    uit: dict[str, list[str]] = {}
    for fout in fouten:
        tekst = fout.tekst.en if taal == "en" else fout.tekst.nl
        if tekst not in uit.setdefault(fout.veld, []):
            uit[fout.veld].append(tekst)
    return uit


def ingevuld(vraag: Mapping[str, str], *velden: str) -> dict[str, str]:
    """Return what was typed, to show it again."""
    return {veld: vraag.get(veld, "") for veld in velden}


def studiejaren(vandaag: date) -> list[tuple[str, str]]:
    """Return the studiejaren that an accountant may be given: this one, the three before and the next."""
    begin = vandaag.year if vandaag.month >= 8 else vandaag.year - 1
    jaren = [f"{jaar}-{jaar + 1}" for jaar in range(begin + 1, begin - 4, -1)]
    return [("", "–"), *((jaar, jaar) for jaar in jaren)]


def laatste_dag(tot: datetime | None) -> date | None:
    """Return the last day on which a role holds, as people say it."""
    return (tot.astimezone(klok.NEDERLAND) - timedelta(microseconds=1)).date() if tot else None
