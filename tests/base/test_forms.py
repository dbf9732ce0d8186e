from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy

from langbord.base.errors import NotAllowed, NotNow
from langbord.base.forms import PLAIN_WORDS, OnceForm, PlainForm


@pytest.fixture(autouse=True)
def _bokmal():
    with translation.override("nb"):
        yield


class Story(OnceForm):
    text = forms.CharField(max_length=5)
    mail = forms.EmailField(required=False)
    seats = forms.IntegerField(min_value=1, required=False)
    own = forms.CharField(required=False, max_length=3, error_messages={"max_length": "Bare tre."})


def test_each_form_shown_has_a_key_of_its_own() -> None:
    first, second = Story(), Story()
    assert first["once"].value() == first["once"].value() != second["once"].value()
    assert str(first["once"].value()) in str(first["once"])
    assert 'type="hidden"' in str(first["once"])


def key_of(kind: type[OnceForm], key: uuid.UUID, text: str) -> uuid.UUID:
    form = kind({"once": str(key), "text": text})
    assert form.is_valid(), form.errors
    made: uuid.UUID = form.cleaned_data["once"]
    return made


def test_sent_twice_it_is_the_same_and_with_other_words_it_is_something_else() -> None:
    """*Back*, and something else is written where the same form stands: were it the same, it would be lost."""
    key = uuid.uuid4()
    assert key_of(Story, key, "hei") == key_of(Story, key, "hei")
    assert key_of(Story, key, "hei") != key_of(Story, key, "hopp")
    assert key_of(Story, key, "hei") != key_of(Story, uuid.uuid4(), "hei")


def test_what_is_saved_bit_by_bit_keeps_its_key() -> None:
    class Draft(Story):
        one_thing = True

    key = uuid.uuid4()
    assert key_of(Draft, key, "hei") == key_of(Draft, key, "hopp") == key


@pytest.mark.parametrize("sent", [{}, {"once": ""}, {"once": "tull"}])
def test_a_form_without_its_key_keeps_the_text_and_gets_a_fresh_one(sent: dict[str, str]) -> None:
    form = Story({"text": "hei", **sent})
    assert not form.is_valid()
    assert "Prøv en gang til" in form.non_field_errors()[0]
    assert "Hidden" not in str(form.errors)
    assert "Skjult" not in str(form.errors)
    again = Story({"text": form["text"].value(), "once": form["once"].value()})
    assert again.is_valid(), again.errors


def test_a_browser_is_not_asked_to_say_what_is_missing() -> None:
    assert " required" not in str(Story()["text"])


def test_messages_are_in_plain_words() -> None:
    form = Story({"once": uuid.uuid4(), "text": "", "mail": "kari", "seats": "0", "own": "fire"})
    assert form.errors["text"] == ["Skriv noe her først."]
    assert "e-postadresse" in form.errors["mail"][0]
    assert form.errors["seats"] == ["Tallet er for lite. Det må være minst 1."]
    assert form.errors["own"] == ["Bare tre."]
    long = Story({"once": uuid.uuid4(), "text": "for langt", "seats": "mange"})
    assert long.errors["text"] == ["Teksten er for lang. Her er det plass til 5 tegn, og du har skrevet 9."]
    assert long.errors["seats"] == ["Skriv tallet med siffer, for eksempel 12."]


ALL_KINDS = [
    forms.CharField, forms.IntegerField, forms.DecimalField, forms.FloatField, forms.DateField,
    forms.TimeField,
    forms.DateTimeField, forms.SplitDateTimeField, forms.EmailField, forms.URLField, forms.FileField,
    forms.BooleanField, forms.ChoiceField, forms.TypedChoiceField, forms.MultipleChoiceField, forms.SlugField,
    forms.UUIDField, forms.RegexField, forms.GenericIPAddressField,
]  # fmt: skip


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_no_field_speaks_office_language(kind: type[forms.Field]) -> None:
    options = {forms.RegexField: {"regex": "x"}, forms.URLField: {"assume_scheme": "https"}}
    field = kind(**options.get(kind, {}))
    form_class = type("F", (PlainForm,), {"f": field})
    posts: list[dict[str, str]] = [{}, {"f": "æøå!"}, {"f_0": "x", "f_1": "y"}, {"f": "a\0b"}]
    said = [error for post in posts for error in form_class(post).errors.get("f", [])]
    assert said
    for message in said:
        assert not any(word in message.lower() for word in ("påkrev", "gyldig", "oppgi", "uuid", "slug", "!"))


def test_a_field_keeps_messages_chosen_for_it() -> None:
    class Own(PlainForm):
        name = forms.CharField(error_messages={"required": gettext_lazy("Hva heter du?")})

    assert Own({}).errors["name"] == ["Hva heter du?"]


@pytest.mark.parametrize("written", ["17.30", "17:30"])
def test_a_time_of_day_is_read_as_people_write_it(written: str) -> None:
    class When(PlainForm):
        at = forms.TimeField()

    form = When({"at": written})
    assert form.is_valid()
    assert form.cleaned_data["at"] == dt.time(17, 30)


def test_a_form_does_not_change_the_class_it_is_made_of() -> None:
    Story({})
    assert Story.base_fields["text"].error_messages["required"] != "Skriv noe her først."


def test_more_special_kinds_come_first() -> None:
    kinds = [kind for kind, _words in PLAIN_WORDS]
    for i, kind in enumerate(kinds):
        assert not any(issubclass(later, kind) for later in kinds[i + 1 :])


def test_refusals_carry_a_sentence_for_people() -> None:
    with translation.override("nb"):
        for refusal in (
            NotAllowed(gettext_lazy("Dette kan bare forfatteren.")),
            NotNow("Døra er ikke åpen ennå."),
        ):
            assert str(refusal) == str(refusal.message)
    assert not issubclass(NotNow, NotAllowed)
    assert not issubclass(NotAllowed, NotNow)
