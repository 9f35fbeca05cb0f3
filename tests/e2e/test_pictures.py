"""An editor frames pictures: by dragging, by keyboard, on a phone, and by typing where scripts do not run."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from profiles.models import InterviewPhoto, Profile
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.waiting import follow
from tests.factories import InterviewFactory, InterviewPhotoFactory, ProfileFactory

COLOURS = ["red", "lime", "blue"]


def stripes() -> bytes:
    """A picture of three squares beside each other: red, green, blue."""
    image = Image.new("RGB", (900, 300))
    for number, colour in enumerate(COLOURS):
        image.paste(colour, (number * 300, 0, number * 300 + 300, 300))
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def colours(picture, fractions=(0.1, 0.5, 0.9)) -> list[str]:
    """The colours that pages show, from left to right at half the height."""
    present = picture.renditions
    with picture.storage.open(present.name(present.widths[-1], "webp")) as file:
        shown = Image.open(file).convert("RGB")
    pixels = [shown.getpixel((int(shown.width * part), shown.height // 2)) for part in fractions]
    return [COLOURS[pixel.index(max(pixel))] for pixel in pixels]


@pytest.fixture
def profile(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    profile = ProfileFactory(draft=True, portrait_alt_en="Three stripes")
    profile.portrait.save("portrait.png", BytesIO(stripes()))
    return profile


def change_page(page, site, record):
    page.goto(f"{site}/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/change/")
    return page


def save(page) -> None:
    follow(page.get_by_role("button", name="Save and continue editing").first)
    expect(page.locator("ul.messagelist .success")).to_be_visible()


def drag(page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """From one place of the first picture to another, both as parts of its width and height."""
    stage = page.locator(".framing-stage").first
    expect(page.locator(".framing-tools").first).to_be_visible()  # the picture has come
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    places = [(box["x"] + part[0] * box["width"], box["y"] + part[1] * box["height"]) for part in (start, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=5)
    page.mouse.up()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_click_on_the_picture_sets_the_focal_point(site, sign_in, profile, complaints, size):
    page = change_page(sign_in(viewport=size), site, profile)
    drag(page, (0.85, 0.5), (0.85, 0.5))
    assert float(page.get_by_label("Focal point: from the left").input_value()) == pytest.approx(85, abs=1)
    save(page)
    assert colours(Profile.objects.get().portrait) == ["blue", "blue", "blue"]
    assert complaints == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_focal_point_is_dragged(site, sign_in, profile, size):
    page = change_page(sign_in(viewport=size), site, profile)
    drag(page, (0.5, 0.5), (0.1, 0.5))
    save(page)
    assert colours(Profile.objects.get().portrait) == ["red", "red", "red"]


def test_a_finger_moves_the_focal_point(site, sign_in, profile):
    page = change_page(sign_in(viewport=PHONE, has_touch=True), site, profile)
    stage = page.locator(".framing-stage")
    expect(page.locator(".framing-tools")).to_be_visible()
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    page.touchscreen.tap(box["x"] + 0.15 * box["width"], box["y"] + 0.5 * box["height"])
    save(page)
    assert colours(Profile.objects.get().portrait) == ["red", "red", "red"]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_arrow_keys_move_the_focal_point(site, sign_in, profile, size):
    page = change_page(sign_in(viewport=size), site, profile)
    page.locator(".framing-point").focus()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    assert page.get_by_label("Focal point: from the left").input_value() == "90"
    save(page)
    assert colours(Profile.objects.get().portrait) == ["blue", "blue", "blue"]


def test_arrow_keys_move_and_size_the_crop(site, sign_in, profile):
    page = change_page(sign_in(), site, profile)
    page.locator(".framing-crop").focus()
    for _ in range(60):
        page.keyboard.press("Shift+ArrowLeft")
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    assert page.get_by_label("Crop: from the left").input_value() == "30"
    assert page.get_by_label("Crop: width").input_value() == "40"
    save(page)
    assert colours(Profile.objects.get().portrait) == ["lime", "lime", "lime"]


def test_the_corners_crop_a_photo_and_the_preview_shows_it(site, sign_in, profile, complaints):
    photo = InterviewPhotoFactory(interview=InterviewFactory(draft=True, profile=profile))
    photo.image.save("photo.png", BytesIO(stripes()))
    page = change_page(sign_in(), site, photo.interview)
    drag(page, (0.995, 0.99), (0.33, 0.99))
    ratio = page.locator(".framing-preview").first.evaluate("one => one.clientWidth / one.clientHeight")
    assert ratio == pytest.approx(1, abs=0.1)
    save(page)
    image = InterviewPhoto.objects.get().image
    assert image.renditions.width == pytest.approx(300, abs=12)
    assert image.renditions.height == pytest.approx(300, abs=3)
    assert colours(image) == ["red", "red", "red"]
    assert complaints == []


def test_the_preview_shows_what_pages_will_show(site, sign_in, profile):
    page = change_page(sign_in(), site, profile)
    drag(page, (0.85, 0.5), (0.85, 0.5))
    page.locator(".framing-preview img").evaluate("image => image.decode()")
    shown = Image.open(BytesIO(page.locator(".framing-preview").screenshot())).convert("RGB")
    red, green, blue = shown.getpixel((shown.width // 2, shown.height // 2))
    assert blue > 200
    assert max(red, green) < 60


def test_a_picture_just_chosen_is_framed_before_it_is_saved(site, sign_in, profile, complaints):
    profile.portrait_framing = {"left": 0, "top": 0, "width": 40, "height": 100}
    profile.save()
    page = change_page(sign_in(), site, profile)
    new = {"name": "new.png", "mimeType": "image/png", "buffer": stripes()}
    page.locator("#id_portrait").set_input_files(new)
    expect(page.locator(".framing-whole")).to_have_attribute("src", re.compile("^data:image/png"))
    expect(page.get_by_label("Crop: width")).to_have_value("")
    drag(page, (0.85, 0.5), (0.85, 0.5))
    save(page)
    saved = Profile.objects.get(pk=profile.pk)
    assert saved.portrait.name != profile.portrait.name
    assert colours(saved.portrait) == ["blue", "blue", "blue"]
    assert complaints == []


def test_a_photo_added_on_the_page_is_framed_too(site, sign_in, profile, complaints):
    page = change_page(sign_in(), site, InterviewFactory(draft=True, profile=profile))
    page.locator("#photos-group .add-row a").click()
    page.locator("#id_photos-0-image").set_input_files(
        {"name": "new.png", "mimeType": "image/png", "buffer": stripes()}
    )
    page.locator("#id_photos-0-alt_en").fill("Stripes")
    expect(page.locator("#photos-0 .framing-crop")).to_be_visible()
    page.locator("[name=photos-0-image_framing_left]").fill("70")
    page.locator("[name=photos-0-image_framing_width]").fill("20")
    save(page)
    assert colours(InterviewPhoto.objects.get().image) == ["blue", "blue", "blue"]
    assert complaints == []


def test_numbers_alone_do_without_scripts(site, sign_in, profile):
    page = change_page(sign_in(java_script_enabled=False), site, profile)
    expect(page.get_by_role("img", name="The whole picture")).to_be_visible()
    expect(page.locator(".framing-point")).to_be_hidden()
    page.get_by_label("Focal point: from the left").fill("10")
    page.get_by_label("Focal point: from the top").fill("50")
    save(page)
    assert colours(Profile.objects.get().portrait) == ["red", "red", "red"]


def test_the_whole_picture_is_shown_again_at_a_press(site, sign_in, profile):
    profile.portrait_framing = {"left": 70, "top": 0, "width": 30, "height": 100}
    profile.save()
    page = change_page(sign_in(), site, profile)
    page.get_by_role("button", name="Show the whole picture").click()
    save(page)
    saved = Profile.objects.get()
    assert saved.portrait_framing is None
    assert colours(saved.portrait) == ["lime", "lime", "lime"]
