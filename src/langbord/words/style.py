"""Ways of writing that make a letter heavy: passives, rows of nouns, stacked prepositions, words built abroad.

No frequency list of anybody's: what counts as rare is how a word is *built*. In Norwegian those built on Latin or
Greek (-isering, -itet, -ativ …) are learned late and met mostly on paper; the few that everybody uses are listed
here by us. Docs: decision 0026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from langbord.words import split

MANY_NOUNS = 3
"""So many nouns in -ing, -else, -het, -sjon in one sentence hide who does what."""
MANY_PREPOSITIONS = 5
IN_WORDS = 14
"""…within so many words in a row, with no comma between."""

NORWEGIAN = frozenset({"nb", "nn"})


def _any(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


# -- passive

_DONE = _any(
    """
    gitt gitte sendt tatt tatte satt lagt gjort innvilget behandlet bestemt avgjort avslått fattet trukket krevd betalt
    utbetalt stanset stoppet innkalt kalt overført beregnet vedtatt meldt fulgt hentet sjekket varslet fastsatt truffet
    foretatt iverksatt igangsatt ført ilagt pålagt tildelt valgt åpnet lukket avsluttet skrevet besluttet funnet godtatt
    innhentet oversendt utarbeidet forlenget avkortet redusert omgjort opphevet avvist henlagt utredet ansett regnet lest
    løst oppfylt opprettet slettet lagret publisert kunngjort gjennomført gjennomgått avholdt holdt kontaktet anbefalt
    forelagt mottatt vurdert innført endret dekket bedt brukt bygd laget
    gjeve gitt sendt teke tekne sett lagt gjort innvilga handsama behandla avgjort avslått fatta trekt kravd utbetalt stansa
    stogga innkalla overført berekna vedteke vedtekne meldt følgd henta sjekka varsla fastsett føreteke iverksett gjennomført
    lukka avslutta skrive oppretta sletta lagra tilrådd godkjend godteke innhenta utarbeidd forlenga endra dekt halde
    tildelt valt opna oppfylt avvist oppheva
    """
)
_BUILT = r"\w+(?:urd|iss|is|ist|itt|ent|itet|itert|inn|in|on|rit|ul|olv|orm|ort|ot|ur|und|end|ult|kut|roll|ens|or|ik|id|it)ert"
_BECOMES = {
    "nb": rf"\b(?:blir|ble|blitt|bli)\s+(?:(?:ikke|også|nå|da|kun|bare|først|derfor|deretter|normalt|snarest)\s+)?(?:{_DONE}|{_BUILT})\b",
    "nn": (
        r"\b(?:blir|vert|blei|vart|blitt|vorte|bli|verte)\s+(?:(?:ikkje|òg|også|no|då|berre|først|difor|deretter|normalt)\s+)?"
        rf"(?:{_DONE}|{_BUILT})\b"
    ),
}
_HAS_S = _any(
    """
    gis gjøres sendes legges settes tas behandles utbetales innvilges avslås beregnes kreves innkalles vedlegges fastsettes
    meldes opplyses dekkes gjennomføres forutsettes besluttes varsles henvises tildeles avholdes fattes treffes foretas
    iverksettes igangsettes benyttes anvendes innhentes oversendes fremlegges framlegges utarbeides tilbys ytes innføres
    avsluttes stanses opphører-ikke betales trekkes føres opprettes slettes oppheves omgjøres avvises anbefales oppfordres
    bemerkes presiseres understrekes fremsettes framsettes inngis ilegges pålegges videreføres tilrettelegges kartlegges
    oppfylles påklages innrapporteres anmodes erindres medtas hensyntas opprettholdes godkjennes innleveres oppgis
    """
).replace("opphører-ikke|", "")
_MODAL_S = (
    r"\b(?:må|skal|kan|bør|vil|kunne|skulle|burde|måtte|ville)\s+(?:(?!og\b|som\b|men\b)\w+\s+){0,2}?"
    r"(?!finnes\b|møtes\b|synes\b|synast\b|minnes\b|trives\b|lykkes\b|snakkes\b|høres\b|ses\b|sees\b|kjennes\b|deres\b|skilles\b|"
    r"treffes\b|undres\b|skjemmes\b|enes\b|følges\b|alles\b|begges\b|manges\b|unges\b|hennes\b|alles\b|deles\b|"
    r"kappes\b|kysses\b|krangles\b|slåss\b|reises\b|hilses\b|leses\b|barnes\b|\w*nes\b(?<!egnes)(?<!innes)(?<!dnes)(?<!pnes))"
    r"\w{3,}es\b"
)
_ER_ES = r"\b\w+(?:urd|iss|is|ist|ent|inn|in|on|rit|ul|orm|ort|ot|und|ult|kut|roll|ens|ik|uss|itt|alu|strukt|tig)eres\b"
_BEFORE_ES = r"\b(?:inn|ut|over|frem|fram|til|opp|ved)\w{2,}(?<!att)(?<!ødd)(?<!n)es\b"
_IT_IS = r"\bdet\s+(?:bes|vises|henvises|opplyses|gjøres|forutsettes|bemerkes|presiseres|tas)\b"
_NN_ST = (
    r"\b(?:må|skal|kan|bør|vil|kunne|skulle|burde|måtte|ville)\s+(?:(?!og\b|som\b|men\b)\w+\s+){0,2}?"
    r"(?!finnast\b|møtast\b|synast\b|minnast\b|trivast\b|lykkast\b|snakkast\b|høyrast\b|sjåast\b|kjennast\b|nesten\b|"
    r"treffast\b|undrast\b|skjemmast\b|semjast\b|gjerast\b(?=\s+til\s+lags))\w{2,}ast\b(?<!gjest)(?<!fast)(?<!last)"
)
_PASSIVE = {
    "nb": re.compile(rf"{_BECOMES['nb']}|{_IT_IS}|{_MODAL_S}|\b(?:{_HAS_S})\b|{_BEFORE_ES}|{_ER_ES}"),
    "nn": re.compile(rf"{_BECOMES['nn']}|{_NN_ST}"),
}


def passives(small: str, language: str) -> Iterator[tuple[int, int]]:
    """Where it is not said who does it. `small`: the text in small letters."""
    pattern = _PASSIVE.get(language)
    if pattern is not None:
        for match in pattern.finditer(small):
            yield match.span()


# -- nouns

_NOUN = re.compile(
    r"(?!ingen)(?!\w*(?:ingenting|allting|penger|pengar|finger)\b)\w{3,}"
    r"(?:ing(?:a|en|er|ar|ene|ane|s)?|else(?:n|r|ne|s)?|hei?t(?:a|en|er|ar|ene|ane)?|sjon(?:en|er|ar|ene|ane)?)"
)


@lru_cache(maxsize=4096)
def _is_noun(word: str) -> bool:
    return _NOUN.fullmatch(word.lower()) is not None


def nouns_in(words: list[str]) -> int:
    """How many nouns made of verbs and adjectives stand in the words of a sentence."""
    return sum(1 for word in words if len(word) >= 7 and _is_noun(word))


# -- prepositions

_PREPOSITIONS = split.listed(
    """
    av for i på til ved med om under etter innenfor mellom mot fra hos gjennom innen overfor blant utenfor vedrørende
    frå innanfor innan gjennom andsynes utanfor bland
    """
)


def prepositions_in(words: list[str], text: str) -> int:
    """The most prepositions within `IN_WORDS` words of a sentence that no comma or other mark parts. `words`: those of
    `text`."""
    if sum(1 for word in words if word in _PREPOSITIONS) < MANY_PREPOSITIONS:
        return 0
    most, number = 0, 0
    places: list[int] = []
    for token in _TOKEN.findall(text):
        if not token[0].isalnum():
            places = []
            continue
        number += 1
        if token in _PREPOSITIONS:
            places = [*(place for place in places if number - place < IN_WORDS), number]
            most = max(most, len(places))
    return most


_TOKEN = re.compile(r"\w[\w-]*|[,;:()–\n]")

# -- words built abroad

_RARE = re.compile(
    r"\b(?!(?:organisasjon|informasjon|situasjon|kommunikasjon|stasjon|generasjon|operasjon|kombinasjon|lokalitet|"
    r"universitet|aktivitet|kvalitet|elektrisitet|positiv|negativ|initiativ|alternativ|aktiv|kollektiv|"
    r"invitasjon|inspirasjon|irritasjon|reparasjon|vaksinasjon|dekorasjon|ambulans|konferans|rekreasjon|instruks|"
    r"psykolog|teknolog|psykisk|praktisk|fysisk|teknisk|politisk|elektronisk|grafisk|klassisk|autentisk|identitet|prioritet|demokratisk|demokrati|"
    r"integrasjon|motivasjon|vegetarisk|administrasjon))"
    r"(?=\w{9})\w+?(?:isering(?:en|er|a|ar)?|asjon(?:en|er|ar|s\w+)?|itet(?:en|er|ar)?|istisk(?:e)?|ologisk(?:e)?|"
    r"ativ(?:e|t)?|abel|able|abelt|oritet\w*|ifikasjon\w*|ifisere[rs]?|ifiserte?)\b"
)


def rare(small: str, language: str) -> Iterator[tuple[int, int]]:
    """Words built on Latin or Greek that are not among those everybody uses."""
    if language in NORWEGIAN:
        for match in _RARE.finditer(small):
            yield match.span()
