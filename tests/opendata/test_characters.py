import pytest
from icalendar import Event
from lxml import etree

from opendata.characters import without_controls


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, ""),
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00\x0b\x1f\x7fb\ufffe\ud800", "ab"),
        ("Señora 👩🏽‍🌾\u2028\x85", "Señora 👩🏽‍🌾\u2028\x85"),
    ],
)
def test_only_what_formats_refuse_is_taken_out(text, expected):
    assert without_controls(text) == expected


def test_whatever_is_left_can_be_written():
    text = without_controls("".join(map(chr, range(0x11000))))
    element = etree.Element("a")
    element.text = text
    assert etree.fromstring(etree.tostring(element)).text == text
    event = Event()
    event.add("summary", text)
    assert str(Event.from_ical(event.to_ical())["summary"]) == text
