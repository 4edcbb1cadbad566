"""The peer as a WSGI application: ours, with one more page."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peers.kale_bladzijde.settings"

from kernregister.web.wsgi import application

__all__ = ["application"]
