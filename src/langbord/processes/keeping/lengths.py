"""How long a kind is kept in a process: what the process has chosen, else its organisation, else the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from langbord.base.retention import policies
from langbord.processes.models import Process

from .models import Term

_WHY = "how long things are kept; nothing is shown"


@dataclass
class Lengths:
    """Chosen lengths by kind and whose choice it is; `organisations` says who answers for which process."""

    organisations: dict[UUID, UUID] = field(default_factory=dict)
    chosen: dict[tuple[str, UUID], Term] = field(default_factory=dict)

    def add(self, terms: Iterable[Term]) -> Lengths:
        """The last of each counts; an empty one takes the choice away again."""
        for term in sorted(terms, key=lambda t: (t.set_at, str(t.pk))):
            self.chosen[term.kind, term.process_id or term.organisation_id] = term  # type: ignore[index]
        self.chosen = {place: term for place, term in self.chosen.items() if term.days is not None}
        return self

    def term(self, kind: str, process_id: UUID | None) -> Term | None:
        """The choice that counts for this process, if there is one."""
        if process_id is None:
            return None
        own = self.chosen.get((kind, process_id))
        organisation = self.organisations.get(process_id)
        return own or (self.chosen.get((kind, organisation)) if organisation is not None else None)

    def days(self, kind: str, process_id: UUID | None) -> int:
        term = self.term(kind, process_id)
        return policies()[kind].days if term is None or term.days is None else term.days

    def shortest(self, kind: str) -> int:
        """The shortest there is for this kind anywhere."""
        return min(
            [policies()[kind].days, *(t.days or 0 for (k, _of), t in self.chosen.items() if k == kind)]
        )


def all_lengths() -> Lengths:
    """For the job. Two queries."""
    owners = dict(Process.objects.unrestricted(_WHY).values_list("pk", "organisation_id"))
    return Lengths(owners).add(Term.objects.unrestricted(_WHY))


def lengths_of(process: Process) -> Lengths:
    """For one process. One query."""
    terms = Term.objects.unrestricted(_WHY).of_process(process.pk, process.organisation_id)
    return Lengths({process.pk: process.organisation_id}).add(terms)
