"""Renames a programme to each line of standard input, and writes the line out once the change is committed.

Run as `python -m tests.scaling.editor SLUG`: an editor who saves, on the primary database.
"""

import sys

import django

django.setup()

from programmes.models import Programme  # noqa: E402 - Django has to be set up first

for line in sys.stdin:
    programme = Programme.objects.get(slug=sys.argv[1])
    programme.name_en = programme.name_es = line.strip()
    programme.save()
    sys.stdout.write(line)
    sys.stdout.flush()
