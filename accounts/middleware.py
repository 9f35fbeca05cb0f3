"""Who has not given the second factor they owe is nobody."""

from asgiref.sync import sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from accounts.second_factor import owes_second_factor


def second_factor_first(get_response):
    """Hides whoever has given a password and still owes a second factor.

    For every view `request.user` is then an anonymous visitor, so none needs a check of its own. The pages that ask for
    the second factor find the person in `request.half_signed_in_user`, which is false for everybody else.
    Comes after django-otp's middleware.
    """

    def respond(request):
        # Asked only where a view asks who it is: a public page must not come to depend on cookies.
        signed_in = request.user
        half = SimpleLazyObject(lambda: signed_in if owes_second_factor(signed_in) else None)
        request.half_signed_in_user = half
        request.user = SimpleLazyObject(lambda: AnonymousUser() if half else signed_in)
        request.auser = sync_to_async(lambda: AnonymousUser() if half else signed_in)
        return get_response(request)

    return respond
