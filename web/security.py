"""What guards every request: headers, forged forms, sizes, rates and roles."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect

from web.rate_counts import counts_uri
from web.settings import Settings, read_key

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
csrf = CSRFProtect()
limiter = Limiter(
    get_remote_address,
    default_limits=["600 per minute"],
    headers_enabled=True,
)


def set_up_security(app: Flask, settings: Settings) -> None:
    """Configure sessions, guards and headers."""
    app.config.update(
        SECRET_KEY=read_key(settings.data_folder, "session.key"),
        SESSION_COOKIE_NAME="matcher_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_open_to_others,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        MAX_CONTENT_LENGTH=settings.maximum_upload_bytes,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_ENABLED=settings.rate_limits,
        RATELIMIT_STORAGE_URI=counts_uri(settings.data_folder / "counts.sqlite3"),
    )
    if not settings.is_open_to_others:
        app.config["TRUSTED_HOSTS"] = ["127.0.0.1", "localhost", "[::1]"]
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Add the security headers; pages are not cached, static files are."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
