"""The web part as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kernregister.web.settings")
application = get_wsgi_application()

# Looking for rings of objects took 25 % of a page's time in Python, most of it among what was loaded once and stays.
# Left out of it, and looked for after more objects, it takes 6 %.
gc.collect()
gc.freeze()
gc.set_threshold(20_000)
