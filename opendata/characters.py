"""Which characters a text may have in the formats that data is given in."""

import re

# What XML 1.0 (production Char) or the TEXT of RFC 5545 (CONTROL) refuse; tab and line feed are allowed by both.
_REFUSED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def without_controls(text: str | None) -> str:
    """The `text` without characters that XML or calendars refuse, each line end a line feed; "" for None."""
    return _REFUSED.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n"))
