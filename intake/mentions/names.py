"""Whether a word is part of the name of a person or of an organisation, by the words around it."""

from intake import words as wording
from intake.sentences import BEGINNERS
from intake.words import Words, plain_words

HONORIFICS = plain_words("""
    mr mrs ms mx dr prof professor sir lady madam madame monsieur mme mlle m sr sra srta señor señora don doña dra
    profesor profesora lic ing hon president minister king queen prince princess presidente presidenta ministro ministra
""")
# Nouns that make a row of capitalised words the name of an organisation, a law or a place of learning.
ORGANISATIONS = plain_words("""
    university universidad université universitat universität universiteit universidade università polytechnic
    politécnica college colegio collège school schools escuela école academy academia académie institute instituto
    institut istituto faculty facultad faculté centre center centro bank banco banque credit federation federación
    fédération confederation confederación confédération union unión association associations asociación alliance
    alianza council consejo conseil cooperative cooperatives co-operative cooperativa cooperativas coopérative
    coopératives coop coops society societies sociedad société foundation fundación fondation agency agencia agence
    network red réseau commission comisión committee comité chamber cámara chambre congress congreso congrès fund
    fondo fonds corporation corporación company compañía organization organisation organización movement movimiento
    mouvement league liga ligue service services servicio servicios trust group grupo groupe initiative bureau board
    authority secretariat secretaría observatory observatorio observatoire agreement declaration declaración
    déclaration convention convenio protocol treaty accord acuerdo club forum foro press times journal review
    revista newspaper airlines airways volunteers volunteer development corps consortium consorcio syndicate sindicato
    syndicat operative operatives mutual mutuelle aid tech workers farmers producers productores trabajadores
""")
CONNECTORS = plain_words(
    "of for the and & de del la las los el y e et du des le les d l da do dos para pour und von van s"
)
# Capitalised words before a place that make no person of it.
NOT_GIVEN_NAMES = plain_words("""
    north south east west northern southern eastern western central upper lower greater new old rural modern rest
    republic kingdom state city town province region district county valley river lake mount mountain island islands
    norte sur este oeste nord sud est ouest ciudad provincia región río lago isla islas ville lac île
    ilo oit bit itcilo un onu fao unicef undp pnud unhcr acnur un-women women oxfam care caritas wfp unesco
    office offices oficina bureau country team children government gobierno gouvernement ministry ministerio ministère
    embassy embajada ambassade visit project programme program proyecto projet workshop training taller
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday enero febrero marzo abril mayo junio julio agosto
    septiembre octubre noviembre diciembre
    article news date source photo author interview mission coop cooperative cooperatives sse ess ngo ong
    besides unlike like despite across regarding concerning via near beyond inside outside among alongside because under
    toward towards between again later then today meanwhile instead next here both only even perhaps neither either each
    every another compared especially particularly notably mainly mostly once until unless whereas según entre hacia
    sobre ante incluso salvo excepto mediante ni solo tampoco cerca especialmente chez selon vers sauf hormis même
    malgré sur sous contre outre
    women's youth national international regional mercy world global action action's vision
""")
PLACE_PREPOSITIONS = plain_words(
    "in to from of across for within throughout around into en de del a à au aux du hacia desde para vers dans"
)

NO_NAMES = ORGANISATIONS | NOT_GIVEN_NAMES | CONNECTORS | PLACE_PREPOSITIONS | HONORIFICS
# Before a place, and never before a person.
LOCATIVES = plain_words("in across throughout within en dans au aux")
# What makes a street, a hotel or a lake of a place's name.
STREETS_BEFORE = plain_words("""
    villa calle avenida plaza barrio hotel rue boulevard colonia carrera rua via lago laguna lake lac rio river fleuve
    monte mont mount volcán volcan golfo
""")
STREETS_AFTER = plain_words("street road avenue square lane hotel")

SAINTS = plain_words("san santa santo santiago saint sainte")
OF = plain_words("de del do da")

LONGEST_NAME = 7


def is_name_word(words: Words, index: int) -> bool:
    """Whether a word may be part of a person's name: a capital, small letters after it, no word of every sentence."""
    written = words.written(index)
    if len(written) < 2 or not written[0].isupper() or not written[1:].islower():
        return False
    word = words.plain[index]
    return not (word in NO_NAMES or written.lower() in BEGINNERS or word.endswith("ing"))


def in_organisation(words: Words, first: int, end: int) -> bool:
    """Whether the words from `first` to the one before `end` stand in an organisation's name."""
    return (
        not ORGANISATIONS.isdisjoint(words.plain[first:end])
        or _organisation_follows(words, end)
        or _organisation_precedes(words, first)
    )


def _is_capitalised(words: Words, index: int) -> bool:
    """Whether a word has a capital or hangs on one that has: “Co-operative”."""
    if words.is_capitalised(index):
        return True
    return words.gap(index - 1) in {"-", "‑"} and words.is_capitalised(index - 1)


def _organisation_follows(words: Words, end: int) -> bool:
    if ORGANISATIONS.isdisjoint(words.plain[end : end + LONGEST_NAME]):
        return False
    capitals = 0
    for index in range(end, min(end + LONGEST_NAME, len(words))):
        if not words.joined(index - 1):
            return False
        if _is_capitalised(words, index):
            capitals += 1
            if words.plain[index] in ORGANISATIONS:
                return True
        elif not capitals or words.plain[index] not in CONNECTORS:
            return False
    return False


def _organisation_precedes(words: Words, first: int) -> bool:
    if ORGANISATIONS.isdisjoint(words.plain[max(first - LONGEST_NAME, 0) : first]):
        return False
    small = 0
    linked = False
    for index in range(first - 1, max(first - 1 - LONGEST_NAME, -1), -1):
        if not words.joined(index):
            return False
        word = words.plain[index]
        if _is_capitalised(words, index):
            if word in ORGANISATIONS:
                # “Cooperatives of Peru …” at the beginning of a sentence is no name, “University of Peru …” is.
                return (linked or index == first - 1) and not (index == 0 and word.endswith("s"))
        elif word in CONNECTORS:
            linked = True
        elif word in PLACE_PREPOSITIONS or word in BEGINNERS:
            return False
        else:
            # One small word, as in “Université catholique de Louvain”.
            small += 1
            if small > 1 or not linked:
                return False
    return False


def is_other_place(words: Words, first: int, end: int) -> bool:
    """Whether the words are the name of a street, a hotel or a lake, or part of a longer place name."""
    if words.gap(first - 1) == " " and words.at(first - 1) in STREETS_BEFORE:
        return True
    if words.plain[first] in SAINTS and words.at(end) in OF and is_name_word(words, end + 1):
        # “San Francisco de Macorís”
        return True
    return words.gap(end - 1) == " " and words.at(end) in STREETS_AFTER and words.is_capitalised(end)


def is_person(words: Words, first: int, end: int, also_a_name: bool) -> bool:
    """Whether the words are a person's name or part of it; `also_a_name` says that they are known as one."""
    if first and words.plain[first - 1] in HONORIFICS and words.gap(first - 1) in {" ", ". ", "."}:
        before = words.written(first - 1)
        if before[0].isupper() or (before.islower() and words.plain[first - 1] in {"don", "dona"}):
            return True
    if not also_a_name:
        return False
    if words.gap(end - 1) == " " and is_name_word(words, end):
        return words.at(first - 1) not in LOCATIVES
    if first and words.gap(first - 1) == " " and is_name_word(words, first - 1):
        return not _after_preposition(words, first - 1)
    # “J. Jordan”
    return bool(
        first
        and words.gap(first - 1) == ". "
        and len(words.written(first - 1)) == 1
        and words.is_capitalised(first - 1)
    )


def is_placed(words: Words, first: int) -> bool:
    """Whether a preposition or an organisation's short name before a word says that it is a place: “in”, “ILO”."""
    before = words.written(first - 1)
    return words.at(first - 1) in PLACE_PREPOSITIONS or (len(before) > 1 and before.isupper())


def _after_preposition(words: Words, index: int) -> bool:
    return index > 0 and words.plain[index - 1] in PLACE_PREPOSITIONS


class People:
    """The people of an article, whose names may be those of countries."""

    def __init__(self, names: list[str]) -> None:
        self.names = [[wording.plain(word) for word in wording.split(name)] for name in names]
        self.any = {word for name in self.names for word in name}

    def has(self, words: Words, first: int, end: int) -> bool:
        """Whether the words are part of a name of these people here."""
        if self.any.isdisjoint(words.plain[first:end]):
            return False
        for name in self.names:
            for at, word in enumerate(name):
                if words.plain[first] != word:
                    continue
                before = at and first and words.plain[first - 1] == name[at - 1]
                after = end - first + at < len(name) and words.at(end) == name[end - first + at]
                if before or after:
                    return True
        return not (first and words.plain[first - 1] in PLACE_PREPOSITIONS) and any(
            words.plain[first] == name[-1] for name in self.names if len(name) > 1
        )
