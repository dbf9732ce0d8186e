"""What people write about the question, those one thinks of asking, letters, answers and how they want to take part."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from langbord.access.enums import CasePower
from langbord.base import clock
from langbord.base.forms import OnceForm, PlainForm, offer, offer_rows
from langbord.base.seen import SeenForm
from langbord.people.models import Unit

from .actions import MOST_AT_ONCE, Name, read_names
from .enums import ANSWERS, ChangedBy, Channel, HeardOf, Side, Step
from .models import LANGUAGES, TakingPart

LONG = 4000
NO_NAMES = _("Alle som er med, ser dette. Ikke skriv navn på personer her.")

WORDS = (
    ("channel", _("Hvordan vil du at vi når deg?"), ""),
    ("companion", _("Vil du ha med deg noen?"), _("En venn, en nabo, en tolk eller et barn.")),
    ("pace", _("Hva slags tempo passer deg?"), _("Korte møter, pauser, en del av tida, eller bare innom.")),
    ("language", _("Hvilket språk tenker du best på?"), _("Vi finner tolk om du vil ha det.")),
    ("reading", _("Hvordan er det å lese og skrive?"), _("Vi kan lese høyt, skrive for deg eller bare snakke.")),
    ("body", _("Er det noe kroppen trenger?"), _("Heis, en god stol, lavt lys, å kunne gå ut litt.")),
    ("mind", _("Er det noe som gjør det lettere å være der?"), _("Å vite hva som skjer, å sitte nær døra, å slippe å snakke.")),
    ("food", _("Er det noe du ikke kan eller vil spise?"), ""),
    ("hard", _("Hva kan gjøre det vanskelig å komme?"), _("Reise, barnepass, penger til bussen, en dårlig dag.")),
)  # fmt: skip
"""The fields of how somebody wants to take part: name, question, hint."""


def _text(label: Any, hint: Any = "", *, rows: int = 3, required: bool = False, most: int = LONG) -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _on_the_page() -> Any:
    """Where the page of the process says the same as the question: whether it is to say the new words, too."""
    label = _("Bruk de nye ordene på siden til samskapinga også")
    return forms.BooleanField(label=label, required=False, initial=True)


class QuestionForm(OnceForm):
    """What it is about. The first version needs the words only; a later one says who changed it."""

    text = _text(_("Hva gjelder det?"), NO_NAMES, rows=3, required=True, most=1000)
    ours = _text(_("Hva kan noen her endre?"), _("Bare det vi selv rår over."), rows=2, most=600)
    elsewhere = _text(
        _("Hva blir bestemt et annet sted, og av hvem?"), _("Loven, staten, kommunestyret, huseieren."), rows=2, most=600
    )  # fmt: skip
    changed_by = forms.ChoiceField(
        label=_("Hvem endret det?"),
        widget=forms.RadioSelect,
        choices=[
            (one.value, one.label)
            for one in (ChangedBy.GROUP, ChangedBy.GATHERING, ChangedBy.TALK, ChangedBy.SERVICE)
        ],
        error_messages={"required": _("Velg hvem endringen kom fra.")},
    )
    why = forms.CharField(
        label=_("Hvorfor?"),
        max_length=300,
        help_text=_("En setning. Bruk gjerne ordene deres, uten navn."),
        error_messages={"required": _("Skriv en setning om hvorfor.")},
    )
    on_the_page = _on_the_page()

    def __init__(self, *args: Any, first: bool, same: bool = False, **kwargs: Any) -> None:
        """`same`: the page of the process says the same as the question, and this person may change both."""
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["changed_by"], self.fields["why"]
        if not same:
            del self.fields["on_the_page"]


class ProposalForm(OnceForm):
    """One's own wording of what it is about."""

    text = _text(
        _("Slik ville jeg sagt det"),
        _("Koordinatoren leser det. Der står det ikke hvem du er, bare hvilken side du sitter på."),
        rows=3,
        required=True,
        most=1000,
    )
    why = forms.CharField(label=_("Hvorfor?"), max_length=300, required=False)


class ProposalAnswerForm(OnceForm):
    """Make a proposal the question, or say why not now."""

    choice = forms.ChoiceField(
        label=_("Hva gjør vi med det?"),
        widget=forms.RadioSelect,
        choices=[
            ("take", _("Ta det i bruk, slik det står under")),
            ("answer", _("Svare hvorfor vi lar det være nå")),
        ],
    )
    text = _text(_("Ordene vi tar i bruk, eller svaret vårt"), rows=4, required=True, most=1000)
    on_the_page = _on_the_page()

    def __init__(self, *args: Any, same: bool = False, **kwargs: Any) -> None:
        """`same`: the page of the process says the same as the question, or there is no question yet."""
        super().__init__(*args, **kwargs)
        if not same:
            del self.fields["on_the_page"]


class ListsForm(SeenForm):
    """Three lists in words."""

    lives_with = _text(
        _("Hvem lever med dette?"),
        _("En ting på hver linje. Skriv hva slags folk, ikke hvem: «de som nettopp har flyttet hit»."),
    )
    seldom_asked = _text(
        _("Hvem blir sjelden spurt?"),
        _("De som ikke svarer på brev, ikke kan språket, eller har sluttet å tro på oss."),
    )
    not_here = _text(_("Hvem er ikke her?"), _("Se rundt bordet slik dere tenker det. Hvem mangler?"))


class AddForm(OnceForm):
    """People one thinks of asking: names, side, how one heard of them, who asks."""

    names = _text(
        _("Hvem tenker dere på?"),
        _(
            "Bare fornavn, ett på hver linje. Bor noen sammen, skriver du dem på samme linje: Amina, Sami (barn)."
        ),
        rows=8,
        required=True,
        most=2000,
    )
    side = forms.ChoiceField(
        label=_("Hvilken side av bordet?"),
        widget=forms.RadioSelect,
        choices=Side.choices,
        initial=Side.CITIZEN,
    )
    heard_of = forms.ChoiceField(
        label=_("Hvordan vet dere om dem?"),
        widget=forms.RadioSelect,
        choices=[*HeardOf.choices, ("", _("vi lar det stå åpent"))],
        required=False,
    )
    asker = forms.ChoiceField(label=_("Hvem spør dem?"), required=False)
    paid = forms.BooleanField(
        label=_("De har meldt interesse for en betalt plass"),
        help_text=_("Da tar dere en prat med hver av dem før dere spør."),
        required=False,
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "asker", people)
        if len(people) < 2:
            self.fields["asker"].widget = forms.HiddenInput()

    def clean_names(self) -> list[list[Name]]:
        found = read_names(str(self.cleaned_data["names"]))
        number = sum(len(house) for house in found)
        if not number:
            raise forms.ValidationError(_("Skriv minst ett fornavn."))
        if number > MOST_AT_ONCE:
            raise forms.ValidationError(
                _("Det er plass til %(n)d navn om gangen. Skriv de andre etterpå.") % {"n": MOST_AT_ONCE}
            )
        return found


class InviteeForm(SeenForm):
    """What is written of one of them."""

    name = forms.CharField(label=_("Fornavn"), max_length=60)
    contact = forms.CharField(
        label=_("Hvordan når vi dem?"),
        required=False,
        max_length=200,
        help_text=_("Et nummer, en e-postadresse eller «gjennom Randi». La det stå tomt om dere møtes."),
    )
    language = forms.ChoiceField(label=_("Språk i brevet"), choices=LANGUAGES)
    asker = forms.ChoiceField(
        label=_("Hvem spør dem?"),
        required=False,
        help_text=_("Det de har sagt til den som spurte før, blir mellom dem to til de har fått plass."),
    )
    young = forms.BooleanField(label=_("Er under 16 år"), required=False)
    guardian_yes_on = forms.DateField(
        label=_("Dagen en voksen sa ja"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "Bare for den som er under 16: en voksen som har ansvaret. Barnet må også ville det selv."
        ),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people:
            offer(self, "asker", people)
        else:
            del self.fields["asker"]

    def clean_guardian_yes_on(self) -> Any:
        day = self.cleaned_data["guardian_yes_on"]
        if day is not None and day > clock.today():
            raise forms.ValidationError(_("Den dagen er ikke kommet ennå."))
        return day


class StepForm(PlainForm):
    """A step on the way, written down by those who ask."""

    step = forms.ChoiceField(label=_("Hva har skjedd?"), widget=forms.RadioSelect, choices=Step.choices)

    def __init__(self, *args: Any, paid: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [Step.INTERESTED, Step.TALKED] if paid else []
        steps += [Step.ASKED, *ANSWERS]
        offer(self, "step", [(s.value, s.label) for s in steps])


SAID = (
    (Step.YES.value, _("Ja, jeg vil være med")),
    (Step.NO.value, _("Nei takk")),
    (Step.LATER.value, _("Ikke nå, kanskje senere")),
    (Step.RING.value, _("Ring meg først")),
)
"""The four answers, as somebody says them."""


class AnswerForm(PlainForm):
    """An answer, and a little on how somebody wants to take part: on the page of the letter, or keyed in from the phone."""

    answer = forms.ChoiceField(
        label=_("Vil du være med?"),
        widget=forms.RadioSelect,
        choices=SAID,
        error_messages={"required": _("Velg ett av svarene.")},
    )
    channel = forms.ChoiceField(
        label=WORDS[0][1],
        widget=forms.RadioSelect,
        choices=[*Channel.choices, ("", _("det er det samme"))],
        required=False,
    )
    companion = forms.CharField(label=WORDS[1][1], help_text=WORDS[1][2], required=False, max_length=200)
    hard = _text(WORDS[8][1], WORDS[8][2], rows=2, most=600)

    @property
    def words(self) -> dict[str, str]:
        return {name: str(self.cleaned_data.get(name, "")) for name in ("channel", "companion", "hard")}


class TakingPartForm(PlainForm):
    """All of it, on one's own page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, hint in WORDS:
            if name == "channel":
                self.fields[name] = forms.ChoiceField(
                    label=label,
                    widget=forms.RadioSelect,
                    choices=[*Channel.choices, ("", _("det er det samme"))],
                    required=False,
                )
            else:
                self.fields[name] = _text(label, hint, rows=2, most=600)

    @classmethod
    def of(cls, row: TakingPart | None, data: Any = None) -> TakingPartForm:
        held = {name: str(getattr(row, name)) for name in TakingPart.WORDS} if row is not None else {}
        return cls(data, initial=held)


class LetterNewForm(OnceForm):
    """Which letter to begin from, and whom people can ring."""

    kind = forms.ChoiceField(label=_("Hvem er brevet til?"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Språk"), choices=LANGUAGES, initial="nb")
    caller = forms.CharField(label=_("Hvem kan de ringe?"), max_length=60, help_text=_("Et fornavn."))
    phone = forms.CharField(label=_("Nummeret"), max_length=30)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", kinds)


class LetterForm(SeenForm):
    """The words of the letter."""

    text = _text(
        _("Brevet"), _("«Hei» og fornavnet kommer først, av seg selv."), rows=18, required=True, most=6000
    )
    caller = forms.CharField(label=_("Hvem kan de ringe?"), max_length=60)
    phone = forms.CharField(label=_("Nummeret"), max_length=30)


class AnnouncedForm(SeenForm):
    """Where an announcement hangs."""

    where = forms.CharField(label=_("Hvor henger den?"), max_length=200)
    on = forms.DateField(label=_("Siden"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class SeatForm(PlainForm):
    """Those who said yes, and where they sit."""

    people = forms.MultipleChoiceField(
        label=_("Hvem skal få plass nå?"), widget=forms.CheckboxSelectMultiple, choices=[]
    )
    room = forms.ChoiceField(label=_("Hvilket rom?"), widget=forms.RadioSelect, choices=[])
    unit = forms.ModelChoiceField(
        label=_("Hvor arbeider de?"), queryset=Unit.objects.none(), required=False, empty_label="–"
    )
    case_power = forms.ChoiceField(
        label=_("Hva kan de gjøre i innbyggernes saker?"), widget=forms.RadioSelect, choices=CasePower.choices
    )

    def __init__(
        self,
        *args: Any,
        people: list[tuple[str, str]],
        rooms: list[tuple[str, str]],
        citizens: bool,
        units: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "people", people)
        if citizens:
            del self.fields["unit"], self.fields["case_power"]
            offer(self, "room", rooms)
        else:
            del self.fields["room"]
            offer_rows(self, "unit", units)

    @property
    def chosen(self) -> set[UUID]:
        return {UUID(value) for value in self.cleaned_data["people"]}


class CodeForm(PlainForm):
    """The code on a letter."""

    code = forms.CharField(
        label=_("Koden i brevet"),
        help_text=_("Åtte tegn. Store eller små bokstaver er det samme."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
