"""Open all that can be opened in the installation that LANGBORD_DATA names, and write it to a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "langbord.config.settings"
    import django

    django.setup()
    from .scene import dump

    dump(Path(sys.argv[1]), keep=True)
