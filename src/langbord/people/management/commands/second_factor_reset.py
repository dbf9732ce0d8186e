"""For the day somebody has lost both phone and paper: they set up a new code app at the next sign-in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from langbord.people.models import Contact
from langbord.people.signin import factor
from langbord.vault.lookup import digest


class Command(BaseCommand):
    help = "Remove the second factor of the person with this e-mail. Make sure first that it is they who ask."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        contact = (
            Contact.objects.unrestricted("an operator resets a second factor")
            .filter(email_lookup=digest("email", options["email"]))
            .first()
        )
        if contact is None or not factor.reset(contact.person_id):
            raise CommandError(
                "Fant ingen kodeapp for den adressen. / No code app was found for that address."
            )
        self.stdout.write("Kodeappen er fjernet. Personen setter opp en ny ved neste innlogging.")
