"""Made-up names and texts, in three languages, with words of very different frequency.

“Cooperative” stands in most texts, “women” or “training” in about a third, a product in one of twenty to one of a
thousand, the name of a place in fewer, and each engagement has one word of its own.
"""

import random
from dataclasses import dataclass
from itertools import accumulate, count, product

_CONSONANTS = "bdfgklmnprstvz"
_VOWELS = "aeiou"
_SYLLABLES = [consonant + vowel for consonant, vowel in product(_CONSONANTS, _VOWELS)]
# A word with this ending is its own stem in English, Spanish and French.
_ENDING = "k"

GIVEN_NAMES = [
    "Abena",
    "Adama",
    "Aisha",
    "Alejandro",
    "Amara",
    "Amina",
    "Ana",
    "Anders",
    "Andrea",
    "Anjali",
    "Arash",
    "Astrid",
    "Awa",
    "Beatriz",
    "Bilal",
    "Binta",
    "Carlos",
    "Carmen",
    "Chandra",
    "Chinedu",
    "Claire",
    "Daniel",
    "Diego",
    "Dina",
    "Elena",
    "Emeka",
    "Emilia",
    "Fatima",
    "Felix",
    "Flavia",
    "Grace",
    "Guy",
    "Hana",
    "Hassan",
    "Hilda",
    "Ibrahim",
    "Ines",
    "Ingrid",
    "Isabel",
    "Ivan",
    "Jamal",
    "James",
    "Jelena",
    "Jin",
    "Joana",
    "Jorge",
    "Joseph",
    "Juan",
    "Julia",
    "Kamala",
    "Karim",
    "Kofi",
    "Laila",
    "Lars",
    "Leila",
    "Lin",
    "Lucia",
    "Luis",
    "Magda",
    "Mai",
    "Malik",
    "Maria",
    "Mariam",
    "Marta",
    "Mateo",
    "Mei",
    "Miguel",
    "Mira",
    "Mona",
    "Nadia",
    "Nala",
    "Naomi",
    "Nina",
    "Noor",
    "Olga",
    "Omar",
    "Paola",
    "Paul",
    "Pedro",
    "Petra",
    "Rahel",
    "Rania",
    "Ravi",
    "Rosa",
    "Ruth",
    "Samir",
    "Sara",
    "Sita",
    "Sofia",
    "Tariq",
    "Teresa",
    "Thandi",
    "Tomas",
    "Uma",
    "Vera",
    "Victor",
    "Wanjiru",
    "Yara",
    "Yusuf",
    "Zainab",
    "Zola",
]

# In each language of the content: English, Spanish, French. Those in front are chosen most often.
PRODUCTS = [
    ("coffee", "café", "café"),
    ("dairy", "lácteos", "lait"),
    ("cocoa", "cacao", "cacao"),
    ("housing", "vivienda", "habitat"),
    ("savings and credit", "ahorro y crédito", "épargne et crédit"),
    ("fisheries", "pesca", "pêche"),
    ("cotton", "algodón", "coton"),
    ("rice", "arroz", "riz"),
    ("tea", "té", "thé"),
    ("honey", "miel", "miel"),
    ("fair trade fruit", "fruta de comercio justo", "fruits équitables"),
    ("waste recycling", "reciclaje de residuos", "recyclage des déchets"),
    ("transport", "transporte", "transport"),
    ("solar energy", "energía solar", "énergie solaire"),
    ("handicraft", "artesanía", "artisanat"),
    ("care services", "servicios de cuidado", "services de soins"),
    ("forestry", "silvicultura", "sylviculture"),
    ("palm oil", "aceite de palma", "huile de palme"),
    ("cashew", "anacardo", "anacarde"),
    ("vanilla", "vainilla", "vanille"),
    ("sheep wool", "lana de oveja", "laine de mouton"),
    ("shea butter", "manteca de karité", "beurre de karité"),
    ("seaweed", "algas", "algues"),
    ("quinoa", "quinua", "quinoa"),
    ("cardamom", "cardamomo", "cardamome"),
    ("saffron", "azafrán", "safran"),
]
GROUPS = [
    ("women members", "socias", "femmes membres"),
    ("young farmers", "jóvenes agricultores", "jeunes agriculteurs"),
    ("managers", "gerentes", "gérants"),
    ("federation staff", "personal de la federación", "personnel de la fédération"),
    ("ministry officials", "funcionarios del ministerio", "agents du ministère"),
    ("informal workers", "trabajadores informales", "travailleurs informels"),
    ("university lecturers", "docentes universitarios", "enseignants d'université"),
    ("refugees and host communities", "refugiados y comunidades de acogida", "réfugiés et communautés d'accueil"),
    ("members with disabilities", "socios con discapacidad", "membres handicapés"),
    ("indigenous leaders", "líderes indígenas", "dirigeants autochtones"),
]
# What is done, by the kind of an engagement.
DOINGS = {
    "workshop": ("Workshop", "Taller", "Atelier"),
    "training-of-trainers": ("Training of trainers", "Formación de formadores", "Formation de formateurs"),
    "adaptation": ("Adaptation of the manual", "Adaptación del manual", "Adaptation du manuel"),
    "policy-advice": ("Advice on the cooperative law", "Asesoría sobre la ley", "Conseil sur la loi"),
    "research": ("Study of cooperatives", "Estudio de cooperativas", "Étude des coopératives"),
    "pilot": ("Pilot training", "Curso piloto", "Formation pilote"),
    "project": ("Cooperative development project", "Proyecto cooperativo", "Projet coopératif"),
}
_TITLE = (
    # The place first: of long titles the search knows the beginning.
    "{place}: {doing} on {product} for {group}",
    "{place}: {doing} sobre {product} para {group}",
    "{place}: {doing} sur {product} pour {group}",
)
_SUMMARIES = [
    (
        "Over several days {group} learned how a cooperative in {product} is run, from the meeting to the accounts.",
        "Durante varios días {group} aprendieron cómo se dirige una cooperativa de {product} y se llevan sus cuentas.",
        "Pendant plusieurs jours, {group} ont appris à diriger une coopérative de {product} et à tenir ses comptes.",
    ),
    (
        "The training in {place} brought together {group} who want to add value to {product} and to sell it jointly.",
        "La formación en {place} reunió a {group} que desean dar más valor a {product} y venderlo en común.",
        "La formation à {place} a réuni {group} qui souhaitent valoriser {product} et le vendre en commun.",
    ),
    (
        "Trainers were certified and went on to train primary societies of the district, most of them in {product}.",
        "Se certificó a formadores que luego formaron a sociedades de base del distrito, la mayoría de {product}.",
        "Des formateurs ont été certifiés et ont formé les sociétés de base du district, surtout dans {product}.",
    ),
    (
        "A draft of the policy was discussed with {group}, whose proposals on {product} were taken up.",
        "Se discutió un borrador de la política con {group}, cuyas propuestas sobre {product} fueron aceptadas.",
        "Un projet de politique a été discuté avec {group}, dont les propositions sur {product} ont été retenues.",
    ),
    (
        "The study looked at women and youth in cooperatives, at wages, and at what keeps members in {product}.",
        "El estudio examinó a mujeres y jóvenes en cooperativas, los salarios y lo que retiene a socios en {product}.",
        "L'étude a examiné les femmes et les jeunes des coopératives, les salaires et ce qui retient dans {product}.",
    ),
]
_PLACE_NOTE = (
    "It was held at the community centre {rare} near {place}.",
    "Tuvo lugar en el centro comunitario {rare} cerca de {place}.",
    "Elle s'est tenue au centre communautaire {rare} près de {place}.",
)
_RESULTS = [
    (
        "<p>Three primary cooperatives were registered within a year.</p>",
        "<p>Tres cooperativas de base se registraron en un año.</p>",
        "<p>Trois coopératives de base ont été enregistrées en un an.</p>",
    ),
    (
        "<p>The participants agreed on:</p><ul><li>a common price for {product}</li><li>a plan for next year</li></ul>",
        "<p>Los participantes acordaron:</p><ul><li>un precio común de {product}</li><li>un plan</li></ul>",
        "<p>Les participants ont convenu :</p><ul><li>un prix commun pour {product}</li><li>un plan</li></ul>",
    ),
    (
        "<p>The union hired two of the trainers, and women now hold half of the seats on the board.</p>",
        "<p>La unión contrató a dos formadores, y las mujeres ocupan la mitad de los puestos del consejo.</p>",
        "<p>L'union a engagé deux formateurs, et les femmes occupent la moitié des sièges du conseil.</p>",
    ),
]


@dataclass(frozen=True)
class Texts:
    """Title, summary and results of an engagement, each in English, Spanish and French."""

    title: tuple[str, str, str]
    summary: tuple[str, str, str]
    results: tuple[str, str, str]


def zipf(number: int, exponent: float) -> list[float]:
    """Cumulative weights of `number` things of which the n-th is chosen 1 / n**exponent times as often as the first."""
    return list(accumulate(1 / rank**exponent for rank in range(1, number + 1)))


def word(number: int, syllables: int = 3) -> str:
    """The made-up word of this number: another one for each below 70**syllables, always as long."""
    parts = []
    for _ in range(syllables):
        number, rest = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[rest])
    return "".join(reversed(parts)) + _ENDING


def places(number: int) -> list[str]:
    """Names of places, such as Gotabik."""
    step = 7919  # prime: neighbours in the list do not look alike
    return [word(place * step % 343_000).capitalize() for place in range(1, number + 1)]


def people(number: int, chance: random.Random) -> list[tuple[str, str]]:
    """Given and family names, no two alike, sorted by family name and then given name."""
    families = (word(family * 31, 2).capitalize() for family in count())
    per_family = 20
    names = []
    while len(names) < number:
        family = next(families)
        names += [(given, family) for given in chance.sample(GIVEN_NAMES, min(per_family, number - len(names)))]
    return sorted(names, key=lambda name: (name[1], name[0]))


def texts(kind: str, place: str, rare: str, chance: random.Random) -> Texts:
    """What is said of an engagement of `kind`; `rare` is the word that no other has."""
    product_names = chance.choices(PRODUCTS, cum_weights=_PRODUCT_WEIGHTS)[0]
    group_names = chance.choices(GROUPS, cum_weights=_GROUP_WEIGHTS)[0]
    summaries = chance.sample(_SUMMARIES, chance.choice((1, 1, 2)))
    results = chance.sample(_RESULTS, chance.choice((0, 1, 1, 2)))

    def in_language(number: int, *sentences: tuple[str, str, str]) -> str:
        return " ".join(sentence[number] for sentence in sentences).format(
            doing=DOINGS[kind][number], product=product_names[number], group=group_names[number], place=place, rare=rare
        )

    return Texts(
        title=tuple(in_language(number, _TITLE) for number in range(3)),
        summary=tuple(in_language(number, *summaries, _PLACE_NOTE) for number in range(3)),
        results=tuple("".join(in_language(number, result) for result in results) for number in range(3)),
    )


_PRODUCT_WEIGHTS = zipf(len(PRODUCTS), 1.1)
_GROUP_WEIGHTS = zipf(len(GROUPS), 0.9)
