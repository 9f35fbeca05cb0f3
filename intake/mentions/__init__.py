"""What an article mentions: countries, programmes, organisations, topics, sectors, times; with place and sentence."""

from bisect import bisect_right
from itertools import pairwise

from intake.findings import Article, Interview, Known, Mention, Span
from intake.gazetteers import keywords as word_lists
from intake.mentions import keywords, places, programmes, times
from intake.mentions.addresses import addresses
from intake.mentions.names import People
from intake.mentions.organisations import find_organisations
from intake.sentences import split
from intake.words import Words


def find_mentions(article: Article, interview: Interview, known: Known = Known()) -> tuple[Mention, ...]:  # noqa: B008
    """All mentions in the order of the text; those of one kind do not overlap.

    Standfirst, captions and footers are searched like the rest; who reads the mentions may weigh them. Web and e-mail
    addresses are not.
    """
    text = article.text
    sentences = [words for sentence in sentences_of(article, interview) if len(words := Words(text, sentence))]
    language = interview.language or article.language
    people = People([person.value for person in (interview.name, *interview.others) if person])
    found = [
        *places.find(sentences, language, people),
        *programmes.find(text, sentences, known.programmes),
        *keywords.find(sentences, word_lists.topics()),
        *keywords.find(sentences, word_lists.sectors()),
        *times.find(text, sentences),
        *find_organisations(article, interview, known, tuple(each.sentence for each in sentences)),
    ]
    found = _outside(found, addresses(text))
    return tuple(sorted(found, key=lambda mention: (mention.span.start, mention.span.end, mention.kind)))


def sentences_of(article: Article, interview: Interview) -> list[Span]:
    """The sentences of an article; none reaches from one block into the next."""
    edges = [0, *(edge for block in interview.blocks for edge in (block.span.start, block.span.end)), len(article.text)]
    return [
        sentence for start, end in pairwise(edges) if start < end for sentence in split(article.text, Span(start, end))
    ]


def _outside(mentions: list[Mention], forbidden: list[Span]) -> list[Mention]:
    starts = [span.start for span in forbidden]

    def is_outside(mention: Mention) -> bool:
        at = bisect_right(starts, mention.span.start) - 1
        return at < 0 or forbidden[at].end <= mention.span.start

    return [mention for mention in mentions if is_outside(mention)]
