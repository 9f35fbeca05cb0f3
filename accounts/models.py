"""The records that django-axes keeps of sign-ins, under names that administrators understand."""

from axes.models import AccessFailureLog, AccessLog
from django.utils.translation import gettext_lazy as _


class SignIn(AccessLog):
    """Somebody signed in, with everything that the portal asks of them."""

    class Meta:
        proxy = True
        default_permissions = ("view",)
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")


class FailedSignIn(AccessFailureLog):
    """A wrong password, or a wrong code of a second factor."""

    class Meta:
        proxy = True
        default_permissions = ("view",)
        verbose_name = _("failed sign-in")
        verbose_name_plural = _("failed sign-ins")
