"""Rich texts in records, in forms and on pages."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from engagements.models import Engagement
from profiles.models import Exchange, Series
from richtext.forms import MOST, RichTextFormField
from richtext.templatetags.richtext import rich_text
from tests.factories import EngagementFactory, ExchangeFactory, SeriesFactory

pytestmark = pytest.mark.django_db


class TestKeeping:
    def test_whatever_way_a_text_is_saved_it_is_sanitised(self):
        exchange = ExchangeFactory(answer_en="<p onclick=pwn()>Yes</p><script>pwn()</script>")
        Exchange.objects.bulk_create(
            [Exchange(interview=exchange.interview, order=90, question_en="Q", answer_en="<img src=x onerror=pwn()>No")]
        )

        assert list(Exchange.objects.order_by("pk").values_list("answer_en", flat=True)) == ["<p>Yes</p>", "<p>No</p>"]
        assert exchange.answer_en == "<p>Yes</p>"
        Exchange.objects.update(answer_en="<b>Perhaps</b><svg onload=pwn()>")
        assert Exchange.objects.order_by("pk").first().answer_en == "<p><strong>Perhaps</strong></p>"

    def test_plain_text_becomes_paragraphs(self):
        assert ExchangeFactory(answer_en="One\n\nTwo").answer_en == "<p>One</p>\n<p>Two</p>"

    @pytest.mark.parametrize("nothing", ["<p></p>", "<p>&nbsp;</p>", "", None])
    def test_without_words_there_is_nothing(self, nothing):
        exchange = ExchangeFactory(answer_es=nothing)
        exchange.refresh_from_db()

        assert not exchange.answer_es
        assert not Exchange.objects.filter(answer_es__gt="").exists()

    def test_saving_while_a_reader_of_another_language_is_served_translates_nothing(self):
        with translation.override("es"):
            exchange = ExchangeFactory(answer_en="<div>Yes</div>")

        exchange.refresh_from_db()
        assert (exchange.answer_en, exchange.answer_es) == ("<p>Yes</p>", None)

    def test_is_a_text_for_migrations(self):
        assert Series._meta.get_field("introduction").deconstruct()[1] == "django.db.models.TextField"


class TestSearchingForWords:
    @pytest.fixture(autouse=True)
    def engagement(self):
        return EngagementFactory(
            results_en='<p>Milk &amp; <strong>che</strong>ese at 5 &lt; 6&nbsp;pesos <a href="https://coop.example/">x</a></p>'
        )

    @pytest.mark.parametrize("words", ["milk & cheese", "CHEESE", "5 < 6", "pesos"])
    def test_finds_what_readers_see(self, words):
        assert Engagement.objects.filter(results_en__words__icontains=words).exists()

    @pytest.mark.parametrize("words", ["strong", "href", "amp", "<p>", "nbsp", "coop.example"])
    def test_finds_no_tags(self, words):
        assert not Engagement.objects.filter(results_en__words__icontains=words).exists()

    def test_bears_texts_that_are_missing(self):
        EngagementFactory(results_en=None)

        assert Engagement.objects.filter(results_en__words__icontains="cheese").count() == 1


class TestTheFormField:
    def test_takes_html_and_plain_text(self):
        field = RichTextFormField(required=False)

        assert field.clean("<div>a</div>") == "<p>a</p>"
        assert field.clean("a\n\nb") == "<p>a</p>\n<p>b</p>"

    def test_a_text_without_words_is_missing_where_one_is_needed(self):
        with pytest.raises(ValidationError, match="required"):
            RichTextFormField().clean("<p><br></p>")

    def test_what_says_the_same_has_not_changed(self):
        field = RichTextFormField(required=False)

        assert not field.has_changed("<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>")
        assert not field.has_changed(None, "<p></p>")
        assert field.has_changed("<p>a</p>", "<p><strong>a</strong></p>")

    def test_a_text_that_is_too_long_is_refused_with_its_length(self):
        with pytest.raises(ValidationError, match="100007 characters"):
            RichTextFormField().clean(f"<p>{'x' * MOST}</p>")


class TestShowing:
    def test_sanitises_what_came_into_the_database_by_another_way(self):
        assert rich_text("<p>a</p><script>pwn()</script><img src=x onerror=pwn()>") == "<p>a</p>"

    def test_headings_have_the_rank_that_the_page_gives_them(self):
        assert rich_text("<h3>a</h3><h4>b</h4>", 4) == "<h4>a</h4><h5>b</h5>"

    def test_of_nothing_is_nothing(self):
        assert rich_text(None) == ""

    def test_a_series_introduces_its_interviews_richly(self, client):
        series = SeriesFactory(introduction_en="<p>Read <em>on</em></p>")
        exchange = ExchangeFactory(interview__series=series, answer_en="<h3>Why</h3><p>So.</p>")

        page = client.get(exchange.interview.profile.get_absolute_url()).content.decode()

        assert "<p>Read <em>on</em></p>" in page
        assert "<h4>Why</h4>" in page
