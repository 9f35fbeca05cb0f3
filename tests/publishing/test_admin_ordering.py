"""Editors type positions: the modules of a programme as an example of ordered parts."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from tests.factories import ModuleFactory, ProgrammeFactory
from tests.publishing.admin_forms import errors, filled_in, with_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    """A programme with the modules A, B, C and D."""
    programme = ProgrammeFactory(draft=True)
    for order, title in enumerate("ABCD", start=1):
        ModuleFactory(programme=programme, order=order, title_en=title)
    return programme


@pytest.fixture
def save(staff_client, programme):
    """Saves the page with some of its fields changed, and answers the page that follows."""
    address = reverse("admin:programmes_programme_change", args=[programme.pk])

    def save(changes=None, add=None):
        page = staff_client.get(address)
        data = with_part(page, "modules", **add) if add else filled_in(page)
        return staff_client.post(address, data | (changes or {}))

    return save


def modules(programme) -> str:
    """The titles in order; the orders are checked to be 1, 2, 3 …"""
    rows = list(programme.modules.order_by("order").values_list("order", "title_en"))
    assert [order for order, _ in rows] == list(range(1, len(rows) + 1))
    return "".join(title for _, title in rows)


def test_two_trade_places(programme, save):
    save({"modules-0-position": 2, "modules-1-position": 1})
    assert modules(programme) == "BACD"


def test_first_and_last_trade_places(programme, save):
    save({"modules-0-position": 4, "modules-3-position": 1})
    assert modules(programme) == "DBCA"


def test_one_moves_up(programme, save):
    save({"modules-3-position": 2})
    assert modules(programme) == "ADBC"


def test_one_moves_down(programme, save):
    save({"modules-0-position": 3})
    assert modules(programme) == "BCAD"


def test_all_turn_round(programme, save):
    save({f"modules-{number}-position": 4 - number for number in range(4)})
    assert modules(programme) == "DCBA"


def test_position_beyond_the_last_is_the_end(programme, save):
    save({"modules-1-position": 99})
    assert modules(programme) == "ACDB"


def test_emptied_position_is_the_end(programme, save):
    save({"modules-1-position": ""})
    assert modules(programme) == "ACDB"


def test_two_typed_to_the_same_place_stand_one_after_the_other(programme, save):
    save({"modules-2-position": 1, "modules-3-position": 1})
    assert modules(programme) == "CDAB"


def test_new_one_goes_to_the_end(programme, save):
    save(add={"title_en": "N"})
    assert modules(programme) == "ABCDN"


def test_new_one_goes_where_its_position_says(programme, save):
    save(add={"title_en": "N", "position": 1})
    assert modules(programme) == "NABCD"


def test_first_is_deleted_and_the_others_close_up(programme, save):
    save({"modules-0-DELETE": "on"})
    assert modules(programme) == "BCD"


def test_one_is_deleted_while_another_takes_its_place(programme, save):
    save({"modules-0-DELETE": "on", "modules-3-position": 1})
    assert modules(programme) == "DBC"


def test_text_and_place_change_together(programme, save):
    save({"modules-3-position": 1, "modules-0-title_en": "X"})
    assert modules(programme) == "DXBC"


def test_nothing_changes_when_nothing_is_typed(programme, save):
    save()
    assert modules(programme) == "ABCD"


@pytest.mark.parametrize("position", ["0", "-1", "first", "100000"])
def test_impossible_position_is_refused_at_the_field(programme, save, position):
    refused = save({"modules-0-position": position})
    assert list(errors(refused)) == ["modules-0-position"]
    assert modules(programme) == "ABCD"


def test_parts_come_in_the_order_of_a_new_whole(staff_client):
    address = reverse("admin:programmes_programme_add")
    data = filled_in(staff_client.get(address), name_en="New", slug="new", kind="finance")
    data |= {"modules-TOTAL_FORMS": 3, "modules-0-title_en": "A", "modules-1-title_en": "B"}
    data |= {"modules-2-title_en": "C", "modules-2-position": "1"}
    staff_client.post(address, data)
    programme = ProgrammeFactory._meta.model.objects.get(slug="new")
    assert modules(programme) == "CAB"


def test_parts_of_another_whole_are_left_alone(programme, save):
    other = ModuleFactory(order=1)
    save({"modules-0-position": 2})
    other.refresh_from_db()
    assert other.order == 1


def test_rows_are_shown_with_their_positions(staff_client, programme):
    page = staff_client.get(reverse("admin:programmes_programme_change", args=[programme.pk]))
    data = filled_in(page)
    assert [data[f"modules-{number}-position"] for number in range(4)] == [1, 2, 3, 4]


def test_what_somebody_else_added_meanwhile_comes_last_and_the_page_stays_fit_to_save(programme, staff_client, save):
    address = reverse("admin:programmes_programme_change", args=[programme.pk])
    opened_before = filled_in(staff_client.get(address))
    ModuleFactory(programme=programme, order=5, title_en="X")
    staff_client.post(address, opened_before | {"modules-0-title_en": "a"})
    assert modules(programme) == "aBCDX"
    save({"modules-4-position": 1})
    assert modules(programme) == "XaBCD"


def test_who_may_only_look_sees_the_positions(client, programme):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__in=["view_programme", "view_module"]))
    client.force_login(viewer)
    page = client.get(reverse("admin:programmes_programme_change", args=[programme.pk])).content.decode()
    assert '<div class="readonly">4</div>' in page
