"""What the web server runs."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langbord.config.settings")

application = get_wsgi_application()

# What was loaded stays for as long as the server runs: looking through it for rubbish in the middle of a page gave nothing
# and took one to two of some fifty milliseconds.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
