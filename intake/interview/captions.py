"""Which short lines between paragraphs are printed under photos."""

from intake.blocks import Paragraph
from intake.interview.asking import says_i
from intake.interview.names import same_name
from intake.interview.series import key
from intake.interview.words import Words, common

LONGEST = 220
FEWEST_WORDS_OF_HEADING = 2
BULLETS = "•▪●◦‣·*–—-→>"


def is_photo_line(text: str) -> bool:
    """“Photo: …”, “© …”, “From left to right …”."""
    return len(text) <= LONGEST * 1.5 and text.lower().lstrip("([").startswith(common("photo"))


def is_caption(
    paragraph: Paragraph,
    before: Paragraph | None,
    after: Paragraph | None,
    words: Words,
    *,
    title: str = "",
    names: tuple[str, ...] = (),
) -> bool:
    """Is a paragraph of the body, which is no question, a caption?

    `title` is the article's, which a caption may repeat; `names` are the persons that it is about.
    """
    text = paragraph.text
    if paragraph.caption or is_photo_line(text):
        return True
    if paragraph.item or paragraph.heading or len(text) > LONGEST or text[:1] in BULLETS:
        return False
    if title and key(text) == key(title):
        return True
    if any(same_name(text, name) for name in names):
        return True
    if paragraph.ended or text[:1].islower() or text[:1] in '“«"¿':
        return False
    if before and (before.text.endswith(":") or _listed(before, paragraph)):
        return False
    return not says_i(text, words)


def _listed(before: Paragraph, paragraph: Paragraph) -> bool:
    """Does a list without bullets go on here?"""
    return before.text.endswith((";", ",")) or paragraph.text.endswith((";", ","))
