"""An authenticator app, for tests."""

from base64 import b32decode
from binascii import hexlify, unhexlify

from django.contrib.auth.models import User
from django_otp.oath import totp

from accounts import second_factor


class Phone:
    """Shows codes of the secret `key`, given in hexadecimal digits or as pages show it."""

    def __init__(self, key: str):
        try:
            self.secret = unhexlify(key)
        except ValueError:
            self.secret = b32decode(key.replace(" ", ""))

    @property
    def key(self) -> str:
        return hexlify(self.secret).decode()

    def code(self, steps: int = 0) -> str:
        """The code that the app shows now, or `steps` half minutes later."""
        return f"{totp(self.secret, t0=-30 * steps):06d}"

    def wrong_code(self) -> str:
        near = {self.code(steps) for steps in range(-3, 4)}
        return next(
            code
            for code in ("111111", "222222", "333333", "444444", "555555", "666666", "777777", "888888")
            if code not in near
        )

    def become_second_factor_of(self, user: User):
        device = second_factor.set_up(user, self.key, second_factor.app_showing(self.key, self.code(-1)))
        device.drift = 0
        device.save()
        return device
