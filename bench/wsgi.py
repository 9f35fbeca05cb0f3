"""WSGI entry point of the floor and of the naive site; the settings are those of DJANGO_SETTINGS_MODULE."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
