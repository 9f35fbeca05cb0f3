"""How a picture stands in a page."""

import pytest
from django.core.files.base import ContentFile
from django.template import Context, Template
from django.utils.translation import override

from profiles.models import Profile
from tests.factories import ProfileFactory
from tests.pictures import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile():
    profile = ProfileFactory(portrait_alt_en='Ana & "friends"')
    profile.portrait.save("portrait.webp", ContentFile(picture(200, 150)))
    return profile


def shown(profile: Profile, options: str = "") -> str:
    template = Template('{% load pictures %}{% picture profile "portrait" sizes="6rem" ' + options + " %}")
    return template.render(Context({"profile": profile})).strip()


def test_a_browser_chooses_among_formats_and_widths(profile):
    address = profile.portrait.url
    avif, webp = (
        ", ".join(f"{address}.{width}.{file_format} {width}w" for width in (96, 144, 150))
        for file_format in ("avif", "webp")
    )
    assert shown(profile) == (
        f'<picture><source type="image/avif" srcset="{avif}" sizes="6rem">'
        f'<source type="image/webp" srcset="{webp}" sizes="6rem">'
        f'<img src="{address}.150.webp" alt="" width="150" height="150" loading="lazy" decoding="async"></picture>'
    )


def test_a_picture_without_renditions_is_shown_itself(profile):
    Profile.objects.update(portrait_renditions=None)
    old = Profile.objects.get()
    assert shown(old) == f'<img src="{old.portrait.url}" alt="" loading="lazy" decoding="async">'


def test_the_words_for_it_are_escaped_and_say_their_language(profile):
    assert 'alt="Ana &amp; &quot;friends&quot;" width' in shown(profile, 'words="portrait_alt"')
    with override("es"):
        assert 'alt="Ana &amp; &quot;friends&quot;" lang="en"' in shown(profile, 'words="portrait_alt"')


def test_the_first_picture_is_fetched_before_all_others(profile):
    markup = shown(profile, "first=True")
    assert 'fetchpriority="high"' in markup
    assert "lazy" not in markup


def test_a_picture_in_sight_is_not_lazy(profile):
    markup = shown(profile, "lazy=False")
    assert "lazy" not in markup
    assert "fetchpriority" not in markup


@pytest.mark.parametrize(("asked", "given"), [(1, 96), (96, 96), (100, 144), (2000, 150)])
def test_one_address_is_that_of_the_rendition_that_fits(profile, asked, given):
    assert profile.portrait.url_for_width(asked) == f"{profile.portrait.url}.{given}.webp"
