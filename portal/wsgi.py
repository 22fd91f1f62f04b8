"""The WSGI application that granian or any other server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

from portal.boot import ensure_surroundings

ensure_surroundings()
application = get_wsgi_application()
