"""`python deploy/asks.py /healthz`: ends well if the portal on this machine answers 200 there.

It needs no curl, which small images do not have. Where the portal is follows from GUNICORN_BIND and ALLOWED_HOSTS.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException


def answers(path: str) -> bool:
    """Whether the portal answers 200."""
    port = os.environ.get("GUNICORN_BIND", "127.0.0.1:8000").rpartition(":")[2]
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    connection = HTTPConnection("127.0.0.1", int(port), timeout=4)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not answers(sys.argv[1]))
