"""From which address a request comes: people and machines are counted by one and the same."""

from __future__ import annotations

import ipaddress

from allauth.core.internal.httpkit import get_client_ip
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

_NETWERK = 64
"""Bits of an IPv6 address that a visitor is given as a whole: the rest is theirs to choose."""


def adres_van(request: HttpRequest) -> str:
    """Return the address of a visitor, as the proxies of ``KERNREGISTER_PROXY`` tell it; empty: nobody knows.

    What did not pass all of them, or holds no address, counts as the one that connected.
    """
    try:
        gezegd = get_client_ip(request)
    except ImproperlyConfigured:
        gezegd = None
    return gezegd or request.META.get("REMOTE_ADDR") or ""


def netwerk_van(request: HttpRequest) -> str:
    """Return by what a visitor is counted: the address, of IPv6 the network that is one visitor's."""
    adres = adres_van(request)
    try:
        gelezen = ipaddress.ip_address(adres)
    except ValueError:
        return adres
    return adres if gelezen.version == 4 else str(ipaddress.ip_network((adres, _NETWERK), strict=False))
