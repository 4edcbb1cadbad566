"""All addresses."""

from django.urls import URLPattern, URLResolver, include, path

from kernregister.web import oauth
from kernregister.web.api.samenstelling import maak_api
from kernregister.web.gezond import gezond
from kernregister.web.portaal.paginas import adressen

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", maak_api().urls),
    path("oauth/token", oauth.token, name="oauth-token"),
    path("oauth/revoke", oauth.intrekken, name="oauth-intrekken"),
    path(".well-known/oauth-authorization-server", oauth.gegevens, name="oauth-gegevens"),
    path("gezond", gezond, name="gezondheid"),
    path("account/", include("kernregister.web.toegang.urls")),
    *adressen(),
]

handler400 = "kernregister.web.portaal.fouten.onjuist"
handler403 = "kernregister.web.portaal.fouten.geen_toegang"
handler404 = "kernregister.web.portaal.fouten.niet_gevonden"
handler429 = "kernregister.web.portaal.fouten.te_vaak"
handler500 = "kernregister.web.portaal.fouten.storing"
