"""One settings file. The environment decides; without it Hanse runs embedded, from this folder.

Embedded mode (no HANSE_SECRET_KEY): SQLite in var/, secrets made once and kept in var/secrets.json,
mail into the outbox table, plain http on loopback. Every setting that an operator may set is
listed in docs/operate.md.
"""

import json
import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlparse

from csp.constants import NONCE

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("HANSE_VAR", ROOT / "var"))
EMBEDDED = "HANSE_SECRET_KEY" not in os.environ
DEMO = os.environ.get("HANSE_DEMO", "") == "1"


def on(name: str, *, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "").lower() in {"1", "true", "yes", "on"}


def kept_secret(name: str) -> str:
    """Make a secret on first use and keep it in var/secrets.json, readable by the owner alone."""
    VAR.mkdir(parents=True, exist_ok=True)
    path = VAR / "secrets.json"
    kept = json.loads(path.read_text()) if path.exists() else {}
    if name not in kept:
        kept[name] = secrets.token_urlsafe(50)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(kept))
        draft.replace(path)
    return kept[name]


SECRET_KEY = kept_secret("secret_key") if EMBEDDED else os.environ["HANSE_SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = os.environ.get("HANSE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("HANSE_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "hanse.project",
    "hanse.web",
    "hanse.observatory",
    "hanse.directory",
    "hanse.events",
    "hanse.meetings",
    "hanse.calls",
    "hanse.commons.people",
    "hanse.commons.audit",
    "hanse.commons.consent",
    "hanse.commons.files",
    "hanse.commons.post",
    "hanse.commons.places",
    "hanse.commons.work",
    "hanse.commons.chains",
    "hanse.commons.links",
    "hanse.kit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.admin",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "hanse.web.middleware.request_number",
    "django.middleware.security.SecurityMiddleware",
    "hanse.web.middleware.open_to_programs",
    "hanse.web.middleware.closed_doors",
    "hanse.web.middleware.no_sign_nought",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hanse.web.middleware.own_clock_and_language",
    "hanse.web.middleware.refusals",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "hanse.project.urls"
WSGI_APPLICATION = "hanse.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "hanse.web.context.sections",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "hanse.kit.templatetags.kit",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
        },
    }
]


# Records -----------------------------------------------------------------------------------------


def database(url: str) -> dict[str, object]:
    """Read DATABASE_URL: postgresql://user:password@host:port/name, or empty for SQLite in var/."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(VAR / "hanse.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 60,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=60000;"
                    "PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY;"
                ),
            },
            "TEST": {"NAME": str(VAR / f"test-{os.getpid()}.sqlite3")},
        }
    parts = urlparse(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits count in the default cache, so it is one for all processes: a table of the database.
# What one process may keep for itself goes into "process".
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "hanse_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Figures -----------------------------------------------------------------------------------------

HANSE_DATA = Path(os.environ["HANSE_DATA"]) if os.environ.get("HANSE_DATA") else ROOT / "data"
HANSE_WAREHOUSE = os.environ.get("HANSE_WAREHOUSE", "duckdb")
HANSE_MEASURES = Path(os.environ.get("HANSE_MEASURES", ROOT / "releases"))
HANSE_RELEASES = VAR / "releases"
HANSE_MODELS = VAR / "models"
# Compiled kernels of the engines. Numba reads it when it is imported, which nothing did before.
os.environ.setdefault("NUMBA_CACHE_DIR", str((VAR / "kernels").absolute()))

# People ------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "hanse.commons.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    name: f"hanse.commons.people.forms.{form}"
    for name, form in {
        "login": "LogIn",
        "signup": "SignUp",
        "add_email": "AddAddress",
        "change_password": "ChangePassword",
        "set_password": "SetPassword",
        "reset_password": "AskForNewPassword",
        "reset_password_from_key": "ChooseNewPassword",
        "reauthenticate": "ProveByPassword",
    }.items()
}
ACCOUNT_USER_DISPLAY = str
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Hanse: "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "10/m/ip",
    "reset_password": "10/m/ip,3/m/key",
}
# How many proxies of the operator's own stand in front; only their word about an address counts.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("HANSE_PROXIES", "0" if EMBEDDED else "1"))
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED
MFA_FORMS = {
    "authenticate": "hanse.commons.people.forms.SecondProof",
    "reauthenticate": "hanse.commons.people.forms.ProveByCode",
    "activate_totp": "hanse.commons.people.forms.SetUpApp",
}
MFA_TOTP_ISSUER = "Hanse"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
OIDC: list[dict[str, object]] = []
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": OIDC}}
if os.environ.get("HANSE_OIDC_CLIENT_ID"):
    OIDC.append(
        {
            "provider_id": os.environ.get("HANSE_OIDC_ID", "eu-login"),
            "name": os.environ.get("HANSE_OIDC_NAME", "EU Login"),
            "client_id": os.environ["HANSE_OIDC_CLIENT_ID"],
            "secret": os.environ.get("HANSE_OIDC_SECRET", ""),
            "settings": {"server_url": os.environ["HANSE_OIDC_SERVER"]},
        }
    )

# Where people reach this place from outside: written into letters, feeds and open data.
HANSE_ADDRESS = os.environ.get("HANSE_ADDRESS", "http://127.0.0.1:8000")

# Mail --------------------------------------------------------------------------------------------

# Every mail becomes a letter in the outbox; a job sends it when HANSE_MAIL_URL says through whom:
# smtp://user:password@host:587, or smtps:// for a connection that is encrypted from the start.
EMAIL_BACKEND = "hanse.commons.post.adapter.Outbox"
HANSE_MAIL_URL = os.environ.get("HANSE_MAIL_URL", "")
DEFAULT_FROM_EMAIL = os.environ.get("HANSE_MAIL_FROM", "Hanse <hanse@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Who runs this place -----------------------------------------------------------------------------

OPERATOR = {
    "name": os.environ.get("HANSE_OPERATOR_NAME", ""),
    "address": os.environ.get("HANSE_OPERATOR_ADDRESS", ""),
    "email": os.environ.get("HANSE_OPERATOR_EMAIL", ""),
    "data_protection": os.environ.get("HANSE_DATA_PROTECTION_CONTACT", ""),
}

# Language and time -------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = False

# Files that the browser fetches ------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR / "files")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Security ----------------------------------------------------------------------------------------

# A form may lead on to the other log-in, and browsers check that against form-action too.
OTHER_LOG_IN = [
    f"{at.scheme}://{at.netloc}"
    for at in [urlparse(os.environ.get("HANSE_OIDC_SERVER", ""))]
    if at.netloc
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'", NONCE],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *OTHER_LOG_IN],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "hanse.web.pages.errors.expired_form"
SILENCED_SYSTEM_CHECKS: list[str] = []
X_FRAME_OPTIONS = "DENY"
if not EMBEDDED:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_SSL_REDIRECT = on("HANSE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Logs --------------------------------------------------------------------------------------------

# One line of JSON for each event, on the error stream, with the number of the request and without
# personal data: see hanse/web/logs.py for what is let through.
LOGGING_CONFIG = "hanse.web.logs.configure"
LOGGING = {"level": os.environ.get("HANSE_LOG", "WARNING" if EMBEDDED else "INFO")}

HANSE_SERVER = os.environ.get("HANSE_SERVER", "gunicorn")
