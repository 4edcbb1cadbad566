"""The peer as a web server starts it."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
