"""Connections to one server, kept open between calls."""

from __future__ import annotations

import http.client
import os
import select
import socket
import ssl
import threading
import time
import weakref
from collections.abc import Iterable, Mapping
from contextlib import suppress
from http.client import HTTPMessage
from typing import NoReturn

from ._addresses import BaseURL
from ._calls import current_call
from .errors import ApiError, ConnectionError, UsageError

Body = bytes | Iterable[bytes] | None

#: Connections that wait for the next call.
IDLE_MAX = 16
#: After so long a connection is not used again: servers and what stands before them close idle ones.
IDLE_SECONDS_MAX = 30.0
#: A JSON answer that is longer is not read.
ANSWER_BYTES_MAX = 64 * 1024 * 1024

_CHUNK_BYTES = 64 * 1024


class Connections:
    """Lends each connection to one call at a time, so that any number of threads can share a client."""

    def __init__(self, base: BaseURL, tls: ssl.SSLContext | None) -> None:
        self._base = base
        self._tls = _verifying(tls) if base.scheme == "https" else None
        self._lock = threading.Lock()
        self._idle: list[tuple[float, http.client.HTTPConnection]] = []
        self._process = os.getpid()
        weakref.finalize(self, _close_all, self._idle)

    def send(self, method: str, target: str, headers: Mapping[str, str], body: Body, timeout: float) -> Answer:
        """Sends one request, and answers as soon as the head of its answer is there. Follows no redirect."""
        deadline = time.monotonic() + timeout
        connection = self._idle_one() or self._new_one(timeout)
        answer = Answer(self, connection, deadline)
        try:
            answer.begin(method, target, headers, body)
        except BaseException:
            answer.close()
            raise
        return answer

    def take_back(self, connection: http.client.HTTPConnection) -> None:
        """For the next call."""
        with self._lock:
            if len(self._idle) < IDLE_MAX and self._process == os.getpid():
                self._idle.append((time.monotonic(), connection))
                return
        connection.close()

    def close(self) -> None:
        """Closes what is idle. What is lent is closed or kept by whoever has it."""
        with self._lock:
            _close_all(self._idle)

    def _idle_one(self) -> http.client.HTTPConnection | None:
        while True:
            with self._lock:
                if self._process != os.getpid():
                    # After a fork the connections are the parent's; this closes the copies only.
                    _close_all(self._idle)
                    self._process = os.getpid()
                if not self._idle:
                    return None
                since, connection = self._idle.pop()
            if time.monotonic() - since < IDLE_SECONDS_MAX and not _has_ended(connection.sock):
                return connection
            connection.close()

    def _new_one(self, timeout: float) -> http.client.HTTPConnection:
        base = self._base
        if self._tls is None:
            return http.client.HTTPConnection(base.host, base.port, timeout=timeout)
        return http.client.HTTPSConnection(base.host, base.port, timeout=timeout, context=self._tls)


class Answer:
    """An answer whose body is still to be read, and the connection that it comes by."""

    status: int
    headers: HTTPMessage

    def __init__(self, owner: Connections, connection: http.client.HTTPConnection, deadline: float) -> None:
        self._owner = owner
        self._connection = connection
        self._deadline = deadline
        self._response: http.client.HTTPResponse | None = None
        self._socket: socket.socket | None = None

    def begin(self, method: str, target: str, headers: Mapping[str, str], body: Body) -> None:
        try:
            if self._connection.sock is None:
                self._connection.connect()
            self._socket = self._connection.sock
            self._wait_on(self._socket)
            self._limit_wait()
            is_stream = body is not None and not isinstance(body, bytes)
            self._connection.request(method, target, body, dict(headers), encode_chunked=is_stream)
            self._limit_wait()
            self._response = self._connection.getresponse()
        except (OSError, http.client.HTTPException) as cause:
            self._fail(cause)
        assert self._response is not None
        self.status = self._response.status
        self.headers = self._response.headers

    def read(self) -> bytes:
        """The whole body; the connection is free afterwards."""
        chunks: list[bytes] = []
        size = 0
        while chunk := self.read_some(within=self._deadline):
            chunks.append(chunk)
            size += len(chunk)
            if size > ANSWER_BYTES_MAX:
                self.close()
                message = f"the answer is longer than {ANSWER_BYTES_MAX} bytes"
                raise ApiError("UNREADABLE_ANSWER", message, status=self.status)
        return b"".join(chunks)

    def read_some(self, *, within: float) -> bytes:
        """What has come of the body, at least a byte; nothing at its end. ``within`` is as of ``time.monotonic``."""
        response = self._response
        if response is None:
            return b""
        self._deadline = within
        try:
            # What was read to its end may have closed its socket.
            if not response.isclosed():
                self._wait_on(self._socket)
                self._limit_wait()
            chunk = response.read1(_CHUNK_BYTES)
        except (OSError, ValueError, http.client.HTTPException) as cause:
            self._fail(cause)
        if not chunk:
            self._finish(response)
        return chunk

    def close(self) -> None:
        """Gives the connection up, unless the answer was read to its end."""
        if self._response is not None:
            self._response.close()
            self._response = None
        if self._socket is not None or self._connection.sock is not None:
            self._connection.close()
        self._leave()

    def _finish(self, response: http.client.HTTPResponse) -> None:
        left = response.length
        if left:
            self._fail(http.client.IncompleteRead(b"", left))
        self._response = None
        response.close()
        if response.will_close:
            self._connection.close()
        else:
            self._owner.take_back(self._connection)
        self._leave()

    def _leave(self) -> None:
        self._socket = None
        call = current_call.get()
        if call is not None:
            with suppress(ConnectionError):
                call.wait_on(None)

    def _wait_on(self, connected: socket.socket | None) -> None:
        call = current_call.get()
        if call is not None:
            call.wait_on(connected)

    def _limit_wait(self) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if self._socket is not None:
            self._socket.settimeout(left)

    def _fail(self, cause: Exception) -> NoReturn:
        self.close()
        call = current_call.get()
        if call is not None:
            call.check()
        if isinstance(cause, TimeoutError):
            raise ConnectionError("TIMEOUT", "no answer came in time") from None
        raise ConnectionError("NETWORK_ERROR", f"there was no answer: {_words(cause)}") from cause


def _close_all(idle: list[tuple[float, http.client.HTTPConnection]]) -> None:
    while idle:
        idle.pop()[1].close()


def _words(cause: Exception) -> str:
    """What the system says of it; never what was sent."""
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"the certificate cannot be trusted ({cause.verify_message})"
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return type(cause).__name__


def _verifying(tls: ssl.SSLContext | None) -> ssl.SSLContext:
    if tls is None:
        return ssl.create_default_context()
    if tls.verify_mode != ssl.CERT_REQUIRED or not tls.check_hostname:
        raise UsageError("INVALID_OPTION", "tls must be a context that verifies certificates and host names")
    return tls


def _has_ended(connected: socket.socket | None) -> bool:
    """Whether the server has closed it, or sent something that nobody asked for."""
    if connected is None:
        return True
    if hasattr(select, "poll"):
        poller = select.poll()
        poller.register(connected, select.POLLIN)
        return bool(poller.poll(0))
    return bool(select.select([connected], [], [], 0)[0])
