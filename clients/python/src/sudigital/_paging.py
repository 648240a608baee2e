"""Lists that are gone through item by item."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from ._results import unreadable

Item = TypeVar("Item")

#: As long as the server lets pages be.
PAGE_SIZE_MAX = 100

Fetch = Callable[[Mapping[str, object]], Any]


class Items(Iterator[Item], Generic[Item]):
    """All items of a list, page by page; a page is asked for when its first item is.

    One thread goes through it at a time.
    """

    def __init__(self, fetch: Fetch, query: Mapping[str, object], *, by_cursor: bool) -> None:
        self._fetch = fetch
        self._query = {"limit": PAGE_SIZE_MAX, **{name: value for name, value in query.items() if value is not None}}
        self._place: dict[str, object] | None = {"cursor": ""} if by_cursor else {"page": 1}
        self._next_place = _behind_cursor if by_cursor else _behind_page
        self._seen = 0
        self._at_hand: deque[Item] = deque()

    def __next__(self) -> Item:
        while not self._at_hand:
            if not self.load():
                raise StopIteration
        return self._at_hand.popleft()

    def at_hand(self) -> deque[Item]:
        """What has been read and not been given yet."""
        return self._at_hand

    def load(self) -> bool:
        """Reads one more page; False at the end."""
        if self._place is None:
            return False
        page = self._fetch({**self._query, **self._place})
        try:
            rows = list(page["data"])
            self._seen += len(rows)
            following = self._next_place(page, self._place, self._seen)
        except (AttributeError, LookupError, TypeError):
            raise unreadable(200) from None
        self._at_hand.extend(rows)
        self._place = following
        return True


def _behind_cursor(page: Any, _place: Mapping[str, object], _seen: int) -> dict[str, object] | None:
    following = page["meta"].get("next")
    return None if following is None else {"cursor": following}


def _behind_page(page: Any, place: Mapping[str, Any], seen: int) -> dict[str, object] | None:
    meta, rows = page["meta"], page["data"]
    is_last = not rows or len(rows) < meta["limit"] or seen >= meta["total"]
    return None if is_last else {"page": place["page"] + 1}
