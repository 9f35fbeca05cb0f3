import pytest
from django.utils.translation import override

from codelists.models import Country
from search.analysis import Term, fold
from search.correcting import nearest
from search.finding import Question, candidates, known
from search.indexing import together
from search.searching import find, results, suggest
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    InterviewFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)
from tests.search.reading import best, is_found

pytestmark = pytest.mark.django_db


def titles(found, kind: str) -> list[str]:
    return [entry.title for entry in found.entries.get(kind, [])]


def test_a_name_is_found_in_any_spelling_of_it():
    profile = ProfileFactory(given_name="Ana", family_name="Berber-Ağtaş")
    for query in ("Berber-Ağtaş", "berber agtas", "BERBER AĞTAŞ", "berberagtas", "Berber-Agtas", "agtaş ana"):
        assert is_found(query, profile), query


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("colmbia", "colombia"),
        ("Kolombia", "colombia"),
        ("rhododendorn", "rhododendron"),
        ("rododendrn", "rhododendron"),
        ("rhododendron colmbia", "rhododendron colombia"),
        ("pxru", "peru"),
        ("epru", "peru"),
    ],
)
def test_small_typing_errors_are_forgiven_and_named(query, meant):
    ProgrammeFactory(name_en="Rhododendron Colombia")
    assert find(query, "en").shown_for == meant
    assert find(query, "en").entries


def test_a_compound_with_a_typing_error_is_understood():
    ProgrammeFactory(name_en="Think.Coop")
    for query in ("Thnik.Coop", "thinkcop", "Think.Copo"):
        assert titles(find(query, "en"), "programme") == ["Think.Coop"], query


def test_of_two_equally_near_words_both_are_meant():
    ProfileFactory(given_name="Karim", family_name="One")
    ProfileFactory(given_name="Karin", family_name="Two")
    found = find("karix", "en")
    assert set(found.shown_for.split(" / ")) == {"karim", "karin"}
    assert found.totals["profile"] == 2


def test_a_word_that_is_known_is_never_corrected():
    EngagementFactory(title_en="Other", summary_en="The word perux stands in a text.")
    found = find("perux", "en")
    assert not found.shown_for
    assert titles(found, "engagement") == ["Other"]


def test_short_words_and_great_errors_are_not_guessed_at():
    ProgrammeFactory(name_en="Oak Rhododendron")
    assert nearest("oax", "en") == []
    assert nearest("rhodxxxndron", "en") == []
    assert find("qqqqqqqq", "en").totals == {}


def test_names_come_above_key_facts_and_these_above_text():
    in_text = EngagementFactory(title_en="One", summary_en="Rhododendron, Rhododendron and Rhododendron")
    in_facts = EngagementFactory(title_en="Two", programme=ProgrammeFactory(name_en="Some Rhododendron"))
    in_title = EngagementFactory(title_en="A long title that somewhere has a Rhododendron in it")
    begins = EngagementFactory(title_en="Rhododendron first")
    exact = EngagementFactory(title_en="Rhododendron")
    order = [exact, begins, in_title, in_facts, in_text]
    assert titles(find("rhododendron", "en"), "engagement") == [record.title_en for record in order]


def test_the_kind_with_the_best_result_comes_first():
    EngagementFactory(title_en="A course on youth")
    assert next(iter(find("youth", "en").entries)) == "topic"


def test_all_words_have_to_be_there_if_anything_has_them():
    both = EngagementFactory(title_en="Zanthoxylum and Rhododendron")
    EngagementFactory(title_en="Zanthoxylum")
    found = find("zanthoxylum rhododendron", "en")
    assert found.every
    assert titles(found, "engagement") == [both.title_en]


def test_else_those_with_most_of_the_words_come_first():
    EngagementFactory(title_en="Zanthoxylum")
    EngagementFactory(title_en="Two of them", summary_en="Zanthoxylum and rhododendron")
    found = find("zanthoxylum rhododendron metasequoia", "en")
    assert not found.every
    assert titles(found, "engagement") == ["Two of them", "Zanthoxylum"]


def test_readers_search_in_their_language_and_in_english_where_there_is_no_other():
    translated = EngagementFactory(title_en="Workshop on law", title_es="Taller sobre leyes")
    untranslated = EngagementFactory(title_en="Workshop on accounts")
    assert is_found("ley", translated, "es")
    assert is_found("workshops", untranslated, "es")
    found = find("workshop", "es")
    assert set(titles(found, "engagement")) == {"Taller sobre leyes", "Workshop on accounts"}
    assert not is_found("ley", untranslated, "es")


def test_a_name_is_found_in_every_language():
    assert best(find("Germany", "es"))[0].title == "Alemania"
    assert best(find("Allemagne", "en"))[0].title == "Germany"


def test_the_country_narrows_everything_down():
    here = EngagementFactory(country_id="PE", programme=ProgrammeFactory(name_en="Rhododendron P"))
    elsewhere = EngagementFactory(country_id="BO", programme=ProgrammeFactory(name_en="Rhododendron B"))
    for engagement, letter in ((here, "P"), (elsewhere, "B")):
        engagement.title_en = f"Rhododendron {letter}"
        engagement.save()
        profile = ProfileFactory(given_name="Rhododendron", family_name=letter)
        EngagementStaffFactory(engagement=engagement, profile=profile)
        InterviewFactory(profile=profile, title_en=f"Rhododendron {letter}")
        partner = OrganisationFactory(name_en=f"Rhododendron {letter}", country_id=None)
        engagement.partners.add(partner)
    OrganisationFactory(name_en="Rhododendron seat", country_id="PE")
    EngagementFactory(country_id="PE", draft=True, programme=elsewhere.programme)
    found = find("rhododendron", "en", country=Country.objects.get(pk="PE"))
    assert {kind: sorted(titles(found, kind)) for kind in found.entries} == {
        "engagement": ["Rhododendron P"],
        "programme": ["Rhododendron P"],
        "profile": ["Rhododendron P"],
        "interview": ["Rhododendron P"],
        "organisation": ["Rhododendron P", "Rhododendron seat"],
    }
    assert titles(find("peru", "en", country=Country.objects.get(pk="PE")), "country") == ["Peru"]
    assert "country" not in find("peru", "en", country=Country.objects.get(pk="BO")).entries


def test_one_kind_is_given_in_full_and_the_others_are_counted():
    with together():
        for number in range(40):
            EngagementFactory(title_en=f"Rhododendron {number}")
    ProgrammeFactory(name_en="Rhododendron")
    everything, engagements = find("rhododendron", "en"), find("rhododendron", "en", kind="engagement")
    assert everything.totals == engagements.totals == {"engagement": 40, "programme": 1}
    assert len(everything.entries["engagement"]) == 30
    assert len(engagements.entries["engagement"]) == 40


def test_what_is_not_public_is_not_shown_even_if_the_index_were_wrong():
    engagement = EngagementFactory(title_en="Rhododendron")
    type(engagement).objects.update(status="draft")  # which sends no signals
    found = find("rhododendron", "en")
    assert results(best(found), found.terms) == []
    assert suggest("rhodod", "en") == []


HOSTILE = [
    "",
    "   ",
    "\x00",
    "a\x00b",
    "\ud800",
    "😀",
    "%",
    "_%_",
    "'",
    '"',
    '""',
    "'; DROP TABLE search_entry; --",
    "AND",
    "OR NOT",
    "NEAR(coop workshop)",
    "NEAR",
    "title:coop",
    "{names} : coop",
    "coop*",
    "*",
    "^coop",
    "-coop",
    "(coop",
    "coop)",
    "!coop",
    "coop & ! | <->",
    ":*",
    "coop:*A",
    "\\",
    "a" * 10_000,
    "word " * 3_000,
    "a.b-c.d-e.f-g.h",
    "." * 1000,
    "ﷺ",
    "½ № ²",
    "➀",
    "௰",
    "العربية",
    "合作社",
    "с" * 50,
    "1e5 0x1F 1.5e-3 12.34",
    "https://example.org/?q=1&b=2#c",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_text_breaks_the_search(query):
    EngagementFactory(title_en="Coop workshop")
    for kind in ("", "engagement"):
        found = find(query, "en", kind=kind, country=Country.objects.get(pk="PE"))
        results(best(found), found.terms)
        find(query, "es", kind=kind)
    suggest(query, "fr")
    assert find("coop workshop", "en").totals["engagement"] == 1


@pytest.mark.parametrize("sign", ["➀", "௰", "𐴀"])
def test_a_sign_that_a_database_may_not_know_finds_nothing(sign):
    EngagementFactory(title_en="Coop workshop")
    assert find(sign, "en").total == 0
    term = Term((sign,))  # as it would come from the analyser of a newer Unicode
    assert candidates(Question([term], "en", {"engagement": 5}), [sign]) == {}
    assert known([term], "en") == [False]


def test_any_alphabet_is_found():
    for title in ("العربية تعاونية", "合作社 培训", "Кооператив Надежда", "ሕብረት ሥራ"):
        engagement = EngagementFactory(title_en=title)
        assert is_found(title.split()[0], engagement), title


def test_marks_and_extracts_show_where_it_matches():
    interview = InterviewFactory(title_en="Talk")
    text = f"{'Many words before it. ' * 20}Here & now the coöperatives of <Perú> grow. {'And many after. ' * 20}"
    ExchangeFactory(interview=interview, question_en="Why?", answer_en=text)
    found = find("cooperative peru", "en")
    (result,) = results(found.entries["interview"], found.terms)
    assert "Here &amp; now the <mark>coöperatives</mark> of &lt;<mark>Perú</mark>&gt; grow" in result.extract
    assert result.extract.startswith("… ")
    assert result.extract.endswith(" …")
    assert 120 < len(result.extract.replace("<mark>", "").replace("</mark>", "")) < 220
    assert fold("coöperatives") == "cooperatives"


def test_a_result_says_in_which_language_it_is():
    EngagementFactory(title_en="Rhododendron", title_fr="Le rhododendron", summary_en="English words")
    found = find("rhododendron", "fr")
    with override("fr"):
        (result,) = results(found.entries["engagement"], found.terms)
    assert (result.title_language, result.extract_language) == ("", "en")
    assert result.title == "Le <mark>rhododendron</mark>"


def test_suggestions_complete_the_last_word():
    ProgrammeFactory(name_en="Rhododendron growing")
    EngagementFactory(title_en="Other", summary_en="Rhododendron in the text is not suggested")
    assert [str(result.title) for result in suggest("rhodo", "en")] == ["<mark>Rhododendron</mark> growing"]
    assert [str(result.title) for result in suggest("growing rho", "en")] == [
        "<mark>Rhododendron</mark> <mark>growing</mark>"
    ]
    assert suggest("rho growing", "en") == []
    assert suggest("r", "en") == []


def test_suggestions_forgive_typing_errors():
    ProgrammeFactory(name_en="Rhododendron")
    assert [result.kind.name for result in suggest("rhododendorn", "en")] == ["programme"]


def test_there_are_at_most_eight_suggestions():
    for number in range(12):
        ProgrammeFactory(name_en=f"Rhododendron {number}")
    assert len(suggest("rhodo", "en")) == 8
