"""Django's settings, made from the operator's (config.py)."""

from __future__ import annotations

from typing import Any

import dj_database_url

from whence.desk import config, shared

_c = config.get()

SECRET_KEY = _c.secret
DEBUG = False
ALLOWED_HOSTS = list(_c.hosts)
CSRF_TRUSTED_ORIGINS = [_c.url]
ROOT_URLCONF = "whence.desk.urls"
WSGI_APPLICATION = "whence.desk.wsgi.application"
AUTH_USER_MODEL = "desk.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "whence.desk.apps.DeskConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "whence.desk.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "whence.desk.middleware.ContentSecurityPolicy",
    "whence.desk.caching.PublicPages",
    "whence.desk.api.middleware.OpenData",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "whence.desk.middleware.Limits",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "whence.desk.context.desk",
            ],
        },
    }
]

_database: dict[str, Any] = dict(dj_database_url.parse(_c.database, conn_max_age=600, conn_health_checks=True))
if _database["ENGINE"].endswith("sqlite3"):
    _database["ENGINE"] = "whence.desk.sqlite"
    # One writer at a time, and it says so at once: a transaction that reads first and writes later could fail midway.
    # FULL: what was acknowledged is on the disk, power cuts included.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000; "
        # Pages. The worker brings the file up to date every few seconds, so that nobody who writes has to.
        "PRAGMA wal_autocheckpoint=20000;",
    }
DATABASES = {"default": _database}
if _database["ENGINE"] == "whence.desk.sqlite":
    # What is forgotten within the hour, in a file that neither waits for the disk nor for the log's writer (shared.py).
    DATABASES["shared"] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(_c.home / "shared.sqlite3"),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-1000; "
            f"CREATE TABLE IF NOT EXISTS {shared.TABLE} ({shared.COLUMNS});",
        },
    }

CACHES: dict[str, Any] = {"default": {"BACKEND": "whence.desk.shared.SharedCache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "scoring"]}}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "whence.desk.accounts.Predictable"},
]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _c.secure
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_SSL_REDIRECT = _c.secure
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^metrics$"]  # asked for on the machine itself, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _c.secure else None
SECURE_HSTS_SECONDS = 31_536_000 if _c.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _c.secure
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "whence.desk.views.failures.csrf"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400

STATIC_URL = "/static/"
STATIC_ROOT = _c.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": _c.home / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
USE_I18N = True
FORMAT_MODULE_PATH = "whence.desk.formats"
USE_TZ = True
TIME_ZONE = "UTC"

if _c.email:
    from whence.desk.mail import settings_of

    vars().update(settings_of(_c.email))
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_SUBJECT_PREFIX = f"[{_c.name}] "

LOGIN_REDIRECT_URL = "queue"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "whence.desk.accounts.AccountAdapter"
ACCOUNT_FORMS = {"login": "whence.desk.accounts.SignInForm", "signup": "whence.desk.accounts.AliasForm"}
ACCOUNT_PRESERVE_USERNAME_CASING = True
SOCIALACCOUNT_ADAPTER = "whence.desk.accounts.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "whence.desk.accounts.SocialAliasForm"}
SOCIALACCOUNT_AUTO_SIGNUP = False  # An alias is chosen, and never taken from an organisation's directory.
SOCIALACCOUNT_STORE_TOKENS = False
# A link, and no form: the content security policy lets no form lead to another site, not by a redirect either.
SOCIALACCOUNT_LOGIN_ON_GET = True
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional" if _c.email else "none"
ACCOUNT_RATE_LIMITS = {"signup": "20/h/ip", "login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = _c.proxies
ACCOUNT_USERNAME_MIN_LENGTH = 3
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds either way: clocks differ, and people type slowly (RFC 6238, 5.2)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _c.secure
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if _c.oidc:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "organisation",
                "name": _c.name,
                "client_id": _c.oidc[1],
                "secret": _c.oidc[2],
                "settings": {"server_url": _c.oidc[0]},
            }
        ]
    }

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "whence.desk.logs.JsonFormatter"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json" if _c.json_logs else "lines"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"whence.desk": {"level": "INFO"}},
}
