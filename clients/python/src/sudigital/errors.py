"""What can go wrong, in three classes by cause.

Programs go by ``code``, which is stable; ``message`` is for people. Neither holds a token, a password or anything of a
body that was sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, TypedDict


class ErrorDetail(TypedDict):
    """One thing that is wrong with what was sent."""

    field: str
    message: str


class SudigitalError(Exception):
    """What the three classes have in common."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class ApiError(SudigitalError):
    """The server said no, or something that cannot be read (``UNREADABLE_ANSWER``).

    ``code`` is that of the contract otherwise: ``USER_NOT_FOUND``, ``VALIDATION_ERROR``, ``RATE_LIMIT_EXCEEDED``, …
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int,
        details: Sequence[ErrorDetail] = (),
        retry_after: int | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(code, message)
        self.status = status
        #: Everything that is wrong with what was sent, at once.
        self.details: list[ErrorDetail] = list(details)
        #: Whole seconds after which the server asks to be called again.
        self.retry_after = retry_after
        #: What the server's log knows the request by.
        self.request_id = request_id

    def __reduce__(self) -> tuple[Any, ...]:
        """So that it crosses from one process to another."""
        return (partial(type(self), status=self.status), self.args, self.__dict__)


class ConnectionError(SudigitalError):
    """There was no answer (``NETWORK_ERROR``, ``TIMEOUT``), or nobody waits for it any more (``ABORTED``).

    Whether the call took effect is not known.
    """


class UsageError(SudigitalError):
    """Nothing was sent: the call makes no sense (``INVALID_ARGUMENT``), or the client's options (``INVALID_OPTION``).

    >>> from sudigital import Client, UsageError
    >>> with Client(base_url="http://localhost:3001") as client:
    ...     try:
    ...         client.users.get("..")
    ...     except UsageError as error:
    ...         print(error)
    INVALID_ARGUMENT: id must not be empty, "." or ".."
    """
