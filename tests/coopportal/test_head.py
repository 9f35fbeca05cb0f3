"""What the head of a page tells search engines and messengers."""

import re
from html.parser import HTMLParser

import pytest
from django.core.files.base import ContentFile

from tests.factories import EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_database]

HOST = "http://testserver"


class HeadReader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.title = ""
        self.meta: dict[str, list[str]] = {}
        self.links: list[dict] = []
        self._in_title = False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "meta" and (name := attrs.get("name") or attrs.get("property")):
            self.meta.setdefault(name, []).append(attrs.get("content", ""))
        if tag == "link":
            self.links.append(attrs)
        self._in_title = tag == "title" and not self.title

    def handle_data(self, data):
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag):
        self._in_title = False

    def link(self, **wanted) -> list[str]:
        """The addresses of the links that have these attributes."""
        return [link["href"] for link in self.links if all(link.get(name) == value for name, value in wanted.items())]


def head(response) -> HeadReader:
    reader = HeadReader()
    reader.feed(response.content.decode())
    return reader


class TestAddresses:
    def test_a_page_names_itself_and_the_other_languages(self, client):
        ProgrammeFactory(slug="training")
        page = head(client.get("/es/programmes/training/"))
        assert page.link(rel="canonical") == [f"{HOST}/es/programmes/training/"]
        alternates = {link["hreflang"]: link["href"] for link in page.links if "hreflang" in link}
        assert alternates == {
            "en": f"{HOST}/en/programmes/training/",
            "es": f"{HOST}/es/programmes/training/",
            "fr": f"{HOST}/fr/programmes/training/",
            "x-default": f"{HOST}/programmes/training/",
        }

    def test_the_address_without_language_leads_to_the_reader_s(self, client):
        ProgrammeFactory(slug="training")
        for address in ("/programmes/training/", "/"):
            response = client.get(address, headers={"accept-language": "fr-CH, en;q=0.5"})
            assert response["Location"] == f"/fr{address}"
        assert head(client.get("/en/")).link(hreflang="x-default") == [f"{HOST}/"]

    @pytest.mark.parametrize(
        "query", ["?country=PE", "?sort=newest", "?country=PE&page=2", "?utm_source=mail", "?page=1"]
    )
    def test_a_part_of_a_list_is_known_by_the_address_of_the_whole(self, client, query):
        EngagementFactory.create_batch(21)
        page = head(client.get(f"/en/engagements/{query}"))
        assert page.link(rel="canonical") == [f"{HOST}/en/engagements/"]
        assert page.link(hreflang="fr") == [f"{HOST}/fr/engagements/"]

    def test_the_second_page_of_the_whole_list_has_an_address_and_a_title_of_its_own(self, client):
        EngagementFactory.create_batch(21)
        first, second = (head(client.get(f"/en/engagements/{query}")) for query in ("", "?page=2"))
        assert second.link(rel="canonical") == [f"{HOST}/en/engagements/?page=2"]
        assert second.link(hreflang="fr") == [f"{HOST}/fr/engagements/?page=2"]
        assert second.title != first.title
        assert "page 2" in second.title

    def test_a_page_that_does_not_exist_is_not_said_to_be_anywhere(self, client):
        page = head(client.get("/en/programmes/nothing/"))
        assert page.link(rel="canonical") == []
        assert "og:url" not in page.meta

    def test_a_preview_is_told_to_nobody(self, staff_client):
        ProfileFactory(slug="ana", draft=True)
        response = staff_client.get("/en/profiles/ana/")
        page = head(response)
        assert page.meta["robots"] == ["noindex"]
        assert page.link(rel="canonical") == []
        assert "og:title" not in page.meta
        assert "ld+json" not in response.content.decode()


class TestLinkInAMessage:
    def test_a_person_is_shown_by_portrait_name_and_summary(self, client):
        profile = ProfileFactory(
            given_name="Ana",
            family_name='"O\'Neil" & Co',
            slug="ana",
            summary_en="First line.\nSecond <line>.",
            portrait_alt_en="Ana",
        )
        profile.portrait.save("ana.webp", ContentFile(b"not looked at"))
        meta = head(client.get("/en/profiles/ana/")).meta
        assert meta["og:title"] == ['Ana "O\'Neil" & Co']
        assert meta["og:description"] == meta["description"] == ["First line. Second <line>."]
        assert meta["og:url"] == [f"{HOST}/en/profiles/ana/"]
        assert meta["og:image"] == [HOST + profile.portrait.url]
        assert meta["og:image:alt"] == ["Ana"]
        assert meta["og:type"] == ["profile"]
        assert meta["twitter:card"] == ["summary"]

    def test_other_pages_are_shown_by_the_portal_s_card(self, client):
        meta = head(client.get("/fr/countries/pe/")).meta
        assert meta["og:site_name"] == ["Portail COOP"]
        assert meta["og:image"] == [f"{HOST}/static/icons/card.png"]
        assert (meta["og:image:width"], meta["og:image:height"]) == (["1200"], ["630"])
        assert meta["og:image:alt"]
        assert meta["twitter:card"] == ["summary_large_image"]
        assert meta["og:locale"] == ["fr_FR"]
        assert meta["og:locale:alternate"] == ["en_GB", "es_ES"]

    def test_a_record_without_a_summary_is_described_by_what_the_portal_is(self, client):
        OrganisationFactory(slug="union", description_en="")
        assert (
            head(client.get("/en/organisations/union/")).meta["description"]
            == head(client.get("/en/")).meta["description"]
        )


class TestTitles:
    def test_no_two_pages_of_the_sample_have_the_same(self, fill_with_sample, client):
        fill_with_sample()
        titles: dict[str, str] = {}
        for section in re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode()):
            for address in re.findall("<loc>(.*?)</loc>", client.get(section.removeprefix(HOST)).content.decode()):
                path = address.removeprefix(HOST)
                if path.startswith("/en/"):
                    title = head(client.get(path)).title
                    assert title.endswith(" – COOP Portal")
                    assert title not in titles, f"{path} and {titles.get(title)}"
                    titles[title] = path
        assert len(titles) > 100
