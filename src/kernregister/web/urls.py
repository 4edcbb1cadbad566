"""All addresses."""

from django.urls import URLPattern, URLResolver, path

from kernregister.platform.gezond import gezond

urlpatterns: list[URLPattern | URLResolver] = [path("gezond", gezond)]
