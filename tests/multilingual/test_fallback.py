"""What is shown in English for want of a translation is marked as English, and the page says so."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django.core.files.base import ContentFile
from django.template import Context, Template
from django.utils.translation import override
from modeltranslation.translator import translator

from codelists.models import CodeList, Topic
from search.indexing import together
from tests.factories import (
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    MaterialFactory,
    ModuleFactory,
    OfficeFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
    ProgrammeFactory,
    SeriesFactory,
)

pytestmark = pytest.mark.django_db

# In every English text of the records below, and in nothing else.
ENGLISH = "Zenglish"
NOTE = 'class="wrap fallback-note"'
NEVER_CLOSED = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class LanguageReader(HTMLParser):
    """Collects the texts of a page's body with the word `ENGLISH` and the language that they are marked with."""

    def __init__(self):
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        language = attrs.get("lang") or self.language
        if tag not in NEVER_CLOSED:
            self.open.append((tag, language))
        if self.is_in_body:
            for name in ("alt", "title", "aria-label", "placeholder", "label"):
                self.note(attrs.get(name) or "", language)

    def handle_endtag(self, tag):
        if tag in [name for name, _language in self.open]:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        if self.is_in_body:
            self.note(data, self.language)

    def note(self, words: str, language: str):
        if ENGLISH in words:
            self.found.append((" ".join(words.split()), language))

    @property
    def language(self) -> str:
        return self.open[-1][1] if self.open else ""

    @property
    def is_in_body(self) -> bool:
        tags = [name for name, _language in self.open]
        return "body" in tags and "script" not in tags


@pytest.fixture
@together()
def untranslated():
    """Public records of every kind, tied together, with texts in English alone."""
    topic = Topic.objects.create(slug="zenglish", name_en=f"{ENGLISH} topic", description_en=f"{ENGLISH} described")
    organisation = OrganisationFactory(
        slug="org", name_en=f"{ENGLISH} union", acronym_en=f"{ENGLISH}U", description_en=f"{ENGLISH} members"
    )
    office = OfficeFactory(name_en=f"{ENGLISH} office", city_en=f"{ENGLISH} city")
    office.countries_covered.add("PE")
    profile = ProfileFactory(
        slug="ana", office=office, post_title_en=f"{ENGLISH} post", summary_en=f"{ENGLISH} summary", featured=True
    )
    profile.portrait_alt_en = f"{ENGLISH} portrait"
    profile.portrait.save("portrait.webp", ContentFile(b"not looked at"))
    profile.links.create(label_en=f"{ENGLISH} link", url="https://example.org/")
    series = SeriesFactory(slug="series", name_en=f"{ENGLISH} series", introduction_en=f"{ENGLISH} introduction")
    interview = InterviewFactory(
        profile=profile, series=series, title_en=f"{ENGLISH} interview", pull_quote_en=f"{ENGLISH} quote"
    )
    exchange = ExchangeFactory(interview=interview, question_en=f"{ENGLISH}?", answer_en=f"{ENGLISH} answer.")
    for where in (None, exchange):
        InterviewPhotoFactory(
            interview=interview, exchange=where, alt_en=f"{ENGLISH} photo", caption_en=f"{ENGLISH} caption"
        )
    PositionFactory(profile=profile, title_en=f"{ENGLISH} position", organisation=organisation)
    EducationFactory(profile=profile, title_en=f"{ENGLISH} degree", organisation=organisation)
    programme = ProgrammeFactory(
        slug="training",
        name_en=f"{ENGLISH}.Coop",
        aim_en=f"{ENGLISH} aim",
        audience_en=f"{ENGLISH} audience",
        duration_en=f"{ENGLISH} days",
        featured=True,
    )
    ModuleFactory(programme=programme, title_en=f"{ENGLISH} module", summary_en=f"{ENGLISH} contents")
    MaterialFactory(programme=programme, title_en=f"{ENGLISH} manual")
    programme.partners.add(organisation)
    engagement = EngagementFactory(
        slug="work",
        programme=programme,
        title_en=f"{ENGLISH} workshop",
        summary_en=f"{ENGLISH} summary",
        results_en=f"{ENGLISH} results",
        start_date=date(2019, 5, 1),
    )
    engagement.partners.add(organisation)
    EngagementStaffFactory(engagement=engagement, profile=profile)
    for record in (profile, programme, engagement):
        record.topics.add(topic)
    return engagement


PAGES = [
    "/",
    "/profiles/",
    "/profiles/?topic=zenglish&programme=training",
    "/profiles/ana/",
    "/programmes/",
    "/programmes/?topic=zenglish",
    "/programmes/training/",
    "/engagements/",
    "/engagements/?programme=training&organisation=org&profile=ana&country=PE",
    "/engagements/?programme=training&country=BO",
    "/engagements/{pk}-work/",
    "/countries/pe/",
    "/regions/americas/",
    "/topics/zenglish/",
    "/organisations/org/",
    "/gaps/",
    "/search/?q=summary",
    "/feeds/",
]


def test_these_records_have_english_in_every_field_that_is_translated(untranslated):
    code_lists = [model for model in translator.get_registered_models() if issubclass(model, CodeList)]
    for model in set(translator.get_registered_models(abstract=False)) - set(code_lists) | {Topic}:
        for field in translator.get_options_for_model(model).get_field_names():
            assert model.objects.filter(**{f"{field}_en__contains": ENGLISH}).exists(), (model, field)


@pytest.mark.parametrize("language", ["es", "fr"])
@pytest.mark.parametrize("page", PAGES)
def test_every_english_text_of_a_page_in_another_language_is_marked(client, untranslated, page, language):
    response = client.get(f"/{language}{page.format(pk=untranslated.pk)}")
    assert response.status_code == 200
    reader = LanguageReader()
    reader.feed(response.content.decode())
    assert [words for words, marked in reader.found if marked != "en"] == []
    assert reader.found, "the page shows nothing that is not translated"


@pytest.mark.parametrize("page", PAGES)
def test_an_english_page_marks_and_notes_nothing(client, untranslated, page):
    response = client.get(f"/en{page.format(pk=untranslated.pk)}")
    reader = LanguageReader()
    reader.feed(response.content.decode())
    assert {marked for _words, marked in reader.found} == {"en"}  # that of the page
    assert NOTE not in response.content.decode()


@pytest.mark.parametrize("language", ["es", "fr"])
def test_a_page_with_english_parts_says_so_once_before_them(client, untranslated, language):
    for page in ("/profiles/ana/", "/programmes/training/", "/countries/pe/", "/engagements/"):
        content = client.get(f"/{language}{page}").content.decode()
        assert content.count(NOTE) == 1, page
        assert content.index("<main") < content.index(NOTE) < content.index("<h1"), page


def test_a_page_that_is_translated_says_nothing(client):
    OrganisationFactory(slug="org", name_en="Union", name_fr="Syndicat")
    assert NOTE not in client.get("/fr/organisations/org/").content.decode()


@pytest.mark.parametrize("page", ["/organisations/org/", "/programmes/", "/gaps/", "/search/?q=agriterra"])
def test_proper_names_are_marked_and_need_no_note(client, page):
    organisation = OrganisationFactory(slug="org", name_en="Agriterra")
    programme = ProgrammeFactory(name_en="Agriterra.Coop", name_es=None, aim_en="Aim", aim_es="Fin")
    programme.partners.add(organisation)
    content = client.get(f"/es{page}").content.decode()
    assert ' lang="en">' in content.partition("<main")[2]
    assert NOTE not in content


def test_what_filters_offer_needs_no_note(client):
    topic = Topic.objects.create(slug="seeds", name_en="Seeds")
    ProgrammeFactory(name_es="Uno", aim_es="Fin").topics.add(topic)
    content = client.get("/es/programmes/?topic=seeds").content.decode()
    assert '<span lang="en">Seeds</span>' in content
    assert NOTE not in content


def render(text: str, **context) -> str:
    return Template("{% load translated %}" + text).render(Context(context))


def test_a_text_in_a_template_that_sees_nothing_of_the_others_is_noted_too():
    organisation = OrganisationFactory(description_en="Union")
    with override("fr"):
        page = render(
            "{% with_fallback_note %}{% include inner with organisation=o only %}{% endwith_fallback_note %}",
            o=organisation,
            inner=Template(
                '{% load translated %}<p{% lang_attr organisation "description" %}>{{ organisation.description }}</p>'
            ),
        )
    assert NOTE in page
    assert page.rstrip().endswith('<p lang="en">Union</p>')


@pytest.mark.parametrize(("language", "attributes"), [("fr", ' lang="en"'), ("ar", ' lang="en" dir="ltr"'), ("en", "")])
def test_a_text_of_the_other_direction_says_so(language, attributes):
    organisation = OrganisationFactory(description_en="Union")
    with override(language):
        assert render('{% lang_attr o "description" %}', o=organisation) == attributes


def test_what_one_page_marks_is_not_noted_on_the_next():
    organisation = OrganisationFactory(description_en="Union")
    with override("fr"):
        render('{% with_fallback_note %}{% lang_attr o "description" %}{% endwith_fallback_note %}', o=organisation)
        assert NOTE not in render("{% with_fallback_note %}Bonjour{% endwith_fallback_note %}")


def test_a_page_that_fails_while_marking_leaves_nothing_behind():
    organisation = OrganisationFactory(description_en="Union")
    with override("fr"):
        with pytest.raises(ZeroDivisionError):
            render(
                '{% with_fallback_note %}{% lang_attr o "description" %}{{ fail }}{% endwith_fallback_note %}',
                o=organisation,
                fail=lambda: 1 / 0,
            )
        render('{% lang_attr o "description" %}', o=organisation)
        assert NOTE not in render("{% with_fallback_note %}Bonjour{% endwith_fallback_note %}")
