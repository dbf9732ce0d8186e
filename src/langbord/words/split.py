"""Paragraphs, sentences and words of Norwegian text, with their places in it.

Places are 0-based code points, end exclusive. A sentence ends at a full stop, a question mark, an exclamation mark, a
colon before a space (as Björnsson counts them for LIX, 1968), an empty line, or before a point in a list. It does
not end after an abbreviation, an ordinal number or an initial.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


def listed(words: str) -> frozenset[str]:
    """The words of a text, to look things up in."""
    return frozenset(words.split())


NEVER_LAST = listed(
    """
    adm adr ang ansv avd avs bl bla ca cand dir div dr eks ekskl eksp ev evt f feks fhv fig fk fr fv følg gj gl gnr hhv
    hr ifm ift iht inkl jf jfr jr kap kgl kl komm kst maks mfa mht mtp mva nedenst nr oms omtr org p pga pkt prof pr prop
    ref rådg s sekr sml st stud str tab tel tidl tilsv tlf utg vedr vg vha vs
    b.a bl.a d.d d.e d.v.s dvs e.kr e.l f.eks f.kr f.o.m f.t f.v gj.sn h.h.v i.f.m i.f.t i.h.t m.a m.a.o m.h.t m.o.t
    m.t.p n.d o.h o.s p.g.a p.m p.t s.a s.k s.u t.d t.o.m u.t v.h v.h.a fom mao
    """
)
"""Abbreviations that something always follows. Without the last full stop, in small letters. None that is also a word
(«tom», «min», «fra»): then «Den er min. Kom inn» would be one sentence."""

MAY_BE_LAST = listed(
    """
    a.d e.a e.l etc flg ff kr m.fl m.m m.v mfl mill mm mnd moh mrd mv o.a o.d o.fl o.l o.m.a osb osv pst s.d stk u.å årg
    """
)
"""Abbreviations that may also end a sentence: they do when a capital letter follows."""

MONTHS = listed(
    """
    januar februar mars april mai juni juli august september oktober november desember
    jan feb mar apr jun jul aug sep sept okt nov des
    """
)

STARTERS = listed(
    """
    alle da de dei den der dere det dette difor disse du dykk eg ein eit en et etter for før han har her ho hun hva hvem
    hvis hvor hvordan hvorfor i ikke ikkje ingen jeg kan korleis kva kven kvifor man me men mens noen nokre når om og på
    så ta til vi vil
    """
)
"""Words that begin a sentence often and follow an initial never: «Plan B. Vi møtes», but «K. Hansen»."""

WORD = re.compile(r"[^\W_]+(?:(?:[-'’@]|\.(?=[^\W\d_]))[^\W_]+)*")
_END = re.compile(r"(?:[!?]+|\.{3}|…|\.|:)[\"'”’»)\]]*(?=\s|$)")
_POINT = re.compile(r"\n[ \t]*(?=(?:[-–—•*·]|\d{1,2}[.)])[ \t])")
_DIGITS = re.compile(r"[\d.]*\d")
_SHORTENED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_NO_VOWEL = re.compile(r"(?!\w*[aeiouyæøå])[^\W\d_]{1,4}")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_NEXT = re.compile(r"\S")
_NEAR = 200
"""Letters that are looked at on either side of a full stop: a whole paragraph each time would take the square of it."""
_SHORT_LINE = (
    50  # a line this short, with a capital letter below it, was broken on purpose (a heading, an address)
)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text and where it stands."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def words(self) -> list[Part]:
        return [Part(found.group(), self.start + found.start()) for found in WORD.finditer(self.text)]


def paragraphs(text: str) -> list[Part]:
    """What stands between empty lines."""
    found, start = [], 0
    for match in _EMPTY_LINE.finditer(text):
        found.append(_trimmed(text, start, match.start()))
        start = match.end() - 1  # the last line break may begin the next empty line
    found.append(_trimmed(text, start, len(text)))
    return [part for part in found if part is not None]


def sentences(text: str) -> list[Part]:
    """The sentences in order. Parts without a single letter or digit are left out."""
    return [part for paragraph in paragraphs(text) for part in sentences_of(paragraph)]


def sentences_of(paragraph: Part) -> list[Part]:
    """The sentences of one paragraph, with their places in the text it stands in."""
    found, start = [], 0
    for end in [*(end - paragraph.start for end in _ends(paragraph)), len(paragraph.text)]:
        part = _trimmed(paragraph.text, start, end)
        if part is not None and WORD.search(part.text):
            found.append(Part(part.text, paragraph.start + part.start))
        start = end
    return found


def words(text: str) -> list[str]:
    """The words: a hyphen, an apostrophe or a point inside keeps one word together («e-post», «f.eks»)."""
    return WORD.findall(text)


def _trimmed(text: str, start: int, end: int) -> Part | None:
    piece = text[start:end]
    stripped = piece.strip()
    return Part(stripped, start + piece.index(stripped)) if stripped else None


def _ends(paragraph: Part) -> list[int]:
    text = paragraph.text
    ends = {match.end() for match in _END.finditer(text) if _is_end(text, match)}
    ends |= {match.start() for match in _POINT.finditer(text)}
    line_start = 0
    for match in re.finditer(r"\n", text):
        line = text[line_start : match.start()].strip()
        following = _following(text, match.end())
        if following[:1].isupper() and len(line) <= _SHORT_LINE and not line.endswith((",", "-")):
            ends.add(match.start())
        line_start = match.end()
    return sorted(paragraph.start + end for end in ends if end < len(text))


def _following(text: str, place: int) -> str:
    """What comes next after white space, as much of it as is ever looked at."""
    found = _NEXT.search(text, place)
    return text[found.start() : found.start() + _NEAR] if found else ""


def _is_end(text: str, match: re.Match[str]) -> bool:
    mark, following = match.group()[0], _following(text, match.end())
    if not following:
        return True
    if mark == ":":
        return True
    lower = following.lstrip("«\"'“‘(")[:1].islower()
    if mark in "!?…" or match.group().startswith("..."):
        return not lower
    if match.group() != ".":  # a bracket or a quote closes after the full stop
        return not lower
    start = match.start()
    while start and match.start() - start < _NEAR and not text[start - 1].isspace():
        start -= 1
    token = text[start : match.start()].lstrip("«\"'“‘(–-")
    return _full_stop(text, match.start() - len(token), token, following, lower)


def _full_stop(text: str, token_start: int, token: str, following: str, lower: bool) -> bool:
    """Whether the full stop after `token` ends a sentence that `following` does not belong to."""
    small = token.lower()
    if len(token) > 4 and token.isalpha() and not lower and small not in NEVER_LAST:
        return True
    next_word = WORD.search(following)
    after = next_word.group().lower() if next_word else ""
    if token[-1:].isdigit() and _DIGITS.fullmatch(token):
        return _number(text, token_start, token, following, after, lower)
    if small in MAY_BE_LAST:
        return not lower
    if small in NEVER_LAST or ("." in token and _SHORTENED.fullmatch(token)):
        return False
    if len(small) == 1 and small.isalpha() and small not in "iåø":
        return after in STARTERS and not lower
    # What has no vowel is no word: «kgl. vakt».
    return not (lower and _NO_VOWEL.fullmatch(small))


def _number(text: str, start: int, token: str, following: str, after: str, lower: bool) -> bool:
    """«3. mai», «1. juledag», «3. 4. 2026» and «1. Ta med mat» go on; «Vi var 12. Da gikk vi» ends."""
    at_line_start = not text[text.rfind("\n", 0, start) + 1 : start].strip()
    if lower or after in MONTHS or at_line_start:
        return False
    dated = re.match(r"(?:\d{1,2}\.|\d{4}\b)", following)
    return not (dated and len(token) <= 2)
