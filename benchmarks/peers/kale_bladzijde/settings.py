"""Everything as in the portal, with one more page."""

from kernregister.web.settings import *  # noqa: F403 - the same settings

ROOT_URLCONF = "benchmarks.peers.kale_bladzijde.urls"
WSGI_APPLICATION = "benchmarks.peers.kale_bladzijde.wsgi.application"
