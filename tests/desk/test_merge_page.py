"""The page on which two records are merged: who may, what it says, what it refuses."""

import threading

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from desk.merging import Merge
from organisations.models import Organisation
from profiles.models import Profile
from publishing.models import Version
from tests.factories import EngagementFactory, EngagementStaffFactory, OrganisationFactory, ProfileFactory
from tests.pictures import picture
from tests.publishing.admin_forms import messages

pytestmark = pytest.mark.django_db

MAY_MERGE = ("view_organisation", "change_organisation", "delete_organisation", "publish_organisation")


def address(kept, other) -> str:
    return reverse("admin:merge", args=[kept._meta.model_name, kept.pk, other.pk])


def sent(page, **chosen) -> dict:
    """What the form of the page sends when nothing but `chosen` is changed."""
    form = page.context["form"]
    values = {question.html_name: question.value() for question in form.questions}
    return {"seen": page.context["merge"].fingerprint} | values | {f"fact-{name}": v for name, v in chosen.items()}


@pytest.fixture
def two():
    return OrganisationFactory(name_en="First union"), OrganisationFactory(
        name_en="Second union", website="https://a.example/"
    )


def test_the_page_says_what_will_happen(staff_client, two):
    EngagementFactory().partners.add(two[1])
    html = staff_client.get(address(*two)).content.decode()
    assert "First union" in html
    assert "Second union" in html
    assert "Empty fields are filled from the second record: website." in html
    assert "engagements (1)" in html
    assert address(two[1], two[0]) in html


def test_the_record_is_merged_and_one_sees_it(staff_client, two):
    page = staff_client.get(address(*two))
    answer = staff_client.post(address(*two), sent(page, name="other"), follow=True)
    assert answer.redirect_chain == [(reverse("admin:organisations_organisation_change", args=[two[0].pk]), 302)]
    assert messages(answer) == ["Merged: “Second union” is part of “First union” now."]
    merged = Organisation.objects.get()
    assert (merged.pk, merged.name_en, merged.website) == (two[0].pk, "Second union", "https://a.example/")


def test_the_histories_of_both_say_so(staff_client, editor, two):
    staff_client.post(address(*two), sent(staff_client.get(address(*two))))
    said = {int(entry.object_id): entry for entry in LogEntry.objects.filter(user=editor)}
    assert said[two[0].pk].get_change_message() == "Merged with “Second union”, which was deleted."
    assert said[two[1].pk].get_change_message() == "Merged into “First union”."
    assert said[two[1].pk].is_deletion()
    assert said[two[1].pk].object_repr == "Second union"
    kept, deleted = (Version.objects.of(each).get() for each in two)
    assert (kept.kind, kept.comment) == ("saved", "Merged with “Second union”, which was deleted.")
    assert (deleted.kind, deleted.name) == ("deleted", "Second union")


@pytest.mark.parametrize("missing", MAY_MERGE[1:])
def test_it_takes_every_right_to_merge(client_who_may, two, missing):
    client = client_who_may(*(name for name in MAY_MERGE if name != missing))
    fingerprint = Merge(*(Organisation.objects.get(pk=each.pk) for each in two)).fingerprint
    assert client.get(address(*two)).status_code == 403
    assert client.post(address(*two), {"seen": fingerprint, "fact-name": "kept"}).status_code == 403
    assert Organisation.objects.count() == 2


def test_nobody_merges_without_signing_in(client, two):
    assert client.post(address(*two), {}).status_code == 302
    assert Organisation.objects.count() == 2


def test_an_editor_may_merge(client_who_may, two):
    client = client_who_may(*MAY_MERGE)
    client.post(address(*two), sent(client.get(address(*two))))
    assert Organisation.objects.get().pk == two[0].pk


def test_what_was_merged_already_is_said_to_be_gone(staff_client, two):
    data = sent(staff_client.get(address(*two)))
    staff_client.post(address(*two), data, follow=True)
    (text,) = messages(staff_client.post(address(*two), data, follow=True))
    assert "gone" in text
    (text,) = messages(staff_client.get(address(*two), follow=True))
    assert "gone" in text


def test_what_changed_since_it_was_looked_at_is_looked_at_again(staff_client, two):
    data = sent(staff_client.get(address(*two)))
    two[1].save()
    page = staff_client.post(address(*two), data)
    assert page.status_code == 200
    assert "Somebody changed one of the two meanwhile" in page.content.decode()
    assert Organisation.objects.count() == 2
    staff_client.post(address(*two), sent(page))
    assert Organisation.objects.count() == 1


def test_a_choice_that_is_not_offered_is_refused_in_words(staff_client, two):
    page = staff_client.post(address(*two), sent(staff_client.get(address(*two)), name="both"))
    assert page.status_code == 200
    assert "Nothing was merged." in page.content.decode()
    assert Organisation.objects.count() == 2


def test_what_would_not_be_valid_is_said_and_nothing_is_written(staff_client):
    kept, other = ProfileFactory(), ProfileFactory(portrait_alt_en="Somebody")
    other.portrait.save("portrait.webp", ContentFile(picture(60, 60)))
    Profile.objects.filter(pk=other.pk).update(portrait_alt_en="")
    page = staff_client.post(address(kept, other), sent(staff_client.get(address(kept, other))))
    assert page.status_code == 200
    assert "Portrait in words (English): Say in words what the portrait shows" in page.content.decode()
    assert Profile.objects.count() == 2
    assert not LogEntry.objects.exists()


def test_addresses_that_make_no_sense_are_not_found(staff_client, two):
    for kind, kept, other in [("engagement", 1, 2), ("organisation", two[0].pk, two[0].pk), ("user", 1, 2)]:
        assert staff_client.get(reverse("admin:merge", args=[kind, kept, other])).status_code == 404
    far = reverse("admin:merge", args=["organisation", two[0].pk, 9**30])
    assert "gone" in messages(staff_client.get(far, follow=True))[0]


@pytest.mark.parametrize("language", ["es", "fr"])
def test_the_page_opens_in_the_other_languages(staff_client, two, language):
    assert staff_client.get(address(*two), headers={"accept-language": language}).status_code == 200


def test_two_selected_records_are_merged_from_the_list(staff_client, two):
    chosen = {"action": "merge", "_selected_action": [each.pk for each in two]}
    answer = staff_client.post(reverse("admin:organisations_organisation_changelist"), chosen)
    assert answer.url == address(*two)


def test_people_are_merged_from_the_list_too(staff_client):
    one, other = ProfileFactory(), ProfileFactory()
    chosen = {"action": "merge", "_selected_action": [one.pk, other.pk]}
    answer = staff_client.post(reverse("admin:profiles_profile_changelist"), chosen)
    assert answer.url == address(one, other)


@pytest.mark.parametrize("number", [1, 3])
def test_no_other_number_than_two_is_merged(staff_client, number):
    chosen = {"action": "merge", "_selected_action": [OrganisationFactory().pk for _number in range(number)]}
    page = staff_client.post(reverse("admin:organisations_organisation_changelist"), chosen, follow=True)
    assert "Select exactly two" in messages(page)[0]


def test_the_list_offers_merging_to_those_who_may(client_who_may, two):
    def offered(client) -> list[str]:
        form = client.get(reverse("admin:organisations_organisation_changelist")).context["action_form"]
        return [value for value, _label in form.fields["action"].choices] if form else []

    assert "merge" in offered(client_who_may(*MAY_MERGE))
    assert "merge" not in offered(client_who_may(*MAY_MERGE[:2]))


def test_two_mergers_at_once_are_one(real_transactions, django_user_model):
    """Whoever is second waits, and is told that the record is gone."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    editor = django_user_model.objects.create_superuser("editor")
    two = OrganisationFactory(), OrganisationFactory()
    EngagementStaffFactory().engagement.partners.set(two)
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(editor)
    data = sent(clients[0].get(address(*two)))
    led_to, begin = [], threading.Barrier(2)

    def merge(client):
        try:
            begin.wait(60)
            led_to.append(client.post(address(*two), data).url)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=merge, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    merged = reverse("admin:organisations_organisation_change", args=[two[0].pk])
    assert sorted(led_to) == [reverse("admin:duplicates"), merged]
    assert Organisation.objects.count() == 1


def test_an_engagement_that_is_written_meanwhile_does_not_point_to_nothing(real_transactions):
    """Somebody chooses the other record as a partner while it is being merged: refused, or moved with the rest."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    kept, other = OrganisationFactory(), OrganisationFactory()
    engagement = EngagementFactory()

    def choose():
        try:
            engagement.partners.add(other.pk)
        except Exception:  # refused by the database: the organisation is gone
            refused.append(True)
        finally:
            connections.close_all()

    refused = []
    thread = threading.Thread(target=choose)
    with transaction.atomic():
        merge = Merge.of(Organisation, kept.pk, other.pk, locked=True)
        thread.start()
        thread.join(0.5)
        merge.carry_out({})
    thread.join()
    assert refused or engagement.partners.get() == kept
    assert not Organisation.objects.filter(pk=other.pk).exists()
