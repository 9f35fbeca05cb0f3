"""Names of persons as the words of an article show them: capital letters, honorifics, particles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake.interview.words import common_set

TOKEN = re.compile(r"[^\s,;:()\[\]|–—\"“”«»?!/¿¡…]+")
GAP = re.compile(r"[ \t\xa0\n]+")
MOST = 7
INNER_CAPITAL = re.compile(r"(?:Mc|Mac|De|Di|La|Le|Van)[A-ZÀ-Þ]|[^\W\d_]+[-'’]")
JOINED = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az|ben|bin|ould)[-’'][A-ZÀ-Þ]")
INITIAL = re.compile(r"(?:[^\W\d_]\.){1,3}")


@dataclass(frozen=True, slots=True)
class Name:
    """A name without the honorific before it. `text` is as the portal writes it."""

    text: str
    start: int
    end: int
    honorific: str = ""


def name_at(text: str, start: int) -> Name | None:
    """The name of a person that begins here, perhaps with honorifics before it."""
    at, honorifics = start, []
    while found := TOKEN.match(text, at):
        if found.group().lower() not in common_set("honorifics") or not found.group()[0].isupper():
            break
        honorifics.append(found.group())
        gap = GAP.match(text, found.end())
        if not gap:
            return None
        at = gap.end()
    begin, end, parts, pending = at, at, [], []
    while len(parts) < MOST and (found := TOKEN.match(text, at)):
        token = re.sub(r"['’]s?\Z", "", found.group())
        stop = token != found.group()
        if token.endswith(".") and not INITIAL.fullmatch(token) and token.lower() not in ("jr.", "sr."):
            token, stop = token[:-1], True
        if parts and token.lower() in common_set("particles") and not token[0].isupper():
            pending.append(token)
        elif _is_part(token) or (parts and JOINED.match(token)):
            parts.extend([*pending, token])
            pending = []
            end = found.start() + len(token)
        else:
            break
        gap = GAP.match(text, found.end())
        if stop or not gap:
            break
        at = gap.end()
    capital = [part for part in parts if part[0].isupper() or JOINED.match(part)]
    if len(capital) < (1 if honorifics else 2) or all(INITIAL.fullmatch(part) for part in parts):
        return None
    return Name(" ".join(_written(part, parts) for part in parts), begin, end, " ".join(honorifics))


def _is_part(token: str) -> bool:
    bare = re.sub(r"\A[dDlLO]['’]", "", token)
    if not bare or not bare[0].isupper() or any(sign.isdigit() or sign in "&@.+" for sign in bare.rstrip(".")):
        return bool(INITIAL.fullmatch(token)) and token[0].isupper()
    lowered = token.lower()
    if lowered.rstrip(".") in common_set("not_names") or any(
        lowered in common_set(key) for key in ("honorifics", "posts", "post_modifiers", "units", "offices")
    ):
        return False
    mixed = any(sign.isupper() for sign in bare[1:]) and not bare.isupper()
    return not mixed or bool(INNER_CAPITAL.match(bare))


def _written(part: str, parts: list[str]) -> str:
    """ASKE → Aske; initials and short acronyms of names stay."""
    if part.isupper() and len(part) > 2 and not INITIAL.fullmatch(part):
        return "-".join(piece.capitalize() for piece in part.split("-"))
    return part


def names_in(text: str) -> Iterator[Name]:
    """All that looks like a name of a person, in order, without overlaps."""
    at = 0
    while found := TOKEN.search(text, at):
        if found.group()[0].isupper() and (name := name_at(text, found.start())):
            yield name
            at = name.end
        else:
            at = found.end()


def same_name(text: str, name: str) -> bool:
    """Is the text nothing but this name, with or without an honorific?"""
    words = [word for word in text.casefold().replace("\xa0", " ").split() if word not in common_set("honorifics")]
    return bool(name) and " ".join(words).strip(" .,:") == " ".join(name.casefold().split())


def called(name: str) -> frozenset[str]:
    """How a person may be called before a colon: full name, first name, family name, initials; in lower case."""
    parts = name.casefold().split()
    initials = "".join(part[0] for part in parts)
    forms = {name.casefold(), parts[0], parts[-1], initials, ".".join(initials), ".".join(initials) + "."}
    for honorific in common_set("honorifics"):
        forms |= {f"{honorific} {name.casefold()}", f"{honorific} {parts[-1]}", f"{honorific} {parts[0]}"}
    return frozenset(forms)
