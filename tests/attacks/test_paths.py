"""No address leads to a file that is not meant: nowhere outside of its folder, and no file of the program."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.attacks.answers import body

pytestmark = pytest.mark.same_on_every_database

UP = [
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%5c",
    "..\\",
    "....//",
    "%252e%252e%252f",
    "..;/",
    "%c0%ae%c0%ae/",
    ".%00./",
]
FILES = ["etc/passwd", "manage.py", ".env", "db.sqlite3"]
# Where a part of the address is, or could be taken for, the name of a file.
PLACES = [
    "/static/",
    "/static/css/",
    "/media/",
    "/media/photos/",
    "/media/materials/",
    "/api/v1/docs/examples/",
    "/data/",
    "/en/",
]
PLACES += ["/sitemap-", "/.well-known/", "/admin/jsi18n/", "/en/profiles/", "/admin/r/1/"]
OURS = [b"root:", b"DJANGO_SETTINGS_MODULE", b"INSTALLED_APPS", b"SECRET_KEY=", b"SQLite format 3", b"%PDF"]
PLAINLY = [
    "/.env",
    "/.git/config",
    "/.git/HEAD",
    "/manage.py",
    "/requirements.txt",
    "/db.sqlite3",
    "/private/",
    "/media/",
    "/static/",
]
PLAINLY += [
    "/backups/",
    "/cache/",
    "/.venv/pyvenv.cfg",
    "/static/../.env",
    "/server-status",
    "/phpinfo.php",
    "/wp-login.php",
    "/.DS_Store",
]
PLAINLY += [
    "/static/css/",
    "/media/photos/",
    "/media/imports/",
    "/media/consent/",
    "/__debug__/",
    "/debug/",
    "/admin/doc/",
    "/graphql",
]


@pytest.mark.parametrize("place", PLACES)
def test_no_way_up_leads_out_of_a_folder(sample_content, place):
    visitor = Client(raise_request_exception=False)
    for up in UP:
        for file in FILES:
            for depth in (1, 4):
                response = visitor.generic("GET", place + up * depth + file)
                answer = body(response)
                assert response.status_code in (301, 302, 400, 404), place + up * depth + file
                assert not any(sign in answer for sign in OURS), place + up * depth + file


@pytest.mark.parametrize("path", PLAINLY)
def test_no_file_of_the_program_and_no_list_of_files_is_sent(sample_content, path):
    response = Client(raise_request_exception=False).get(path)
    answer = body(response)
    # `/admin/…` asks who wants to know; everything without a language is looked for in one, and not found there.
    assert response.status_code in (301, 302, 404)
    assert not any(sign in answer for sign in OURS)


def test_private_files_lie_where_nothing_is_sent_from():
    assert Path(settings.MEDIA_ROOT) not in [Path(settings.PRIVATE_ROOT), *Path(settings.PRIVATE_ROOT).parents]
