"""Fresh sign-in links for the persons of the example, so that every role can be tried from outside."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from langbord.people.models import PersonaKey
from langbord.people.signin.links import example_data, make_link
from langbord.vault import keys, preload_for

MINUTES = 12 * 60


class Command(BaseCommand):
    help = "Make sign-in links for the persons of the example. Refused on real data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the list as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not example_data():
            raise CommandError(
                "Her er det ekte data. Lenker uten PIN lages bare for eksempelet.\n"
                "This is real data. Links without a PIN are made for the example only."
            )
        with keys.ring():
            named = list(PersonaKey.objects.unrestricted("the persons of the example").with_person())
            preload_for([persona.person for persona in named])
            rows = [
                {
                    "key": persona.key,
                    "name": persona.person.shown_name,
                    "role": persona.role,
                    "process": persona.process_slug,
                    "track": persona.track,
                    "url": make_link(person=persona.person, minutes=MINUTES, actor=None, for_example=True),
                }
                for persona in named
            ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            self.stdout.write(f"{row['key']:24} {row['name']:12} {row['role']:14} {row['url']}")
