"""WSGI entry point: `gunicorn coopportal.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coopportal.settings")

django = get_wsgi_application()

from caching.middleware import VISIT  # noqa: E402 - once Django is set up
from caching.wsgi import ready_first  # noqa: E402
from monitoring.wsgi import observed  # noqa: E402

application = observed(ready_first(django), VISIT)
