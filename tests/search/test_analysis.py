import pytest

from search.analysis import clean, fold, folded, runs, stem, term, term_of, tokens, typed, words


def test_accents_and_capitals_do_not_count():
    assert folded("Berber AĞTAŞ") == folded("berber agtas")
    assert folded("Côte") == folded("cote")


def test_a_letter_and_its_accent_may_come_apart():
    assert runs(clean("Be\u0301nin")) == runs("Bénin") == ("benin",)


def test_words_held_together_by_dots_and_hyphens_are_found_apart_and_joined():
    assert folded("My.Coop") == ["my", "coop", "mycoop"]
    assert folded("Berber-Agtaş") == ["berber", "agtas", "berberagtas"]


def test_the_end_of_a_sentence_joins_nothing():
    assert folded("Training. Of trainers.") == ["training", "of", "trainers"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "cooperatives", "cooperative"),
        ("en", "training", "trained"),
        ("es", "formación", "formaciones"),
        ("es", "capacitacion", "capacitaciones"),
        ("es", "cooperativas", "cooperativa"),
        ("fr", "coopératives", "cooperative"),
        ("fr", "formations", "formation"),
    ],
)
def test_forms_of_a_word_meet_in_its_stem(language, one, other):
    assert stem(folded(one)[0], language) == stem(folded(other)[0], language)


def test_names_are_not_stemmed():
    assert tokens("Peris", "") == ("peris",)
    assert "peri" in tokens("Peris", "en")


def test_capitals_in_another_hand_are_capitals_too():
    assert fold("𝐂ooperation") == "cooperation"


def test_what_is_no_word_leaves_nothing():
    for text in ("", "  ", "…!?", '"*():^-', "😀", "%_", "\x00", "\ud800"):
        assert list(words(text)) == []


def test_a_query_is_looked_for_without_its_stop_words():
    assert [word.runs for word in typed("the law of the cooperatives")] == [("law",), ("cooperatives",)]
    assert [word.runs for word in typed("la de las")] == [("la",), ("de",), ("las",)]


def test_a_very_long_query_has_an_end():
    assert len(typed("word " * 5000)) == 12
    assert sum(len(word.runs) for word in typed("a.b.c.d.e " * 50)) == 12
    (dotted,) = typed(".".join("abcdefghijklmnopqrstuvwxyz"))
    assert dotted.runs == tuple("abcdefghijkl")
    assert len(folded("a" * 10_000)[0]) == 60


def test_a_term_is_met_by_the_word_by_its_stem_and_by_its_parts():
    (word,) = typed("My.Coop")
    compound = term_of(word, "en")
    assert compound.matches({"mycoop"})
    assert compound.matches({"my", "coop"})
    assert not compound.matches({"coop"})
    assert term(["cooperatives"], "en").matches({"cooper"})
    assert term_of(typed("coopera")[0], "en", prefix=True).matches({"cooperation"})
