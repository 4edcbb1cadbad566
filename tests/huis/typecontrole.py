"""Settings for the type checker's view of Django's models: those of the server, with a key that opens nothing."""

import os

os.environ.setdefault("KERNREGISTER_SLEUTEL", "A" * 43 + "=")

from kernregister.web.settings import *  # noqa: F403
