"""The first-run wizard of an empty installation: asks for a code that only the terminal shows, and makes the first
organisation and the first person, who then signs in with a one-time link."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from langbord.base.forms import OnceForm, own_id
from langbord.people.actions import found_organisation, register_person
from langbord.people.models import Person, Unit
from langbord.people.signin.links import make_link
from langbord.web.notfound import or_404


def is_empty() -> bool:
    """Nobody is registered yet."""
    return not Person.objects.unrestricted("is the installation empty?").exists()


def _code_file() -> Path:
    return Path(getattr(settings, "FIRST_RUN_FOLDER", settings.DATA_DIR)) / "first-run.code"


def first_run_code() -> str:
    """The code for the wizard, made once and kept in a file that only the operator can read. Side effect: the file."""
    path = _code_file()
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    code = "-".join(secrets.token_hex(2) for _part in range(3))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(code)
    return code


def _plain(code: str) -> bytes:
    """As it is compared: large or small letters, hyphens and spaces are the same, as on a card."""
    return "".join(letter for letter in code.lower() if letter.isalnum()).encode()


class FirstRunForm(OnceForm):
    """Who runs this, and who begins."""

    code = forms.CharField(label=_("Koden fra terminalen"), max_length=40)
    organisation = forms.CharField(label=_("Kommunen eller organisasjonen"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Hva slags organisasjon er det?"),
        choices=[
            ("municipality", _("Kommune")),
            ("state", _("Stat")),
            ("voluntary", _("Frivillig")),
            ("private", _("Privat")),
        ],
        widget=forms.RadioSelect,
        initial="municipality",
    )
    units = forms.CharField(
        label=_("Steder folk arbeider"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Ett på hver linje, som Boligkontoret eller Familiesenteret. Dere kan legge til flere senere."
        ),
    )
    name = forms.CharField(label=_("Fornavnet ditt"), max_length=60)
    email = forms.EmailField(label=_("E-posten din"), help_text=_("Hit kommer koden når du logger inn."))

    def clean_code(self) -> str:
        given = str(self.cleaned_data["code"])
        if not hmac.compare_digest(_plain(given), _plain(first_run_code())):
            raise forms.ValidationError(_("Koden stemmer ikke. Den står i vinduet der Langbord ble startet."))
        return given

    def clean_units(self) -> list[str]:
        once: dict[str, str] = {}
        for line in (line.strip() for line in str(self.cleaned_data["units"]).splitlines()):
            if line:
                once.setdefault(line.casefold(), line)
        units = list(once.values())
        if not units:
            raise forms.ValidationError(_("Skriv minst ett sted."))
        if any(len(unit) > 120 for unit in units):
            raise forms.ValidationError(_("Et av navnene er for langt."))
        return units


def first_run(request: HttpRequest) -> HttpResponse:
    """Only while the installation is empty; afterwards the page is not found."""
    or_404(is_empty())
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with transaction.atomic():
            organisation = found_organisation(
                name=data["organisation"], kind=data["kind"], units=tuple(data["units"])
            )
            person = register_person(
                name=data["name"],
                actor=None,
                person_id=own_id("person", data["once"]),
                unit=Unit.objects.filter(organisation=organisation).order_by("name").first(),
                email=data["email"],
                is_operator=True,
            )
        _code_file().unlink(missing_ok=True)
        return redirect(make_link(person=person, minutes=30, actor=None))
    first_run_code()
    return render(request, "web/first_run.html", {"form": form}, status=422 if form.errors else 200)
