"""One call from its operation to its result: tokens, repetitions, idempotency keys."""

from __future__ import annotations

import random
import re
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ._addresses import BaseURL, path_of, query_of
from ._bodies import Sent, csv_body, json_body
from ._calls import Clock, current_call
from ._connections import Answer, Connections
from ._results import refusal_of, result_of, retry_after_of, unreadable
from ._tokens import TokenKeeper, TokenPair
from .errors import ApiError, ConnectionError, UsageError
from .version import __version__

#: The longest wait before a repetition that nobody asked to be later.
BACKOFF_SECONDS_MAX = 8.0
_BACKOFF_SECONDS = 0.5
#: So that those who were told the same time do not all come at once.
_LATER_SECONDS_MAX = 0.25

_visible = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")


@dataclass(frozen=True)
class Operation:
    """What has to be known of an operation to call it."""

    id: str
    method: str
    path: str
    #: It needs nobody: no token is sent.
    anonymous: bool = False
    #: It takes an ``Idempotency-Key``.
    repeatable: bool = False


@dataclass(frozen=True)
class Options:
    """How a client behaves; see ``Client``."""

    timeout: float = 30.0
    max_retries: int = 2
    max_retry_after: float = 60.0

    def __post_init__(self) -> None:
        if not (_is_number(self.timeout) and 0 < self.timeout < float("inf")):
            raise UsageError("INVALID_OPTION", "timeout must be a number of seconds above 0")
        if not (isinstance(self.max_retries, int) and self.max_retries >= 0):
            raise UsageError("INVALID_OPTION", "max_retries must be a whole number from 0")
        if not (_is_number(self.max_retry_after) and self.max_retry_after >= 0):
            raise UsageError("INVALID_OPTION", "max_retry_after must be a number of seconds from 0")


@dataclass(frozen=True)
class _Request:
    operation: Operation
    target: str
    sent: Sent
    headers: Mapping[str, str]
    #: The answer may be left unread, for whoever reads it piece by piece.
    is_stream: bool = False
    has_key: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "has_key", "Idempotency-Key" in self.headers)

    def may_repeat(self, status: int | None) -> bool:
        """Whether it can be sent again after that answer, or after none, without being done twice."""
        if not self.sent.can_be_sent_again:
            return False
        if status == 429:
            return True
        if self.operation.id == "refreshTokens":
            return False
        if status == 503:
            return self.operation.method != "POST" or self.has_key
        if status in (None, 502, 504):
            return self.operation.method == "GET" or (self.operation.method == "POST" and self.has_key)
        return False


class Caller:
    """What all nouns of a client call through. Any number of threads may."""

    def __init__(self, base: BaseURL, tokens: TokenKeeper, connections: Connections, options: Options) -> None:
        self.base = base
        self.tokens = tokens
        self.connections = connections
        self.options = options
        self.clock = Clock()

    def with_options(self, **changed: float | None) -> Caller:
        """The same tokens and connections, used in another way."""
        given: dict[str, Any] = {name: value for name, value in changed.items() if value is not None}
        other = Caller(self.base, self.tokens, self.connections, replace(self.options, **given))
        other.clock = self.clock
        return other

    def call(
        self,
        operation: Operation,
        ids: Iterable[object] = (),
        *,
        body: object = None,
        query: Mapping[str, object] | None = None,
        if_match: str | None = None,
        if_none_match: str | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """What the answer gives; raises where it is a no. A ``body`` that is no ``Sent`` becomes JSON."""
        sent = _sent_of(operation, body)
        headers = self._headers(operation, sent, if_match, if_none_match, idempotency_key)
        target = self.base.prefix + path_of(operation.path, ids) + query_of(query or {})
        answer, content = self._answered(_Request(operation, target, sent, headers))
        return result_of(answer.status, answer.headers, content)

    def sign_in(self, operation: Operation, *, body: object) -> Any:
        """A call that answers tokens, with which the client goes on."""
        result = self.call(operation, body=body)
        if isinstance(result, dict) and "accessToken" in result:
            self.tokens.change(_pair_in(result))
        return result

    def refresh(self, operation: Operation, *, body: Any) -> Any:
        """Trades the refresh token of the body, or the client's own."""
        given = body or {"refreshToken": self.tokens.refresh()}
        if not given["refreshToken"]:
            raise UsageError("INVALID_ARGUMENT", "there is no refresh token to trade")
        return self.sign_in(operation, body=given)

    def sign_out(self, operation: Operation) -> Any:
        """A call after which the tokens are good for nothing."""
        result = self.call(operation)
        self.tokens.change(None)
        return result

    def stream(
        self, operation: Operation, ids: Iterable[object] = (), *, query: Mapping[str, object] | None = None
    ) -> AnswerStream:
        """The same for an answer that is read piece by piece."""
        target = self.base.prefix + path_of(operation.path, ids) + query_of(query or {})
        headers = self._headers(operation, Sent())
        answer, _ = self._answered(_Request(operation, target, Sent(), headers, is_stream=True))
        return AnswerStream(answer, self.options.timeout)

    def _headers(
        self,
        operation: Operation,
        sent: Sent,
        if_match: str | None = None,
        if_none_match: str | None = None,
        idempotency_key: str | None = None,
    ) -> dict[str, str]:
        if operation.repeatable and idempotency_key is None and self.options.max_retries > 0:
            idempotency_key = str(uuid.uuid4())
        named = {
            "Accept": "application/json",
            "User-Agent": f"sudigital-python/{__version__}",
            "Content-Type": sent.type,
            "If-Match": if_match,
            "If-None-Match": if_none_match,
            "Idempotency-Key": idempotency_key,
        }
        for name, value in named.items():
            if value is not None and not (isinstance(value, str) and _visible.fullmatch(value)):
                raise UsageError("INVALID_ARGUMENT", f"{name} must be a text of visible ASCII")
        return {name: value for name, value in named.items() if value is not None}

    def _answered(self, request: _Request) -> tuple[Answer, bytes]:
        repetition = 0
        was_renewed = False
        while True:
            token = None if request.operation.anonymous else self.tokens.access()
            wait: float | None = None
            try:
                answer, content = self._attempt(request, token)
            except ConnectionError as lost:
                if lost.code != "ABORTED" and request.may_repeat(None):
                    wait = self._wait(repetition + 1, None)
                if wait is None:
                    raise
            else:
                if answer.status < 300 or answer.status == 304:
                    return answer, content
                now = self.clock.now()
                refusal = refusal_of(answer.status, answer.headers, content, now)
                if not was_renewed and self._is_renewed(request, refusal, token):
                    was_renewed, repetition = True, 0
                    continue
                if request.may_repeat(answer.status):
                    wait = self._wait(repetition + 1, retry_after_of(answer.headers, now))
                if wait is None:
                    raise refusal
            repetition += 1
            self.clock.sleep(wait)

    def _attempt(self, request: _Request, token: str | None) -> tuple[Answer, bytes]:
        headers = dict(request.headers)
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        method, body = request.operation.method, request.sent.body
        answer = self.connections.send(method, request.target, headers, body, self.options.timeout)
        return answer, b"" if request.is_stream and answer.status < 300 else answer.read()

    def _is_renewed(self, request: _Request, refusal: ApiError, token: str | None) -> bool:
        """Whether the request can go out once more with another token."""
        if (refusal.status, refusal.code) != (401, "UNAUTHORIZED") or request.operation.anonymous:
            return False
        return request.sent.can_be_sent_again and self.tokens.renew(token, self._trade)

    def _trade(self, refresh_token: str) -> TokenPair:
        """Goes on when the call that asked for it is given up: others may wait for it, too."""
        asking = current_call.set(None)
        try:
            return _pair_in(self.call(refresh_operation, body={"refreshToken": refresh_token}))
        finally:
            current_call.reset(asking)

    def _wait(self, repetition: int, retry_after: int | None) -> float | None:
        """Seconds before that repetition, counted from 1; None when there is to be none."""
        if repetition > self.options.max_retries:
            return None
        if retry_after is None:
            return random.uniform(0, min(BACKOFF_SECONDS_MAX, _BACKOFF_SECONDS * 2 ** (repetition - 1)))
        if retry_after > self.options.max_retry_after:
            return None
        return retry_after + random.uniform(0, _LATER_SECONDS_MAX)


def _sent_of(operation: Operation, body: object) -> Sent:
    if isinstance(body, Sent):
        return body
    if body is None:
        return Sent()
    if isinstance(body, str):
        return csv_body(body)
    return json_body(body, "application/merge-patch+json" if operation.method == "PATCH" else "application/json")


def _pair_in(result: Any) -> TokenPair:
    try:
        return TokenPair(result["accessToken"], result.get("refreshToken"))
    except (AttributeError, LookupError, TypeError, UsageError):
        raise unreadable(200) from None


refresh_operation = Operation("refreshTokens", "POST", "/api/auth/refresh", anonymous=True)


class AnswerStream:
    """An answer in pieces, as they come: ``with`` it, and go through it.

    Each wait for a piece lasts at most the client's ``timeout``; the whole may take as long as it takes.
    """

    def __init__(self, answer: Answer, timeout: float) -> None:
        self._answer = answer
        self._timeout = timeout

    def __iter__(self) -> AnswerStream:
        return self

    def __next__(self) -> bytes:
        chunk = self._answer.read_some(within=time.monotonic() + self._timeout)
        if not chunk:
            raise StopIteration
        return chunk

    def close(self) -> None:
        self._answer.close()

    def __enter__(self) -> AnswerStream:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
