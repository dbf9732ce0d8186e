"""Settings. What an operator may change is read from the environment, see docs/operate.md:

LANGBORD_DATA           the data folder (default: var/)
LANGBORD_DATABASE_URL   postgresql://… for the words (default: SQLite in the data folder)
LANGBORD_VAULT_URL      postgresql://… for the keys (default: SQLite in the data folder)
LANGBORD_MASTER_KEY_FILE  where the master key lies (default: master.key in the data folder)
LANGBORD_MASTER_KEY_COPY  a folder elsewhere that gets a copy of each new master key (default: none)
LANGBORD_SHRED_DAYS     at most so many days from a key is destroyed until no backup can open it (default: 30)
LANGBORD_BACKUPS        where backups are put (default: backups/ in the data folder)
LANGBORD_VAULT_BACKUPS  where backups of the vault are put (default: vault/ in the folder of backups)
LANGBORD_PUBLIC_URL     the address people use, as in https://langbord.example.no (default: http://localhost:$PORT)
LANGBORD_HOSTS          more host names that may be asked for, with commas between
LANGBORD_MAIL_URL       smtp://name:password@host:port, or smtps:// (default: mail is written to the data folder)
LANGBORD_MAIL_FROM      the sender's address
LANGBORD_NEUTRAL_SITE   where "Forlat siden" leads
LANGBORD_DPO_CONTACT    the data-protection officer, where an organisation has not named its own
LANGBORD_HOSTED_BY      who hosts this, as it is to stand in the record of processing
LANGBORD_DEBUG          1 while developing: templates and static files are read anew each time
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels

from langbord.config.databases import database
from langbord.config.secret import secret_key
from langbord.config.trouble import address, whole_number

PACKAGE = Path(__file__).resolve().parents[1]
BASE_DIR = PACKAGE.parents[1]
BUILD = BASE_DIR / "build"


def env(name: str, default: str = "") -> str:
    return os.environ.get(f"LANGBORD_{name}", "").strip() or default


def port(folder: Path) -> str:
    """$PORT, else the one `serve` last used with this data folder: so links made in another terminal are right."""
    kept = folder / "port"
    return os.environ.get("PORT") or (kept.read_text("ascii").strip() if kept.is_file() else "8000")


DEBUG = env("DEBUG") == "1"
DATA_DIR = Path(env("DATA", str(BASE_DIR / "var"))).expanduser().absolute()
EXAMPLE_MARKER = DATA_DIR / "EXAMPLE"
"""Only a data folder with this file holds example data. It is made when the folder is empty, never later."""
EXAMPLE_DATA = EXAMPLE_MARKER.is_file()

# --- the addresses of the outside -------------------------------------------------------------------------------------
LANGBORD_PUBLIC_URL = address(
    "PUBLIC_URL", env("PUBLIC_URL", f"http://localhost:{port(DATA_DIR)}"), "https", "http"
).rstrip("/")
_public = urlsplit(LANGBORD_PUBLIC_URL)
HTTPS = _public.scheme == "https"
ALLOWED_HOSTS = [h for h in [_public.hostname or "", *env("HOSTS").split(",")] if h]
ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"] if _public.netloc else []
NEUTRAL_SITE = address("NEUTRAL_SITE", env("NEUTRAL_SITE", "https://www.yr.no/"), "https", "http")
# For the privacy statement and the record of processing; an organisation's own contact counts before the common one.
LANGBORD_DPO_CONTACT = env("DPO_CONTACT")
LANGBORD_HOSTED_BY = env("HOSTED_BY")

# --- what it is made of -----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "langbord.base.apps.BaseConfig",
    "langbord.vault.apps.VaultConfig",
    "langbord.access.apps.AccessConfig",
    "langbord.people.apps.PeopleConfig",
    "langbord.library.apps.LibraryConfig",
    "langbord.processes.apps.ProcessesConfig",
    "langbord.consent.apps.ConsentConfig",
    "langbord.rooms.apps.RoomsConfig",
    "langbord.inputs.apps.InputsConfig",
    "langbord.gatherings.apps.GatheringsConfig",
    "langbord.stories.apps.StoriesConfig",
    "langbord.guides.apps.GuidesConfig",
    "langbord.inviting.apps.InvitingConfig",
    "langbord.firstmeeting.apps.FirstMeetingConfig",
    "langbord.learning.apps.LearningConfig",
    "langbord.followup.apps.FollowupConfig",
    "langbord.research.apps.ResearchConfig",
    "langbord.leaving.apps.LeavingConfig",
    "langbord.operate.apps.OperateConfig",
    "langbord.web.apps.WebConfig",
    "langbord.demo.apps.DemoConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
]

# The ring of keys lies outside all that reads words; the actor comes after authentication.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Adds random padding, so that the size tells nothing (BREACH); the forms' tokens are masked anew each time.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "langbord.vault.middleware.KeyRingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "langbord.access.middleware.ActorMiddleware",
    "langbord.people.signin.middleware.SignInMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "langbord.processes.keeping.middleware.ClosedProcessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "langbord.web.middleware.WayOnMiddleware",
]

ROOT_URLCONF = "langbord.config.urls"
WSGI_APPLICATION = "langbord.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_loaders: list[Any] = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "loaders": _loaders if DEBUG else [("django.template.loaders.cached.Loader", _loaders)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "langbord.web.context.page",
            ],
        },
    }
]
FORM_RENDERER = "langbord.web.form_renderer.LangbordRenderer"
MESSAGE_TAGS = {message_levels.ERROR: "error", message_levels.WARNING: "warning"}

# --- words and keys ---------------------------------------------------------------------------------------------------
DATABASES = {
    "default": database(env("DATABASE_URL"), DATA_DIR / "langbord.sqlite3"),
    "vault": database(env("VAULT_URL"), DATA_DIR / "vault.sqlite3"),
}
DATABASE_ROUTERS = ["langbord.vault.router.VaultRouter"]
SECRET_KEY = secret_key(DATA_DIR / "secret.key")
LANGBORD_MASTER_KEY_FILE = env("MASTER_KEY_FILE") or None
"""Where the key that wraps every other key lies; in the data folder when nothing is said. Better: elsewhere."""
LANGBORD_MASTER_KEY_COPY = env("MASTER_KEY_COPY") or None
SHRED_DAYS = whole_number("SHRED_DAYS", env("SHRED_DAYS", "30"))
"""The published longest time from a key is destroyed until no backup can open it; the timer keeps it."""
BACKUPS = Path(env("BACKUPS", str(DATA_DIR / "backups"))).expanduser().absolute()
DATA_BACKUPS = BACKUPS / "data"
VAULT_BACKUPS = Path(env("VAULT_BACKUPS", str(BACKUPS / "vault"))).expanduser().absolute()
LEDGER_COPIES = [DATA_BACKUPS / "shredded.ledger", VAULT_BACKUPS / "shredded.ledger"]
"""What was destroyed is noted beside the backups too, so that a restore knows of it when all else is lost."""

# --- signing in -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AUTHENTICATION_BACKENDS = ["langbord.people.signin.backend.OwnBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- cookies and headers ----------------------------------------------------------------------------------------------
_prefix = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_prefix}langbord"
CSRF_COOKIE_NAME = f"{_prefix}form"
LANGUAGE_COOKIE_NAME = f"{_prefix}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
CSRF_FAILURE_VIEW = "langbord.web.errors.form_expired"
X_FRAME_OPTIONS = "DENY"
# Not "no-referrer": then browsers say `Origin: null` when they post a form, also to ourselves, and every form is refused
# by the check against forgery. With "same-origin" no other site learns anything either.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# The server listens on this machine only: whoever speaks to it is the operator's own proxy.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # "Forlat siden" posts to us and is sent on to the neutral site.
        "form-action": [SELF, "{0.scheme}://{0.netloc}".format(urlsplit(NEUTRAL_SITE))],
    }
}

# --- language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

# --- static files -----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BUILD / "collected"
STATICFILES_DIRS = [BUILD / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = DATA_DIR / "files"

# --- mail -------------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("MAIL_FROM", "langbord@localhost")
_mail = urlsplit(address("MAIL_URL", env("MAIL_URL"), "smtps", "smtp") if env("MAIL_URL") else "")
if _mail.hostname:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname
    EMAIL_PORT = _mail.port or (465 if _mail.scheme == "smtps" else 587)
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = not EMAIL_USE_SSL and _mail.hostname not in {"localhost", "127.0.0.1"}
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "langbord.people.mail_to_files.EmailBackend"
# Also with a server: what was written before there was one is still cleared away.
EMAIL_FILE_PATH = str(DATA_DIR / "mail")

# --- the log: what went wrong and where, never what people wrote ------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # At its most talkative it writes out what a page was drawn with: never, also where the rest is turned up.
        "django.template": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # A refused address is not a fault, and the address may say who came where.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
