"""Where mail goes without a mail server: one message, one file. `people.mailed` clears them away again."""

from __future__ import annotations

from uuid import uuid4

from django.core.mail.backends import filebased


class EmailBackend(filebased.EmailBackend):
    """Django's own names a file after the second and an address in memory. Two messages in one second could end in one
    file, and then somebody else's mail went with the mail of whoever left."""

    def _get_filename(self) -> str:
        # A new name each time it is opened: one backend may be asked to send more than once.
        return f"{self.file_path}/{uuid4().hex}.log"
