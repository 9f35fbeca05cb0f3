"""Every type of page of the admin: what there must be for it, and the way to it.

The way to a page is its address, made of the `World`, or a function that goes there as a person does.
"""

from collections.abc import Callable
from dataclasses import dataclass

from axes.models import AccessLog
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts import second_factor
from accounts.models import FailedSignIn
from codelists.models import Topic
from desk.duplicates import find_again
from engagements.models import Engagement
from intake.models import Intake
from organisations.models import Office, Organisation
from profiles.models import Interview, Profile
from programmes.models import Programme
from publishing.deletions import keep_before_deletion
from publishing.models import Action, Version, WorkingDraft
from publishing.previewing import PreviewLink
from publishing.snapshots import take
from publishing.workflow import take_step
from tests.accounts.phones import Phone
from tests.factories import (
    ExchangeFactory,
    InterviewFactory,
    OfficeFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
    UserFactory,
    full_engagement,
    full_interview,
    full_organisation,
    full_profile,
    full_programme,
)
from tests.intake.reviews import a_drafted_intake, an_intake
from tests.sheets.files import as_csv

PASSWORD = "a-long-password"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@dataclass
class World:
    """Records in every state that a page of the admin shows; `session` is that of an editor who has signed in.

    The first five have parts, versions and a working draft that waits for a review.
    """

    session: str
    editor: User
    profile: Profile
    interview: Interview
    programme: Programme
    organisation: Organisation
    engagement: Engagement
    returned: Interview
    withdrawn: Profile
    duplicate: Organisation
    office: Office
    article: Intake
    drafted: Intake
    site: str = ""


def make_world() -> World:
    editor = UserFactory(username="ana", first_name="Ana", is_superuser=True)
    author = UserFactory(username="luis")
    author.groups.add(Group.objects.get(name="Author"))
    Phone(second_factor.new_key()).become_second_factor_of(UserFactory(username="anna", is_superuser=True))
    browser = Client()
    browser.force_login(editor)

    profile = full_profile(family_name="Ruiz")
    world = World(
        session=browser.cookies["sessionid"].value,
        editor=editor,
        profile=profile,
        interview=full_interview(profile=profile, title_en="Milk and honey"),
        programme=full_programme(name_en="Think.Coop"),
        organisation=full_organisation(name_en="Unión Rural"),
        engagement=full_engagement(title_en="Course in La Paz"),
        returned=ExchangeFactory(interview=InterviewFactory(title_en="A second talk", in_review=True)).interview,
        withdrawn=ProfileFactory(family_name="Soto", archived=True, withdrawn_on="2025-01-01"),
        duplicate=OrganisationFactory(name_en="Union rural"),
        office=OfficeFactory(),
        article=an_intake(editor),
        drafted=a_drafted_intake(editor),
    )
    Profile.objects.filter(pk=world.drafted.profile_id).update(post_title_en="Officer, since then")
    for record, column in (
        (world.profile, "post_title_en"),
        (world.interview, "title_en"),
        (world.programme, "name_en"),
        (world.organisation, "name_en"),
        (world.engagement, "title_en"),
    ):
        Version.keep(record, editor, "First words.")
        draft = take(record)
        draft["fields"][column] = f"{draft['fields'][column]}, made longer"
        WorkingDraft.objects.create(record=record, user=author, data=draft, in_review=True)
    take_step(world.returned, Action.RETURN, editor, comment="Talk, with one L")
    gone = ProgrammeFactory(draft=True, name_en="Think.Coop of old")
    keep_before_deletion(gone, editor)
    gone.delete()
    find_again()
    LogEntry.objects.log_actions(editor.pk, [profile], CHANGE, [{"changed": {"fields": ["Summary"]}}])
    AccessLog.objects.create(username="ana", ip_address="192.0.2.7", user_agent=BROWSER, path_info="/admin/login/")
    FailedSignIn.objects.create(
        username="ana", ip_address="192.0.2.7", user_agent=BROWSER, path_info="/admin/login/", locked_out=True
    )
    return world


def address(name: str, record: Model | type[Model], *more) -> str:
    """The address of a page about a record, or about the records of a kind."""
    arguments = [] if isinstance(record, type) else [record.pk]
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_{name}"
    return reverse(name, args=[*arguments, *more])


def _of(name: str, whose: str) -> Callable[[World], str]:
    return lambda world: address(name, getattr(world, whose))


def _about_person(name: str, whose: str = "profile") -> Callable[[World], str]:
    return lambda world: reverse(f"privacy:{name}", args=[getattr(world, whose).pk])


def _about_sheet(name: str) -> Callable[[World], str]:
    return lambda world: reverse(f"sheets:{name}", args=["organisations", "organisation"])


def _history(name: str) -> Callable[[World], str]:
    def way(world):
        version = Version.objects.of(world.interview).first().pk
        if name == "bring_back":
            return address(name, world.interview, version)
        return address(name, world.interview) + f"?from={version}&to=draft"

    return way


def _preview(whose: str) -> Callable[[World], str]:
    def way(world):
        record = getattr(world, whose)
        return record.get_absolute_url().partition("#")[0] + PreviewLink.to(record).query

    return way


# Pages that answer a form.


def _press(page: Page, name: str, value: str = "") -> None:
    page.locator(f"[type=submit][name={name}]" + (f"[value={value}]" if value else "")).first.click()


def _conflict(page: Page, world: World) -> None:
    page.goto(world.site + address("change", world.interview))
    page.locator("#id_title_en").fill("Milk and honey for the cooperative")
    page.locator("[name=seen]").evaluate("field => { field.value = 'long ago' }")
    _press(page, "_continue")
    expect(page.locator("#conflict")).to_be_visible()


def _refused(page: Page, world: World) -> None:
    page.goto(world.site + address("change", world.programme))
    page.locator("#id_name_en").fill("")
    page.locator("#id_modules-0-title_en").fill("")
    _press(page, "_continue")
    expect(page.locator(".errornote")).to_be_visible()


def _refused_step(page: Page, world: World) -> None:
    page.goto(world.site + address("change", world.returned))
    _press(page, "_step", "schedule")
    expect(page.locator(".errornote")).to_be_visible()


def _link_for_a_reviewer(page: Page, world: World) -> None:
    page.goto(world.site + address("change", world.returned))
    page.locator(".portal-preview button").click()
    expect(page.locator(".portal-link").first).to_be_visible()


def _upload(rows: list[dict]) -> Callable[[Page, World], None]:
    def way(page, world):
        page.goto(world.site + _about_sheet("import")(world))
        file = {"name": "organisations.csv", "mimeType": "text/csv", "buffer": as_csv(rows)}
        page.locator("[type=file]").set_input_files(file)
        page.locator("#content [type=submit]").click()
        expect(page.locator(".sheet-result")).to_be_visible()

    return way


def _empty_article(page: Page, world: World) -> None:
    page.goto(world.site + address("add", Intake))
    page.locator("#content [type=submit]").click()
    expect(page.locator(".errornote")).to_be_visible()


def _refused_review(page: Page, world: World) -> None:
    page.goto(world.site + address("change", world.article))
    page.locator("#id_engagements-0-year").fill("long ago")
    _press(page, "_create")
    expect(page.locator(".faults")).to_be_visible()


def _stale_review(page: Page, world: World) -> None:
    page.goto(world.site + address("change", world.article))
    page.locator("[name=seen]").evaluate("field => { field.value = 'long ago' }")
    _press(page, "_save")
    expect(page.locator(".errornote")).to_be_visible()


def _delete_several(page: Page, world: World) -> None:
    page.goto(world.site + address("changelist", Interview))
    page.locator("#action-toggle").check()
    page.locator("[name=action]").select_option("delete_selected")
    _press(page, "index")
    expect(page.locator("[name=post]")).to_be_attached()


def _privately(way: Callable[[Page, World], None]) -> Callable[[Page, World], None]:
    """A way that begins without having signed in."""

    def begin(page, world):
        languages = [each for each in page.context.cookies() if each["name"] == "language"]
        page.context.clear_cookies()
        page.context.add_cookies(languages)
        page.goto(f"{world.site}/admin/")
        way(page, world)

    return begin


def _give_password(page: Page, name: str, password: str = PASSWORD) -> None:
    page.locator("#id_username").fill(name)
    page.locator("#id_password").fill(password)
    page.locator("#login-form [type=submit]").click()


def _second_factor_asked(page: Page, world: World) -> None:
    _give_password(page, "anna")
    expect(page.locator("#id_code")).to_be_visible()


def _wrong_password(page: Page, world: World) -> None:
    _give_password(page, "ana", "wrong")
    expect(page.locator(".errornote")).to_be_visible()


KINDS = {Profile: "profile", Interview: "interview", Programme: "programme"} | {
    Organisation: "organisation",
    Engagement: "engagement",
}
PAGES: dict[str, Callable] = {
    "desk": lambda world: reverse("admin:index"),
    "application": lambda world: reverse("admin:app_list", args=["profiles"]),
    **{f"{name}: list": lambda world, kind=kind: address("changelist", kind) for kind, name in KINDS.items()},
    **{f"{name}: add": lambda world, kind=kind: address("add", kind) for kind, name in KINDS.items()},
    **{f"{name}: change": _of("change", name) for name in KINDS.values()},
    "list, filtered": lambda world: address("changelist", Engagement) + "?q=course&kind__exact=workshop&_facets=True",
    "list, empty": lambda world: address("changelist", Profile) + "?q=nobody",
    "change, returned": _of("change", "returned"),
    "change, withdrawn": _of("change", "withdrawn"),
    "change, refused": _refused,
    "step, refused": _refused_step,
    "conflict": _conflict,
    "popup": lambda world: address("add", Organisation) + "?_popup=1",
    "popup, list": lambda world: address("changelist", Organisation) + "?_popup=1",
    "delete": _of("delete", "profile"),
    "delete several": _delete_several,
    "history": _of("history", "interview"),
    "compare": _history("compare"),
    "bring back": _history("bring_back"),
    "recently deleted": lambda world: address("deleted", Programme),
    "preview links": _link_for_a_reviewer,
    **{f"{name}: preview": _preview(name) for name in ("profile", "programme", "organisation", "engagement")},
    "office: list": lambda world: address("changelist", Office),
    "office: change": _of("change", "office"),
    "code list": lambda world: address("changelist", Topic),
    "code list: add": lambda world: address("add", Topic),
    "code list: change": lambda world: address("change", Topic.objects.first()),
    "code list: history": lambda world: address("history", Topic.objects.first()),
    "import": _about_sheet("import"),
    "import, looked at": _upload(
        [
            {"slug": "new", "name_en": "A new union", "kind": "federation", "country": "PE"},
            {"slug": "federation-0", "name_en": "A union", "kind": "federation", "country": "PE"},
        ]
    ),
    "import, wrong": _upload([{"slug": "new", "name_en": "A new union", "kind": "club", "country": "PX"}]),
    "export": _about_sheet("export"),
    "article: list": lambda world: address("changelist", Intake),
    "article: take in": lambda world: address("add", Intake),
    "article: refused": _empty_article,
    "article: review": _of("change", "article"),
    "article: review, refused": _refused_review,
    "article: review, stale": _stale_review,
    "article: drafts": _of("done", "drafted"),
    "article: take back": _of("take_back", "drafted"),
    "duplicates": lambda world: reverse("admin:duplicates"),
    "merge": lambda world: reverse("admin:merge", args=["organisation", world.organisation.pk, world.duplicate.pk]),
    "withdraw": _about_person("withdraw"),
    "new consent": _about_person("consent", "withdrawn"),
    "record of the consent": _about_person("consent"),
    "export data": _about_person("export"),
    "erase": _about_person("erase"),
    "user: list": lambda world: address("changelist", User),
    "user: add": lambda world: address("add", User),
    "user: change": _of("change", "editor"),
    "user: password": lambda world: reverse("admin:auth_user_password_change", args=[world.editor.pk]),
    "role: list": lambda world: address("changelist", Group),
    "role: change": lambda world: address("change", Group.objects.get(name="Author")),
    "audit log": lambda world: address("changelist", LogEntry),
    "audit log: entry": lambda world: address("change", LogEntry.objects.first()),
    "sign-ins": lambda world: reverse("admin:accounts_signin_changelist"),
    "failed sign-ins": lambda world: reverse("admin:accounts_failedsignin_changelist"),
    "change password": lambda world: reverse("admin:password_change"),
    "second factor: set up": lambda world: reverse("admin:second-factor-set-up"),
    "second factor: recovery codes": lambda world: reverse("admin:second-factor-recovery-codes"),
    "sign in": _privately(lambda page, world: None),
    "sign in, wrong": _privately(_wrong_password),
    "second factor: asked": _privately(_second_factor_asked),
}
# Pages that a person comes to by doing something; the others have an address.
WAYS = {name for name, way in PAGES.items() if way.__code__.co_argcount >= 2 and not way.__defaults__}
