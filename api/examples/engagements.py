"""The engagements in a country, each with its programme and staff, as a table.

    COOP_PORTAL=https://portal.example.org python engagements.py PE

Needs Python 3.11 or newer and nothing else. The country is a code of ISO 3166-1, such as PE for Peru.
"""

import json
import os
import sys
import time
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

PORTAL = os.environ.get("COOP_PORTAL", "http://127.0.0.1:8000")


def ask(address):
    """The answer of the portal. Where one has asked too often, it says for how many seconds to wait."""
    while True:
        try:
            with urlopen(Request(address, headers={"Accept": "application/json"})) as answer:
                return json.load(answer)
        except HTTPError as error:
            if error.code == 429:
                time.sleep(int(error.headers["Retry-After"]))
                continue
            problem = json.load(error)
            faults = [f"{fault['parameter']}: {fault['detail']}" for fault in problem.get("errors", [])]
            sys.exit("\n".join([f"{problem['status']} {problem['title']}", *(faults or [problem["detail"]])]))


def engagements(**parameters):
    """Every engagement that fits, page after page."""
    address = f"{PORTAL}/api/v1/engagements/?{urlencode(parameters)}"
    while address:
        page = ask(address)
        yield from page["results"]
        address = page["next"]


FIELDS = "title,start,programme.name,programme.kind,staff.profile.name,staff.profile.post_title"
country = sys.argv[1] if len(sys.argv) > 1 else "PE"
number = 0
for engagement in engagements(country=country, expand="programme,staff.profile", fields=FIELDS, page_size=50):
    programme = engagement["programme"]
    people = [member["profile"] for member in engagement["staff"]]
    print(
        engagement["start"]["value"],
        engagement["title"],
        f"{programme['name']} ({programme['kind']['name']})" if programme else "-",
        "; ".join(f"{person['name']} ({person['post_title'] or '-'})" for person in people),
        sep="\t",
    )
    number += 1
print(f"{number} engagements")
