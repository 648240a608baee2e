"""The client that waits for its answers."""

from __future__ import annotations

import ssl
from collections.abc import Callable

from ._addresses import read_base_url
from ._caller import Caller, Options
from ._connections import Connections
from ._tokens import TokenKeeper, TokenPair
from .nouns import Nouns


class Client(Nouns):
    """Speaks to one server, for one caller. Any number of threads may share it.

    >>> client = Client(base_url="http://localhost:3001", token="your-jwt-token")
    >>> client
    Client(base_url='http://localhost:3001')
    >>> client.close()
    """

    def __init__(
        self,
        base_url: str,
        token: str | None = None,
        *,
        refresh_token: str | None = None,
        on_tokens: Callable[[TokenPair | None], None] | None = None,
        timeout: float = 30.0,
        max_retries: int = 2,
        max_retry_after: float = 60.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """
        :param base_url: Where the server answers; a path in it stays.
        :param token: An access token or an API token. Without one, ``auth.login`` gets one.
        :param refresh_token: Traded for new tokens when the access token is over.
        :param on_tokens: Is told of new tokens, and given None when there are none any more, in the thread that got
            them.
        :param timeout: Seconds that each attempt may take.
        :param max_retries: How often a request is sent again at most, where that is safe.
        :param max_retry_after: Seconds that the server may tell the client to wait; if it says more, the call fails.
        :param tls: Whom to trust besides what the system trusts: ``ssl.create_default_context(cafile=…)``.
        """
        base = read_base_url(base_url)
        keeper = TokenKeeper(TokenPair(token, refresh_token), on_tokens)
        options = Options(timeout=timeout, max_retries=max_retries, max_retry_after=max_retry_after)
        self._use(Caller(base, keeper, Connections(base, tls), options))

    def _use(self, caller: Caller) -> None:
        super().__init__(caller)
        self._caller = caller

    def with_options(
        self,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
        max_retry_after: float | None = None,
    ) -> Client:
        """The same client, with the same tokens and connections, in more or less of a hurry.

        >>> client = Client(base_url="http://localhost:3001", token="your-jwt-token")
        >>> hasty = client.with_options(timeout=2, max_retries=0)
        """
        other = object.__new__(Client)
        other._use(self._caller.with_options(timeout=timeout, max_retries=max_retries, max_retry_after=max_retry_after))
        return other

    def use_tokens(self, tokens: TokenPair | None) -> None:
        """Goes on with these tokens, or with none: for programs that keep them and were told of others.

        >>> client = Client(base_url="http://localhost:3001")
        >>> client.use_tokens(TokenPair("access-token", "refresh-token"))
        """
        self._caller.tokens.use(tokens)

    def close(self) -> None:
        """Closes connections that wait for the next call. The client stays usable."""
        self._caller.connections.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client(base_url={str(self._caller.base)!r})"
