"""One settings file, driven by the environment and safe by default.

PUENTE_ENV names the kind of place: ``production`` (the default: nothing is assumed, a secret key and hosts are
required), ``demo`` (what ``make run`` starts: SQLite, one process, invented people, log-ins shown) or ``test``/``dev``.
Every other name below can be set by itself; ``docs/settings.md`` lists them.
"""

from datetime import timedelta
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

ENV_KINDS = ("production", "demo", "dev", "test")
PUENTE_ENV = env.str("PUENTE_ENV", default="production")
if PUENTE_ENV not in ENV_KINDS:
    raise ImproperlyConfigured(f"PUENTE_ENV is {PUENTE_ENV!r}; it must be one of {', '.join(ENV_KINDS)}.")
PRODUCTION = PUENTE_ENV == "production"
DEMO = PUENTE_ENV == "demo"
VAR_DIR = Path(env.str("PUENTE_VAR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# --- safety ---------------------------------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="" if PRODUCTION else "only-for-a-laptop-and-tests-" + "x" * 40)
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is required in production: set it in the environment.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # still read, written no more
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["*"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=PRODUCTION)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- applications ---------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "modeltranslation",  # before admin: it patches it
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sites",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "csp",
    "workforce.core",
    "workforce.accounts",
    "workforce.imports",
    "workforce.places",
    "workforce.skills",
    "workforce.technicians",
    "workforce.employers",
    "workforce.hiring",
    "workforce.training",
    "workforce.notifications",
    "workforce.privacy",
    "matching",
]
if not PRODUCTION:
    INSTALLED_APPS.append("workforce.demo")
SITE_ID = 1
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "workforce.config.urls"
WSGI_APPLICATION = "workforce.config.wsgi.application"
APPEND_SLASH = True

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "workforce.accounts.kiosk_middleware.KioskCleaner",  # before all that sets a cookie
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",  # before the language: an account has one
    "workforce.core.middleware.NothingKeptMiddleware",
    "workforce.core.middleware.ReaderLanguageMiddleware",
    "workforce.core.api.middleware.RefuseUnusableAddresses",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "workforce.privacy.middleware.PrivacyGate",
    "workforce.privacy.admin_looks.AdminLooks",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "workforce.accounts.kiosk_middleware.KioskSessions",
    "workforce.accounts.mfa_middleware.SecondFactorMiddleware",
    "workforce.accounts.confirming.ConfirmSecretMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workforce.core.context.demo",
                "workforce.core.context.contact",
                "workforce.core.context.navigation",
                "workforce.accounts.kiosk_context.kiosk",
                "workforce.notifications.context.inbox",
            ],
        },
    }
]
FORM_RENDERER = "workforce.core.forms.PuenteRenderer"

# --- data -----------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'puente.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
SQLITE = "sqlite" in DATABASES["default"]["ENGINE"]
if SQLITE:
    # WAL alone gives "database is locked" with two writers; IMMEDIATE makes them wait in turn.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "workforce.core.cache.SteadyRedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- languages ------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Spanish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Ciudad_Juarez"
MODELTRANSLATION_DEFAULT_LANGUAGE = "es"
MODELTRANSLATION_LANGUAGES = ("es", "en")
MODELTRANSLATION_FALLBACK_LANGUAGES = ("es", "en")
LANGUAGE_COOKIE_NAME = "puente_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

# --- static files and media -----------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
# Hashed names in production; elsewhere files are served as they are, with no collectstatic step.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG

# --- people and log-in ----------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "after-login"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Only with "mandatory" can the sign-up hide whether an address has an account: without it the person is let in at once.
ACCOUNT_EMAIL_VERIFICATION = env.str("ACCOUNT_EMAIL_VERIFICATION", default="mandatory" if PRODUCTION else "optional")
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "workforce.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"signup": "workforce.accounts.forms.SignupForm"}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
MFA_ADAPTER = "workforce.accounts.mfa_adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # half a minute to either side: phones go wrong, and people type slowly
MFA_FORMS = {
    "activate_totp": "workforce.accounts.mfa_forms.ActivateTOTPForm",
    "authenticate": "workforce.accounts.mfa_forms.AuthenticateForm",
    "reauthenticate": "workforce.accounts.mfa_forms.ReauthenticateForm",
}
MFA_REQUIRED_FOR_STAFF = env.bool("MFA_REQUIRED_FOR_STAFF", default=PRODUCTION)
KIOSK_SESSION_MINUTES = env.int("KIOSK_SESSION_MINUTES", default=10)
KIOSK_IDLE_MINUTES = env.int("KIOSK_IDLE_MINUTES", default=2)
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Puente] "
PREVIEW_RATE = env.str("PREVIEW_RATE", default="30/min")  # roles not yet saved that one account may try on people
INVITATION_RATE = env.str("INVITATION_RATE", default="30/min")  # opening invitation links, by account or address
PEOPLE_LINK_DAYS = env.int("PEOPLE_LINK_DAYS", default=30)  # how long a link to take over a profile works
PEOPLE_UNCLAIMED_DAYS = env.int("PEOPLE_UNCLAIMED_DAYS", default=90)  # then a registered person is erased
CV_READING_DAYS = env.int("CV_READING_DAYS", default=7)  # then what was read in a CV is forgotten
CV_MOST_A_DAY = env.int("CV_MOST_A_DAY", default=20)  # files of one person
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Puente <puente@localhost>")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")  # where people reach staff; pages show it
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
# Before the addresses in messages, which no request gives a host to.
_host = ALLOWED_HOSTS[0] if PRODUCTION and ALLOWED_HOSTS else f"localhost:{env.str('PORT', default='8000')}"
SITE_URL = env.str("SITE_URL", default=f"{'https' if HTTPS else 'http'}://{_host}")

# Log-in by phone: codes go through one gateway. Without an address they are printed, and in production not offered.
PHONE_GATEWAY_URL = env.str("PHONE_GATEWAY_URL", default="")
PHONE_GATEWAY_HEADER = env.str("PHONE_GATEWAY_HEADER", default="")
PHONE_GATEWAY_TIMEOUT = env.float("PHONE_GATEWAY_TIMEOUT", default=5.0)
PHONE_LIMIT_NUMBER_QUARTER = env.int("PHONE_LIMIT_NUMBER_QUARTER", default=3)
PHONE_LIMIT_NUMBER_DAY = env.int("PHONE_LIMIT_NUMBER_DAY", default=10)
PHONE_LIMIT_ADDRESS_HOUR = env.int("PHONE_LIMIT_ADDRESS_HOUR", default=20)
PHONE_LIMIT_TOTAL_HOUR = env.int("PHONE_LIMIT_TOTAL_HOUR", default=1000)
PHONE_RESET_WAIT_HOURS = env.int("PHONE_RESET_WAIT_HOURS", default=24)

DEMO_PASSWORD = "puente-demo-2026"  # noqa: S105  (shown on the log-in page of the demonstration, and only there)
DEMO_LOGINS = (
    [
        {"kind": _("Technician"), "email": "tecnica@demo.puente.test", "password": DEMO_PASSWORD},
        {"kind": _("Employer"), "email": "empresa@demo.puente.test", "password": DEMO_PASSWORD},
        {"kind": _("Training institute"), "email": "instituto@demo.puente.test", "password": DEMO_PASSWORD},
        {"kind": _("Staff"), "email": "equipo@demo.puente.test", "password": DEMO_PASSWORD},
    ]
    if DEMO
    else []
)

# --- API ------------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["workforce.core.api.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["workforce.core.api.parsers.SafeJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "workforce.core.api.pagination.StableCursorPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "workforce.core.api.schema.PuenteSchema",
    "EXCEPTION_HANDLER": "workforce.core.api.handler.problem_handler",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("API_ANON_RATE", default="120/min"),
        "user": env.str("API_USER_RATE", default="600/min"),
        "explain": env.str("API_EXPLAIN_RATE", default="120/min"),
    },
    "NUM_PROXIES": env.int("NUM_PROXIES", default=0),  # our own proxies before us; X-Forwarded-For counts only then
    "PAGE_SIZE": 25,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Puente API",
    "VERSION": "1.0.0",
    "DESCRIPTION": "Bilingual workforce and skills matching for the Paso del Norte region.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": True,
    "SORT_OPERATIONS": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "workforce.core.api.schema.without_database_bounds",
    ],
    # Names that stay, whatever field uses a list of choices first.
    "ENUM_NAME_OVERRIDES": {
        "LanguageEnum": "workforce.core.choices.Language",
        "SkillLevelEnum": "workforce.core.choices.SkillLevel",
        "EnglishLevelEnum": "workforce.core.choices.EnglishLevel",
        "ShiftEnum": "workforce.core.choices.Shift",
        "CurrencyEnum": "workforce.core.choices.Currency",
        "PayPeriodEnum": "workforce.core.choices.PayPeriod",
        "CountryEnum": "workforce.core.choices.Country",
        "PositionEnum": "workforce.accounts.choices.Position",
        "InvitationStateEnum": "workforce.accounts.choices.InvitationState",
        "VerificationEnum": "workforce.accounts.choices.Verification",
        "ImportStateEnum": "workforce.imports.choices.JobState",
        "ImportSeverityEnum": "workforce.imports.choices.Severity",
        "ConceptSourceEnum": "workforce.skills.choices.ConceptSource",
        "CredentialKindEnum": "workforce.skills.choices.CredentialKind",
        "TechnicianStateEnum": "workforce.technicians.choices.TechnicianState",
        "IntakeSourceEnum": "workforce.technicians.choices.IntakeSource",
        "UsWorkEnum": "workforce.technicians.choices.UsWork",
        "CvStateEnum": "workforce.technicians.choices.ReadingState",
        "CvFindingKindEnum": "workforce.technicians.choices.FindingKind",
        "EvidenceKindEnum": "workforce.technicians.choices.EvidenceKind",
        "RoleStateEnum": "workforce.employers.choices.RoleState",
        "ContractEnum": "workforce.employers.choices.Contract",
        "TimeZoneEnum": "workforce.employers.choices.TimeZone",
        "BenefitEnum": "workforce.employers.choices.Benefit",
        "ListPartEnum": "matching.choices.ListPart",
        "ApplicationStateEnum": "workforce.hiring.choices.ApplicationState",
        "ActorEnum": "workforce.hiring.choices.Actor",
        "RefusalReasonEnum": "workforce.hiring.choices.RefusalReason",
        "PlacementSourceEnum": "workforce.hiring.choices.PlacementSource",
        "RelatedEnum": "workforce.hiring.choices.Related",
        "ModalityEnum": "workforce.training.choices.Modality",
        "EnrolmentStateEnum": "workforce.training.choices.EnrolmentState",
        "NotificationCategoryEnum": "workforce.notifications.choices.Category",
    },
}

# --- jobs -----------------------------------------------------------------------------------------------------------

CELERY_BROKER_URL = env.str(
    "CELERY_BROKER_URL", default=REDIS_URL or "memory://localhost"
)  # kombu warns of an empty host
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TRACK_STARTED = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_ENABLE_UTC = True
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_TASK_ALWAYS_EAGER", default=False)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# A task in flight when its worker is killed comes back after this long; ours are short and idempotent.
VISIBILITY_TIMEOUT = env.int("VISIBILITY_TIMEOUT", default=300)
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"polling_interval": 0.05}
    if CELERY_BROKER_URL.startswith("memory")
    else {
        "visibility_timeout": VISIBILITY_TIMEOUT,
        # A save must not hang because the broker is down: the database remembers what is pending.
        "max_retries": 0,  # of connecting in order to send; kombu's own default tries for six seconds
        "socket_connect_timeout": 2,
        "socket_timeout": 10,
        "retry_on_timeout": True,
    }
)
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "send-codes-left": {"task": "workforce.accounts.tasks.send_what_is_left", "schedule": timedelta(seconds=20)},
    "forget-old-codes": {"task": "workforce.accounts.tasks.forget_old_codes", "schedule": crontab(minute=25)},
    "drain-refresh-requests": {"task": "matching.tasks.drain_refresh_requests", "schedule": timedelta(seconds=20)},
    "resume-rebuilds": {"task": "matching.tasks.resume_rebuilds", "schedule": timedelta(seconds=60)},
    "close-expired-roles": {"task": "workforce.employers.tasks.close_expired_roles", "schedule": crontab(minute=5)},
    "send-claim-letters": {
        "task": "workforce.technicians.tasks.send_claim_letters",
        "schedule": timedelta(minutes=1),
    },
    "erase-unclaimed-people": {
        "task": "workforce.technicians.tasks.erase_unclaimed_people",
        "schedule": crontab(minute=25),
    },
    "recount-phrases": {"task": "workforce.skills.tasks.recount", "schedule": crontab(minute=45)},
    "relink-own-words": {"task": "workforce.technicians.tasks.relink_own_words", "schedule": crontab(minute=15)},
    "read-left-cvs": {"task": "workforce.technicians.tasks.read_left_cvs", "schedule": timedelta(seconds=30)},
    "forget-old-cvs": {"task": "workforce.technicians.tasks.forget_old_cvs", "schedule": crontab(minute=35)},
    "reindex-roles": {"task": "workforce.employers.tasks.reindex_roles", "schedule": timedelta(minutes=5)},
    "work-imports": {"task": "workforce.imports.tasks.work_pending", "schedule": timedelta(seconds=30)},
    "remove-old-imports": {"task": "workforce.imports.tasks.remove_old_imports", "schedule": crontab(hour=4, minute=5)},
    "send-notifications": {"task": "workforce.notifications.tasks.send_due", "schedule": timedelta(seconds=30)},
    "send-summaries": {"task": "workforce.notifications.tasks.send_summaries", "schedule": crontab(minute="*/15")},
    "erase-due-accounts": {"task": "workforce.privacy.tasks.erase_due_accounts", "schedule": crontab(minute=25)},
    "end-silence": {"task": "workforce.hiring.tasks.end_silence", "schedule": crontab(minute=10)},
    "count-answers": {"task": "workforce.hiring.tasks.count_answers", "schedule": crontab(minute=40)},
    "sweep-matches": {"task": "matching.tasks.sweep_matches", "schedule": crontab(hour=3, minute=10)},
}

# --- matching -------------------------------------------------------------------------------------------------------

MATCHING_DIR = Path(env.str("MATCHING_DIR", default=str(VAR_DIR / "matching")))
MATCHING_SHARD_TECHNICIANS = env.int("MATCHING_SHARD_TECHNICIANS", default=5_000)
REACHABLE_SCORE = 0.6

# --- linker ---------------------------------------------------------------------------------------------------------

LINKER_DIR = Path(env.str("LINKER_DIR", default=str(VAR_DIR / "linker")))
# --- hiring ---------------------------------------------------------------------------------------------------------

HIRING_UNDO_DAYS = env.int("HIRING_UNDO_DAYS", default=7)
HIRING_REMIND_DAYS = env.int("HIRING_REMIND_DAYS", default=7)
HIRING_LAST_REMINDER_DAYS = env.int("HIRING_LAST_REMINDER_DAYS", default=14)
HIRING_EXPIRE_DAYS = env.int("HIRING_EXPIRE_DAYS", default=21)
if not 0 < HIRING_REMIND_DAYS < HIRING_LAST_REMINDER_DAYS < HIRING_EXPIRE_DAYS:
    raise ImproperlyConfigured("0 < HIRING_REMIND_DAYS < HIRING_LAST_REMINDER_DAYS < HIRING_EXPIRE_DAYS must hold.")
HIRING_RATE_DAYS = env.int("HIRING_RATE_DAYS", default=180)
HIRING_RATE_MINIMUM = env.int("HIRING_RATE_MINIMUM", default=10)

# --- privacy --------------------------------------------------------------------------------------------------------

PRIVACY_ERASE_AFTER_DAYS = env.int("PRIVACY_ERASE_AFTER_DAYS", default=15)
PRIVACY_ANSWER_DAYS = env.int("PRIVACY_ANSWER_DAYS", default=20)
PRIVACY_NOTICE_LOOK = timedelta(hours=1)  # how often an open session looks for a new version of the notice

# --- logs -----------------------------------------------------------------------------------------------------------

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
