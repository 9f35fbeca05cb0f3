"""What each role may do, written out: nothing here is computed from the declaration."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client

from tests.factories import OrganisationFactory, SeriesFactory, UserFactory

pytestmark = pytest.mark.django_db

# View, Add, Change, Delete, Publish.
MATRIX = """
                                          Author  Editor  Administrator
profiles.profile                          VAC     VACDP   V
profiles.interview                        VAC     VACDP   V
programmes.programme                      VAC     VACDP   V
organisations.organisation                VAC     VACDP   V
engagements.engagement                    VAC     VACDP   V
profiles.profilelink                      VACD    VACD    V
profiles.education                        VACD    VACD    V
profiles.position                         VACD    VACD    V
profiles.exchange                         VACD    VACD    V
profiles.interviewphoto                   VACD    VACD    V
programmes.module                         VACD    VACD    V
programmes.material                       VACD    VACD    V
engagements.engagementstaff               VACD    VACD    V
profiles.series                           V       VACD    V
organisations.office                      V       VACD    V
codelists.region                          V       V       VACD
codelists.subregion                       V       V       VACD
codelists.country                         V       V       VACD
codelists.sector                          V       V       VACD
codelists.language                        V       V       VACD
codelists.deliverymode                    V       V       VACD
codelists.sustainabledevelopmentgoal      V       V       VACD
codelists.topic                           V       V       VACD
intake.intake                             VAC     VACD    VACD
auth.user                                 -       -       VACD
auth.group                                -       -       V
admin.logentry                            -       -       V
accounts.signin                           -       -       V
accounts.failedsignin                     -       -       V
"""
ACTIONS = {"V": "view", "A": "add", "C": "change", "D": "delete", "P": "publish"}


def matrix() -> dict[str, set[str]]:
    head, *lines = [line.split() for line in MATRIX.strip().splitlines()]
    found = {role: set() for role in head}
    for model, *letters in lines:
        app, name = model.split(".")
        for role, allowed in zip(head, letters, strict=True):
            found[role] |= {f"{app}.{ACTIONS[letter]}_{name}" for letter in allowed if letter != "-"}
    return found


@pytest.fixture
def as_role():
    def as_role(name: str) -> Client:
        user = UserFactory()
        user.groups.add(Group.objects.get(name=name))
        client = Client()
        client.force_login(user)
        return client

    return as_role


@pytest.mark.parametrize("role", ["Author", "Editor", "Administrator"])
def test_role_may_do_exactly_this(role):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=role))
    assert user.get_all_permissions() == matrix()[role]


def test_author_adds_but_does_not_delete(as_role):
    author = as_role("Author")
    organisation = OrganisationFactory()
    assert author.get("/admin/organisations/organisation/add/").status_code == 200
    assert author.get(f"/admin/organisations/organisation/{organisation.pk}/delete/").status_code == 403
    assert author.get(f"/admin/profiles/series/{SeriesFactory().pk}/delete/").status_code == 403


def test_editor_deletes_but_does_not_see_users(as_role):
    editor = as_role("Editor")
    assert editor.get(f"/admin/organisations/organisation/{OrganisationFactory().pk}/delete/").status_code == 200
    assert editor.get("/admin/auth/user/").status_code == 403


def test_administrator_sees_content_and_does_not_change_it(as_role):
    organisation = OrganisationFactory()
    page = as_role("Administrator").post(f"/admin/organisations/organisation/{organisation.pk}/change/", {})
    assert page.status_code == 403


@pytest.mark.django_db(transaction=True)
def test_taking_the_roles_back_removes_no_other_group():
    call_command("migrate", "accounts", "0001", verbosity=0)
    Group.objects.create(name="Interns")
    call_command("migrate", "accounts", verbosity=0)
    assert set(Group.objects.values_list("name", flat=True)) == {"Author", "Editor", "Administrator", "Interns"}
    call_command("migrate", "accounts", "0001", verbosity=0)
    assert set(Group.objects.values_list("name", flat=True)) == {"Interns"}
    call_command("migrate", "accounts", verbosity=0)


def test_permissions_are_named_in_the_language_of_the_page(admin_client):
    author = Group.objects.get(name="Author")
    page = admin_client.get(f"/admin/auth/group/{author.pk}/change/", headers={"accept-language": "es"})
    assert ">Perfil: " in page.content.decode()
    assert "Can add" not in page.content.decode()
