"""Pages in memory are bounded, whatever is asked for."""

from caching.memory import Memory
from caching.pages import Page


def page(size: int) -> Page:
    return Page([("Content-Type", "text/html")], b"x" * size)


def test_an_endless_number_of_questions_fills_nothing_up():
    memory = Memory(1_000_000)
    for number in range(1000):
        memory.put(("/en/", f"q={number}"), "now", page(10_000))
        memory.get(("/en/", "q=0"), "now")
    assert 50 < len(memory) < 100
    assert memory.size <= 1_000_000
    assert memory.get(("/en/", "q=0"), "now")  # asked for all the time
    assert memory.get(("/en/", "q=1"), "now") is None


def test_of_a_question_only_the_newest_answer_takes_room():
    memory = Memory(1_000_000)
    for number in range(100):
        memory.put(("/en/",), f"version {number}", page(10_000))
    assert len(memory) == 1
    assert memory.size < 20_000
    assert memory.get(("/en/",), "version 98") is None
    assert memory.get(("/en/",), "version 99")


def test_a_very_large_page_does_not_push_out_the_others():
    memory = Memory(1_000_000)
    memory.put(("/en/",), "now", page(100))
    memory.put(("/sitemap.xml",), "now", page(900_000))
    assert memory.get(("/en/",), "now")
    assert memory.get(("/sitemap.xml",), "now") is None


def test_nothing_is_left_of_what_is_forgotten():
    memory = Memory(1_000_000)
    memory.put(("/en/",), "now", page(100))
    memory.clear()
    assert (len(memory), memory.size) == (0, 0)
