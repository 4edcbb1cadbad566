"""The addresses of the peer."""

from django.urls import path

from benchmarks.peers.django_orm.views import Bulk, Gezond, Melding

urlpatterns = [
    path("gezond", Gezond.as_view()),
    path("meldingen", Melding.as_view()),
    path("meldingen/bulk", Bulk.as_view()),
]
