"""What all nouns of a client have in common."""

from __future__ import annotations

from ._caller import Caller


class Noun:
    """A group of methods; hangs on a client."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._caller.base}>"
