from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langbord.words.lix import HEAVY, lix


def test_the_sum_by_hand() -> None:
    # Ten words, two sentences, two words of more than six letters: 10/2 + 100 * 2/10.
    assert lix("Vi møtes rundt bordet igjen. Familiene lager kaffe og pannekaker.") == pytest.approx(25.0)


def test_six_letters_are_short_and_seven_are_long() -> None:
    assert lix("Bordet.") == pytest.approx(1.0)
    assert lix("Bordene.") == pytest.approx(101.0)


def test_letters_count_and_not_hyphens_or_digits() -> None:
    assert lix("e-posta 1234567.") == pytest.approx(2.0)


def test_an_abbreviation_does_not_make_a_text_lighter() -> None:
    assert lix("Ta med f.eks. brød kl. 17 den 3. mai.") == pytest.approx(9.0)


def test_no_words() -> None:
    assert lix("") == lix(" …!") == 0.0


def test_an_office_text_is_heavy_and_a_kitchen_text_is_not() -> None:
    office = (
        "Kommunen iverksetter tverrfaglige kartleggingstiltak overfor vanskeligstilte husholdninger, herunder "
        "oppfølgingssamtaler vedrørende boligsosiale utfordringer og hensiktsmessige virkemidler."
    )
    kitchen = "Vi møtes i kjøkkenet klokka fem. Det er varm suppe. Du kan komme som du er, og gå når du vil."
    assert lix(office) > HEAVY
    assert lix(kitchen) < 20


@given(st.text(max_size=200))
def test_any_text_has_a_figure(text: str) -> None:
    assert 0 <= lix(text) <= 100 + len(text)
