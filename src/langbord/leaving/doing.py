"""Leaving, carried out: intent, what stays, the key, the rows, the receipt. In that order, and each step harmless to
repeat, because the machine may stop between any two of them.

    asked    the intent is a row; every session has ended
    kept     one transaction: what stays is sealed anew and has lost the name; what belongs to other processes, too
    gone     the key is destroyed in the vault (and written in its ledger first)
    erased   one transaction: the rows go, the receipt comes, the intent goes

Until *gone* everything that is to go can be read; from then on nothing of it can, whatever becomes of the rows. What is
to stay can be read all the time. `sweep` (every minute) finishes what was cut off.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.gate import ClosedQuerySet
from langbord.base import clock, events
from langbord.base import personal_data as registry
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.personal_data import Holding, Numbers, Way, in_scope
from langbord.people.models import Person
from langbord.people.personal_data import end_all_sessions
from langbord.processes.models import Membership
from langbord.vault import keys, ledger, residue
from langbord.vault.fields import sealed_fields
from langbord.vault.moving import move

from . import scope
from .codes import code_of, look_up
from .models import Parting, Receipt
from .numbers import stored, told

log = logging.getLogger("langbord.leaving")

_WHY = "somebody leaves, by their own wish"
LEFT = "left"
"""Kind in the vault's ledger: the id of a person who has left all of Langbord."""

LEFT_ROLE = "left-role"
"""Kind in the vault's ledger: the id of a membership in a process that its person has left."""

FINISHED_WITHIN = timedelta(minutes=1)
"""A parting older than this was cut off."""


class Residue(RuntimeError):
    """Something of the person was still there after all apps had erased: nothing was stored, and it is tried again."""


def ask(*, actor: Actor, way: str, process_id: UUID | None, parting_id: UUID) -> Parting:
    """Note the intent: the person's own, from their own form. `process_id` None: all of Langbord; leaving the only
    process one is in means the same. A second click gives the same parting.

    NotNow on the first day of a new card (whoever printed it may hold it), and while another parting is under way.
    """
    person: Person | None = actor.person
    if person is None:
        raise NotAllowed()
    if actor.reads_from is not None:
        raise NotNow(TOMORROW)
    return intend(person_id=person.pk, way=way, process_id=process_id, parting_id=parting_id)


TOMORROW = _("Kortet ditt er nytt. I morgen kan du gjøre dette. Haster det, så snakk med en vert.")


def intend(
    *, person_id: UUID, way: str, process_id: UUID | None, parting_id: UUID, only_here: bool = False
) -> Parting:
    """The intent itself; the right was checked before. `only_here`: leave the one process, also when there is no other.
    Side effects: an event; with all of Langbord, all sessions end."""
    if way not in Way.values:
        raise NotAllowed()
    whole = process_id is None or (not only_here and scope.is_whole(person_id, process_id))
    with transaction.atomic():
        rows: Any = Person.objects.unrestricted(_WHY).select_for_update()
        person = rows.filter(pk=person_id).first()
        if person is None:
            raise NotAllowed()
        again = Parting.objects.unrestricted(_WHY).filter(person_id=person_id).first()
        if again is not None:
            if again.pk != parting_id:
                raise NotNow(_("Vi holder på med det. Vent et minutt, og prøv igjen."))
            return again
        parting = Parting.objects.create(
            id=parting_id,
            person_id=person_id,
            process_id=None if whole else process_id,
            way=way,
            subject=person.sealed_by,
            fresh=None if whole else uuid4(),
            asked_at=clock.now(),
            stayed=len(registry.what_stays(person_id, None if whole else process_id)),
        )
        # Not its id: that is the key of the form, and whoever has it is shown the receipt.
        events.record(person_id, f"leaving.asked.{way}", process_id=parting.process_id)
        if whole:
            end_all_sessions(person_id)
    return parting


def carry_out(parting_id: UUID) -> None:
    """All the steps, from wherever it had come. Nothing happens when it is finished already."""
    with keys.ring():
        for step in STEPS:
            step(parting_id)


def keep(parting_id: UUID) -> None:
    with transaction.atomic():
        parting = _held(parting_id)
        if parting is None or parting.kept_at is not None:
            return
        done = Numbers()
        for register in registry.upper_first():
            done.update(register.keep_without_name(parting))
        if parting.fresh is not None:
            _move_the_rest(parting, parting.fresh)
        parting.numbers, parting.kept_at = stored(done), clock.now()
        parting.save(update_fields=["numbers", "kept_at"])


def destroy(parting_id: UUID) -> None:
    parting = Parting.objects.unrestricted(_WHY).filter(pk=parting_id).first()
    if parting is None or parting.kept_at is None:
        return
    if parting.process_id is None:
        ledger.note(LEFT, parting.person_id, clock.now())
    else:
        roles = Membership.objects.unrestricted(_WHY).filter(
            person_id=parting.person_id, process_id=parting.process_id
        )
        for role in roles.values_list("pk", flat=True):
            ledger.note(LEFT_ROLE, role, clock.now())
    keys.destroy(parting.subject)


def erase(parting_id: UUID) -> None:
    with transaction.atomic():
        parting = _held(parting_id)
        if parting is None or not keys.is_destroyed(parting.subject):
            return
        done = told(parting.numbers)
        for register in registry.upper_first():
            done.update(register.erase(parting))
        for _register, holding in registry.holdings():
            _forget_mentions(parting, holding)
        _check_nothing_left(parting)
        Receipt.objects.create(
            id=parting.pk,
            code_lookup=look_up(code_of(parting.pk)),
            way=parting.way,
            whole=parting.process_id is None,
            asked_at=parting.asked_at,
            done_at=clock.now(),
            numbers=stored(done),
            stayed=parting.stayed,
        )
        events.record(None, f"leaving.done.{parting.way}", process_id=parting.process_id)
        parting.delete()


def settle(parting_id: UUID) -> None:
    """Nothing of the deleted rows stays in SQLite's log beside the file."""
    residue.settle("default")


STEPS = (keep, destroy, erase, settle)


def sweep() -> int:
    """Finish what was cut off. Called by the worker. How many; one that fails does not hold up the others."""
    cut_off = Parting.objects.unrestricted(_WHY).filter(asked_at__lte=clock.now() - FINISHED_WITHIN)
    done = 0
    for parting_id in list(cut_off.values_list("pk", flat=True)):
        try:
            carry_out(parting_id)
            done += 1
        except Exception:
            log.exception("a parting could not be finished; it is tried again")
    return done


def finished(parting_id: UUID) -> bool:
    """Whether this very parting has been carried out."""
    return Receipt.objects.unrestricted("whoever has the form's own key").filter(pk=parting_id).exists()


def _held(parting_id: UUID) -> Parting | None:
    rows = Parting.objects.unrestricted(_WHY).select_for_update()
    return rows.filter(pk=parting_id).first()


def _rows_of(holding: Holding) -> models.QuerySet[Any]:
    """Every row of a registered model."""
    rows = apps.get_model(holding.model)._default_manager.all()
    return rows.unrestricted(_WHY) if isinstance(rows, ClosedQuerySet) else rows


def _move_the_rest(parting: Parting, fresh: UUID) -> None:
    """What is not of the process that is left, sealed anew under the person's fresh subject."""
    keys.ensure(fresh)
    for _register, holding in registry.holdings():
        if not sealed_fields(apps.get_model(holding.model)):
            continue
        rows = _rows_of(holding).filter(sealed_by=parting.subject)
        if holding.process:
            rows = rows.exclude(**in_scope(parting, holding.process))
        for row in rows:
            move(row, fresh)


def _forget_mentions(parting: Parting, holding: Holding) -> None:
    """Where others' things named the person: the name goes, the thing stays."""
    if not holding.mentions or (parting.process_id is not None and not holding.process):
        return
    within = in_scope(parting, holding.process) if holding.process else {}
    for name in holding.mentions:
        _rows_of(holding).filter(**{f"{name}_id": parting.person_id}, **within).update(**{name: None})


def _check_nothing_left(parting: Parting) -> None:
    """Raise Residue when a registered model still has something of the person."""
    for _register, holding in registry.holdings():
        model = apps.get_model(holding.model)
        if sealed_fields(model) and _rows_of(holding).filter(sealed_by=parting.subject).exists():
            raise Residue(f"{holding.model} is still sealed by a key that is gone")
        if parting.process_id is not None and not holding.process:
            continue
        within = in_scope(parting, holding.process) if holding.process else {}
        for path in (*holding.whose, *(f"{name}_id" for name in holding.mentions)):
            if _rows_of(holding).filter(**{path: parting.person_id}, **within).exists():
                raise Residue(f"{holding.model} still names somebody who has left ({path})")
