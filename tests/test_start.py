"""What a worker carries from its start: nothing that only few requests need and that takes much memory."""

import subprocess
import sys

HEAVY = {"openpyxl": "20 MB, for workbooks", "numpy": "10 MB, of openpyxl where it is installed"}
SERVE = """
import sys
from coopportal.wsgi import application
from django.urls import get_resolver
get_resolver().url_patterns
print(*sys.modules)
"""


def test_a_worker_starts_without_what_takes_much_memory():
    answer = subprocess.run([sys.executable, "-c", SERVE], capture_output=True, check=True, text=True)
    modules = answer.stdout.split()
    assert "sheets.views" in modules
    assert not {module: why for module, why in HEAVY.items() if module in modules}
