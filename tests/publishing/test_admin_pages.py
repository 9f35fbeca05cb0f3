"""Promises that hold on the admin pages of every model."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import Group, Permission, User
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from modeltranslation.translator import translator

from accounts.models import FailedSignIn, SignIn
from codelists.models import (
    Country,
    DeliveryMode,
    Language,
    Region,
    Sector,
    Subregion,
    SustainableDevelopmentGoal,
    Topic,
)
from engagements.models import Engagement
from intake.models import Intake
from intake.review import review_of
from organisations.models import Office, Organisation
from profiles.models import Interview, InterviewPhoto, Profile, Series
from programmes.models import Programme
from publishing.models import Publishable, Status
from search.indexing import together
from tests.factories import (
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    IntakeFactory,
    InterviewFactory,
    MaterialFactory,
    ModuleFactory,
    OfficeFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
    ProgrammeFactory,
    SeriesFactory,
)
from tests.intake.proposed import proposals
from tests.publishing.admin_forms import errors, filled_in

pytestmark = pytest.mark.django_db

MODELS = list(admin.site._registry)
LOGS = (LogEntry, SignIn, FailedSignIn)  # for nobody to change: tests/accounts/test_logs.py
REVIEWED = (Intake,)  # on pages of its own: tests/intake/test_review_page.py
OURS = [model for model in MODELS if model not in (User, Group, *LOGS, *REVIEWED)]
PUBLISHABLE = [model for model in OURS if issubclass(model, Publishable)]
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
each_of_ours = pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
each_publishable = pytest.mark.parametrize("model", PUBLISHABLE, ids=lambda model: model._meta.model_name)


def make_programme(number: int) -> Programme:
    programme = ProgrammeFactory(name_en=f"Training {number}", slug=f"training-{number}")
    ModuleFactory(programme=programme)
    MaterialFactory(programme=programme, language_id="es")
    programme.topics.set(Topic.objects.all()[:2])
    return programme


def make_profile(number: int) -> Profile:
    profile = ProfileFactory(family_name=f"Person {number}", slug=f"person-{number}")
    profile.languages.set(["en", "es"])
    EducationFactory(profile=profile, organisation=OrganisationFactory())
    PositionFactory(profile=profile).countries.set(["PE", "BO"])
    InterviewFactory(profile=profile)
    return profile


def make_interview(number: int) -> Interview:
    interview = InterviewFactory(title_en=f"Conversation {number}", series=SeriesFactory(), language_id="es")
    ExchangeFactory(interview=interview)
    return interview


def make_engagement(number: int) -> Engagement:
    engagement = EngagementFactory(title_en=f"Workshop {number}", programme=ProgrammeFactory(), sector_id="A")
    engagement.partners.add(OrganisationFactory())
    EngagementStaffFactory(engagement=engagement)
    return engagement


def two_letters(number: int) -> str:
    """A code that no official list has, such as 0B."""
    return f"{number // 26}{chr(65 + number % 26)}"


def make_log_entry(number: int) -> LogEntry:
    profile = ProfileFactory(family_name=f"Person {number}", slug=f"person-{number}")
    user = User.objects.create_user(f"user{number}")
    return LogEntry.objects.log_actions(user.pk, [profile], CHANGE, "", single_object=True)


MAKE = {
    User: lambda n: User.objects.create_user(f"user{n}"),
    LogEntry: make_log_entry,
    SignIn: lambda n: SignIn.objects.create(username=f"user{n}", ip_address="192.0.2.1"),
    FailedSignIn: lambda n: FailedSignIn.objects.create(username=f"user{n}", ip_address="192.0.2.1"),
    Intake: lambda n: IntakeFactory(title=f"Article {n}", state="open", review=review_of(proposals())),
    Group: lambda n: Group.objects.create(name=f"Group {n}"),
    Region: lambda n: Region.objects.create(code=f"region-{n}", name_en=f"Region {n}", position=100 + n),
    Subregion: lambda n: Subregion.objects.create(code=f"X{n}", name_en=f"Sub-region {n}"),
    Country: lambda n: Country.objects.create(
        code=two_letters(n), alpha3=f"{two_letters(n)}X", m49=f"X{n}", name_en=f"Country {n}", region_id="africa"
    ),
    Sector: lambda n: Sector.objects.create(code=chr(192 + n), name_en=f"Sector {n}", isic_title=f"Section {n}"),
    Language: lambda n: Language.objects.create(code=two_letters(n), name_en=f"Language {n}"),
    DeliveryMode: lambda n: DeliveryMode.objects.create(code=f"mode-{n}", name_en=f"Mode {n}"),
    SustainableDevelopmentGoal: lambda n: SustainableDevelopmentGoal.objects.create(number=100 + n, name_en="Goal"),
    Topic: lambda n: Topic.objects.create(slug=f"topic-{n}", name_en=f"Topic {n}"),
    Organisation: lambda n: OrganisationFactory(name_en=f"Organisation {n}", slug=f"organisation-{n}"),
    Office: lambda n: OfficeFactory(name_en=f"Office of place {n}"),
    Series: lambda n: SeriesFactory(name_en=f"Interviews {n}", slug=f"interviews-{n}"),
    Profile: make_profile,
    Interview: make_interview,
    Programme: make_programme,
    Engagement: make_engagement,
}

# What an editor types at least into an empty form.
TYPED = {
    User: lambda: (
        {"username": "ana", "password1": "a-long-pass-phrase", "password2": "a-long-pass-phrase"}
        | {"usable_password": "true"}
    ),
    Group: lambda: {"name": "Editors"},
    Region: lambda: {"code": "antarctica", "name_en": "Antarctica", "position": 9},
    Subregion: lambda: {"code": "999", "name_en": "Nowhere"},
    Country: lambda: {"code": "QQ", "alpha3": "QQQ", "m49": "998", "name_en": "Nowhere"},
    Language: lambda: {"code": "qqq", "name_en": "Nobody's"},
    DeliveryMode: lambda: {"code": "radio", "name_en": "By radio"},
    SustainableDevelopmentGoal: lambda: {"number": 18, "name_en": "One more"},
    Topic: lambda: {"name_en": "Trade", "slug": "trade-and-more"},
    Organisation: lambda: {"name_en": "Union", "slug": "union", "kind": "federation"},
    Office: lambda: {"name_en": "Office in Quito", "city_en": "Quito", "country": "EC"},
    Series: lambda: {"name_en": "Champions", "slug": "champions"},
    Profile: lambda: {"given_name": "Ana", "family_name": "Ruiz", "slug": "ana-ruiz"},
    Interview: lambda: {"title_en": "A talk", "profile": ProfileFactory().pk},
    Programme: lambda: {"name_en": "Think.Coop", "slug": "think-coop", "kind": "orientation"},
    Engagement: lambda: {"title_en": "A workshop", "kind": "workshop", "country": "PE", "start": "2019"},
}
each_addable = pytest.mark.parametrize("model", list(TYPED), ids=lambda model: model._meta.model_name)


def address(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def pages_and_inlines(model):
    """The admin page of `model` and the inlines on it that ask for something."""
    page = admin.site._registry[model]
    asking = [inline for inline in page.inlines if set(inline.fields) - set(inline.readonly_fields)]
    return [page, *(inline(model, admin.site) for inline in asking)]


def asked_for(page, request) -> list[str]:
    """The names of the fields on an admin page or inline."""
    return flatten_fieldsets(page.get_fieldsets(request))


@pytest.fixture
def admin_request(rf, editor):
    """A request for an "add" page by the editor."""
    request = rf.get("/admin/")
    request.user = editor
    request.resolver_match = type("Match", (), {"kwargs": {}})
    return request


@pytest.fixture
def viewer_client(client):
    """A browser of a colleague who may look at everything and change nothing."""
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(viewer)
    return client


def test_every_model_of_the_apps_is_within_reach(admin_request):
    apps = {model._meta.app_label for model in OURS}
    reached = {page.model for model in OURS for page in pages_and_inlines(model)}
    all_models = set(translator.get_registered_models(abstract=False)) | set(OURS)
    assert {model for model in all_models if model._meta.app_label in apps} <= reached


@each_model
def test_list_shows_the_records(staff_client, model):
    record = MAKE[model](1)
    page = staff_client.get(address(model, "changelist"))
    assert page.status_code == 200
    assert record in page.context["cl"].queryset


@each_model
def test_query_count_of_the_list_does_not_grow_with_its_rows(staff_client, model):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert staff_client.get(address(model, "changelist")).status_code == 200
        return len(queries)

    MAKE[model](0)
    MAKE[model](1)
    before = count()
    with together():
        for number in range(2, 51):
            MAKE[model](number)
    assert count() == before


@each_model
def test_search_answers(staff_client, model):
    MAKE[model](1)
    page = staff_client.get(address(model, "changelist"), {"q": "peru women"})
    assert page.status_code == 200
    assert page.context["cl"].search_fields


@each_model
def test_every_value_of_every_filter_answers(staff_client, model):
    MAKE[model](1)
    MAKE[model](2)
    page = staff_client.get(address(model, "changelist"))
    queries = {
        choice["query_string"]
        for filter_ in page.context["cl"].filter_specs
        for choice in filter_.choices(page.context["cl"])
    }
    for query in queries:
        assert staff_client.get(address(model, "changelist") + query).status_code == 200, query


@each_model
def test_list_with_counts_beside_the_filters_answers(staff_client, model):
    MAKE[model](1)
    assert staff_client.get(address(model, "changelist"), {"_facets": "True"}).status_code == 200


@each_of_ours
@pytest.mark.parametrize("parameter", ["publication", "untranslated", "without", "used", "year"])
def test_filter_value_that_is_not_offered_is_no_server_error(staff_client, model, parameter):
    assert staff_client.get(address(model, "changelist"), {parameter: "x'y"}, follow=True).status_code == 200


@each_model
def test_every_column_can_be_sorted_by(staff_client, model):
    MAKE[model](1)
    for column in range(9):
        assert staff_client.get(address(model, "changelist"), {"o": f"-{column}"}).status_code == 200


@each_addable
def test_record_is_added_by_form(staff_client, model):
    empty = staff_client.get(address(model, "add"))
    answer = staff_client.post(address(model, "add"), filled_in(empty, **TYPED[model]()))
    assert answer.status_code == 302, errors(answer)
    assert model.objects.order_by("pk").filter(**_first_typed(model)).exists()


def _first_typed(model) -> dict:
    name, value = next(iter(TYPED[model]().items()))
    return {name: value}


def test_sector_is_added_by_form(staff_client):
    Sector.objects.filter(code="U").delete()
    empty = staff_client.get(address(Sector, "add"))
    typed = {"code": "U", "name_en": "Elsewhere", "isic_title": "Extraterritorial"}
    assert staff_client.post(address(Sector, "add"), filled_in(empty, **typed)).status_code == 302
    assert Sector.objects.get(code="U").name_en == "Elsewhere"


@each_addable
def test_empty_form_is_refused_with_messages_at_the_fields(staff_client, model):
    page = staff_client.post(address(model, "add"), filled_in(staff_client.get(address(model, "add"))))
    assert page.status_code == 200
    assert "__all__" not in errors(page)
    assert errors(page)


@each_of_ours
def test_unchanged_form_is_saved_and_nothing_is_lost(staff_client, model):
    record = MAKE[model](1)
    values = _columns(record)
    page = staff_client.get(address(model, "change", record.pk))
    answer = staff_client.post(address(model, "change", record.pk), filled_in(page))
    assert answer.status_code == 302, errors(answer)
    assert _columns(model.objects.get(pk=record.pk)) == values


def _columns(record) -> dict:
    return {
        field.name: field.value_from_object(record)
        for field in record._meta.concrete_fields
        if field.name != "updated_at"
    }


@each_of_ours
def test_change_is_saved_and_stands_in_the_history(staff_client, model):
    record = MAKE[model](1)
    if issubclass(model, Publishable):  # of a public one it would be a working draft
        record.archive()
    field = next(
        name
        for name in ("name_en", "title_en", "family_name")
        if any(column.name == name for column in model._meta.concrete_fields)
    )
    page = staff_client.get(address(model, "change", record.pk))
    staff_client.post(address(model, "change", record.pk), filled_in(page, **{field: "Corrected"}))
    assert getattr(model.objects.get(pk=record.pk), field) == "Corrected"
    assert "Changed" in staff_client.get(address(model, "history", record.pk)).content.decode()


@each_of_ours
def test_deleting_is_asked_about_first(staff_client, model):
    record = MAKE[model](1)
    page = staff_client.get(address(model, "delete", record.pk))
    is_official = model._meta.app_label == "codelists" and model is not Topic
    assert page.status_code == (403 if is_official else 200)


@each_of_ours
def test_viewer_can_look_at_list_and_record(viewer_client, model):
    record = MAKE[model](1)
    assert viewer_client.get(address(model, "changelist")).status_code == 200
    assert viewer_client.get(address(model, "change", record.pk)).status_code == 200


@each_of_ours
@pytest.mark.parametrize("language", ["es", "fr"])
def test_pages_open_in_the_other_languages(staff_client, model, language):
    record = MAKE[model](1)
    headers = {"accept-language": language}
    for page in (address(model, "changelist"), address(model, "add"), address(model, "change", record.pk)):
        answer = staff_client.get(page, headers=headers)
        assert answer.status_code == 200
        assert answer.headers["Content-Language"] == language


@each_of_ours
def test_no_form_asks_for_the_untranslated_column(admin_request, model):
    for page in pages_and_inlines(model):
        originals = set(translator.get_options_for_model(page.model).fields) if _translated(page.model) else set()
        assert not originals & set(asked_for(page, admin_request))


@each_of_ours
def test_forms_ask_for_every_translation(admin_request, model):
    for page in pages_and_inlines(model):
        if _translated(page.model):
            originals = translator.get_options_for_model(page.model).fields
            columns = {f"{name}_{language}" for name in originals for language in ("en", "es", "fr")}
            assert columns <= set(asked_for(page, admin_request))


def _translated(model) -> bool:
    return model in translator.get_registered_models(abstract=False)


@each_of_ours
def test_every_relation_is_found_by_typing(admin_request, model):
    for page in pages_and_inlines(model):
        relations = {
            field.name
            for field in [*page.model._meta.fields, *page.model._meta.many_to_many]
            if isinstance(field, models.ForeignKey | models.ManyToManyField)
        }
        asked = relations & set(asked_for(page, admin_request))
        if page.model is InterviewPhoto:
            asked -= {"exchange"}  # the few questions of the interview itself
        assert asked == set(page.autocomplete_fields) & asked


@each_of_ours
def test_suggestions_are_given_for_every_relation(staff_client, admin_request, model):
    for page in pages_and_inlines(model):
        for name in page.autocomplete_fields:
            source = {
                "app_label": page.model._meta.app_label,
                "model_name": page.model._meta.model_name,
                "field_name": name,
            }
            answer = staff_client.get(reverse("admin:autocomplete"), {"term": "e", **source})
            assert answer.status_code == 200, name
            assert "results" in answer.json()


@each_of_ours
def test_lists_say_what_is_searched(admin_request, model):
    assert admin.site._registry[model].search_help_text


@each_publishable
def test_no_form_asks_where_the_record_stands(staff_client, model):
    for page in ("add", "change"):
        args = [MAKE[model](1).pk] if page == "change" else []
        form = staff_client.get(address(model, page, *args)).context["adminform"].form
        assert not {"status", "publish_at"} & set(form.fields)


@each_publishable
def test_list_says_where_each_record_stands(staff_client, model):
    MAKE[model](1)
    page = staff_client.get(address(model, "changelist"))
    assert '<td class="field-standing">Public' in page.content.decode()


@each_publishable
def test_record_has_a_link_to_its_page(staff_client, model):
    record = MAKE[model](1)
    page = staff_client.get(address(model, "change", record.pk))
    assert "View on site" in page.content.decode()


@each_publishable
def test_address_is_made_of_the_name(model):
    page = admin.site._registry[model]
    expected = {"slug"} if any(field.name == "slug" for field in model._meta.fields) else set()
    assert set(page.prepopulated_fields) == expected


@each_publishable
def test_publishing_an_incomplete_record_saves_it_and_says_where_to_go_on(staff_client, model):
    empty = staff_client.get(address(model, "add"))
    page = staff_client.post(address(model, "add"), filled_in(empty, **TYPED[model](), _step="publish"), follow=True)
    record = model.objects.get()
    lacking = record.missing_for_publication()
    assert record.status == (Status.DRAFT if lacking else Status.PUBLISHED)
    for name in lacking:
        assert re.search(f'<a href="#(id_{name}|{name}-group)"', page.content.decode())


def test_site_calls_itself_by_name(staff_client):
    assert "COOP Portal" in staff_client.get(reverse("admin:index")).content.decode()
