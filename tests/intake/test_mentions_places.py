"""Countries and regions in a text: what is one, which one, and how it is named. Every text here is invented."""

import pytest

from intake.findings import Article, Finding, Form, Interview, Mention, MentionKind, Span
from intake.mentions import find_mentions


def mentions(
    text: str, language: str = "", *, name: str = "", kind: MentionKind = MentionKind.COUNTRY
) -> list[Mention]:
    person = Finding(name, Span(0, 0)) if name else None
    found = find_mentions(Article(text), Interview(language, (), name=person))
    return [mention for mention in found if mention.kind == kind]


def countries(text: str, language: str = "", name: str = "") -> list[str]:
    return [mention.key for mention in mentions(text, language, name=name)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        # Names in three languages, former names, abbreviations
        ("We worked in Peru and Bolivia.", "en", ["PE", "BO"]),
        ("Trabajamos en Perú, Haití y Japón.", "es", ["PE", "HT", "JP"]),
        ("Nous sommes allés au Pérou, en Grèce et au Tchad.", "fr", ["PE", "GR", "TD"]),
        ("Nos bureaux d'Égypte et d'Éthiopie.", "fr", ["EG", "ET"]),
        ("PERU AND BOLIVIA", "en", ["PE", "BO"]),
        ("Cote d'Ivoire, Côte d’Ivoire, Ivory Coast, Costa de Marfil", "", ["CI"] * 4),
        ("Viet Nam, Vietnam, Viêt Nam", "", ["VN"] * 3),
        ("Turkey, Türkiye, Turquía, Turquie", "", ["TR"] * 4),
        ("Swaziland is Eswatini now, and Burma Myanmar.", "en", ["SZ", "SZ", "MM", "MM"]),
        ("They came from England, Scotland and Wales.", "en", ["GB"] * 3),
        ("Holland and the Netherlands", "en", ["NL", "NL"]),
        ("the UK, the USA and the U.S. agreed", "en", ["GB", "US", "US"]),
        ("She told us about the UAE and the DRC.", "en", ["AE", "CD"]),
        ("Il a vécu en RDC.", "fr", ["CD"]),
        ("Vivió en EE. UU. y en EE.UU. también.", "es", ["US", "US"]),
        ("In the OPT, or oPt, farmers met.", "en", ["PS", "PS"]),
        ("The West Bank and Gaza have one law.", "en", ["PS"]),
        ("the occupied Palestinian territory", "en", ["PS"]),
        ("Lao PDR borders Thailand.", "en", ["LA", "TH"]),
        ("St. Lucia, St Lucia and Saint Lucia", "en", ["LC"] * 3),
        ("Trinidad & Tobago", "en", ["TT"]),
        # The longest name wins
        ("South Sudan is not Sudan.", "en", ["SS", "SD"]),
        ("Guinea-Bissau, Equatorial Guinea, Papua New Guinea, Guinea", "en", ["GW", "GQ", "PG", "GN"]),
        ("Guinée-Bissau, Guinée équatoriale, Guinée", "fr", ["GW", "GQ", "GN"]),
        ("the Dominican Republic and Dominica", "en", ["DO", "DM"]),
        ("Niger and Nigeria", "en", ["NE", "NG"]),
        ("nigériens et nigérians", "fr", ["NE", "NG"]),
        ("Samoa and American Samoa", "en", ["WS", "AS"]),
        ("Northern Ireland and Ireland", "en", ["GB", "IE"]),
        ("Republic of Korea, South Korea, North Korea", "en", ["KR", "KR", "KP"]),
        ("South Africa", "en", ["ZA"]),
        ("the Central African Republic", "en", ["CF"]),
        ("Mexico City, Panama City and Kuwait City", "en", ["MX", "PA", "KW"]),
        ("French Guiana", "en", ["GF"]),
        ("We met in New Mexico and New Jersey.", "en", ["US", "US"]),
        # Two countries of one name
        ("the Democratic Republic of the Congo", "en", ["CD"]),
        ("Congo-Brazzaville", "en", ["CG"]),
        ("From Kinshasa we saw the rest of Congo.", "en", ["CD", "CD"]),
        ("From Brazzaville we saw the rest of Congo.", "en", ["CG", "CG"]),
        ("We moved from Spain's north to Granada.", "en", ["ES", "ES"]),
        ("A federation in Nicaragua, seated in Granada.", "en", ["NI", "NI"]),
        ("He sings Granada well.", "en", []),
        ("Coffee of Colombia, or of Columbia as they write.", "en", ["CO", "CO"]),
        ("Columbia is a name.", "en", []),
        ("The office in San José", "en", ["CR"]),
        ("the ILO office in Santiago", "en", ["CL"]),
        ("Il a étudié à La Réunion.", "fr", ["RE"]),
        ("De Paraguay es él, de Filadelfia.", "es", ["PY", "PY"]),
        # Peoples
        ("Peruvian growers and two Peruvians", "en", ["PE", "PE"]),
        ("productores peruanos y una productora peruana", "es", ["PE", "PE"]),
        ("une coopérative péruvienne et des cacaos ivoiriens", "fr", ["PE", "CI"]),
        ("a colombian buyer", "en", ["CO"]),
        ("Palestinian women, Syrian men", "en", ["PS", "SY"]),
        ("los jordanos y las iraquíes", "es", ["JO", "IQ"]),
        ("die Swiss, the Dutch and a Belgium NGO", "en", ["CH", "NL", "BE"]),
        ("an American university", "en", ["US"]),
        ("a fines de abril y con fines propios", "es", []),
        ("Besides Jordan, Visiting Georgia, In Chile María", "en", ["JO", "GE", "CL"]),
        # Cities
        ("offices in Geneva, Lima, Ha Noi and Dar es Salaam", "en", ["CH", "PE", "VN", "TZ"]),
        ("oficinas en Ginebra, Moscú, Nueva Delhi y Turín", "es", ["CH", "RU", "IN", "IT"]),
        ("bureaux à Genève, au Caire, à Addis-Abeba et à Moscou", "fr", ["CH", "EG", "ET", "RU"]),
        ("bureaux : Le Caire, au Caire, du Caire", "fr", ["EG"] * 3),
        ("the ILO office in Jerusalem", "en", ["PS"]),
        ("Santiago de Chile", "es", ["CL"]),
        ("She moved to Florence, then to the ILO Lima office.", "en", ["IT", "PE"]),
        ("Lebanon, Ohio, and Lebanon", "en", ["US", "US", "LB"]),
    ],
)
def test_the_country_is_found(text, language, expected):
    assert countries(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("They told us to join us.", "en"),
        ("They keep turkey and guinea pigs.", "en"),
        ("Cups of fine china stood there.", "en"),
        ("Guinea pigs and Guinea fowl are kept.", "en"),
        ("He wore a Panama hat and ate a Brazil nut.", "en"),
        ("Jersey cows give rich milk.", "en"),
        ("We drank a Cuba libre and a Turkish coffee.", "en"),
        ("Michael Jordan plays.", "en"),
        ("I thank Mr Jordan and Ms. Chad.", "en"),
        ("Jordan Smith chairs the board.", "en"),
        ("Then J. Jordan spoke.", "en"),
        ("Colombia Pérez chairs it.", "es"),
        ("Doña Bolivia Ruiz la preside.", "es"),
        ("Fish from the Niger River and Lake Chad", "en"),
        ("across the Indian Ocean and the Gulf of Mexico", "en"),
        ("the Organization of American States", "en"),
        ("It was translated into Spanish and French.", "en"),
        ("The manual is in English, French and Arabic.", "en"),
        ("a French-speaking trainer with some English", "en"),
        ("the Spanish version of the guide", "en"),
        ("It was translated from Wolof and French.", "en"),
        ("I speak Portuguese.", "en"),
        ("Lo escribió en español y lo tradujo al inglés.", "es"),
        ("La versión en francés está lista.", "es"),
        ("Le guide existe en français, en anglais et en arabe.", "fr"),
        ("US$ 5,000 and 300 US dollars", "en"),
        ("https://www.example.org/peru/Bolivia and ann@Peru.example.org", "en"),
        ("Antigua directora de la federación", "es"),
        ("La Réunion a duré deux heures. Réunion utile.", "fr"),
        ("Maurice a parlé à Dominique.", "fr"),
        ("Pesca en el lago Kivu y vive en San Francisco de Macondo", "es"),
        ("El hotel está en la calle Lima.", "es"),
        ("Florence said so, and Sofía agreed.", "en"),
    ],
)
def test_what_only_looks_like_a_country_is_none(text, language):
    assert countries(text, language) == []


@pytest.mark.parametrize(
    "text",
    [
        "I studied at the University of Georgia.",
        "I grew up in Georgia, near Atlanta.",
        "It is in the US state of Georgia.",
        "She taught at Georgia Tech.",
        "He left Georgia for Alabama.",
    ],
)
def test_the_american_georgia_is_in_the_united_states(text):
    assert set(countries(text, "en")) == {"US"}


def test_an_article_that_means_the_american_georgia_means_it_throughout():
    text = "I was at the University of Georgia. Some believe that Georgia and Athens are far away."
    assert set(countries(text, "en")) == {"US"}


def test_georgia_between_its_neighbours_is_the_country():
    assert countries("from Georgia and Armenia to Tbilisi", "en") == ["GE", "AM", "GE"]


def test_a_person_of_the_article_is_no_country():
    text = "Bolivia Ruiz chairs it. Ruiz works in Bolivia. Bolivia Ruiz likes that."
    assert countries(text, "es", name="Bolivia Ruiz") == ["BO"]


def test_a_family_name_of_the_article_is_a_country_only_where_one_can_be():
    text = "Ann Jordan went to Jordan. For years Jordan stayed."
    assert countries(text, "en", name="Ann Jordan") == ["JO"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("in Peru", Form.NAME),
        ("Peruvian growers", Form.PEOPLE),
        ("in Lima", Form.CITY),
        ("the Universidad Cooperativa de Colombia", Form.IN_NAME),
        ("at Jordan University", Form.IN_NAME),
        ("the German Volunteer Service", Form.IN_NAME),
        ("the Confederation of Growers of Colombia", Form.IN_NAME),
        ("l'Université catholique de Louvain", Form.IN_NAME),
        ("Université de Tunis", Form.IN_NAME),
        ("the Kenya National Farmers' Federation", Form.IN_NAME),
        ("at the Open University in the Netherlands", Form.NAME),
        ("Cooperatives of Peru sell abroad.", Form.NAME),
        ("the Canadian Co-operative Association", Form.IN_NAME),
        ("the Norwegian People's Aid", Form.IN_NAME),
        ("at Cornell University", Form.IN_NAME),
        ("the Ministry of Labour of Peru", Form.NAME),
        ("The federation met. Colombia won.", Form.NAME),
    ],
)
def test_the_form_says_how_a_country_is_named(text, form):
    assert mentions(text, "en")[0].form == form


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in the Andean region", ["Andean countries"]),
        ("los países andinos y la región andina", ["Andean countries", "Andean countries"]),
        ("Latin America and the Caribbean", ["Latin America"]),
        ("América Latina, Centroamérica", ["Latin America", "Central America"]),
        ("l'Afrique de l'Ouest et le Sahel", ["West Africa", "Sahel"]),
        ("Central Africa and southern Africa", ["Central Africa", "Southern Africa"]),
        ("the Arab States", ["Arab States"]),
        ("South East Asia, Southeast Asia", ["South-East Asia", "South-East Asia"]),
        ("a Latin American network", ["Latin America"]),
        ("SADC countries", ["Southern African Development Community"]),
        ("the Western Balkans", ["Balkans"]),
    ],
)
def test_a_region_is_a_region_and_no_country(text, expected):
    assert [mention.key for mention in mentions(text, kind=MentionKind.REGION)] == expected
    assert countries(text) == []


def test_place_and_sentence_are_those_of_the_text():
    text = "A start. We went to Côte d’Ivoire in May. An end."
    (mention,) = mentions(text, "en")
    assert mention.span.of(text) == "Côte d’Ivoire"
    assert mention.sentence.of(text) == "We went to Côte d’Ivoire in May."


def test_a_name_over_a_line_end_is_found_and_over_two_sentences_is_not():
    assert countries("After all those years of work on two continents we moved to South\nSudan.", "en") == ["SS"]
    assert countries("They are from the South. Sudan is next.", "en") == ["SD"]
