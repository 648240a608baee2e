"""The tokens of a client: where they are kept, and how they are traded for new ones."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from .errors import ApiError, UsageError

_visible = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True)
class TokenPair:
    """What a client calls with, for whoever keeps it until the program runs again. Does not show itself.

    >>> TokenPair("access", "refresh")
    TokenPair()
    """

    access_token: str | None = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for name, token in (("token", self.access_token), ("refresh_token", self.refresh_token)):
            if token is not None and not (isinstance(token, str) and _visible.fullmatch(token)):
                raise UsageError("INVALID_OPTION", f"{name} must be a text of visible ASCII")


_nothing = TokenPair(None)


class TokenKeeper:
    """Holds the tokens for any number of threads. However many find them spent, they are traded once."""

    def __init__(self, tokens: TokenPair, on_tokens: Callable[[TokenPair | None], None] | None) -> None:
        self._lock = threading.Lock()
        self._tokens = tokens
        self._on_tokens = on_tokens
        self._trade: Future[bool] | None = None

    def access(self) -> str | None:
        with self._lock:
            return self._tokens.access_token

    def refresh(self) -> str | None:
        with self._lock:
            return self._tokens.refresh_token

    def use(self, tokens: TokenPair | None) -> None:
        """Goes on with these, of which the caller knows."""
        with self._lock:
            self._tokens = tokens or _nothing

    def change(self, tokens: TokenPair | None) -> None:
        """Goes on with these, and tells whoever keeps them."""
        self.use(tokens)
        self._tell(tokens)

    def renew(self, refused: str | None, trade: Callable[[str], TokenPair]) -> bool:
        """Whether there is another token than the one that was refused; ``trade`` gets one for the refresh token.

        Whoever comes while another thread trades gets what that one gets, a fault included: a refresh token that comes
        a second time ends its session.
        """
        with self._lock:
            before, running = self._tokens, self._trade
            if before.access_token != refused:
                return before.access_token is not None
            if before.refresh_token is None:
                return False
            if running is None:
                mine: Future[bool] = Future()
                self._trade = mine
        if running is not None:
            return running.result()
        try:
            mine.set_result(self._traded(before, before.refresh_token, trade))
        except BaseException as fault:
            mine.set_exception(fault)
        finally:
            with self._lock:
                self._trade = None
        return mine.result()

    def _traded(self, before: TokenPair, refresh: str, trade: Callable[[str], TokenPair]) -> bool:
        """What has changed meanwhile stays: somebody has signed in or out."""
        fresh: TokenPair | None = None
        try:
            fresh = trade(refresh)
        except ApiError as refusal:
            if refusal.status != 401:
                raise
        with self._lock:
            if self._tokens is not before:
                return self._tokens.access_token is not None
            self._tokens = fresh or _nothing
        self._tell(fresh)
        return fresh is not None

    def _tell(self, tokens: TokenPair | None) -> None:
        if self._on_tokens is not None:
            self._on_tokens(tokens)
