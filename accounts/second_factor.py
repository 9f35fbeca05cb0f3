"""The second factor of the staff: the code of an app on their phone, or one of their recovery codes.

The rules about who owes one, and everything that is done with it. What is stored are django-otp's devices: one
confirmed `TOTPDevice` a person, which is their second factor, and one `StaticDevice`, which holds their recovery codes.
"""

import re
import time
from base64 import b32encode
from binascii import unhexlify
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser, User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

RECOVERY_CODES = 10
CODE_OF_APP = re.compile(r"[0-9]{6}")


class TooSoonError(Exception):
    """A code came too soon after wrong ones. `until`: from when on the next one is looked at."""

    def __init__(self, until: datetime):
        super().__init__(until)
        self.until = until


def has_second_factor(user: AbstractBaseUser) -> bool:
    """Whether `user` has set up a second factor."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def owes_second_factor(user) -> bool:
    """Whether `user`, as signed in up to now, has yet to give a second factor, or to set one up.

    Who has one always gives it; the setting REQUIRE_SECOND_FACTOR makes all staff have one.
    """
    if not user.is_authenticated or getattr(user, "otp_device", None):
        return False
    return (settings.REQUIRE_SECOND_FACTOR and user.is_staff) or has_second_factor(user)


def verified_device(user: AbstractBaseUser, code: str) -> Device | None:
    """The device of `user` that accepts `code`, which is thereby used up; None when none does.

    `code` is six digits from the app, or a recovery code with or without its hyphen.
    Raises TooSoonError after wrong codes: 1 second after the first, then 2, 4, 8 …
    """
    code = re.sub(r"[\s-]", "", code).lower()
    kind = TOTPDevice if CODE_OF_APP.fullmatch(code) else StaticDevice
    with transaction.atomic():
        device = kind.objects.select_for_update().filter(user=user, confirmed=True).first()
        if device is None:
            return None
        allowed, reason = device.verify_is_allowed()
        if not allowed:
            raise TooSoonError(reason["locked_until"])
        return device if device.verify_token(code) else None


def new_key() -> str:
    """A new secret for an app, in hexadecimal digits."""
    return random_hex(20)


def key_to_type(key: str) -> str:
    """The secret as apps take it: base 32, in groups of four."""
    text = b32encode(unhexlify(key)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def address_for_app(user: User, key: str) -> str:
    """The ``otpauth:`` address that tells an app the secret and whose it is; the QR code holds it."""
    return TOTPDevice(user=user, key=key).config_url


def app_showing(key: str, code: str) -> TOTP | None:
    """The proof that an app knows `key`: it shows `code` now, or did half a minute ago. None when it does not."""
    app = TOTP(unhexlify(key))
    app.time = time.time()
    return app if CODE_OF_APP.fullmatch(code) and app.verify(int(code), tolerance=1) else None


def set_up(user: User, key: str, app: TOTP) -> TOTPDevice:
    """Make `app`, which proved that it knows `key`, the second factor of `user` instead of any other."""
    with _one_at_a_time(user):
        TOTPDevice.objects.filter(user=user).delete()
        # last_t: the code that proved it cannot be used again.
        return TOTPDevice.objects.create(user=user, key=key, name="app", drift=app.drift, last_t=app.t())


def new_recovery_codes(user: User) -> list[str]:
    """Make new recovery codes for `user`; the old ones are void."""
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    with _one_at_a_time(user):
        # The device stays: who signed in with a recovery code stays signed in.
        device, _made = StaticDevice.objects.get_or_create(user=user, defaults={"name": "recovery codes"})
        device.token_set.all().delete()
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def recovery_codes_left(user: AbstractBaseUser) -> int:
    """How many recovery codes `user` has not used yet."""
    return StaticToken.objects.filter(device__user=user).count()


def forget_wrong_codes(user: AbstractBaseUser) -> None:
    """Let `user` try again at once after wrong codes."""
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user=user).update(throttling_failure_count=0, throttling_failure_timestamp=None)


def reset(user: User) -> None:
    """Take the second factor and the recovery codes from `user`, and end all sessions of theirs.

    Whoever found the phone, or sits at a forgotten screen, must not be the one who sets up the next.
    """
    with _one_at_a_time(user):
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        for session in Session.objects.filter(expire_date__gt=timezone.now()):
            if session.get_decoded().get(SESSION_KEY) == str(user.pk):
                session.delete()


@contextmanager
def _one_at_a_time(user):
    """A transaction that holds the row of `user`: two pages of one person cannot make two devices."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        yield
