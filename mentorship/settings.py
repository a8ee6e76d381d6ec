"""One settings module, told apart by STUDIO_ENV: embedded (default, SQLite on one machine), production, test.

A setting that is missing or unsafe stops the start with a line that says what to do.
"""

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from .answers import ANSWERS  # noqa: F401 - a setting like the others
from .media import private_store

BASE_DIR = Path(__file__).resolve().parent.parent
ENV = os.environ.get("STUDIO_ENV", "test" if "pytest" in sys.modules else "embedded")
if ENV not in {"embedded", "production", "test"}:
    raise ImproperlyConfigured(f"STUDIO_ENV is {ENV!r}: set it to embedded, production or test.")
PRODUCTION = ENV == "production"
VAR_DIR = Path(os.environ.get("STUDIO_VAR", BASE_DIR / "var"))


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    return default if value is None else value.lower() in {"1", "true", "yes", "on"}


def secret_key() -> str:
    """From the environment, or, on one machine, from a file that is made once and kept with the data."""
    key = os.environ.get("SECRET_KEY", "")
    if PRODUCTION and (len(key) < 50 or len(set(key)) < 10):
        raise ImproperlyConfigured(
            "SECRET_KEY is missing or weak: set it to 50 or more random characters, for example "
            "the output of: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return key or kept_key(VAR_DIR / "secret_key")


def kept_key(path: Path) -> str:
    """Written whole before it gets its name, so that two processes that start at once read the same key."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"secret_key.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()


SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key]
DEBUG = flag("DEBUG")
DEMO = flag("STUDIO_DEMO") and not PRODUCTION
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG is on in production: unset DEBUG.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS is empty or a wildcard: list your host names, separated by commas.")
else:
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "mentorship.common",
    "mentorship.places",
    "mentorship.audit",
    "mentorship.accounts",
    "mentorship.people",
    "mentorship.notifications",
    "mentorship.upkeep",
    "mentorship.privacy",
    "mentorship.framework",
    "cohorts",
    "cohorts.matching",
    "cohorts.letters",
    "cohorts.training",
    "cohorts.meetings",
    "cohorts.clinic",
    "evaluations.logs",
    "evaluations.visits",
    "evaluations.growth",
    "evaluations.assessments",
    "evaluations.promotions",
    "evaluations.archive",
    "evaluations.calendar",
    "evaluations.dashboards",
    "evaluations.demo",
    "mentorship.common.apps.StudioAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
if ENV == "test":
    INSTALLED_APPS.append("zeal")

METRICS_TOKEN = os.environ.get(
    "METRICS_TOKEN", ""
)  # Prometheus brings it to /metrics; without it there is no such page
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:
    raise ImproperlyConfigured("METRICS_TOKEN is short: set it to 20 or more random characters, or leave it out.")
MIDDLEWARE = [
    "mentorship.common.tracing.TracingMiddleware",
    *(["mentorship.common.metrics.MetricsMiddleware"] if METRICS_TOKEN else []),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "mentorship.common.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mentorship.accounts.middleware.CardMiddleware",
    "mentorship.accounts.middleware.ClockMiddleware",
    "mentorship.accounts.middleware.SecondFactorMiddleware",
    "mentorship.accounts.middleware.ActingMiddleware",
    "mentorship.accounts.middleware.PreferencesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "mentorship.accounts.middleware.StudioMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mentorship.common.middleware.PrivatePagesMiddleware",
    "mentorship.audit.once.OnceMiddleware",
]
ROOT_URLCONF = "mentorship.urls"
WSGI_APPLICATION = "mentorship.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "evaluations.dashboards.context.frame",
            ],
            "builtins": ["mentorship.audit.templatetags.form_tokens"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASE_URL = os.environ.get("DATABASE_URL", "")


def postgresql_patience(arguments: list[str]) -> dict:
    """How long PostgreSQL is waited for. Commands may take their time; a migration must not hold up the pages."""
    command = arguments[1] if len(arguments) > 1 else ""
    statement, idle = ("10s", "30s")
    if Path(arguments[0]).name == "manage.py" or ENV == "test":
        statement = idle = "2h"  # as long as the schedule gives a job
    limits = {"statement_timeout": statement, "idle_in_transaction_session_timeout": idle}
    if command == "migrate":
        limits["lock_timeout"] = "2s"
    return {"connect_timeout": 3, "options": " ".join(f"-c {name}={value}" for name, value in limits.items())}


def database(url: str) -> dict:
    """What the address itself says goes before our patience."""
    found = dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
    if found["ENGINE"].endswith("postgresql"):
        found["ENGINE"] = "mentorship.common.postgresql"  # a server that hangs is not waited for
        found["OPTIONS"] = postgresql_patience(sys.argv) | found.get("OPTIONS", {})
        if "statement_timeout=10s" in found["OPTIONS"]["options"]:
            found["PATIENCE"] = 12  # seconds; the server itself gives up after 10
    return found


def replica(url: str) -> dict:
    """As the primary, but nothing is written there even if it becomes a primary. Tests have one database."""
    found = database(url)
    found["OPTIONS"]["options"] += " -c default_transaction_read_only=on"
    return found | {"TEST": {"MIRROR": "default"}}


if DATABASE_URL:
    DATABASES = {"default": database(DATABASE_URL)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR_DIR / "studio.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,  # seconds; of eight processes that do nothing but write, one may wait for seven
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
            },
            "CONN_MAX_AGE": None,
        }
    }
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
# Pages that may be some seconds old are read there (mentorship.common.replicas).
REPLICA_URLS = [url for url in os.environ.get("DATABASE_REPLICA_URLS", "").split(",") if url]
REPLICAS = [f"replica{number}" for number, _url in enumerate(REPLICA_URLS, 1)]
REPLICA_LAG = int(os.environ.get("DATABASE_REPLICA_LAG", "5"))
if REPLICAS:
    if not all(url.startswith("postgres") for url in [DATABASE_URL, *REPLICA_URLS]):
        raise ImproperlyConfigured("DATABASE_REPLICA_URLS needs PostgreSQL: set DATABASE_URL to the primary.")
    DATABASES |= {alias: replica(url) for alias, url in zip(REPLICAS, REPLICA_URLS, strict=True)}
    DATABASE_ROUTERS = ["mentorship.common.replicas.ReplicaRouter"]
    MIDDLEWARE.insert(1, "mentorship.common.replicas.FreshMiddleware")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["mentorship.accounts.backends.UsernameOrPhoneBackend"]
LOGIN_URL = reverse_lazy("accounts:login")
LOGIN_REDIRECT_URL = reverse_lazy("dashboards:home")
LOGOUT_REDIRECT_URL = LOGIN_URL
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "mentorship.accounts.validators.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "mentorship.accounts.validators.NotOnOurList"},
    {"NAME": "mentorship.accounts.validators.NotAboutThePerson"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
TRUSTED_PHONE_SECONDS = 30 * 24 * 3600
# "required": those whose role asks for it can't go on without a code or a passkey, weighty acts ask once more who is
# there, and sessions end by themselves. "offered": everyone may set one up, and then it is asked for.
SECOND_FACTOR = os.environ.get("SECOND_FACTOR", "required" if PRODUCTION else "offered")
if SECOND_FACTOR not in {"required", "offered"}:
    raise ImproperlyConfigured(f"SECOND_FACTOR is {SECOND_FACTOR!r}: set it to required or offered.")
SESSION_LIMITS = {"staff": (30 * 60, 12 * 3600), "others": (60 * 60, 24 * 3600)}  # seconds left alone, seconds in all

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "mentorship" / "locale"]
LANGUAGE_COOKIE_NAME = "studio_language"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("STUDIO_STATIC", VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
PRIVATE_ROOT = VAR_DIR / "private"
# The proxy's internal address of PRIVATE_ROOT ("/_private/" in deploy/nginx/): it then hands out what a view allowed.
PRIVATE_BY_PROXY = os.environ.get("PRIVATE_BY_PROXY", "")
STORAGES = {
    "default": private_store(os.environ, PRIVATE_ROOT),
    "staticfiles": {"BACKEND": "mentorship.common.static_files.ModuleStorage"},
}
# Private files are for the studio's own account and its group; other accounts of the machine read nothing.
FILE_UPLOAD_DIRECTORY_PERMISSIONS, FILE_UPLOAD_PERMISSIONS = 0o750, 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOADS_A_YEAR = int(os.environ.get("UPLOADS_A_YEAR_MB", "1024")) * 1024 * 1024  # of one account, as stored

IMMEDIATE = "django_tasks.backends.immediate.ImmediateBackend"
TASKS = {
    "default": {"BACKEND": os.environ.get("TASKS_BACKEND", IMMEDIATE)},
    "long": {"BACKEND": os.environ.get("TASKS_BACKEND", "mentorship.common.threads.ThreadBackend")},  # takes seconds
}
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "studio@localhost")
ADMINS = [("", address) for address in os.environ.get("ERROR_MAIL_TO", "").split(",") if address]
SITE_URL = os.environ.get("SITE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "mentorship.common.errors_views.csrf_failure"
SECURE_SSL_REDIRECT = PRODUCTION and flag("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # asked by machines beside us
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
BEHIND_PROXY = flag("BEHIND_PROXY")  # then the last entry of X-Forwarded-For is the caller
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

VERSION = os.environ.get("STUDIO_VERSION", "unreleased")
# Where `backup` puts what it takes, sealed with which key file, and what it keeps of it (docs/operations.md).
BACKUP_TO = os.environ.get("STUDIO_BACKUP_TO", "")
BACKUP_KEY_FILE = os.environ.get("STUDIO_BACKUP_KEY", "")
BACKUP_KEEP = os.environ.get("STUDIO_BACKUP_KEEP", "7d,4w,4m")
# Where the ends of the audit chains go every day, away from this machine: a folder, addresses (without: the operators').
ANCHOR_TO = os.environ.get("STUDIO_ANCHOR_TO", "")
ANCHOR_MAIL = [address for address in os.environ.get("STUDIO_ANCHOR_MAIL", "").split(",") if address]
# What runs by itself, in local time: a command and its rhythm (mentorship.upkeep.rhythm). Reminders keep to the day.
SCHEDULE = {
    "verify_audit": "daily 02:10",
    "purge_drafts": "daily 02:40",
    "clear_exports": "daily 02:50",
    "retain": "daily 02:55",
    "clearsessions": "daily 03:00",
    "check_integrity": "sunday 04:20",
    "remind_notices": "daily 07:40 until 20:00",
    "remind_items": "daily 07:45 until 20:00",
    "remind_findings": "daily 07:50 until 20:00",
    "remind_cases": "daily 07:55 until 20:00",
    "weekly_digest": "monday 08:00 until 20:00",
}
if BACKUP_TO:
    SCHEDULE["backup"] = os.environ.get("STUDIO_BACKUP_RHYTHM", "daily 03:20")
if "DatabaseBackend" in TASKS["default"]["BACKEND"]:
    SCHEDULE["prune_db_task_results"] = "daily 03:10"
    SCHEDULE["retake_tasks"] = "every 5 minutes"  # what a killed worker left behind, and what failed
if ANCHOR_TO or ANCHOR_MAIL or PRODUCTION:
    SCHEDULE["anchor_audit"] = "daily 02:20"
if PRODUCTION:
    SCHEDULE["doctor"] = "daily 08:10 until 20:00"  # the last of all: it asks whether the others ran

# In production each event is one line of JSON, requests included. A mail goes first: it is to see no filled-in words.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "mentorship.common.json_logs.JsonFormatter"},
    },
    "filters": {"secrets": {"()": "mentorship.common.quiet_logs.MaskSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]},
        "json": {"class": "logging.StreamHandler", "formatter": "json"},
        "mail": {"class": "mentorship.common.error_mail.ErrorMail"},
    },
    "loggers": {
        "django": {"handlers": []},  # its own mails quote what people typed
        "django.security.DisallowedHost": {"handlers": ["json" if PRODUCTION else "console"], "propagate": False},
        "studio.access": {"level": "INFO" if PRODUCTION else "WARNING"},
    },
    "root": {"handlers": [*(["mail"] if ADMINS else []), "json" if PRODUCTION else "console"], "level": "WARNING"},
}

STUDIO_NAME = _("大梁带小梁")

if ENV == "test":
    TASKS["long"] = {"BACKEND": IMMEDIATE}
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
VAR_DIR.mkdir(parents=True, exist_ok=True)
PRIVATE_ROOT.mkdir(mode=0o750, exist_ok=True)
