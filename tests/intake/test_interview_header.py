"""The lines above an interview: series, title, person, post, office, date, introduction."""

from datetime import date

import pytest

from intake.findings import Article, BlockKind, Interview, Known
from intake.interview import take_apart

BODY = """

What is your work about?

I help weavers in the hills to keep their books, and they teach me how to sing while counting.

And how do you see the years to come?

I see more looms, fewer debts and a roof on the store, if the rains are kind to us.
"""


def interview(header: str, body: str = BODY, known: Known | None = None) -> Interview:
    return take_apart(Article(header + body), known=known)


def value(finding) -> str | None:
    return finding.value if finding else None


@pytest.mark.parametrize(
    ("title", "name", "post", "office"),
    [
        ("Runa Aske, Enterprise Officer at ILO Office for the Northern Isles", "Runa Aske", "Enterprise Officer",
         "ILO Office for the Northern Isles"),
        ("Mr Odo Bram, Senior Specialist, Cooperatives, ILO DWT Cairo", "Odo Bram", "Senior Specialist, Cooperatives",
         "ILO DWT Cairo"),
        ("Interview with Dr. Ilse van Moor, Regional Director, ILO", "Ilse van Moor", "Regional Director", "ILO"),
        ("Entrevista con la Sra. Pilar Ocaña Ríos, Especialista en empresas de la Oficina de la OIT en Lima",
         "Pilar Ocaña Ríos", "Especialista en empresas", "Oficina de la OIT en Lima"),
        ("Entretien avec Mme Aya Kouamé, Chargée de programme au Bureau de l'OIT à Dakar", "Aya Kouamé",
         "Chargée de programme", "Bureau de l'OIT à Dakar"),
        ("Mira Soto, ILO Senior Technical Officer on housing in the Standards Branch of the ILO", "Mira Soto",
         "Senior Technical Officer on housing", "ILO"),
        ("Lars Ek, World Alliance of Dairies Regional Director", "Lars Ek", "Regional Director",
         "World Alliance of Dairies"),
        ("Ana Prado (ILO Quito): “Nobody saves alone”", "Ana Prado", None, "ILO Quito"),
        ("“Nobody saves alone”, says Ben Okri-Tan, Chief of the Savings Unit of the ILO", "Ben Okri-Tan",
         "Chief of the Savings Unit", "ILO"),
        ("JOAN MBEKI, PROJECT OFFICER, ILO HARARE", "Joan Mbeki", "PROJECT OFFICER", "ILO HARARE"),
        ("Dina al-Hadid, Project Officer: “Count twice”", "Dina al-Hadid", "Project Officer", None),
        ("Meet Tova Lind, Programme Officer at ILO Oslo", "Tova Lind", "Programme Officer", "ILO Oslo"),
        ("Five questions for Tova Lind", "Tova Lind", None, None),
        ("Runa Aske, Africa Cooperative Education Officer, ILO Oslo", "Runa Aske",
         "Africa Cooperative Education Officer", "ILO Oslo"),
        ("Runa Aske, Savings Bank Relations Manager", "Runa Aske", "Relations Manager", "Savings Bank"),
        ("Runa Aske, Company Law Specialist, ILO Oslo", "Runa Aske", "Company Law Specialist", "ILO Oslo"),
        ("Runa Aske, Isles Federation Education Officer", "Runa Aske", "Education Officer", "Isles Federation"),
        ("Runa Aske, ILO Country Office for the Isles in Torshavn", "Runa Aske", None,
         "ILO Country Office for the Isles in Torshavn"),
    ],
)  # fmt: skip
def test_a_title_tells_name_post_and_office(title, name, post, office):
    found = interview(f"COOP Champions\n\n{title}\n\nArticle | 2 May 2019")
    assert (value(found.name), value(found.post_title), value(found.office)) == (name, post, office)
    assert value(found.title) == title


def test_an_honorific_is_kept_apart_from_the_name():
    found = interview("COOP Champions\n\nProf. Dr. Odo Bram, Director at ILO Cairo")
    assert (found.honorific, found.name.value) == ("Prof. Dr.", "Odo Bram")


def test_a_unit_is_told_from_the_office():
    found = interview("Odo Bram, Technical Officer, Savings Unit, ILO Geneva")
    assert (found.post_title.value, found.unit.value, found.office.value) == (
        "Technical Officer", "Savings Unit", "ILO Geneva",
    )  # fmt: skip


def test_two_people_joined_in_a_title_are_both_found():
    found = interview("Anna Berg and Tom Lee, Specialists at ILO Pretoria")
    assert (found.name.value, [other.value for other in found.others]) == ("Anna Berg", ["Tom Lee"])


@pytest.mark.parametrize("office", ["DWT Torshavn", "Bureau Torshavn", "ILO Torshavn"])
def test_an_office_is_no_second_person(office):
    found = interview(f"Interview with Mr Odo Bram and {office}\n\nMr Odo Bram, Specialist, {office}\n\n1 March 2019")
    assert (found.name.value, found.others) == ("Odo Bram", ())


def test_a_title_without_a_person_leaves_the_name_to_the_introduction():
    found = interview(
        "Voices\n\nHow a village bank outlived three currencies and a flood\n\n"
        "This time Hugo Marsh, newly elected President of the Federation of River Banks, speaks about patience."
        "\n\nNews | 4 June 2018"
    )
    assert (found.name.value, found.post_title.value) == ("Hugo Marsh", "President")
    assert found.office.value == "Federation of River Banks"


def test_a_post_may_stand_in_a_line_of_its_own():
    found = interview("Q&A: Hugo Marsh\n\nChief of the ILO’s Savings Unit")
    assert (found.name.value, found.post_title.value) == ("Hugo Marsh", "Chief of the ILO’s Savings Unit")
    assert found.introduction == ()


def test_a_post_that_only_the_person_tells_is_found():
    found = interview("Interview with Hugo Marsh", "\n\nWho are you?\n\nI am a project coordinator in Malta.\n")
    assert found.post_title.value == "project coordinator in Malta"


@pytest.mark.parametrize(
    ("line", "series"),
    [
        ("COOP Champions", "COOP Champions"),
        ("ILO COOP 100 Interview", "ILO COOP 100 Interview"),
        ("Entrevistas destacadas con cooperadores", "Spotlight Interviews with Co-operators"),
        ("Faces of the harvest", "Faces of the harvest"),
    ],
)
def test_a_series_is_known_by_its_names_and_an_unknown_one_by_its_line(line, series):
    assert interview(f"{line}\n\nRuna Aske, Officer at ILO Oslo\n\nArticle | 2 May 2019").series.value == series


def test_a_series_may_be_introduced_as_one():
    found = interview("Series: Faces of the harvest\n\nRuna Aske, Officer at ILO Oslo")
    assert (found.series.value, found.title.value) == ("Faces of the harvest", "Runa Aske, Officer at ILO Oslo")


def test_a_post_may_open_the_introduction():
    found = interview("A quay at dawn: interview with Runa Aske\n\nThe director of the Boat School talks about knots.")
    assert found.post_title.value == "director of the Boat School"


def test_a_series_before_the_title_on_one_line_is_found():
    assert interview("COOP Champions: Runa Aske, Officer at ILO Oslo").series.value == "COOP Champions"


def test_a_series_that_the_database_knows_is_found():
    known = Known(series=("Tea with a treasurer",))
    assert interview("Tea with a treasurer\n\nRuna Aske", known=known).series.value == "Tea with a treasurer"


def test_a_series_that_only_the_introduction_names_is_found():
    found = interview("En la serie COOP 100 hablamos con Runa Aske, directora de la Escuela de Barcas.")
    assert found.series.value == "ILO COOP 100 Interview"


@pytest.mark.parametrize(
    "line",
    [
        "Article | 3 February 2021",
        "Artículo | 3 de febrero de 2021",
        "Actualité | 3 février 2021",
        "Article | 3 février 2021",
        "3 Feb 2021",
        "February 3rd, 2021",
        "03/02/2021",
        "2021-02-03",
        "Published on 3 February 2021",
        "Publicado el 3 de febrero del 2021",
        "Publié le 3 févr. 2021",
        "Wednesday, 3 February 2021",
        "Geneva, 3 February 2021",
    ],
)
def test_a_date_line_is_read_in_any_of_its_forms(line):
    found = interview(f"COOP Champions\n\nRuna Aske, Officer at ILO Oslo\n\n{line}")
    assert found.published_on == date(2021, 2, 3)


def test_the_first_of_a_month_is_read_in_french():
    assert interview("Entretien avec Aya Kouamé\n\n1er août 2020").published_on == date(2020, 8, 1)


def test_a_date_may_stand_before_the_introduction():
    found = interview("Interview with Runa Aske\n\n3 May 2021\n\nIn this interview Runa Aske tells how she began.")
    assert found.published_on == date(2021, 5, 3)
    assert len(found.introduction) == 1


def test_a_date_in_an_answer_is_not_the_date_of_publication():
    body = "\n\nHow did you begin?\n\nOn 9 June 1983 I moved to the coast.\n\nIt rained on 4 May 1981\n"
    assert interview("Interview with Runa Aske", body).published_on is None


def test_a_date_of_publication_at_the_end_counts():
    found = interview("Interview with Runa Aske", BODY + "\nMore of this.\n" * 12 + "\nPublished on 5 May 2020")
    assert found.published_on == date(2020, 5, 5)


def test_the_introduction_is_apart_from_the_interview():
    found = interview("COOP Champions\n\nRuna Aske, Officer at ILO Oslo\n\nA series on patient people.\n\n2 May 2019")
    assert [span.of("COOP Champions\n\nRuna Aske, Officer at ILO Oslo\n\nA series on patient people.") for span in
            found.introduction] == ["A series on patient people."]  # fmt: skip
    assert len(found.exchanges) == 2


def test_an_article_may_begin_with_its_introduction():
    found = interview("We sat down with Runa Aske, director of the Boat School, on a quay.\n")
    assert (found.title, found.name.value) == (None, "Runa Aske")
    assert len(found.introduction) == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Article | 7 novembre 2019\n\nWhat do you do?\n\nI mend the nets of the village and the boats.", "en"),
        ("20 Feb 2025\n\n¿Qué hace usted?\n\nArreglo las redes del pueblo y también los barcos de la gente.", "es"),
        ("Que faites-vous ?\n\nJe répare les filets du village et les bateaux de ceux qui pêchent.", "fr"),
    ],
)
def test_the_language_is_that_of_the_text_whatever_the_date_line_says(text, language):
    assert take_apart(Article(text)).language == language


def test_the_language_of_the_file_counts_where_there_are_no_words():
    assert take_apart(Article("Runa Aske", language="fr")).language == "fr"


def test_a_title_may_ask():
    found = interview(
        "Can nets be mended by letter?\n\nIn this interview Ms Runa Aske, Director of ILO Oslo, says yes."
    )
    assert (found.title.value, len(found.exchanges)) == ("Can nets be mended by letter?", 2)


def test_lines_of_the_page_above_the_title_are_no_title():
    found = interview("Content also available in: español\n\nRuna Aske, Officer at ILO Oslo")
    assert found.title.value == "Runa Aske, Officer at ILO Oslo"
    assert found.blocks[0].kind == BlockKind.FOOTER
