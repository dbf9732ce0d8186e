"""Signs that nobody sees: they break a Word file, hide a name, or turn around what stands beside it."""

from __future__ import annotations

import pytest
from django import forms

from langbord.base.forms import PlainForm
from langbord.base.typed import one_line, several_lines


class Name(PlainForm):
    name = forms.CharField(max_length=20)
    text = forms.CharField(widget=forms.Textarea, required=False)
    as_it_is = forms.CharField(required=False, strip=False)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Åse-Marie", "Åse-Marie"),
        ("\u202eidnaR", "idnaR"),
        ("Ran\u200bdi\u2066", "Randi"),
        ("Ran\u00addi", "Randi"),
        ("مریم", "مریم"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🍳", "👩\u200d🍳"),
        ("Anna\x1b[31m", "Anna[31m"),
        ("\u200b", ""),
        ("\u200d", ""),
        ("\u3164 \u2800", ""),
    ],
)
def test_a_name_can_be_seen(typed: str, kept: str) -> None:
    assert one_line(typed).strip() == kept


def test_texts_keep_all_but_control_signs() -> None:
    assert several_lines("Først\x0bså\x0cså\x08\ufffe\n\tslutt\r\n") == "Først\nså\nså\n\tslutt\r\n"
    assert several_lines("שלום \u200fog hei") == "שלום \u200fog hei"


def test_forms_read_so() -> None:
    form = Name({"name": " Ran\u202edi ", "text": "a\x0bb\u200f", "as_it_is": " x\u200b "})
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Randi", "text": "a\nb\u200f", "as_it_is": " x "}


def test_a_name_that_nobody_sees_is_none() -> None:
    form = Name({"name": "\u200b\u2060"})
    assert not form.is_valid()
    assert "name" in form.errors
