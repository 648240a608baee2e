"""From what a method is given to the bytes that are sent."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from ._addresses import instant_of
from ._connections import Body
from .errors import UsageError

#: A picture: its bytes, or a file opened in binary mode.
Picture = bytes | bytearray | memoryview | BinaryIO


@dataclass(frozen=True)
class Sent:
    """A body and its media type."""

    body: Body = None
    type: str | None = None

    @property
    def can_be_sent_again(self) -> bool:
        return self.body is None or isinstance(self.body, bytes)


def json_body(value: object, kind: str = "application/json") -> Sent:
    """Instants may be given as ``datetime``."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_written)
        return Sent(text.encode(), kind)
    except (TypeError, ValueError, RecursionError):
        # What it was founded on would show parts of the body.
        raise UsageError("INVALID_ARGUMENT", "the body must be what JSON can say") from None


def csv_body(text: str) -> Sent:
    return Sent(text.encode(), "text/csv")


def upload_body(field: str, picture: Picture) -> Sent:
    """A form with one file in it (RFC 7578). The server goes by the content, not by what the file says it is."""
    content = bytes(picture) if isinstance(picture, (bytes, bytearray, memoryview)) else picture.read()
    if not isinstance(content, bytes):
        raise UsageError("INVALID_ARGUMENT", f"{field} must be bytes, or a file opened in binary mode")
    boundary = secrets.token_hex(16)
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{field}"\r\n'
    kind = f"Content-Type: {_kind_of(content)}\r\n\r\n"
    body = head.encode() + kind.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return Sent(body, f"multipart/form-data; boundary={boundary}")


def lines_body(lines: str | bytes | Iterable[bytes], kind: str) -> Sent:
    """What is read while it is sent, such as a file, is sent once."""
    return Sent(lines.encode() if isinstance(lines, str) else lines, kind)


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return instant_of("an instant in the body", value)
    raise TypeError


def _kind_of(content: bytes) -> str:
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    return "image/png" if content.startswith(b"\x89PNG") else "application/octet-stream"
