"""Whether a word such as “Spanish” is the language and not the people."""

from intake.sentences import BEGINNERS
from intake.words import Words, plain_words

# Words that are only languages: what stands in a row with them is one, too.
LANGUAGES = plain_words("""
    arabic swahili kiswahili hindi urdu bengali tamil sinhala bahasa mandarin farsi dari pashto quechua aymara guarani
    creole amharic bemba catalan basque latin esperanto wolof hausa yoruba zulu xhosa tetum bambara fula pulaar serer
    mandinka kinyarwanda kirundi luganda chichewa shona twi lingala kikongo tigrinya oromo kurdish hebrew kannada telugu
    marathi malayalam punjabi tagalog cebuano javanese pidgin bislama cantonese sinhalese dzongkha mapudungun nahuatl
    garifuna papiamento galician breton sango setswana sesotho siswati afrikaans romani sorani dioula lomwe sena makhuwa
    árabe quechua aimara guaraní criollo catalán euskera latín suajili
    arabe swahili créole catalan latin mandarin wolof
""")
# The names of peoples that are also the name of their language, without ending, in three languages.
ALSO_LANGUAGES = plain_words("""
    english french spanish portuguese german italian russian chinese vietnamese japanese korean indonesian mongolian
    burmese dutch turkish persian thai swedish danish norwegian finnish polish czech hungarian romanian bulgarian greek
    serbian croatian bosnian albanian macedonian ukrainian georgian armenian azerbaijani kazakh uzbek kyrgyz tajik
    turkmen khmer lao malay filipino nepali somali swazi malagasy irish welsh hebrew estonian latvian lithuanian
    inglés francés español portugués alemán italiano ruso chino vietnamita japonés coreano indonesio mongol neerlandés
    holandés turco sueco danés noruego polaco griego checo húngaro rumano malgache
    anglais français espagnol portugais allemand italien russe chinois vietnamien japonais coréen indonésien mongol
    néerlandais turc suédois danois norvégien polonais grec roumain malgache
    birmano birman inglesa española francesa portuguesa alemana italiana rusa anglaise française espagnole portugaise
    allemande italienne russe chinoise
""")
BEFORE = plain_words("""
    in into speak speaks spoke spoken speaking learn learned learning learnt study studied teach taught teaches
    understand read fluent
""")
# In Spanish and French no noun can follow then.
BEFORE_ROMANCE = plain_words("""
    en idioma idiomas lengua lenguas versión versiones habla hablan hablo hablar hablaba aprender aprendí traducción
    traducida traducido al
    langue langues version versions parle parlent parler parlait apprendre appris traduction traduit traduite
""")
BEFORE_IF_TRANSLATED = plain_words("from to del du de l")
TRANSLATED = plain_words(
    "translated translation translations translate traducido traducida traducción traduit traduction versión version"
)
AFTER = plain_words("""
    language languages speaking speaker speakers version versions edition editions translation translations text texts
    subtitles interpretation interpreter interpreters lessons classes teacher hablante hablantes parlante
""")
LINKS = plain_words("and or y e o u et ou as well")
# Words after which nothing more of the noun comes, so that “in French and …” is the language.
FUNCTION_WORDS = plain_words("""
    and or but with for by at in on to since which is was are were as from that because so through where when who
    y e o u en con para por que es se fue de del al como donde
    et ou avec pour par qui est du des dans au aux
""")
NO_NOUNS = FUNCTION_WORDS | BEFORE | BEFORE_ROMANCE | BEFORE_IF_TRANSLATED
ENGLISH = plain_words("inglés anglais")


def is_language(words: Words, first: int, end: int) -> bool:
    """Whether the words from `first` to the one before `end`, a people's name, mean the language here."""
    if words.plain[end - 1] not in ALSO_LANGUAGES:
        return False
    if words.at(end) in AFTER and words.gap(end - 1) in {" ", "-", "‑"}:
        return True
    start, stop, pure = _row(words, first, end)
    if words.at(start - 1) in BEFORE_ROMANCE:
        return True
    if words.at(stop) in AFTER and words.gap(stop - 1) in {" ", "-", "‑"}:
        return True
    before = words.at(start - 1)
    if not _noun_follows(words, stop):
        if pure or before in BEFORE or words.plain[end - 1] == "english":
            return True
        if words.plain[end - 1] in ENGLISH and not _noun_precedes(words, start):
            return True
        near = {words.at(start - 2), words.at(start - 3)}
        return before in BEFORE_IF_TRANSLATED and not TRANSLATED.isdisjoint(near)
    return pure and before in BEFORE


def _row(words: Words, first: int, end: int) -> tuple[int, int, bool]:
    """The row of languages around the words (“English, French and Arabic”), and whether one is only a language."""
    pure = False
    index = first
    for _ in range(6):
        step = 2 if words.at(index - 1) in LINKS else 1
        other = words.at(index - step)
        if step == 1 and "," not in words.gap(index - 1) and "/" not in words.gap(index - 1):
            break
        if other not in ALSO_LANGUAGES and other not in LANGUAGES:
            break
        pure = pure or (other in LANGUAGES and other not in ALSO_LANGUAGES)
        index -= step
    start, index = index, end
    for _ in range(6):
        step = 1 if words.at(index) in LINKS else 0
        other = words.at(index + step)
        if not step and "," not in words.gap(index - 1) and "/" not in words.gap(index - 1):
            break
        if other not in ALSO_LANGUAGES and other not in LANGUAGES:
            break
        pure = pure or (other in LANGUAGES and other not in ALSO_LANGUAGES)
        index += step + 1
    return start, index, pure


def _noun_follows(words: Words, index: int) -> bool:
    """Whether a word follows that the adjective may belong to."""
    if index >= len(words) or words.gap(index - 1).strip():
        return False
    return words.plain[index] not in FUNCTION_WORDS and words.written(index).lower() not in BEGINNERS


def _noun_precedes(words: Words, index: int) -> bool:
    """Whether a noun stands before, to which a Spanish or French adjective may belong."""
    written = words.written(index - 1)
    return (
        bool(written)
        and len(written) > 3
        and words.plain[index - 1] not in FUNCTION_WORDS | BEFORE | BEFORE_IF_TRANSLATED
    )
