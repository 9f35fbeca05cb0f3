"""Lock-out: who fails too often waits, and nobody learns anything by failing."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.test import Client, RequestFactory

from accounts import second_factor
from accounts.lockout import client_address
from tests.accounts.conftest import PASSWORD, give_password
from tests.accounts.test_second_factor import CODE, a_while_passes, is_signed_in
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lockout_on")]


def fail(times: int, name: str = "anna", client: Client | None = None, **headers):
    for _attempt in range(times):
        answer = give_password(client or Client(), name, "wrong", **headers)
    return answer


def text(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text().split())


def minutes_pass(minutes: int) -> None:
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(
            attempt_time=attempt.attempt_time - timedelta(minutes=minutes)
        )


def test_fifth_failure_locks_the_account_even_for_the_right_password(client, anna):
    assert fail(4).status_code == 200
    assert fail(1).status_code == 429
    answer = give_password(client)
    assert answer.status_code == 429
    assert not is_signed_in(client)


def test_four_failures_are_forgiven_by_signing_in(client, anna):
    fail(4)
    give_password(client)
    assert is_signed_in(client)
    assert fail(4).status_code == 200


def test_page_says_how_long_to_wait(anna):
    page = fail(5)
    assert "Try again in 15 minutes." in page.content.decode()
    assert 14 * 60 < int(page["Retry-After"]) <= 15 * 60
    assert "no-store" in page["Cache-Control"]
    minutes_pass(10)
    page = give_password(Client())
    assert "Try again in 5 minutes." in page.content.decode()


def test_lock_ends_after_fifteen_minutes(client, anna):
    fail(5)
    minutes_pass(16)
    give_password(client)
    assert is_signed_in(client)


def test_trying_while_locked_does_not_make_the_wait_longer(client, anna):
    fail(5)
    minutes_pass(14)
    fail(3)
    minutes_pass(2)
    give_password(client)
    assert is_signed_in(client)


def test_unknown_name_is_answered_like_a_known_one(anna):
    known = [fail(1, "anna") for _attempt in range(6)]
    unknown = [fail(1, "nobody") for _attempt in range(6)]
    assert [page.status_code for page in known] == [page.status_code for page in unknown] == [200] * 4 + [429] * 2
    for one, other in zip(known, unknown, strict=True):
        assert text(one) == text(other)


def test_one_address_may_fail_with_many_names_for_twenty_times(client, anna):
    for number in range(19):
        assert fail(1, f"name-{number}").status_code == 200
    assert fail(1, "name-19").status_code == 429
    assert give_password(client).status_code == 429
    assert give_password(client, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_signing_in_to_one_account_does_not_clear_the_address(client, anna):
    for number in range(19):
        fail(1, f"name-{number}")
    give_password(client)
    assert is_signed_in(client)
    assert fail(1, "name-19").status_code == 429


def test_another_account_is_not_locked(client, anna):
    UserFactory(username="ben")
    fail(5, "ben")
    give_password(client)
    assert is_signed_in(client)


def test_wrong_codes_lock_the_account_too(client, phone):
    give_password(client)
    for _attempt in range(4):
        assert client.post(CODE, {"code": phone.wrong_code()}).status_code == 200
        a_while_passes()
    assert client.post(CODE, {"code": phone.wrong_code()}).status_code == 429
    a_while_passes()
    assert client.post(CODE, {"code": phone.code()}).status_code == 429
    assert not is_signed_in(client)


def test_password_alone_does_not_forgive_wrong_codes(client, phone):
    give_password(client)
    for _attempt in range(4):
        client.post(CODE, {"code": phone.wrong_code()})
        a_while_passes()
        give_password(client)
    assert client.post(CODE, {"code": phone.wrong_code()}).status_code == 429


def test_sign_in_is_noted_once_it_is_complete(client, phone):
    give_password(client)
    assert not AccessLog.objects.exists()
    client.post(CODE, {"code": phone.code()})
    sign_in = AccessLog.objects.get()
    assert sign_in.username == "anna"
    client.post("/admin/logout/")
    sign_in.refresh_from_db()
    assert sign_in.logout_time is not None


def test_failures_are_noted_without_what_was_typed(client, anna, phone):
    second_factor.new_recovery_codes(anna)
    fail(1)
    give_password(client)
    client.post(CODE, {"code": "abcd-efgh"})
    assert AccessFailureLog.objects.filter(username="anna").count() == 2
    kept = " ".join(f"{attempt.post_data} {attempt.get_data}" for attempt in AccessAttempt.objects.all())
    assert "abcd-efgh" not in kept
    assert PASSWORD not in kept


def test_name_that_is_far_too_long_is_refused_at_its_field(anna):
    page = fail(1, "x" * 5000)
    assert page.status_code == 200
    assert page.context["form"].errors["username"]


@pytest.mark.parametrize("name", ["\x00", "änna", "ａｎｎａ", "a" * 150, "<b>", "' OR 1=1"])
def test_odd_names_are_refused_like_any_other(name):
    assert fail(1, name).status_code == 200


def test_administrator_unlocks_an_account(as_administrator, client, anna):
    anna.is_superuser = False
    anna.save()
    fail(5)
    page = as_administrator.post("/admin/auth/user/", {"action": "unlock", "_selected_action": [anna.pk]}, follow=True)
    assert "can try again at once" in page.content.decode()
    give_password(client)
    assert is_signed_in(client)
    assert LogEntry.objects.get().get_change_message() == "Changed lock-out."


def test_unlocking_ends_the_wait_after_wrong_codes(as_administrator, client, phone, anna):
    anna.is_superuser = False
    anna.save()
    give_password(client)
    for _attempt in range(3):
        client.post(CODE, {"code": phone.wrong_code()})
    as_administrator.post("/admin/auth/user/", {"action": "unlock", "_selected_action": [anna.pk]})
    client.post(CODE, {"code": phone.code()})
    assert is_signed_in(client)


@pytest.mark.parametrize("language", ["es", "fr"])
def test_page_is_in_the_language_of_the_reader(anna, language):
    page = fail(5, headers={"accept-language": language})
    assert f'<html lang="{language}"' in page.content.decode()


# Addresses


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "address"),
    [
        (0, "192.0.2.1", None, "192.0.2.1"),
        (0, "192.0.2.1", "198.51.100.9", "192.0.2.1"),
        (1, "10.0.0.1", "198.51.100.9", "198.51.100.9"),
        (1, "10.0.0.1", "1.1.1.1, 198.51.100.9", "198.51.100.9"),
        (1, "10.0.0.1", None, "10.0.0.1"),
        (1, "10.0.0.1", "nonsense", "::"),
        (1, "", "198.51.100.9:4711", "198.51.100.9"),
        (2, "10.0.0.1", "1.1.1.1, 198.51.100.9, 10.0.0.2", "198.51.100.9"),
        (2, "10.0.0.1", "198.51.100.9", "10.0.0.1"),
        (1, "", "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::"),
        (0, "2001:db8:1:2:ffff::1", None, "2001:db8:1:2::"),
        (0, "::ffff:192.0.2.1", None, "192.0.2.1"),
        (0, "fe80::1%eth0", None, "fe80::"),
        (0, "", None, "::"),
    ],
)
def test_address_is_what_our_own_proxy_saw(settings, proxies, remote, forwarded, address):
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote)
    if forwarded:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    assert client_address(request) == address


def test_made_up_addresses_do_not_help_behind_a_proxy(anna, settings):
    settings.PROXY_COUNT = 1
    for number in range(20):
        page = fail(1, f"name-{number}", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, 198.51.100.9")
    assert page.status_code == 429


def test_address_without_a_proxy_cannot_be_made_up(anna):
    for number in range(20):
        page = fail(1, f"name-{number}", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert page.status_code == 429
