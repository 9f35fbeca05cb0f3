"""What screen readers go by, on every type of page: title, language, headings, landmarks, names of links, tables."""

from collections import Counter, defaultdict
from http import HTTPStatus
from itertools import pairwise

import pytest
from bs4 import Tag
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests import page_types

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_database]

# No pages: feeds, the part of a page that comes while one types, and what is in copies of the site alone.
NO_PAGES = {
    "feed",
    "country-feed",
    "programme-feed",
    "series-feed",
    "search:suggestions",
    "calendars:all",
    "calendars:country",
    "calendars:programme",
    "downloads:list",
    "snapshot:about",
}
# Where the page for a fault of ours stands alone: it must come even when nothing else works.
BARE = {"our fault"}


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def name_of(tag: Tag) -> str:
    """The name that a screen reader says: aria-labelledby, aria-label, else the words and pictures within."""
    if labels := tag.get("aria-labelledby"):
        page = tag.find_parent("html")
        return " ".join(words(page.find(id=label)) for label in labels.split())
    if label := tag.get("aria-label"):
        return label
    pictures = [picture.get("alt") or picture.get("aria-label") or "" for picture in tag.select("img, svg")]
    return " ".join([words(tag), *pictures]).strip()


def complain(answers, check) -> None:
    """Fails with one line for every page on which `check` finds something."""
    found = ((answer, check(answer.soup)) for answer in answers)
    report = "\n".join(f"{answer}: {fault}" for answer, fault in found if fault)
    assert not report, report


def test_every_address_of_the_portal_has_its_page_here():
    def names(patterns, prefix=""):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                yield from names(pattern.url_patterns, namespace)
            elif isinstance(pattern, URLPattern):
                yield f"{prefix}{pattern.name}"

    (with_language,) = (each for each in get_resolver().url_patterns if "LocalePrefix" in type(each.pattern).__name__)
    shown = {
        resolve(f"/en/{path.format(engagement='1-x')}".split("?")[0]).view_name
        for name, path in page_types.PAGES.items()
        if name != "not found"
    }
    assert set(names(with_language.url_patterns)) - NO_PAGES == shown


def test_every_page_answers_as_it_should(page_answers):
    expected = defaultdict(lambda: HTTPStatus.OK) | {
        "not found": HTTPStatus.NOT_FOUND,
        "preview link that does not work": HTTPStatus.NOT_FOUND,
        "taken down": HTTPStatus.GONE,
        "refused": HTTPStatus.FORBIDDEN,
        "old form": HTTPStatus.FORBIDDEN,
        "damaged": HTTPStatus.BAD_REQUEST,
        "our fault": HTTPStatus.INTERNAL_SERVER_ERROR,
    }
    assert [str(answer) for answer in page_answers if answer.status != expected[answer.name]] == []


def test_every_page_names_its_language_and_direction(page_answers):
    for answer in page_answers:
        html = answer.soup.html
        assert html["lang"] == answer.language, str(answer)
        assert html.get("dir", "ltr") == "ltr", str(answer)


def test_every_page_has_a_title_of_its_own(page_answers):
    public = [answer for answer in page_answers if answer.status == HTTPStatus.OK and "preview" not in answer.name]
    titles = {answer: words(answer.soup.title) for answer in public}
    # A list keeps its title when it is filtered.
    of_places = {(title, answer.language, answer.address.split("?")[0]) for answer, title in titles.items()}
    shared = Counter((title, language) for title, language, _place in of_places)
    assert [key for key, number in shared.items() if number > 1] == []
    assert all(title.endswith("COOP") or "COOP" in title for title in titles.values())


def test_every_page_has_one_main_heading_and_skips_no_level(page_answers):
    def check(soup):
        levels = [int(heading.name[1]) for heading in soup.select("h1, h2, h3, h4, h5, h6")]
        empty = [str(heading) for heading in soup.select("h1, h2, h3, h4, h5, h6") if not words(heading)]
        skipped = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
        if levels.count(1) != 1 or levels[0] != 1 or skipped or empty:
            return f"levels {levels}, empty {empty}"

    complain(page_answers, check)


def test_every_page_has_its_landmarks_with_names_that_differ(page_answers):
    def check(soup):
        wrong = [tag for tag in ("header", "main", "footer") if len(soup.select(f"body > {tag}")) != 1]
        wrong += ["search"] * (not soup.select("search, [role=search]"))
        for kind in ("nav", "aside", "form", "search, [role=search]"):
            names = [
                name_of(tag) if tag.has_attr("aria-label") or tag.has_attr("aria-labelledby") else ""
                for tag in soup.select(kind)
            ]
            if kind == "nav" and "" in names:
                wrong.append(f"{kind} without a name")
            wrong += [
                f"{kind} “{name}” twice"
                for name, number in Counter(names).items()
                if number > 1 and (name or kind != "form")
            ]
        return wrong

    complain([answer for answer in page_answers if answer.name not in BARE], check)


def test_links_of_one_name_lead_to_one_place(page_answers):
    def check(soup):
        places = defaultdict(set)
        for link in soup.select("a[href]"):
            # Within one section, whose heading says what its links are about; of a table's cell its headers say it.
            section = link.find_parent(
                ["td", "dl", "section", "nav", "header", "footer", "aside", "table", "svg", "main"]
            )
            places[name_of(link), id(section)].add(link["href"])
        return [f"{name!r}: {sorted(where)}" for (name, _), where in places.items() if len(where) > 1 or not name]

    complain(page_answers, check)


def test_links_within_a_page_lead_to_a_part_of_it(page_answers):
    def check(soup):
        links = soup.select("a[href^='#']")
        assert links
        return [link["href"] for link in links if not soup.find(id=link["href"][1:])]

    complain([answer for answer in page_answers if answer.name not in BARE], check)


def test_tables_have_a_caption_and_headers_with_a_scope(page_answers):
    def check(soup):
        wrong = []
        for table in soup.select("table"):
            if not table.caption or not words(table.caption):
                wrong.append(f"no caption: {str(table)[:80]}")
            wrong += [
                f"no scope: {header}"
                for header in table.select("th")
                if header.get("scope") not in ("col", "row", "colgroup", "rowgroup")
            ]
            if not table.select("th"):
                wrong.append("no headers")
        return wrong

    complain(page_answers, check)


def test_every_field_has_a_label_and_every_button_a_name(page_answers):
    def check(soup):
        wrong = []
        for field in soup.select("input:not([type=hidden]), select, textarea"):
            labels = soup.select(f"label[for='{field.get('id')}']") if field.get("id") else []
            labels += field.find_parents("label")
            if not (any(words(label) for label in labels) or field.get("aria-label") or field.get("aria-labelledby")):
                wrong.append(str(field)[:120])
        wrong += [str(button) for button in soup.select("button, summary") if not name_of(button)]
        ids = Counter(tag["id"] for tag in soup.select("[id]"))
        return wrong + [f"id {name} twice" for name, number in ids.items() if number > 1]

    complain(page_answers, check)


def test_errors_are_listed_above_and_tied_to_their_fields(page_answers):
    answers = [answer for answer in page_answers if answer.name.endswith(("with errors", "with an error"))]
    assert len(answers) == 9
    for answer in answers:
        soup = answer.soup
        errors = [error for error in soup.select("main .error") if words(error)]
        assert errors, str(answer)
        summary = soup.select(".problems a[href^='#']")
        assert len(summary) == len(errors), str(answer)
        assert all(soup.find(id=link["href"][1:]) for link in summary), str(answer)
        described = {name for tag in soup.select("[aria-describedby]") for name in tag["aria-describedby"].split()}
        for error in errors:
            around = [error, *error.parents]
            assert any(tag.get("id") in described for tag in around if tag.get("id")), f"{answer}: {error}"
