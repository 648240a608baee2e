"""The methods of the client that waits, for those who must not: each call has a thread while it is under way."""

from __future__ import annotations

import asyncio
import contextvars
import functools
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from ._caller import AnswerStream
from ._calls import Call, current_call
from ._paging import Items

Own = TypeVar("Own")
Given = ParamSpec("Given")
Result = TypeVar("Result")


class Threads:
    """As many threads as calls may be under way at once; the next one waits for its turn."""

    def __init__(self, most: int) -> None:
        self._executor = ThreadPoolExecutor(most, thread_name_prefix="sudigital")

    async def run(self, work: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
        """Cancelled, it cuts the connection that the work waits on and sends nothing more."""
        call = Call()
        context = contextvars.copy_context()
        context.run(current_call.set, call)
        begun = self._executor.submit(context.run, functools.partial(work, *args, **kwargs))
        try:
            return await asyncio.wrap_future(begun)
        except asyncio.CancelledError:
            call.give_up()
            raise

    def close(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)


class AsyncNoun(Generic[Own]):
    """A group of methods; hangs on a client for asyncio."""

    def __init__(self, noun: Own, threads: Threads) -> None:
        self._noun = noun
        self._threads = threads

    def __repr__(self) -> str:
        return f"<async {self._noun!r}>"


class _Bound(Generic[Own, Given, Result]):
    """A method of the client that waits; what it is on an `AsyncNoun`, the classes below say."""

    def __init__(self, method: Callable[Concatenate[Own, Given], Result]) -> None:
        self._method = method
        functools.update_wrapper(self, method)  # type: ignore[arg-type]


class InThread(_Bound[Own, Given, Result]):
    """A method that answers once."""

    def __get__(self, noun: AsyncNoun[Own], owner: object = None) -> Callable[Given, Coroutine[Any, Any, Result]]:
        async def call(*args: Given.args, **kwargs: Given.kwargs) -> Result:
            return await noun._threads.run(self._method, noun._noun, *args, **kwargs)

        return functools.update_wrapper(call, self._method)


class AsyncItems(AsyncIterator[Result], Generic[Result]):
    """All items of a list, page by page; a page is asked for when its first item is."""

    def __init__(self, items: Items[Result], threads: Threads) -> None:
        self._items = items
        self._threads = threads

    async def __anext__(self) -> Result:
        while not self._items.at_hand():
            if not await self._threads.run(self._items.load):
                raise StopAsyncIteration
        return self._items.at_hand().popleft()


class ItemsInThread(_Bound[Own, Given, Items[Result]]):
    """A method that goes through a list."""

    def __get__(self, noun: AsyncNoun[Own], owner: object = None) -> Callable[Given, AsyncItems[Result]]:
        def call(*args: Given.args, **kwargs: Given.kwargs) -> AsyncItems[Result]:
            return AsyncItems(self._method(noun._noun, *args, **kwargs), noun._threads)

        return functools.update_wrapper(call, self._method)


class AsyncAnswerStream(AsyncIterator[bytes]):
    """An answer in pieces, as they come: ``async with`` it, and go through it."""

    def __init__(self, stream: AnswerStream, threads: Threads) -> None:
        self._stream = stream
        self._threads = threads

    async def __anext__(self) -> bytes:
        chunk = await self._threads.run(next, self._stream, b"")
        if not chunk:
            raise StopAsyncIteration
        return chunk

    async def aclose(self) -> None:
        self._stream.close()

    async def __aenter__(self) -> AsyncAnswerStream:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class StreamInThread(_Bound[Own, Given, AnswerStream]):
    """A method whose answer is read piece by piece."""

    def __get__(
        self, noun: AsyncNoun[Own], owner: object = None
    ) -> Callable[Given, Coroutine[Any, Any, AsyncAnswerStream]]:
        async def call(*args: Given.args, **kwargs: Given.kwargs) -> AsyncAnswerStream:
            return AsyncAnswerStream(await noun._threads.run(self._method, noun._noun, *args, **kwargs), noun._threads)

        return functools.update_wrapper(call, self._method)
