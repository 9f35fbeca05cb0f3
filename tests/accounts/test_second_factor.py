"""The second factor: who owes one is nobody until it is given; codes work once."""

import asyncio
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.middleware import second_factor_first
from publishing.models import Status
from tests.accounts.conftest import give_password
from tests.accounts.phones import Phone
from tests.factories import InterviewPhotoFactory, ProfileFactory, UserFactory

pytestmark = pytest.mark.django_db

CODE, SET_UP = "/admin/second-factor/", "/admin/second-factor/set-up/"
NEW_CODES = "/admin/second-factor/recovery-codes/"


def is_signed_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def a_while_passes() -> None:
    """The waits after wrong codes are over."""
    for device in (TOTPDevice, StaticDevice):
        device.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(days=1))


# Who owes a second factor


def test_password_is_enough_where_no_second_factor_is_asked(client, anna):
    assert give_password(client).url == "/admin/"
    assert is_signed_in(client)


def test_who_has_a_second_factor_is_asked_for_it_whatever_the_setting(client, phone):
    give_password(client)
    assert not is_signed_in(client)
    page = client.get("/admin/", follow=True)
    assert page.request["PATH_INFO"] == CODE


def test_who_must_have_one_is_led_to_setting_it_up(client, anna, required):
    give_password(client)
    assert client.get("/admin/", follow=True).request["PATH_INFO"] == SET_UP


def test_session_from_before_it_was_required_is_worth_nothing(client, anna, settings):
    client.force_login(anna)
    assert is_signed_in(client)
    settings.REQUIRE_SECOND_FACTOR = True
    assert not is_signed_in(client)


def test_other_session_has_to_give_it_once_it_is_set_up(client, anna):
    client.force_login(anna)
    Phone(second_factor.new_key()).become_second_factor_of(anna)
    assert client.get("/admin/", follow=True).request["PATH_INFO"] == CODE


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/profiles/profile/", "/admin/password_change/", "/admin/jsi18n/", NEW_CODES]
)
def test_half_signed_in_person_sees_no_page_of_the_admin(client, phone, address):
    give_password(client)
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.url.startswith(("/admin/login/", CODE))


def test_half_signed_in_person_changes_nothing_by_a_hand_made_post(client, phone, anna):
    profile = ProfileFactory()
    give_password(client)
    answer = client.post(f"/admin/profiles/profile/{profile.pk}/delete/", {"post": "yes"})
    assert answer.url.startswith("/admin/login/")
    profile.refresh_from_db()


def test_half_signed_in_person_sees_no_draft(client, phone):
    draft = ProfileFactory(status=Status.DRAFT)
    give_password(client)
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.post(CODE, {"code": phone.code()})
    assert client.get(draft.get_absolute_url()).status_code == 200


def test_half_signed_in_person_gets_no_file_of_a_draft(client, phone):
    photo = InterviewPhotoFactory(interview__status=Status.DRAFT)
    give_password(client)
    assert client.get(photo.image.url).status_code == 404
    client.post(CODE, {"code": phone.code()})
    assert client.get(photo.image.url).status_code == 200


def test_asynchronous_views_do_not_know_a_half_signed_in_person_either(anna, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    request = RequestFactory().get("/")
    request.user = anna
    second_factor_first(lambda request: HttpResponse())(request)
    assert isinstance(request.user, AnonymousUser)
    assert request.half_signed_in_user == anna
    assert asyncio.iscoroutinefunction(request.auser)


def test_public_page_does_not_ask_who_it_is_for(client, phone, django_assert_num_queries):
    give_password(client)
    anonymous, half = Client().get("/en/accessibility/"), client.get("/en/accessibility/")
    assert "Cookie" not in anonymous.get("Vary", "")
    assert anonymous.get("Vary") == half.get("Vary")


def test_half_signed_in_person_can_sign_out(client, phone):
    give_password(client)
    assert client.post("/admin/logout/").status_code == 200
    assert client.get("/admin/", follow=True).request["PATH_INFO"] == "/admin/login/"


# Giving it


def test_code_of_the_app_signs_in_and_leads_to_the_page_that_was_wanted(client, phone):
    wanted = "/admin/profiles/profile/?publication=draft"
    page = client.get(wanted, follow=True)
    page = client.post(
        f"/admin/login/?{page.request['QUERY_STRING']}",
        {"username": "anna", "password": "a-long-password", "next": wanted},
        follow=True,
    )
    assert page.context["next"] == wanted
    answer = client.post(CODE, {"code": phone.code(), "next": wanted})
    assert answer.url == wanted
    assert is_signed_in(client)


def test_no_foreign_page_can_be_wanted(client, phone):
    give_password(client)
    answer = client.post(CODE, {"code": phone.code(), "next": "https://evil.example/"})
    assert answer.url == "/admin/"


def test_session_gets_a_new_name_with_the_second_factor(client, phone):
    give_password(client)
    before = client.cookies["sessionid"].value
    client.post(CODE, {"code": phone.code()})
    assert client.cookies["sessionid"].value != before


def test_code_may_be_typed_with_spaces(client, phone):
    give_password(client)
    code = phone.code()
    client.post(CODE, {"code": f" {code[:3]} {code[3:]} "})
    assert is_signed_in(client)


def test_code_works_once(client, phone):
    code = phone.code()
    give_password(client)
    client.post(CODE, {"code": code})
    assert is_signed_in(client)
    other = Client()
    give_password(other)
    page = other.post(CODE, {"code": code})
    assert "wrong or was used before" in page.content.decode()
    assert not is_signed_in(other)


def test_code_that_proved_the_app_signs_nobody_in(client, anna, required):
    give_password(client)
    phone = Phone(client.get(SET_UP).context["key"])
    code = phone.code()
    client.post(SET_UP, {"code": code})
    other = Client()
    give_password(other)
    other.post(CODE, {"code": code})
    assert not is_signed_in(other)


@pytest.mark.parametrize("code", ["", "12345", "abcdefgh", "１２３４５６", "9" * 41, "\x00", "'; --"])
def test_what_is_no_code_is_refused_beside_the_field(client, phone, code):
    give_password(client)
    page = client.post(CODE, {"code": code})
    assert page.status_code == 200
    assert page.context["form"].errors["code"]
    assert not is_signed_in(client)


def test_after_wrong_codes_the_right_one_has_to_wait_and_the_page_says_how_long(client, phone):
    give_password(client)
    for _attempt in range(4):
        client.post(CODE, {"code": phone.wrong_code()})
        TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(minutes=1))
    client.post(CODE, {"code": phone.wrong_code()})
    page = client.post(CODE, {"code": phone.code()})
    assert "Wait 16 seconds" in page.content.decode()
    assert not is_signed_in(client)
    a_while_passes()
    client.post(CODE, {"code": phone.code()})
    assert is_signed_in(client)


def test_code_of_somebody_else_is_refused(client, phone):
    other = Phone(second_factor.new_key())
    other.become_second_factor_of(UserFactory())
    give_password(client)
    client.post(CODE, {"code": other.code()})
    assert not is_signed_in(client)


def test_code_is_worth_nothing_without_the_password(client, phone):
    assert client.post(CODE, {"code": phone.code()}).url.startswith("/admin/login/")
    assert not is_signed_in(client)


# Recovery codes


def test_recovery_code_signs_in_once_and_says_how_many_are_left(client, anna, phone):
    code = second_factor.new_recovery_codes(anna)[0]
    give_password(client)
    page = client.post(CODE, {"code": code.upper()}, follow=True)
    assert "You used a recovery code. 9 are left" in page.content.decode()
    assert is_signed_in(client)
    other = Client()
    give_password(other)
    other.post(CODE, {"code": code})
    assert not is_signed_in(other)


def test_new_recovery_codes_need_a_code_and_make_the_old_ones_void(client, anna, phone):
    old = second_factor.new_recovery_codes(anna)
    give_password(client)
    client.post(CODE, {"code": old[0]})
    page = client.post(NEW_CODES, {"code": phone.wrong_code()})
    assert page.context["form"].errors
    a_while_passes()
    page = client.post(NEW_CODES, {"code": phone.code()})
    new = page.context["codes"]
    assert len(new) == 10
    assert not set(new) & set(old)
    assert second_factor.verified_device(anna, old[1]) is None
    a_while_passes()
    assert second_factor.verified_device(anna, new[1])
    assert is_signed_in(client)


def test_recovery_codes_are_shown_once_and_kept_by_no_cache(client, anna, required):
    give_password(client)
    phone = Phone(client.get(SET_UP).context["key"])
    page = client.post(SET_UP, {"code": phone.code()})
    code = page.context["codes"][0]
    assert code in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    for address in (SET_UP, NEW_CODES, CODE):
        assert code not in client.get(address, follow=True).content.decode()


# Setting it up


def test_setting_it_up_signs_in(client, anna, required):
    give_password(client)
    page = client.get(SET_UP)
    assert page.context["qr_code"].startswith("data:image/svg+xml")
    assert "no-store" in page["Cache-Control"]
    page = client.post(SET_UP, {"code": Phone(page.context["key"]).code()})
    assert len(page.context["codes"]) == 10
    assert is_signed_in(client)
    assert second_factor.has_second_factor(anna)


def test_wrong_code_sets_nothing_up(client, anna, required):
    give_password(client)
    phone = Phone(client.get(SET_UP).context["key"])
    page = client.post(SET_UP, {"code": phone.wrong_code()})
    assert "not the app’s code" in page.content.decode()
    assert page.context["key"] == client.get(SET_UP).context["key"]
    assert not TOTPDevice.objects.exists()


def test_secret_offered_to_one_session_is_not_offered_to_another(anna, required):
    first, second = Client(), Client()
    give_password(first)
    give_password(second)
    assert first.get(SET_UP).context["key"] != second.get(SET_UP).context["key"]


def test_who_has_one_cannot_set_up_another_with_the_password_alone(client, phone):
    give_password(client)
    assert client.get(SET_UP).url == CODE
    assert client.post(SET_UP, {"code": "123456"}).url == CODE


def test_changing_to_another_phone_needs_a_present_code(client, anna, phone):
    give_password(client)
    client.post(CODE, {"code": phone.code()})
    new = Phone(client.get(SET_UP).context["key"])
    page = client.post(SET_UP, {"code": new.code()})
    assert page.context["form"].errors["present_code"]
    assert TOTPDevice.objects.get().key == phone.key
    page = client.post(SET_UP, {"code": new.code(), "present_code": phone.code(1)})
    assert page.context["codes"]
    assert TOTPDevice.objects.get().key == new.key
    assert is_signed_in(client)


def test_mistyped_code_of_the_new_phone_does_not_use_up_a_recovery_code(client, anna, phone):
    code = second_factor.new_recovery_codes(anna)[0]
    give_password(client)
    client.post(CODE, {"code": phone.code()})
    new = Phone(client.get(SET_UP).context["key"])
    client.post(SET_UP, {"code": new.wrong_code(), "present_code": code})
    assert second_factor.recovery_codes_left(anna) == 10


def test_changing_the_phone_ends_sessions_of_the_old_one(client, anna, phone):
    give_password(client)
    client.post(CODE, {"code": phone.code()})
    Phone(second_factor.new_key()).become_second_factor_of(anna)
    assert not is_signed_in(client)


def test_setting_up_is_in_the_log(client, anna):
    client.force_login(anna)
    client.post(SET_UP, {"code": Phone(client.get(SET_UP).context["key"]).code()})
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (anna, str(anna.pk))
    assert entry.get_change_message() == "Changed second factor and recovery codes."


def test_only_staff_sees_these_pages(client):
    client.force_login(UserFactory(is_staff=False))
    for address in (CODE, SET_UP, NEW_CODES):
        assert client.get(address).url.startswith("/admin/login/")


# Reset


def test_administrator_resets_it_and_that_ends_the_sessions(client, as_administrator, phone, anna):
    anna.is_superuser = False
    anna.save()
    second_factor.new_recovery_codes(anna)
    give_password(client)
    client.post(CODE, {"code": phone.code()})
    assert is_signed_in(client)
    action = {"action": "reset_second_factor", "_selected_action": [anna.pk]}
    page = as_administrator.post("/admin/auth/user/", action, follow=True)
    assert "has no second factor any more" in page.content.decode()
    assert not second_factor.has_second_factor(anna)
    assert not StaticDevice.objects.exists()
    assert not is_signed_in(client)
    entry = LogEntry.objects.get(object_id=str(anna.pk), user__username="ada")
    assert entry.get_change_message() == "Deleted second factor “anna”."


def test_administrator_does_not_reset_that_of_a_superuser(as_administrator, phone, anna):
    action = {"action": "reset_second_factor", "_selected_action": [anna.pk]}
    page = as_administrator.post("/admin/auth/user/", action, follow=True)
    assert "Left alone: anna" in page.content.decode()
    assert second_factor.has_second_factor(anna)
