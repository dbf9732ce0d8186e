from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langbord.words import split


@pytest.mark.parametrize(
    "text",
    [
        "Ta med f.eks. brød eller frukt.",
        "Møtet er kl. 17 i storgata nr. 4.",
        "Vi er ca. ti stykker, jf. Avtalen fra i fjor.",
        "Dr. Hansen kommer også.",
        "Det gjelder bl.a. NAV og Boligkontoret.",
        "Vi ses 3. mai 2026.",
        "Vi ses den 3. Mai.",
        "Fristen er 3. 4. 2026.",
        "Fristen er 3.4.2026.",
        "Det er 1. gang vi møtes og 2. juledag.",
        "Kong Harald 5. ble konge.",
        "Vi ses kl. 17.30 ved døra.",
        "Ring K. Hansen eller A. B. Berg.",
        "Skriv til kari@eksempel.no eller www.eksempel.no i dag.",
        "«Hva nå?» spurte hun.",
        "Vi tenkte … og så gikk vi.",
        "Tlf. 91 23 45 67 er åpen.",
        "Brød, ost osv. er på bordet.",
        "Ring oss på pst. eller hos kgl. vakt.",
        "1. Ta med koppen.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert [part.text for part in split.sentences(text)] == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kom inn. Sett deg.", ["Kom inn.", "Sett deg."]),
        ("Kom inn. sett deg.", ["Kom inn.", "sett deg."]),
        ("Hvem er her? Alle. Fint!", ["Hvem er her?", "Alle.", "Fint!"]),
        ("Vi har brød, ost osv. Ta for deg.", ["Vi har brød, ost osv.", "Ta for deg."]),
        ("Vi møtes kl. 17. Da er suppa klar.", ["Vi møtes kl. 17.", "Da er suppa klar."]),
        ("Vi var 12. Så kom to til.", ["Vi var 12.", "Så kom to til."]),
        ("Vi begynte i 2026. 5 familier var med.", ["Vi begynte i 2026.", "5 familier var med."]),
        ("Det ble plan B. Vi møttes ute.", ["Det ble plan B.", "Vi møttes ute."]),
        ("Hun sa: «Kom inn.» Vi gikk inn.", ["Hun sa:", "«Kom inn.»", "Vi gikk inn."]),
        ("Ta med:\n- brød\n- ost", ["Ta med:", "- brød", "- ost"]),
        ("Slik gjør vi det\n1. Vi spiser.\n2. Vi snakker.", ["Slik gjør vi det", "1. Vi spiser.", "2. Vi snakker."]),
        ("Velkommen\n\nvi ses", ["Velkommen", "vi ses"]),
        ("Velkommen\nVi ses snart.", ["Velkommen", "Vi ses snart."]),
        ("Vi møtes når suppa er\nferdig, og da spiser vi.", ["Vi møtes når suppa er\nferdig, og da spiser vi."]),
        ("Kva no? Vi ventar på m.a. Kari. Då går vi.", ["Kva no?", "Vi ventar på m.a. Kari.", "Då går vi."]),
        ("Den er min. Det er rett. Alt er tomt.", ["Den er min.", "Det er rett.", "Alt er tomt."]),
        ("Det koster 100 kr. Alle får det.", ["Det koster 100 kr.", "Alle får det."]),
        ("Vent … Nå kommer de.", ["Vent …", "Nå kommer de."]),
        ("", []),
        (" … !\n\n- ", []),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert [part.text for part in split.sentences(text)] == expected


def test_words_keep_together_what_belongs_together() -> None:
    assert split.words("E-posten til Kari's mor, f.eks. i dag og/eller 3. mai.") == [
        "E-posten", "til", "Kari's", "mor", "f.eks", "i", "dag", "og", "eller", "3", "mai",
    ]  # fmt: skip


PARTS = [
    *[
        "vi",
        "Vi",
        "kl.",
        "f.eks.",
        "osv.",
        "3.",
        "mai",
        "17",
        ".",
        "?",
        "!",
        ":",
        "…",
        "«",
        "»",
        "(",
        ")",
        "-",
        "Å",
        "møtes",
        "K.",
        "B",
        "2026.",
        "ǽ",
        "🙂",
        "_",
    ],
    "\n",
    "\n\n",
]
PIECES = st.lists(
    st.sampled_from(PARTS),
    max_size=30,
).map(" ".join)


@given(PIECES | st.text(max_size=60))
def test_no_word_is_lost_and_every_place_is_right(text: str) -> None:
    found = split.sentences(text)
    assert [word for part in found for word in split.words(part.text)] == split.words(text)
    for part in found:
        assert text[part.start : part.end] == part.text == part.text.strip()
        assert all(text[word.start : word.end] == word.text for word in part.words)
    assert all(one.end <= two.start for one, two in pairwise(found))
