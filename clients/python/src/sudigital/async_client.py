"""The client for asyncio."""

from __future__ import annotations

import ssl
from collections.abc import Callable

from ._threads import Threads
from ._tokens import TokenPair
from .async_nouns import AsyncNouns
from .client import Client


class AsyncClient(AsyncNouns):
    """The same as ``Client``, with methods to be awaited and lists for ``async for``.

    Underneath, each call runs in a thread of its own while it is under way, ``concurrency`` at once; connections and
    tokens are shared. A call that is cancelled ends at once: its connection is cut and nothing is sent again, but what
    the server has begun it may finish. Tokens that are being traded for new ones then are traded to the end, because
    others may wait for them.

    >>> import asyncio
    >>> async def names() -> list[str | None]:
    ...     async with AsyncClient(base_url="http://localhost:3001", token="your-jwt-token") as client:
    ...         return [user["firstName"] async for user in client.users.all(search="ana")]
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
        concurrency: int = 16,
    ) -> None:
        """As of ``Client``, and

        :param on_tokens: Is called in a thread.
        :param concurrency: Calls that may be under way at once; the next one waits for its turn.
        """
        client = Client(
            base_url,
            token,
            refresh_token=refresh_token,
            on_tokens=on_tokens,
            timeout=timeout,
            max_retries=max_retries,
            max_retry_after=max_retry_after,
            tls=tls,
        )
        self._use(client, Threads(concurrency))

    def _use(self, client: Client, threads: Threads) -> None:
        super().__init__(client, threads)
        self._client = client
        self._threads = threads

    def with_options(
        self, *, timeout: float | None = None, max_retries: int | None = None, max_retry_after: float | None = None
    ) -> AsyncClient:
        """The same client, with the same tokens, connections and threads, in more or less of a hurry."""
        other = object.__new__(AsyncClient)
        changed = self._client.with_options(timeout=timeout, max_retries=max_retries, max_retry_after=max_retry_after)
        other._use(changed, self._threads)
        return other

    def use_tokens(self, tokens: TokenPair | None) -> None:
        """Goes on with these tokens, or with none."""
        self._client.use_tokens(tokens)

    async def aclose(self) -> None:
        """Ends its threads and closes connections that wait for the next call."""
        self._threads.close()
        self._client.close()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"Async{self._client!r}"
