"""Which short lines between paragraphs are printed under photos."""

from intake.blocks import Paragraph
from intake.interview.asking import says_i
from intake.interview.names import name_at, same_name
from intake.interview.sentences import sentences
from intake.interview.series import key
from intake.interview.words import Words, common

LONGEST = 220
BULLETS = "•▪●◦‣·*–—-→>"


def is_photo_line(text: str) -> bool:
    """“Photo: …”, “© …”, “From left to right …”."""
    lowered = text.lower()
    stands = len(text) <= LONGEST and any(words in lowered for words in common("standing"))
    return stands or (len(text) <= LONGEST * 1.5 and lowered.lstrip("([").startswith(common("photo")))


def names_person(text: str, name: str) -> bool:
    """Is this one sentence about the person who answers, as no answer has it: “Ms Ana Ruiz (left) opens the fair.”?"""
    if len(text) > LONGEST or len(sentences(text)) != 1:
        return False
    named = name_at(text, 0)
    return (
        named is not None
        and named.text.casefold() == name.casefold()
        and not text[named.end :].lstrip().startswith(":")
    )


def is_caption(
    paragraph: Paragraph,
    before: Paragraph | None,
    words: Words,
    *,
    title: str = "",
    names: tuple[str, ...] = (),
) -> bool:
    """Is a paragraph, which is no question and no line about a photo, a caption?

    `title` is the article's, which a caption may repeat; `names` are the persons that it is about.
    """
    text = paragraph.text
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
