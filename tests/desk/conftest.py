from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from publishing.models import Publishable


@pytest.fixture
def client_who_may(db) -> Callable[..., Client]:
    """A browser of a colleague with the permissions that are named, as in `client_who_may("change_profile")`."""

    def make(*codenames: str) -> Client:
        user = User.objects.create_user(f"colleague{User.objects.count()}", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client = Client()
        client.force_login(user)
        return client

    for model in apps.get_models():
        if issubclass(model, Publishable):
            kind = ContentType.objects.get_for_model(model)
            name = f"publish_{model._meta.model_name}"
            Permission.objects.get_or_create(content_type=kind, codename=name, defaults={"name": name})
    return make
