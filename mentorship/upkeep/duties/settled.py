"""What the settings and the environment must say."""

from urllib.parse import urlsplit

from django.conf import settings

from .base import Finding, judge, only_in_production

A_YEAR = 365 * 24 * 3600
NOT_SENT = {"filebased", "console", "locmem", "dummy"}


def secret_key() -> Finding:
    key = settings.SECRET_KEY
    strong = len(key) >= 50 and len(set(key)) >= 10
    mend = (
        "set SECRET_KEY to 50 or more random characters: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )
    return judge("secret key", strong, f"{len(key)} characters", mend)


def debug() -> Finding:
    return judge(
        "DEBUG", not settings.DEBUG, "on" if settings.DEBUG else "off", "unset DEBUG: error pages show insides"
    )


def hosts() -> Finding:
    named = settings.ALLOWED_HOSTS
    good = bool(named) and "*" not in named
    return judge("host names", good, ", ".join(named) or "none", "list the site's names in ALLOWED_HOSTS, no wildcard")


def https() -> Finding:
    if idle := only_in_production("HTTPS"):
        return idle
    wanted = {
        "SECURE_SSL_REDIRECT": bool(settings.SECURE_SSL_REDIRECT),
        "SESSION_COOKIE_SECURE": bool(settings.SESSION_COOKIE_SECURE),
        "CSRF_COOKIE_SECURE": bool(settings.CSRF_COOKIE_SECURE),
        "SECURE_HSTS_SECONDS": settings.SECURE_HSTS_SECONDS >= A_YEAR,
    }
    off = [name for name, good in wanted.items() if not good]
    mend = "give the site a certificate and unset what turns these off; behind a proxy set BEHIND_PROXY=1"
    return judge("HTTPS", not off, f"off: {', '.join(off)}" if off else "asked for, cookies secure, HSTS a year", mend)


def address() -> Finding:
    if idle := only_in_production("address"):
        return idle
    parts = urlsplit(settings.SITE_URL)
    good = parts.scheme == "https" and parts.hostname in {name.lstrip(".") for name in settings.ALLOWED_HOSTS}
    return judge(
        "address", good, settings.SITE_URL, "set SITE_URL to https:// and one of ALLOWED_HOSTS: mails link to it"
    )


def mail() -> Finding:
    if idle := only_in_production("e-mail"):
        return idle
    backend = settings.EMAIL_BACKEND
    good = backend.split(".")[-2] not in NOT_SENT
    mend = "set EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend and EMAIL_HOST: notices are not being mailed"
    return judge("e-mail", good, backend, mend)


SETTINGS = [secret_key, debug, hosts, https, address, mail]
