"""From an answer to what a method gives back, or the error that it raises."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPMessage
from typing import Any

from .errors import ApiError, UsageError


@dataclass(frozen=True)
class Response:
    """What an answer said besides its body."""

    status: int
    #: The version of what was read or written, for ``if_match`` and ``if_none_match``.
    etag: str | None
    #: What the server's log knows the request by.
    request_id: str | None
    #: Where something new can be read.
    location: str | None


class _Record(dict[str, Any]):
    """A body that knows the response it came with; a ``dict`` in everything else."""

    __slots__ = ("response",)
    response: Response


class _Rows(list[Any]):
    __slots__ = ("response",)
    response: Response


def response_of(result: object) -> Response:
    """The response that a result came with. A copy of a result, or a part of one, came with none.

    >>> from sudigital import Client, response_of
    >>> def rename(client: Client, id: str) -> None:
    ...     user = client.users.get(id)
    ...     client.users.update(id, {"firstName": "Ada"}, if_match=response_of(user).etag)
    """
    if isinstance(result, (_Record, _Rows)):
        return result.response
    raise UsageError("INVALID_ARGUMENT", "this is no result of a call, or a part or a copy of one")


def result_of(status: int, headers: HTTPMessage, body: bytes) -> Any:
    """The ``data`` of the answer, or the whole where there is a ``meta`` beside or no ``data``; None without a body."""
    if status == 304 or not body:
        return None
    whole = _json_of(body)
    if not isinstance(whole, dict):
        raise _unreadable(status, headers)
    value = whole["data"] if "data" in whole and "meta" not in whole else whole
    response = Response(status, headers.get("ETag"), headers.get("X-Request-Id"), headers.get("Location"))
    if isinstance(value, dict):
        record = _Record(value)
        record.response = response
        return record
    if isinstance(value, list):
        rows = _Rows(value)
        rows.response = response
        return rows
    return value


def refusal_of(status: int, headers: HTTPMessage, body: bytes, now: float) -> ApiError:
    """What the server said no with; ``UNREADABLE_ANSWER`` where something else said it, as a proxy's page does."""
    whole = _json_of(body)
    error = whole.get("error") if isinstance(whole, dict) else None
    details = error.get("details") if isinstance(error, dict) else None
    has_words = isinstance(error, dict) and all(isinstance(error.get(key), str) for key in ("code", "message"))
    if not isinstance(error, dict) or not has_words:
        return _unreadable(status, headers, retry_after_of(headers, now))
    return ApiError(
        error["code"],
        error["message"],
        status=status,
        details=details if isinstance(details, list) else (),
        retry_after=retry_after_of(headers, now),
        request_id=headers.get("X-Request-Id"),
    )


def retry_after_of(headers: HTTPMessage, now: float) -> int | None:
    """Whole seconds, said as such or as a date (RFC 9110, section 10.2.3)."""
    text = headers.get("Retry-After")
    if text is None:
        return None
    if text.strip().isascii() and text.strip().isdigit():
        return int(text)
    try:
        return max(0, math.ceil(parsedate_to_datetime(text).timestamp() - now))
    except (TypeError, ValueError, OverflowError):
        return None


def unreadable(status: int) -> ApiError:
    """For whoever finds that an answer lacks what it has to have."""
    return ApiError("UNREADABLE_ANSWER", "the answer lacks what it has to have", status=status)


def _json_of(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _unreadable(status: int, headers: HTTPMessage, retry_after: int | None = None) -> ApiError:
    return ApiError(
        "UNREADABLE_ANSWER",
        f"the answer, of status {status}, is not in the form of this API",
        status=status,
        retry_after=retry_after,
        request_id=headers.get("X-Request-Id"),
    )
