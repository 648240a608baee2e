"""Calls that somebody may stop waiting for."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from contextvars import ContextVar

from .errors import ConnectionError


class Clock:
    """What the client asks for the time; tests bring one of their own."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Waits, or raises ``ABORTED`` as soon as nobody waits for the call any more."""
        call = current_call.get()
        if call is None:
            time.sleep(seconds)
        else:
            call.sleep(seconds)


class Call:
    """One call, as seen by whoever may give it up from another thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._given_up = threading.Event()
        self._socket: socket.socket | None = None

    def give_up(self) -> None:
        """Cuts the connection that the call waits on, and sends nothing more."""
        with self._lock:
            self._given_up.set()
            if self._socket is not None:
                # Not the method of an SSL socket, which would take its state away from under the thread that reads.
                with suppress(OSError):
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def wait_on(self, connected: socket.socket | None) -> None:
        """Says what the call waits on from now on; raises ``ABORTED`` if it was given up."""
        with self._lock:
            self._socket = connected
        self.check()

    def check(self) -> None:
        if self._given_up.is_set():
            raise _aborted()

    def sleep(self, seconds: float) -> None:
        if self._given_up.wait(seconds):
            raise _aborted()


def _aborted() -> ConnectionError:
    return ConnectionError("ABORTED", "the call was given up")


#: The call that this thread works for; none for callers who wait themselves.
current_call: ContextVar[Call | None] = ContextVar("current_call", default=None)
