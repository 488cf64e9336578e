"""
Say what a failure of a registry means for the target, in one line and with a hint.
"""

import msgspec
from msgspec import Struct

from pratique.kit.http import HttpError, HttpStatus, HttpTooLarge, HttpUnreachable
from pratique.sources._registry_auth import RegistryAuth
from pratique.sources.interface import (
    InvalidImage,
    TargetNotFound,
    TargetRefused,
    TargetUnreachable,
)


def refusal(
    error: HttpError, label: str, what: str, auth: RegistryAuth | None
) -> TargetNotFound | TargetRefused | TargetUnreachable | InvalidImage:
    """Return what to raise for a target after ``error``; ``what`` was asked for."""
    if isinstance(error, HttpTooLarge):
        return InvalidImage(f"{label}: {what} is larger than it claims or may be")
    if not isinstance(error, HttpStatus):
        hint = error.hint() if isinstance(error, HttpUnreachable) else ""
        return TargetUnreachable(f"{label}: {error}", hint=hint)
    said = _said(error.body)
    if error.status in (401, 403):
        return TargetRefused(
            f"{label}: {_why_refused(auth)}{said}", hint=auth.trouble if auth else ""
        )
    if error.status == 404:
        if ":" in what:
            return TargetNotFound(f"{label}: the registry has no {what}{said}")
        hint = f"`skopeo list-tags docker://{label}` lists the tags"
        if what == "latest":
            hint = f"without a tag, 'latest' is meant; {hint}"
        words = f"{label}: the registry has no tag {what!r}, or no such repository{said}"
        return TargetNotFound(words, hint=hint)
    if error.status == 429:
        hint = "wait, log in for a higher limit, or use a mirror (PRATIQUE_REGISTRY_MIRRORS)"
        return TargetRefused(f"{label}: too many requests (HTTP 429){said}", hint=hint)
    return TargetUnreachable(f"{label}: the registry answers HTTP {error.status}{said}")


def _why_refused(auth: RegistryAuth | None) -> str:
    if auth is not None and auth.has_login:
        return "the registry refused the login, or it may not pull this"
    return "the registry wants a login, or there is no such repository"


def _said(body: bytes) -> str:
    """Return the registry's own first error, made fit to print."""
    try:
        errors = msgspec.json.decode(body, type=_Errors).errors
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return ""
    text = " ".join(f"{e.code} {e.message}" for e in errors[:1]).strip()[:160]
    return f" ({''.join(c if c.isprintable() else ' ' for c in text)})" if text else ""


class _Error(Struct):
    code: str = ""
    message: str = ""


class _Errors(Struct):
    errors: list[_Error] = []
