"""How many, by side: who takes part, who has said yes, who may still come. And what is missing before one asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.enums import Role, side_of
from langbord.processes.hooks import Before, InPlace
from langbord.processes.models import Process

from .enums import BEFORE_ASKED, CONCERNED, ON_THE_LIST, Side, Step
from .models import Invitee, Letter, QuestionVersion, TakingPart, WhoToAsk
from .querysets import invites, seated_by_side

_COUNTS = "how many, by side and step: counts alone"
ENOUGH = 6
"""Citizens one should hope for: so many that it bears that some stay away. Our judgement; in A six families were asked and
five came."""


@dataclass(frozen=True)
class Counts:
    """People by side. seated: take part now. yes: have said yes and wait for a seat. listed: may still come. asked: have
    been asked, whatever they answered, those who are gone too."""

    seated: dict[str, int] = field(default_factory=dict)
    yes: dict[str, int] = field(default_factory=dict)
    listed: dict[str, int] = field(default_factory=dict)
    not_now: int = 0
    households: int = 0
    gone: int = 0
    asked: int = 0

    def _of(self, *sides: str) -> int:
        return sum(self.yes.get(side, 0) + self.listed.get(side, 0) for side in sides)

    @property
    def citizens(self) -> int:
        """All citizens one can hope for."""
        return self.seated.get("citizen", 0) + self._of(Side.CITIZEN)

    @property
    def service(self) -> int:
        return self.seated.get("service", 0) + self._of(Side.SERVICE, Side.PARTNER)

    @property
    def hosts(self) -> int:
        return self.seated.get("host", 0)

    @property
    def coming_citizens(self) -> int:
        return self.seated.get("citizen", 0) + self.yes.get(Side.CITIZEN, 0)

    @property
    def coming_service(self) -> int:
        return sum(
            (self.seated.get("service", 0), self.yes.get(Side.SERVICE, 0), self.yes.get(Side.PARTNER, 0))
        )

    @property
    def said_yes(self) -> int:
        return sum(self.yes.values())

    @property
    def waiting(self) -> int:
        return sum(self.listed.values())


def counts(process_id: UUID, gone: int = 0) -> Counts:
    """Counts alone, for everybody in the process. Two queries."""
    return _counted(process_id, seated_by_side(process_id), gone)


def _counted(process_id: UUID, at_the_table: dict[str, int], gone: int = 0) -> Counts:
    """One query."""
    rows = Invitee.objects.unrestricted(_COUNTS).filter(process_id=process_id)
    seated = TakingPart.objects.unrestricted(_COUNTS).filter(process_id=process_id, person__isnull=False)
    yes: dict[str, int] = {}
    listed: dict[str, int] = {}
    not_now, asked = 0, gone
    homes = set()
    for side, step, home in rows.sides_steps_homes(seated):
        if step in ("", Step.YES, *ON_THE_LIST):
            homes.add(home)
        asked += bool(step) and step not in BEFORE_ASKED
        if step == Step.YES:
            yes[side] = yes.get(side, 0) + 1
        elif step in ON_THE_LIST:
            listed[side] = listed.get(side, 0) + 1
        elif step:
            not_now += 1
    return Counts(at_the_table, yes, listed, not_now, len(homes - {None}), gone, asked)


@dataclass(frozen=True)
class Ready:
    checks: list[InPlace]

    @property
    def missing(self) -> list[InPlace]:
        return [check for check in self.checks if not check.done]

    @property
    def in_place(self) -> list[InPlace]:
        return [check for check in self.checks if check.done]


@dataclass
class Prepared:
    """What the page of those who prepare stands on. Loaded once."""

    versions: list[QuestionVersion]
    lists: WhoToAsk | None
    letters: list[Letter]
    counts: Counts

    @property
    def question(self) -> QuestionVersion | None:
        return self.versions[0] if self.versions else None


def prepared(actor: Actor, process_id: UUID) -> Prepared:
    """Five queries. The keys are fetched by the caller, together with its other keys."""
    versions = list(QuestionVersion.objects.visible_to(actor).filter(process_id=process_id))
    lists = WhoToAsk.objects.visible_to(actor).filter(process_id=process_id).first()
    letters = list(Letter.objects.visible_to(actor).filter(process_id=process_id))
    return Prepared(versions, lists, letters, counts(process_id, lists.gone if lists else 0))


def ready(actor: Actor, process_id: UUID, slug: str, found: Prepared) -> Ready:
    """What is there and what is missing, in the order in which one does it. No query."""
    lists = found.lists
    named = lists is not None and bool(str(lists.not_here) or str(lists.seldom_asked))
    return Ready(
        [
            *_question([version.changed_by for version in found.versions], slug),
            InPlace(
                named,
                _("Vi har spurt oss selv: Hvem er ikke her?"),
                _("Vi har ikke spurt oss selv ennå: Hvem er ikke her?"),
                _("De som er lette å få tak i, blir spurt først. De andre blir glemt."),
                reverse("inviting-lists", args=[slug]),
                _("Tenk høyt om hvem"),
            ),
            *_enough(found.counts, slug),
            InPlace(
                any(letter.side == Side.CITIZEN for letter in found.letters),
                _("Et brev som sier hva vi trenger, og ikke lover noe"),
                _("Det er ikke skrevet noe brev ennå"),
                _("Et brev fra kommunen kan gjøre folk redde. Ordene betyr mye."),
                reverse("letters", args=[slug]),
                _("Skriv et brev"),
            ),
            InPlace(
                any(str(letter.phone) for letter in found.letters),
                _("Et navn og et nummer å ringe til"),
                _("Det står ikke noe nummer å ringe til"),
                _("Mange vil heller snakke enn å lese."),
                reverse("letters", args=[slug]),
                _("Skriv nummeret i brevet"),
            ),
        ]
    )


def _question(changed_by: list[str], slug: str) -> list[InPlace]:
    """changed_by: of each version of the question."""
    question = reverse("question", args=[slug])
    return [
        InPlace(
            bool(changed_by),
            _("Et første forslag til hva det gjelder"),
            _("Ingen har skrevet hva det gjelder"),
            _("Uten det vet ingen hva de blir spurt om."),
            question,
            _("Skriv det første forslaget"),
        ),
        InPlace(
            any(by in CONCERNED for by in changed_by),
            _("De det gjelder, har endret på det"),
            _("De det gjelder, har ikke endret på det ennå"),
            _("Spørsmålet er vårt helt til noen andre har satt sine ord på det."),
            question,
            _("Skriv ned det de sa"),
        ),
    ]


def _enough(number: Counts, slug: str) -> list[InPlace]:
    add = reverse("inviting-add", args=[slug])
    return [
        InPlace(
            number.citizens >= ENOUGH,
            _("Så mange innbyggere at det tåler at noen blir borte"),
            _("For få innbyggere til at noen kan bli borte"),
            _("Noen blir syke, får jobb eller orker ikke. Med %(n)d eller flere blir det likevel et bord.")
            % {"n": ENOUGH},
            add,
            _("Skriv opp noen til"),
        ),
        InPlace(
            number.citizens >= number.service and number.citizens > 0,
            _("Ikke færre innbyggere enn folk fra tjenesten"),
            _("Færre innbyggere enn folk fra tjenesten"),
            _("Er de ansatte flest, blir det fort deres bord."),
            add,
            _("Skriv opp noen til"),
        ),
    ]


def before(actor: Actor, process: Process, roles: Mapping[object, set[str]]) -> Before | None:
    """What this app knows, for the page *Kan vi invitere nå?*: the question and the numbers. The lists and the letters, which
    are opened to be read, have their own page. Two queries."""
    if not invites(actor, process.pk):
        return None
    versions = QuestionVersion.objects.visible_to(actor).filter(process_id=process.pk)
    seated = Counter(side_of(held) for held in roles.values())
    number = _counted(process.pk, dict(seated))
    checks = [*_question(list(versions.values_list("changed_by", flat=True)), process.slug)]
    return Before([*checks, *_enough(number, process.slug)], bool(number.asked))


def sees_all(actor: Actor, process_id: UUID) -> bool:
    return actor.has_role(process_id, Role.COORDINATOR)


def prepares(actor: Actor, process_id: UUID) -> bool:
    return invites(actor, process_id)
