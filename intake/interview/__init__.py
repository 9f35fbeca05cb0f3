"""Takes an article apart into header, questions and answers, captions and footer.

`take_apart` goes: paragraphs → language → header → questions → footer → person → what each paragraph is. Each step is
a module of its own; the words by which they tell things are in `data/`.
"""

from dataclasses import replace
from itertools import islice

from intake.blocks import each_paragraph
from intake.findings import Article, Interview, Known
from intake.interview.assembling import assemble
from intake.interview.footers import footer_start
from intake.interview.header import read_header
from intake.interview.kinds import Layout, kinds_of
from intake.interview.language import language_of
from intake.interview.names import called
from intake.interview.person import Person, find_person
from intake.interview.places import places_of
from intake.interview.questions import find_questions
from intake.interview.run_on import take_apart_run_on
from intake.interview.words import LANGUAGES, words
from intake.interview.wrapped import take_apart_wrapped
from intake.reading.limits import MOST_CHARACTERS, MOST_LINES

__all__ = ["take_apart"]


def take_apart(article: Article, language: str = "", known: Known | None = None) -> Interview:
    """The interview in an article. `language` is the one that the caller knows; otherwise the words tell it."""
    # Nothing longer is read from a file. What lies beyond is not looked at, so that no text takes longer than a moment.
    text = article.text[:MOST_CHARACTERS]
    article = replace(article, text=text)
    language = language[:2].lower() if language[:2].lower() in LANGUAGES else language_of(text, article.language)
    spoken = words(language)

    parts = list(islice(each_paragraph(article), MOST_LINES))
    header = read_header(parts, text, known.series if known else ())
    parts = parts[: header.end] + take_apart_wrapped(parts[header.end :], text, spoken)
    parts = take_apart_run_on(parts, text, spoken, header.end)

    # Who answers is found by what surrounds the questions, and labels of answers are known by who answers.
    asked = find_questions(parts, text, spoken, frozenset(), header.end, len(parts))
    after_first_answer = asked.questions[-1].last + 2 if asked.questions else header.end
    foot = footer_start(parts, min(after_first_answer, len(parts)))
    layout = Layout(tuple(parts), text, spoken, header, foot)
    person = find_person(text, places_of(layout, asked, kinds_of(layout, asked, Person())))

    names = frozenset[str]().union(*(called(finding.value) for finding in person.all))
    asked = find_questions(parts, text, spoken, names, header.end, foot)
    return assemble(language, layout, asked, person, kinds_of(layout, asked, person))
