"""Search in all shelves at once, without JavaScript and without a database.

What is forgiven: capitals, accents, å written aa or a, ø written oe or o, æ written ae, and the endings of words. A hit in a
title counts most. Where no page has all the words, pages with some of them are shown, and that is said. A word that stands
nowhere but in the help with words is looked for by what it is called here (`other_words`), and that is said too.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, override

from . import content, other_words, shelves
from .reading import LINK, Entry, Texts
from .sources import sources

WORD = re.compile(r"\w+")
MOST = 30
"""Hits on the page: more is no help."""
ENDINGS = (
    "ingene", "ingane", "elsene", "elsane", "heten", "ene", "ane", "ers", "ing", "het", "ens",
    "er", "ar", "en", "et", "te", "de", "es", "ed", "a", "e", "s", "r", "n", "t",
)  # fmt: skip
QUIET = frozenset(
    [
        "og",
        "i",
        "a",
        "er",
        "en",
        "et",
        "ei",
        "som",
        "det",
        "den",
        "de",
        "vi",
        "du",
        "for",
        "til",
        "med",
        "pa",
        "av",
        "om",
        "ikke",
        "ikkje",
        "the",
        "of",
        "and",
        "to",
        "in",
        "is",
    ]
)
"""Words that say nothing by themselves; they are looked for only when there are no others. Folded."""


@dataclass(frozen=True)
class Page:
    """Something that can be found: its shelf, title, address and words, in one language."""

    shelf: str
    title: str
    url: str
    text: str


@dataclass(frozen=True)
class Hit:
    shelf: str
    title: SafeString
    url: str
    snippet: SafeString


@dataclass(frozen=True)
class Results:
    """`partly`: no page had all the words. `nearest`: words we have that look like one we have not. `called`: what
    something is called here, where another word was asked for."""

    hits: tuple[Hit, ...]
    total: int
    partly: bool = False
    nearest: tuple[str, ...] = ()
    called: tuple[str, ...] = ()

    def carrying(self, ask: str) -> Results:
        """The same, with whose words are read in every address, before the place on the page."""
        hits = [(hit, hit.url.partition("#")) for hit in self.hits]
        return replace(
            self,
            hits=tuple(replace(hit, url=f"{path}{ask}{mark}{place}") for hit, (path, mark, place) in hits),
        )


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word as it is compared."""
    word = word.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    word = word.replace("aa", "a").replace("oe", "o")
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def stem(folded: str) -> str:
    """Without its ending, at least four letters long."""
    for ending in ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= 4:
            return folded[: -len(ending)]
    return folded


# --- what there is to find ----------------------------------------------------------------------------------------------


def _plain(texts: Texts) -> str:
    """One line, ended as a sentence, so that a heading does not run into what follows it."""
    line = " ".join(str(texts).replace("\n- ", "\n").split()).removeprefix("- ")
    return line if not line or line[-1] in ".?!:…" else line + "."


def _plain_all(entry: Entry) -> str:
    return " ".join(_plain(text) for text in shelves.body_of(entry))


def pages(organisation_id: UUID | None = None) -> Iterator[Page]:
    """Everything on the shelves, in the language now spoken."""
    guide = gettext("Veilederen")
    for section in content.guide(organisation_id):
        yield Page(
            guide, str(section.title), reverse("library-section", args=[section.key]), str(section.lead)
        )
        for point in section.points:
            text = " ".join(_plain(t) for t in (point.about, point.why, point.how, point.ask))
            yield Page(guide, str(point.title), reverse("library-point", args=[point.key]), text)
    for unit in content.course():
        text = " ".join(_plain(t) for t in shelves.body_of(unit))
        yield Page(gettext("Kurset"), str(unit.title), reverse("library-unit", args=[unit.key]), text)
    for template in content.templates():
        text = " ".join(_plain(t) for t in shelves.body_of(template))
        url = reverse("library-template", args=[template.key])
        yield Page(gettext("Måter å begynne på"), str(template.title), url, text)
    for key, (name, _lead) in shelves.SHEETS.items():
        for sheet in content.sheets(key, organisation_id):
            text = " ".join(_plain(t) for t in shelves.body_of(sheet))
            yield Page(str(name), str(sheet.title), reverse("library-sheet", args=[sheet.key]), text)
    for letter in shelves.letters(organisation_id):
        text = " ".join(_plain(t) for t in shelves.body_of(letter))
        url = reverse("library-letters") + f"#{letter.key}"
        yield Page(gettext("Brev"), str(letter.title), url, text)
    yield Page(gettext("Om kildene"), str(sources().title), reverse("library-sources"), _plain_all(sources()))
    for source in sources().sources:
        url = reverse("library-sources") + f"#{source.letter}"
        words = (source.about, source.counted, source.reference)
        yield Page(gettext("Om kildene"), str(source.short), url, " ".join(_plain(text) for text in words))
    yield Page(
        gettext("Ordhjelp"),
        gettext("Se over språket"),
        reverse("word-check"),
        gettext("For deg som skriver til folk fra en tjeneste. Lim inn et brev, så ser vi på ordene sammen."),
    )
    for hint in shelves.words(organisation_id):
        url = reverse("library-words") + f"#{fold(hint.word).replace(' ', '-')}"
        yield Page(
            gettext("Ordhjelp"),
            hint.word,
            url,
            ", ".join(hint.instead) + (". " + hint.why if hint.why else ""),
        )


@dataclass(frozen=True)
class Index:
    """Pages, and for each folded word the pages it stands in: (page, in the title, in the text)."""

    pages: tuple[Page, ...]
    places: dict[str, tuple[tuple[int, int, int], ...]]
    spelled: dict[str, str]
    called: dict[str, tuple[str, ...]]
    """By the stem of a word people ask for: what it is called here."""


def build(found: tuple[Page, ...]) -> Index:
    places: dict[str, dict[int, list[int]]] = defaultdict(dict)
    spelled: dict[str, str] = {}
    for number, page in enumerate(found):
        for column, text in enumerate((page.title, page.text)):
            for word in WORD.findall(text):
                folded = fold(word)
                places[folded].setdefault(number, [0, 0])[column] += 1
                spelled.setdefault(folded, word.lower())
    return Index(
        found,
        {word: tuple((n, t, b) for n, (t, b) in at.items()) for word, at in places.items()},
        spelled,
        {
            stem(fold(asked)): tuple(other_words.parts(str(entry.look_for)))
            for entry in other_words.search_words().words
            for asked in other_words.parts(str(entry.asked))
        },
    )


@lru_cache(maxsize=12)
def _index(language: str, organisation_id: UUID | None, stamp: str) -> Index:
    with override(language):
        return build(tuple(pages(organisation_id)))


def forget() -> None:
    _index.cache_clear()


def index_for(organisation_id: UUID | None = None) -> Index:
    """The index in the language now spoken; with an organisation one query, to see whether it wrote something since."""
    stamp = ""
    if organisation_id is not None:
        from . import overrides

        rows = overrides.of(organisation_id)
        stamp = ",".join(f"{row.pk}:{row.version}" for row in rows)
    return _index(get_language() or "nb", organisation_id if stamp else None, stamp)


# --- looking ------------------------------------------------------------------------------------------------------------


def _matching(index: Index, term: str) -> dict[int, float]:
    """Pages with this word, and how well: the word itself, its stem, or a part of a longer word."""
    root = stem(term)
    # Inside a longer word a last t or s is no ending: «tillit» is not in «problemstilling».
    inside = term if term[:-1] == root and term[-1] in "ts" else root
    scores: dict[int, float] = defaultdict(float)
    for word, at in index.places.items():
        if word == term:
            weight = 3.0
        elif word.startswith(root) and (len(root) >= 3 or word == root):
            weight = 2.0
        elif len(inside) >= 4 and inside in word:
            weight = 1.0
        else:
            continue
        for page, in_title, in_text in at:
            scores[page] += weight * (10 * min(in_title, 1) + min(in_text, 4))
    return scores


def terms_of(query: str) -> list[str]:
    found = [fold(word) for word in WORD.findall(query)][:8]
    return [term for term in found if term not in QUIET] or found


def search(query: str, organisation_id: UUID | None = None) -> Results:
    """Hits, best first."""
    terms = terms_of(query)
    if not terms:
        return Results((), 0)
    index = index_for(organisation_id)
    by_term, called = _by_term(index, terms)
    everywhere = set.intersection(*(set(scores) for scores in by_term))
    partly = not everywhere
    some = everywhere or set().union(*by_term)
    ranked = sorted(
        some,
        key=lambda page: (
            -sum(page in scores for scores in by_term),
            -sum(scores.get(page, 0) for scores in by_term),
            page,
        ),
    )
    shown = [*terms, *(term for phrase in called for term in terms_of(phrase))]
    hits = tuple(_hit(index.pages[page], shown) for page in ranked[:MOST])
    missing = [term for term, scores in zip(terms, by_term, strict=True) if not scores]
    return Results(hits, len(ranked), partly and bool(hits), _nearest(index, missing), called)


def _by_term(index: Index, terms: list[str]) -> tuple[list[dict[int, float]], tuple[str, ...]]:
    """The pages of each word, and what it is called here where it stands in no text but the help with words."""
    found, called = [], []
    office = gettext("Ordhjelp")
    for term in terms:
        scores = _matching(index, term)
        if all(index.pages[page].shelf == office for page in scores):
            for phrase in index.called.get(stem(term), ()):
                of_each = [_matching(index, word) for word in terms_of(phrase)]
                for page in set.intersection(*(set(scores_of) for scores_of in of_each)):
                    scores[page] += sum(scores_of[page] for scores_of in of_each)
                called.append(phrase)
        found.append(scores)
    return found, tuple(dict.fromkeys(called))


def _nearest(index: Index, missing: list[str]) -> tuple[str, ...]:
    words = [word for word in index.places if len(word) > 3]
    found: list[str] = []
    for term in missing[:2]:
        # A short word with one letter wrong is less alike by the measure than a long one.
        alike = 0.78 if len(term) > 5 else 0.75
        found += [index.spelled[word] for word in difflib.get_close_matches(term, words, n=2, cutoff=alike)]
    return tuple(dict.fromkeys(found))


def _is_hit(word: str, roots: list[str]) -> bool:
    folded = fold(word)
    return any(
        folded == root or (len(root) >= 3 and folded.startswith(root)) or (len(root) >= 4 and root in folded)
        for root in roots
    )


def marked(text: str, terms: list[str]) -> SafeString:
    """The text with the words that were found between <mark>. Everything is escaped."""
    roots = [stem(term) for term in terms]
    out, at = [], 0
    for match in WORD.finditer(text):
        if _is_hit(match[0], roots):
            out += [escape(text[at : match.start()]), format_html("<mark>{}</mark>", match[0])]
            at = match.end()
    return mark_safe("".join([*out, escape(text[at:])]))  # noqa: S308  (each part is escaped)


def _hit(page: Page, terms: list[str]) -> Hit:
    return Hit(page.shelf, marked(page.title, terms), page.url, marked(_around(page.text, terms), terms))


def _around(text: str, terms: list[str], length: int = 170) -> str:
    """The first place where a word was found, with what stands around it, cut between words."""
    text = LINK.sub(lambda link: link["label"] or "", text)
    roots = [stem(term) for term in terms]
    first = next((match.start() for match in WORD.finditer(text) if _is_hit(match[0], roots)), 0)
    start = max(0, first - 50)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.find(" ", start + length)
    cut = text[start:] if end == -1 else text[start:end]
    return ("… " if start else "") + cut + ("" if end == -1 else " …")
