"""One installation lived through and left, in a process of its own with the product's real settings.

    python -m tests.proof.scene FOLDER

Makes the example in FOLDER/data; plants a word in every sealed field of two who will leave and two who stay; opens every
page that a link leads to, as everybody; takes exports, codes by mail and a backup; the two leave with everything; the
master key is exchanged; the oldest backup is put back with today's keys. Then every file under FOLDER is searched, and
a dump of all that can still be opened. Prints the figures as JSON.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import uuid4

from .walking import content_of, crawl, given, route_of, shown_routes, signed_in, text_of

FOLDER = Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else Path()
DATA = "LANGBORD_DATA"
LEAVING = ["citizen-1", "employee-1"]
STAYING = ["citizen-2", "leader"]
SHAPES = {
    # A code app's secret has a length of its own, and a rescued form is a list; the word stands in them all the same.
    "people.SecondFactor.secret": "{}" + 22 * "a",
    "learning.OwnMarks.marks": '{"place.sted": "{}"}',
    "learning.Laid.marks": '{"place.sted": "{}"}',
    "people.Rescued.fields": '[["text", "Dette er {} som jeg skrev."]]',
}
_WHY = "the proof plants a word in every field"


def main() -> dict[str, Any]:
    os.environ.update({DATA: str(FOLDER / "data"), "DJANGO_SETTINGS_MODULE": "langbord.config.settings"})
    os.umask(0o077)
    import django

    django.setup()
    _log_everything()
    from langbord.vault import keys

    _migrate()
    _command("example", "create")
    with keys.ring():
        scene = Scene()
        scene.plant()
        scene.use()
    figures = scene.figures
    before = scene.dumped("before")
    figures["dump_before_lacks"] = [word for word in scene.mine + scene.theirs if word not in before]
    oldest = _backup("oldest")
    began = time.monotonic()
    scene.leave()
    figures["seconds_to_unreadable"] = round(time.monotonic() - began, 2)
    scene.use_after()
    exchanged = json.loads(_command("rotate_key", "--json"))
    figures["seconds_to_unreadable_in_backups"] = round(time.monotonic() - began, 2)
    assert exchanged["rotated"], exchanged
    newest = _backup("newest")
    figures |= _put_back(oldest, newest)
    after = scene.dumped("after")
    restored = _dump_of(FOLDER / "restored", scene, "restored")
    figures |= {
        "restored_lacks_of_theirs": [scene.places[w] for w in scene.theirs if w not in restored],
        "live_lacks_of_theirs": [scene.places[w] for w in scene.theirs + scene.answered if w not in after],
        "dump_hits": sorted(word for word in scene.mine if word in after or word in restored),
    }
    from .canary import search

    found = search(FOLDER, scene.mine + scene.theirs)
    figures |= {
        "files_searched": found.files,
        "bytes_searched": found.bytes_read,
        "hits": [hit for hit in found.hits if hit[2] in scene.mine],
        "theirs_found_in_dump": len({hit[2] for hit in found.hits if hit[2] in scene.theirs}),
        "planted": len(scene.mine),
        "planted_theirs": len(scene.theirs),
    }
    return figures


class Scene:
    """The persons, the words planted for them, and what was seen on the way."""

    def __init__(self) -> None:
        from langbord.people.models import PersonaKey

        named = PersonaKey.objects.unrestricted(_WHY).with_person()
        self.people: dict[str, Any] = {row.key: row.person for row in named}
        self.mine: list[str] = []
        self.answered: list[str] = []
        self.places: dict[str, str] = {}
        self.theirs: list[str] = []
        self.figures: dict[str, Any] = {}
        self.pages = 0
        self.kinds: set[str] = set()
        self.opened: Counter[str] = Counter()

    # -- planting

    def plant(self) -> None:
        for key in [*LEAVING, *STAYING]:
            self._act(key)
        planted: dict[str, set[str]] = {}
        for key in [*LEAVING, *STAYING]:
            words = self.mine if key in LEAVING else self.theirs
            initial = "a" if key in LEAVING else "b"
            for label in self._fill(self.people[key].sealed_by, initial, words):
                planted.setdefault(initial, set()).add(label)
        everything = {f"{model._meta.label}.{field.name}" for model, field in sealed()}
        self.figures["fields"] = len(everything)
        self.figures["fields_not_planted"] = sorted(everything - planted["a"])
        from langbord.rooms.enums import PieceKind

        self.figures["kinds_not_planted"] = sorted(set(PieceKind.values) - self.kinds)

    def _act(self, key: str) -> None:
        """Rows that the example does not have for everybody, made as a person would make them."""
        from . import doings

        doings.act(self.people[key], self.people["host-peer"])

    def _fill(self, subject: Any, initial: str, words: list[str]) -> list[str]:
        """A word of its own in every sealed field of every row that this subject's key seals."""
        from django.db import models

        from .canary import word

        labels = []
        for model, field in sealed():
            # Past every manager and every rule: what is never changed in the product is filled here all the same.
            for row in models.QuerySet(model).filter(**{field.subject: subject}):
                label = f"{model._meta.label}.{field.name}"
                if label == "followup.Step.sent_to" and row.kind in ("promise", "comment"):
                    continue  # neither was sent anywhere, and both go with an input that nobody answered yet
                planted = word(initial, len(self.places))
                setattr(row, field.name, SHAPES.get(label, "{}").replace("{}", planted))
                models.Model.save_base(row, raw=False, update_fields=[field.name])
                self.places[planted] = label
                if label == "rooms.Piece.body" and initial == "a":
                    self.kinds.add(row.kind)
                (self.answered if _for_the_service(row) else words).append(planted)
                labels.append(label)
        return labels

    # -- using

    def use(self) -> None:
        """Every kind of page, as everybody; what is taken out as files; the file that each may take along; mail to those
        who leave, to an address that is one of their words."""
        seen: dict[str, str] = {}
        for key, person in self.people.items():
            client = signed_in(person)
            pages = crawl(client, self.opened)
            self.pages += len(pages)
            seen[key] = "\n".join(pages.values())
        self.figures["pages_opened"] = self.pages
        self.figures["routes_opened"] = sorted(name for name in shown_routes() if self.opened[name])
        self._take_out()
        self.figures["own_words_seen"] = sum(word in seen[key] for key in LEAVING for word in self.mine)
        own = "".join(self._file(key) for key in LEAVING)
        self.figures["file_lacks"] = sorted({self.places[w] for w in self.mine if w not in own})
        self.figures["file_of_another"] = [word for word in self.theirs if word in own]
        self._mail()

    def _take_out(self) -> None:
        """What leaves as a file when somebody presses for it, and a text that somebody has looked over."""
        from langbord.processes.models import Process

        slugs = list(Process.objects.unrestricted(_WHY).values_list("slug", flat=True))
        ways: list[tuple[str, dict[str, str]]] = [("/drift/logg/fil/", {})]
        ways += [(f"/s/{slug}/materiale/fil/", {"form": form}) for slug in slugs for form in ("json", "csv")]
        ways += [(f"/s/{slug}/mottatt/fil/", {}) for slug in slugs]
        ways += [
            (
                "/bibliotek/ord/sjekk/",
                {"text": f"Kjære {self.mine[0]}, vedtaket er fattet.", "language": "nb"},
            )
        ]
        clients = [signed_in(person) for person in self.people.values()]
        taken = {
            route_of(way) for way, form in ways if any(given(client.post(way, form)) for client in clients)
        }
        self.figures["taken_out"] = sorted(taken)

    def _mail(self) -> None:
        from langbord.people.models import Contact
        from langbord.people.signin import emailcodes
        from langbord.vault.lookup import digest

        for key in LEAVING:
            contact = Contact.objects.unrestricted(_WHY).get(person_id=self.people[key].pk)
            address = f"{contact.email}@fjordvik.example"
            contact.email, contact.email_lookup = address, digest("email", address)
            contact.save(update_fields=["email", "email_lookup"])
            emailcodes.send_code(address)
        emailcodes.wait_for_mail()
        mails = [path.read_text("utf-8", "replace") for path in (FOLDER / "data" / "mail").glob("*")]
        self.figures["mails_sent"] = sum("fjordvik.example" in mail for mail in mails)

    def _file(self, key: str) -> str:
        answer = signed_in(self.people[key]).post("/meg/fil/", {"once": str(uuid4())})
        assert answer.status_code == 200, (key, answer.status_code)
        return text_of(content_of(answer))

    # -- leaving

    def leave(self) -> None:
        from langbord.access.actor import actor_of
        from langbord.leaving import doing
        from langbord.people.models import Person

        for key in LEAVING:
            person: Any = Person.objects.unrestricted(_WHY).get(pk=self.people[key].pk)
            parting = doing.ask(actor=actor_of(person), way="take", process_id=None, parting_id=uuid4())
            doing.carry_out(parting.pk)
            assert doing.finished(parting.pk)

    def use_after(self) -> None:
        """Those who stay go on: nothing of those who left stands on any page, and nothing of their own is missing."""
        from langbord.vault import keys

        with keys.ring():
            pages: list[str] = []
            opened: Counter[str] = Counter()
            for key, person in self.people.items():
                if key not in LEAVING:
                    pages += crawl(signed_in(person), opened).values()
        self.figures["pages_after"] = len(pages)
        self.figures["words_on_pages_after"] = [w for w in self.mine if any(w in page for page in pages)]

    def dumped(self, name: str) -> str:
        """All that can be opened in the installation, as one file of text, which the search goes through as well."""
        return dump(FOLDER / "dump" / f"{name}.txt", keep=name != "before")


def _for_the_service(row: Any) -> bool:
    """What somebody answered or asked as the service is the service's, and stays without their name (docs/leaving.md)."""
    from langbord.followup.models import Step

    kind = row._meta.label
    if kind == "firstmeeting.Entry":  # what an adviser wrote to a citizen stays with the citizen
        from langbord.firstmeeting.models import Party

        seats = Party.objects.unrestricted(_WHY).filter(meeting_id=row.meeting_id, side="citizen")
        return bool(seats.exclude(person_id=row.author_id).exists())
    steps = Step.objects.unrestricted(_WHY).exclude(kind="comment")
    if kind == "rooms.Piece":
        return bool(steps.filter(words_id=row.pk).exists())
    return kind == "followup.Asking" or (kind == "followup.Step" and row.kind != "comment")


def sealed() -> list[tuple[Any, Any]]:
    from django.apps import apps

    from langbord.vault.fields import sealed_fields

    return [(model, field) for model in apps.get_models() for field in sealed_fields(model)]


def dump(out: Path, *, keep: bool) -> str:
    """Every column of every row of every table, sealed text opened where it opens."""
    from django.apps import apps
    from django.db import models

    from langbord.vault import keys

    lines = []
    with keys.ring():
        for model in apps.get_models():
            for row in models.QuerySet(model).all():
                values = (f"{f.attname}={getattr(row, f.attname)}" for f in model._meta.concrete_fields)
                lines.append(f"{model._meta.label} " + " ".join(values))
    text = "\n".join(lines)
    if keep:
        out.parent.mkdir(exist_ok=True)
        out.write_text(text, "utf-8", errors="surrogatepass")
    return text


def _put_back(oldest: dict[str, Any], newest: dict[str, Any]) -> dict[str, Any]:
    """The oldest words with the oldest keys, which today's master key must not open; then with today's keys."""
    folder = FOLDER / "refused"
    old = _run(
        "restore", "--data", oldest["data"], "--vault", oldest["vault"], "--into", str(folder), "--json"
    )
    new = _run(
        *("restore", "--data", oldest["data"], "--vault", newest["vault"], "--accept-mismatch"),
        *("--into", str(FOLDER / "restored"), "--json"),
    )
    assert new.returncode == 0, new.stdout + new.stderr
    return {
        "oldest_keys_refused": old.returncode != 0 and not (folder / "langbord.sqlite3").exists(),
        "oldest_keys_said": json.loads(old.stdout.splitlines()[0]).get("code") if old.stdout else old.stderr,
    }


def _dump_of(folder: Path, scene: Scene, name: str) -> str:
    out = FOLDER / "dump" / f"{name}.txt"
    done = subprocess.run(
        [sys.executable, "-m", "tests.proof.dumping", str(out)],
        env={**os.environ, DATA: str(folder)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return out.read_text("utf-8", errors="surrogatepass")


def _backup(name: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(_command("backup", "--out", str(FOLDER / "backups" / name), "--json"))
    return answer


def _command(*arguments: str) -> str:
    done = _run(*arguments)
    assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    return done.stdout


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """As an operator would: in a process of its own. What it says is kept and searched."""
    done = subprocess.run([sys.executable, "-m", "langbord", *arguments], capture_output=True, text=True)
    with (FOLDER / "said.log").open("a") as file:
        file.write(done.stdout + done.stderr)
    return done


def _migrate() -> None:
    for alias in ("vault", "default"):
        _command("migrate", "--verbosity", "0", "--database", alias)


def _log_everything() -> None:
    """Every line that any library would write at its most talkative, database statements included."""
    (FOLDER / "data").mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(FOLDER / "everything.log")
    for name in ("", "django", "django.request", "django.db.backends", "langbord"):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    from django.db import connections

    for connection in connections.all():
        connection.force_debug_cursor = True


if __name__ == "__main__":
    figures = main()
    print(json.dumps(figures, ensure_ascii=False, default=str))
