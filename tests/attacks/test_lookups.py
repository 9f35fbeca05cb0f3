"""No parameter of a list reaches the database but those that the list offers, and none as a part of a query."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.attacks.answers import body

# Names of columns, lookups and attributes, as a list that passed them on would follow them.
LOOKUPS = [
    *(
        "consent_by__startswith",
        "given_name__contains",
        "status",
        "status__in",
        "publish_at__gt",
        "pk",
        "id__gt",
        "slug",
    ),
    *("country__pk", "office__country__name_en__startswith", "staff__profile__withdrawn_reason__contains", "__class__"),
    *("_state", "objects", "password", "user__password__startswith", "country__isnull", "q__regex", "sort__desc"),
    *("engagements__staff__profile__consent_document", "partners__kind", "title_en__iregex", "created_at__year"),
]
SQL = [
    "' OR '1'='1",
    "1 OR 1=1",
    "PE' UNION SELECT password FROM auth_user --",
    "PE'); DROP TABLE x; --",
    "%",
    "_E",
    "PE\x00",
]
SQL += ["name; SELECT pg_sleep(9)", "-name,(SELECT 1)", "random()", "password", "staff__profile__consent_by", "?"]
LISTS = ["profiles", "programmes", "engagements"]


@pytest.fixture(scope="module")
def visitor(sample_content) -> Client:
    return Client(raise_request_exception=False)


def shown(visitor: Client, kind: str, query: str = "") -> list[str]:
    response = visitor.get(f"/en/{kind}/?{query}")
    assert response.status_code == 200, query
    return [str(record.pk) for record in response.context["page_obj"].object_list]


@pytest.mark.parametrize("kind", LISTS)
def test_a_page_follows_no_lookup(visitor, kind):
    everything = shown(visitor, kind)
    assert everything
    offered = set(visitor.get(f"/en/{kind}/").context["filterset"].base_filters)
    for name in set(LOOKUPS) - offered:
        for value in ("a", "1", "draft"):
            assert shown(visitor, kind, urlencode({name: value})) == everything, name


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("where", ["/api/v1/{}/", "/en/{}.json", "/en/{}.csv"])
def test_api_and_files_refuse_a_lookup(visitor, kind, where):
    offered = set(visitor.get(f"/en/{kind}/").context["filterset"].base_filters)
    for name in set(LOOKUPS) - offered:
        response = visitor.get(f"{where.format(kind)}?{urlencode({name: 'a'})}")
        answer = body(response)
        assert response.status_code in (200, 400), name
        if response.status_code == 200:  # files leave out what they do not know, and say what they know
            assert answer == body(visitor.get(where.format(kind))), name


@pytest.mark.parametrize("kind", LISTS)
def test_no_value_is_a_part_of_a_query(visitor, kind):
    """What is no known value is left out of the filters with a message; it never narrows, widens or sorts the list."""
    filters = visitor.get(f"/en/{kind}/").context["filterset"].base_filters
    everything = shown(visitor, kind)
    for name in set(filters) - {"q", "sort", "page"}:
        for value in SQL:
            assert shown(visitor, kind, urlencode({name: value})) == everything, (name, value)
    for value in SQL:
        assert shown(visitor, kind, urlencode({"sort": value})) == everything, value


@pytest.mark.parametrize("kind", ["profiles/profile", "programmes/programme", "engagements/engagement", "auth/user"])
def test_lists_of_the_admin_follow_no_lookup_that_they_do_not_offer(visitor, kind):
    editor = Client(raise_request_exception=False)
    editor.force_login(User.objects.create_superuser(f"looks-up-{kind[:4]}"))
    for name in ("password__startswith", "staff__profile__withdrawn_reason__startswith", "user__password"):
        response = editor.get(f"/admin/{kind}/?{name}=a")
        # Back to the list, or refused: Django's two answers to a lookup that is not allowed or not known.
        assert response.status_code in (302, 400), name
    for value in SQL:
        assert editor.get(f"/admin/{kind}/?{urlencode({'q': value, 'o': value, 'p': value})}").status_code in (200, 302)
