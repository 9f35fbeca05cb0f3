"""A member of staff at a portal in another process: cookies, forms, uploads."""

import re
from http.cookiejar import CookieJar
from secrets import token_hex
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
PATIENCE = 90  # seconds


class Browser:
    """Each step raises HTTPError for an answer 4xx or 5xx; `page` is the last one, `address` where it was found."""

    def __init__(self, port: int):
        self.site = f"http://127.0.0.1:{port}"
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.page = self.address = ""

    def open(self, path: str) -> str:
        return self._ask(Request(self.site + path))  # noqa: S310 - our own portal

    def send(self, path: str, **fields: str) -> str:
        """Send a form of the page that is open, with its hidden fields."""
        sent = dict(HIDDEN.findall(self.page)) | self._token() | fields
        return self._ask(Request(self.site + path, urlencode(sent).encode()))  # noqa: S310

    def upload(self, path: str, name: str, content: bytes) -> str:
        boundary = token_hex(8)
        parts = [f'name="{field}"\r\n\r\n{value}'.encode() for field, value in self._token().items()]
        parts.append(f'name="file"; filename="{name}"\r\n\r\n'.encode() + content)
        begin = f"--{boundary}\r\nContent-Disposition: form-data; ".encode()
        body = b"".join(begin + part + b"\r\n" for part in parts) + f"--{boundary}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._ask(Request(self.site + path, body, headers))  # noqa: S310

    def sign_in(self, username: str, password: str) -> None:
        self.open("/admin/login/?next=/admin/")
        self.send("/admin/login/?next=/admin/", username=username, password=password)
        assert self.address == f"{self.site}/admin/", self.page

    def _token(self) -> dict[str, str]:
        return {"csrfmiddlewaretoken": TOKEN.search(self.page)[1]}

    def _ask(self, request: Request) -> str:
        with self.opener.open(request, timeout=PATIENCE) as response:
            self.address, self.page = response.url, response.read().decode()
        return self.page
