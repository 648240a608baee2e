"""From a base URL, ids and a query to what stands in the first line of a request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from urllib.parse import quote, urlencode, urlsplit

from .errors import UsageError

_control = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class BaseURL:
    """Where the server answers, in parts."""

    scheme: str
    host: str
    port: int | None
    #: What stands before the path of every operation: ``""``, or without a slash at its end.
    prefix: str

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port is None else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.prefix}"


def read_base_url(text: str) -> BaseURL:
    """Refuses what cannot be one, and what holds a password; says neither, so that nothing secret comes into a log."""
    if not isinstance(text, str) or not text.isascii() or " " in text or _control.search(text):
        raise UsageError("INVALID_OPTION", "base_url must be an http or https URL in ASCII")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise UsageError("INVALID_OPTION", "base_url must be an http or https URL") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError("INVALID_OPTION", "base_url must be an http or https URL")
    if parts.username is not None or parts.password is not None:
        raise UsageError("INVALID_OPTION", "base_url must not hold a user or a password; give the client a token")
    if "?" in text or "#" in text:
        raise UsageError("INVALID_OPTION", "base_url must not have a query or a fragment")
    return BaseURL(parts.scheme, parts.hostname, port, parts.path.rstrip("/"))


def path_of(template: str, ids: Iterable[object]) -> str:
    """``/api/users/{id}`` with each id as one segment.

    >>> path_of("/api/users/{id}/sessions/{sid}", ["a/../b", "100%"])
    '/api/users/a%2F..%2Fb/sessions/100%25'
    """
    left = iter(ids)
    return re.sub(r"\{(\w+)\}", lambda place: _segment(place[1], next(left)), template)


def _segment(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise UsageError("INVALID_ARGUMENT", f"{name} must be a text")
    if value in ("", ".", ".."):
        raise UsageError("INVALID_ARGUMENT", f'{name} must not be empty, "." or ".."')
    if _control.search(value):
        raise UsageError("INVALID_ARGUMENT", f"{name} must not hold control characters")
    try:
        return quote(value, safe="")
    except UnicodeEncodeError:
        raise UsageError("INVALID_ARGUMENT", f"{name} must be text that UTF-8 can write") from None


def query_of(values: Mapping[str, object]) -> str:
    """``?…``, or nothing where nothing is set.

    >>> query_of({"page": 2, "count": False, "fields": ["id", "email"], "search": None})
    '?page=2&count=false&fields=id%2Cemail'
    """
    written = {name: _text(name, value) for name, value in values.items() if value is not None}
    try:
        return f"?{urlencode(written, quote_via=quote, safe='')}" if written else ""
    except UnicodeEncodeError:
        raise UsageError("INVALID_ARGUMENT", "the query must be text that UTF-8 can write") from None


def _text(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value)
    if isinstance(value, datetime):
        return instant_of(name, value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return ",".join(_text(name, one) for one in value)
    raise UsageError("INVALID_ARGUMENT", f"{name} must be a text, a number, an instant or a list of these")


def instant_of(name: str, value: datetime) -> str:
    """As the wire spells instants.

    >>> instant_of("createdFrom", datetime(2026, 1, 5, 9, tzinfo=timezone.utc))
    '2026-01-05T09:00:00.000Z'
    """
    if value.tzinfo is None:
        raise UsageError("INVALID_ARGUMENT", f"{name} must say its time zone: datetime(…, tzinfo=timezone.utc)")
    return value.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
