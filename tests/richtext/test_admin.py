"""Rich texts written in the admin, as its forms send them, and read on the public pages."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import translation

from profiles.models import Exchange
from tests.factories import EngagementFactory, ExchangeFactory, ModuleFactory, SeriesFactory
from tests.publishing.admin_forms import errors, filled_in, with_part
from tests.richtext.hostile import HOSTILE

pytestmark = pytest.mark.django_db


def page_of(record) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


class TestWriting:
    def test_no_hostile_text_gets_from_the_form_to_the_public(self, staff_client, client):
        engagement = EngagementFactory()
        form = filled_in(staff_client.get(page_of(engagement)))
        for name, text in HOSTILE.items():
            form["seen"] = filled_in(staff_client.get(page_of(engagement)))["seen"]
            typed = {"results_en": f"<p>Before</p>{text}", "_step": "publish"}
            answer = staff_client.post(page_of(engagement), form | typed)
            assert answer.status_code == 302, (name, errors(answer))
            page = client.get(engagement.get_absolute_url())
            shown = BeautifulSoup(page.content, "html.parser").select_one(".rich-text")
            assert "Before" in shown.get_text()
            for tag in shown.find_all(True):
                assert tag.name in {"p", "br", "a", "strong", "em", "h3", "h4", "ul", "ol", "li", "blockquote"}, name
                assert set(tag.attrs) <= {"href", "rel"}, name
                assert re.match(r"https?:|mailto:|$", tag.get("href", "")), name

    def test_plain_text_typed_without_a_script_becomes_paragraphs(self, staff_client):
        series = SeriesFactory()
        page = staff_client.get(page_of(series))

        staff_client.post(page_of(series), filled_in(page, introduction_en="One\r\n\r\nTwo\r\nand"))

        series.refresh_from_db()
        assert series.introduction_en == "<p>One</p>\n<p>Two<br>and</p>"

    def test_an_emptied_editor_leaves_no_translation(self, staff_client):
        exchange = ExchangeFactory(answer_es="Sí", interview__draft=True)
        page = staff_client.get(page_of(exchange.interview))

        staff_client.post(page_of(exchange.interview), filled_in(page, **{"exchanges-0-answer_es": "<p></p>"}))

        exchange.refresh_from_db()
        assert exchange.answer_es is None

    def test_a_new_part_has_its_rich_text(self, staff_client):
        module = ModuleFactory(programme__draft=True)
        page = staff_client.get(page_of(module.programme))

        part = with_part(page, "modules", title_en="Second", summary_en="<p>a <b>b</b></p>")
        staff_client.post(page_of(module.programme), part)

        assert module.programme.modules.get(title_en="Second").summary_en == "<p>a <strong>b</strong></p>"

    def test_saving_a_page_as_it_stands_changes_nothing(self, staff_client):
        exchange = ExchangeFactory(answer_en="<h3>A</h3><ul><li>b</li></ul>", interview__draft=True)
        form = filled_in(staff_client.get(page_of(exchange.interview)))
        as_the_editor_writes = {"exchanges-0-answer_en": "<h3>A</h3><ul><li><p>b</p></li></ul>"}

        staff_client.post(page_of(exchange.interview), form | as_the_editor_writes)

        assert Exchange.objects.get().answer_en == "<h3>A</h3>\n<ul><li>b</li></ul>"
        assert LogEntry.objects.get().get_change_message() == "No fields changed."

    def test_a_text_that_is_too_long_is_refused_at_its_field(self, staff_client):
        series = SeriesFactory()
        page = staff_client.get(page_of(series))

        answer = staff_client.post(page_of(series), filled_in(page, introduction_en="x" * 100_001))

        assert "100001 characters" in errors(answer)["introduction_en"][0]


class TestThePage:
    def test_names_the_language_of_each_text_and_needs_no_inline_script(self, staff_client):
        page = BeautifulSoup(staff_client.get(page_of(SeriesFactory())).content, "html.parser")

        for language in ("en", "es", "fr"):
            area = page.select_one(f"#id_introduction_{language}")
            assert area.has_attr("data-rich-text")
            assert area["lang"] == language
        (script,) = page.select("script[data-editor]")
        assert script["type"] == "module"
        assert script["data-editor"].endswith("/django_prose_editor/editor.js")
        assert not page.select('script[type="importmap"]')

    def test_the_toolbar_speaks_the_language_of_the_editor(self, staff_client):
        with translation.override("fr"):
            response = staff_client.get(page_of(SeriesFactory()), headers={"Accept-Language": "fr"})
        (script,) = BeautifulSoup(response.content, "html.parser").select("script[data-labels]")

        assert set(json.loads(script["data-labels"])) >= {"toolbar", "bold", "link", "address", "cancel"}

    def test_shows_the_text_and_no_tags_to_who_may_only_look(self, client):
        reader = get_user_model().objects.create_user("reader", "reader@example.org", "a-long-password", is_staff=True)
        models = ["interview", "exchange", "series"]
        reader.user_permissions.set(Permission.objects.filter(codename__in=[f"view_{name}" for name in models]))
        client.force_login(reader)
        series = SeriesFactory(introduction_en="<p>Read <strong>on</strong></p>")
        exchange = ExchangeFactory(answer_en="<p>So <em>be</em> it</p>")

        assert "<p>Read <strong>on</strong></p>" in client.get(page_of(series)).content.decode()
        assert "<p>So <em>be</em> it</p>" in client.get(page_of(exchange.interview)).content.decode()
