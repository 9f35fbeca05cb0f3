"""What people trusted the portal with, in a request that fails, and must not be told to anybody."""

PATH = "/en/search/"
QUERY = "q=secret-search&preview=secret-link"
COOKIE = "secret-session"
FORM = "username=secret-name&password=secret-password"
REFERER = "http://localhost/en/profiles/rosa/?preview=secret-referer"
REQUEST_ID = "number-of-this-request"
