"""What people type, and what they mean: forty queries on the sample content, each with its first result.

The same table holds on SQLite and on PostgreSQL. What makes one of these worse is no improvement of the search.
"""

import pytest
from django.db import transaction

from search.searching import find
from tests.search.reading import best

# Language, what is typed, kind of the first result, its title.
QUERIES = [
    # Names, whole and in part, in any spelling
    ("en", "John Bliek", "profile", "John Bliek"),
    ("en", "bliek", "profile", "John Bliek"),
    ("en", "lucia ferrand", "profile", "Lucía Ferrand"),
    ("en", "TOMAS ARRIETA", "profile", "Tomás Arrieta"),
    ("en", "nadia hadad", "profile", "Nadia Haddad"),
    ("en", "amara okelo", "profile", "Amara Okello"),
    ("en", "Karim", "profile", "Karim Benali"),
    # Programmes, with their dots and without
    ("en", "My.Coop", "programme", "My.Coop"),
    ("en", "mycoop", "programme", "My.Coop"),
    ("en", "my coop", "programme", "My.Coop"),
    ("en", "thinkcoop", "programme", "Think.Coop"),
    ("en", "start coop", "programme", "Start.Coop"),
    ("en", "matcom", "programme", "Materials and Techniques for Cooperative Management (MATCOM)"),
    ("en", "gender and entrepreneurship", "programme", "GET Ahead – Gender and Entrepreneurship Together"),
    ("en", "start your business", "programme", "Start and Improve Your Business (SIYB)"),
    # Countries, mistyped and in other languages
    ("en", "colmbia", "country", "Colombia"),
    ("en", "Bolivia", "country", "Bolivia"),
    ("en", "cote d'ivoire", "country", "Côte d'Ivoire"),
    ("en", "vietnam", "country", "Viet Nam"),
    ("en", "Kenia", "country", "Kenya"),
    ("es", "Alemania", "country", "Alemania"),
    ("es", "Germany", "country", "Alemania"),
    ("es", "Perú", "country", "Perú"),
    ("fr", "perou", "country", "Pérou"),
    ("fr", "Etats-Unis", "country", "États-Unis"),
    # Organisations, by name and acronym
    ("en", "ilo", "organisation", "International Labour Organization (ILO)"),
    ("en", "world bank", "organisation", "World Bank"),
    ("en", "seoul university", "organisation", "Seoul National University (SNU)"),
    ("en", "swiscontact", "organisation", "Swisscontact"),
    ("fr", "OIT", "organisation", "Organisation internationale du Travail (OIT)"),
    # Subjects
    ("en", "youth", "topic", "Youth"),
    ("en", "labour migraton", "topic", "Labour migration"),
    ("en", "gender equality", "topic", "Gender equality"),
    ("es", "igualdad de genero", "topic", "Igualdad de género"),
    ("fr", "travail des enfants", "topic", "Travail des enfants"),
    ("en", "africa", "region", "Africa"),
    # What was done, where and by whom
    ("en", "start coop la paz", "engagement", "Start.Coop launch and training of trainers in La Paz"),
    ("en", "vanilla", "engagement", "Think.Coop for vanilla trainers in Sambava"),
    ("en", "auditing jordan", "engagement", "Workshop on auditing cooperatives in Jordan"),
    ("en", "honey cheese", "engagement", "Honey and cheese cooperatives in Cahul"),
    ("en", "waste pickers senegal", "engagement", "Workshop on organising the waste pickers of Mbeubeuss"),
    # Words that stand in a text alone
    ("en", "greenhouses", "engagement", "Invented example: a safety walk through the greenhouses"),
    ("en", "smell of cacao", "interview", "A course must smell of cacao"),
]


@pytest.fixture(scope="module")
def first_results(fill_with_sample, django_db_blocker) -> dict[tuple[str, str], tuple[str, str]]:
    """Kind and title of the first result of every query, on the sample content, which no test finds in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill_with_sample()
        found = {(language, query): best(find(query, language))[:1] for language, query, _kind, _title in QUERIES}
        transaction.set_rollback(True)
    return {asked: (first[0].kind, first[0].title) if first else ("", "") for asked, first in found.items()}


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "query", "kind", "title"), QUERIES)
def test_the_first_result_is_what_was_meant(first_results, language, query, kind, title):
    assert first_results[language, query] == (kind, title)


def test_there_are_forty_queries():
    assert len({(language, query) for language, query, _kind, _title in QUERIES}) >= 40
