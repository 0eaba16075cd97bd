"""Django's settings: one file; what a practice may change comes from the environment."""

from __future__ import annotations

from pathlib import Path

from holdfast_web.environment import database_from, flag, number, text, words
from holdfast_web.home import home
from holdfast_web.vault.keyring import KeyringError, keyring

HERE = Path(__file__).parent

DEBUG = flag("HOLDFAST_DEBUG", False)
DEMO = flag("HOLDFAST_DEMO", False)
HTTPS = flag("HOLDFAST_HTTPS", not DEMO)
ADDRESS = text("HOLDFAST_ADDRESS", "http://127.0.0.1:8000" if DEMO else "https://localhost")
ALLOWED_HOSTS = words("HOLDFAST_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [ADDRESS] if ADDRESS.startswith("https://") else []

try:
    SECRET_KEY = text("HOLDFAST_SECRET", "") or keyring().secret
except KeyringError:
    # Checks of the code run on machines without keys; Django refuses to serve without a secret.
    SECRET_KEY = ""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "holdfast_web.lib",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "holdfast_web.vault",
    "holdfast_web.audit",
    "holdfast_web.accounts",
    "holdfast_web.care",
    "holdfast_web.agreements",
    "holdfast_web.encounters",
    "holdfast_web.goals",
    "holdfast_web.correspondence",
    "holdfast_web.inbox",
    "holdfast_web.measures",
    "holdfast_web.analysis",
    "holdfast_web.fit",
    "holdfast_web.handover",
    "holdfast_web.portal",
    "holdfast_web.dashboards",
    "holdfast_web.keeping",
    "holdfast_web.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "holdfast_web.lib.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "holdfast_web.accounts.middleware.SignInIsAPage",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "holdfast_web.accounts.middleware.IdleSignOut",
    "holdfast_web.accounts.middleware.SecondFactor",
    "django_htmx.middleware.HtmxMiddleware",
    "holdfast_web.vault.middleware.OpenedKeys",
    "holdfast_web.care.middleware.OnePractice",
    "holdfast_web.audit.middleware.Witnessed",
    "holdfast_web.lib.middleware.Refusals",
]
ROOT_URLCONF = "holdfast_web.urls"
WSGI_APPLICATION = "holdfast_web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "holdfast_web.care.context.practice",
                "holdfast_web.correspondence.context.messages_waiting",
                *(["holdfast_web.demo.context.demo"] if DEMO else []),
            ],
            "builtins": ["holdfast_web.lib.templatetags.holdfast"],
        },
    }
]
DATABASES = {"default": database_from(text("HOLDFAST_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    }
}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "demo:doors" if DEMO else "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "holdfast_web.accounts.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = number("HOLDFAST_FRESH_SECONDS", 300, lowest=30)
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "5/m/ip,3/h/key",
    "begin_intake": "6/h/ip",
}
# Whoever does TLS stands before us; without this, its address would be everybody's, and a few
# wrong passwords of one person would close the door for all.
ALLAUTH_TRUSTED_PROXY_COUNT = number("HOLDFAST_PROXIES", 1 if HTTPS else 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Holdfast"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO

IDLE_SECONDS = number("HOLDFAST_IDLE_MINUTES", 15, lowest=1) * 60
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "holdfast_web.pages.form_too_old"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Transcripts and files of messages alone are uploaded here, and stay in memory (lib.uploads).
# What is sent anywhere else all the same never reaches the disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 0

EMAIL_BACKEND = "django.core.mail.backends." + (
    "smtp.EmailBackend" if text("HOLDFAST_SMTP_HOST", "") else "console.EmailBackend"
)
EMAIL_HOST = text("HOLDFAST_SMTP_HOST", "")
EMAIL_PORT = number("HOLDFAST_SMTP_PORT", 587, lowest=1)
EMAIL_HOST_USER = text("HOLDFAST_SMTP_USER", "")
EMAIL_HOST_PASSWORD = text("HOLDFAST_SMTP_PASSWORD", "")
EMAIL_USE_TLS = True
DEFAULT_FROM_EMAIL = text("HOLDFAST_FROM", "practice@localhost")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = text("HOLDFAST_TIME_ZONE", "Europe/London")

STATIC_URL = "/static/"
STATIC_ROOT = home() / "static"
STATICFILES_DIRS = [HERE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"no_words": {"()": "holdfast_web.lib.logs.NoWords"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["no_words"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
