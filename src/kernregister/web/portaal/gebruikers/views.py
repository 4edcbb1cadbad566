"""Who works with the portal for a kenmerk, in which roles: seen, invited, given and taken back by its Beheerder."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform import klok
from kernregister.platform.sql import STELSEL
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.gebruikers import formulier, lezen
from kernregister.web.portaal.paginas import pagina
from kernregister.web.toegang import uitnodigingen
from kernregister.web.toegang.gebruikers import (
    Fout,
    Toekenningsfout,
    ken_toe,
    te_geven,
    trek_in,
    zoek_gebruiker,
)
from kernregister.web.toegang.models import Roltoekenning
from kernregister.web.toegang.rollen import ROLLEN, Rol

_PER_BLAD = 50


def _kenmerk(bezoek: Bezoek) -> str:
    assert bezoek.hoedanigheid is not None  # the permission table lets nobody else in
    return bezoek.hoedanigheid.kenmerk


def _gever(bezoek: Bezoek) -> User:
    assert bezoek.gebruiker is not None
    return bezoek.gebruiker


@pagina("portaal_gebruikers", "gebruikers/", titel=("Gebruikers en rollen", "Users and roles"))
def gebruikers(bezoek: Bezoek) -> HttpResponse:
    """List the users of the kenmerk with their roles, and what each role allows."""
    kenmerk = _kenmerk(bezoek)
    collegas = lezen.collegas(kenmerk)
    gebruikt = {rol for een in collegas for rol in een.rollen}
    open_ = te_geven(kenmerk)
    kolommen = [rol for rol in ROLLEN if rol in gebruikt or rol in open_]
    rijen = [
        (een, [next((g for g in een.gegeven if g.rol is rol), None) for rol in kolommen]) for een in collegas
    ]
    waarden = {"kenmerk": kenmerk, "rijen": rijen, "rollen": [ROLLEN[rol] for rol in kolommen]}
    return bezoek.toon("portaal/gebruikers/lijst.html", waarden)


@pagina(
    "portaal_gebruikers_historie",
    "gebruikers/geschiedenis/",
    titel=("Geschiedenis van rollen", "History of roles"),
)
def geschiedenis(bezoek: Bezoek) -> HttpResponse:
    """Show who gave and took back what, newest first."""
    alles = lezen.geschiedenis(_kenmerk(bezoek))
    blad = bezoek.request.GET.get("blad", "1")
    nummer = int(blad) if blad.isascii() and blad.isdecimal() and len(blad) < 6 else 1
    van = max(nummer - 1, 0) * _PER_BLAD
    waarden = {
        "kenmerk": _kenmerk(bezoek),
        "regels": alles[van : van + _PER_BLAD],
        "vorige": f"?blad={nummer - 1}" if van else "",
        "volgende": f"?blad={nummer + 1}" if van + _PER_BLAD < len(alles) else "",
    }
    return bezoek.toon("portaal/gebruikers/geschiedenis.html", waarden)


@pagina(
    "portaal_uitnodigen",
    "gebruikers/uitnodigen/",
    titel=("Collega uitnodigen", "Invite a colleague"),
    methoden=("GET", "POST"),
)
def uitnodigen(bezoek: Bezoek) -> HttpResponse:
    """Make an account for a colleague, or give roles to who has one already."""
    kenmerk = _kenmerk(bezoek)
    if bezoek.request.method != "POST":
        return _uitnodiging(bezoek, kenmerk)
    vraag = bezoek.request.POST
    gevraagd = formulier.lees(vraag, kenmerk, _gever(bezoek), zoek_gebruiker(vraag.get("adres", "")))
    fouten = list(gevraagd.fouten)
    try:
        with transaction.atomic(using=STELSEL):
            gebruiker, nieuw = uitnodigingen.nodig_uit(
                vraag.get("adres", ""),
                vraag.get("voornaam", ""),
                vraag.get("achternaam", ""),
                door=bezoek.naam,
                namens=kenmerk,
            )
            _geef(bezoek, gebruiker, kenmerk, gevraagd)
    except Toekenningsfout as fout:
        fouten += [een for een in fout.fouten if een not in fouten]
        return _uitnodiging(bezoek, kenmerk, tuple(fouten))
    if nieuw or uitnodigingen.heeft_wachtwoord_nodig(gebruiker):
        _verstuur(bezoek, gebruiker, kenmerk)
    else:
        messages.success(
            bezoek.request,
            bezoek.tekst(
                Tekst(
                    f"{gebruiker.get_full_name()} had al een account en ziet de rollen meteen.",
                    f"{gebruiker.get_full_name()} had an account already and sees the roles right away.",
                )
            ),
        )
    return redirect("portaal_gebruiker", nummer=gebruiker.pk)


def _uitnodiging(bezoek: Bezoek, kenmerk: str, fouten: tuple[Fout, ...] = ()) -> HttpResponse:
    vraag, open_ = bezoek.request.POST, te_geven(kenmerk)
    waarden = {
        "kenmerk": kenmerk,
        "rollen": [(rol, ROLLEN[rol]) for rol in open_ if rol is not Rol.TOEGANG],
        "gekozen": vraag.getlist("rol"),
        "waarden": formulier.ingevuld(vraag, "adres", "voornaam", "achternaam", "studiejaar", "tot"),
        "studiejaren": formulier.studiejaren(klok.vandaag()),
        "accountant": Rol.ACCOUNTANT in open_,
        "zolang": bezoek.tekst(formulier.zolang(_gever(bezoek), kenmerk)),
        "fouten": formulier.per_veld(fouten, bezoek.taal),
    }
    return bezoek.toon("portaal/gebruikers/uitnodigen.html", waarden, status=422 if fouten else 200)


@pagina(
    "portaal_gebruiker",
    "gebruikers/<int:nummer>/",
    titel=("Rollen van een gebruiker", "Roles of a user"),
    methoden=("GET", "POST"),
)
def gebruiker(bezoek: Bezoek, nummer: int) -> HttpResponse:
    """Show the roles of a colleague; give one, take one back, or invite once more."""
    kenmerk = _kenmerk(bezoek)
    collega = next(iter(lezen.collegas(kenmerk, nummer)), None)
    if collega is None:
        raise Http404
    if bezoek.request.method != "POST":
        return _collega(bezoek, collega)
    vraag = bezoek.request.POST
    try:
        if "intrekken" in vraag:
            _trek_in(bezoek, collega, vraag["intrekken"])
        elif "uitnodiging" in vraag and collega.uitgenodigd:
            _verstuur(bezoek, collega.gebruiker, kenmerk)
        else:
            gevraagd = formulier.lees(vraag, kenmerk, _gever(bezoek), collega.gebruiker)
            with transaction.atomic(using=STELSEL):
                _geef(bezoek, collega.gebruiker, kenmerk, gevraagd)
    except Toekenningsfout as fout:
        return _collega(bezoek, collega, fout.fouten)
    if not Bezoek(bezoek.request, bezoek.pagina).mag(bezoek.pagina):
        return redirect("portaal_begin")  # who took away the own role of Beheerder goes on without it
    return redirect("portaal_gebruiker", nummer=nummer)


def _collega(bezoek: Bezoek, collega: lezen.Collega, fouten: tuple[Fout, ...] = ()) -> HttpResponse:
    kenmerk = _kenmerk(bezoek)
    vraag, open_ = bezoek.request.POST, te_geven(kenmerk)
    waarden = {
        "kenmerk": kenmerk,
        "collega": collega,
        "zelf": collega.gebruiker == bezoek.gebruiker,
        "keuzes": [("", ""), *((rol.value, bezoek.tekst(ROLLEN[rol].titel)) for rol in open_)],
        "rollen": [ROLLEN[rol] for rol in open_],
        "waarden": formulier.ingevuld(vraag, "rol", "studiejaar", "tot"),
        "studiejaren": formulier.studiejaren(klok.vandaag()),
        "accountant": Rol.ACCOUNTANT in open_,
        "zolang": bezoek.tekst(formulier.zolang(_gever(bezoek), kenmerk)),
        "fouten": formulier.per_veld(fouten, bezoek.taal),
    }
    return bezoek.toon("portaal/gebruikers/gebruiker.html", waarden, status=422 if fouten else 200)


def _geef(bezoek: Bezoek, wie: User, kenmerk: str, gevraagd: formulier.Gevraagd) -> None:
    """Give all roles that were asked for with the base that each needs, or none.

    Raises:
        Toekenningsfout: something is wrong with one of them.
    """
    if gevraagd.fouten:
        raise Toekenningsfout(*gevraagd.fouten)
    heeft = {een.rol for collega in lezen.collegas(kenmerk, wie.pk) for een in collega.gegeven}
    basis = () if Rol.TOEGANG in heeft or Rol.TOEGANG in gevraagd.rollen else (Rol.TOEGANG,)
    for rol in (*basis, *gevraagd.rollen):
        tot = None if rol in basis else gevraagd.tot
        ken_toe(wie, rol, kenmerk, door=bezoek.naam, studiejaar=gevraagd.jaar_van(rol), geldig_tot=tot)


def _trek_in(bezoek: Bezoek, collega: lezen.Collega, nummer: str) -> None:
    """Take back a role of a colleague; a number of another's role is nothing of this page."""
    eigen = {str(een.nummer) for een in collega.gegeven}
    if nummer not in eigen:
        raise Http404
    trek_in(Roltoekenning.objects.using(STELSEL).get(pk=int(nummer)), door=bezoek.naam)


def _verstuur(bezoek: Bezoek, wie: User, kenmerk: str) -> None:
    """Send the invitation; in a demo the page shows the link, for its e-mail goes nowhere."""
    basis = bezoek.request.build_absolute_uri("/")
    door = bezoek.gebruiker.get_full_name() if bezoek.gebruiker else ""
    verstuurd = uitnodigingen.verstuur(wie, basis, namens=kenmerk, door=door or bezoek.naam)
    if settings.DEMO:
        messages.info(
            bezoek.request,
            bezoek.tekst(Tekst("Proefopstelling, de link is: ", "Demo, the link is: "))
            + uitnodigingen.link(wie, basis),
        )
    elif verstuurd:
        messages.success(
            bezoek.request,
            bezoek.tekst(
                Tekst(
                    f"De uitnodiging is verstuurd naar {wie.email}.",
                    f"The invitation was sent to {wie.email}.",
                )
            ),
        )
    else:
        messages.warning(
            bezoek.request,
            bezoek.tekst(
                Tekst(
                    "Het account staat klaar, maar de e-mail kon niet weg. Probeer het later opnieuw, of vraag de "
                    "beheerder van het register om de link.",
                    "The account is ready, but the e-mail could not be sent. Try again later, or ask the "
                    "administrator of the register for the link.",
                )
            ),
        )
