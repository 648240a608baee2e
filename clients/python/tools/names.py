"""How things are called: words of the wire in the spelling of Python."""

from __future__ import annotations

import keyword
import re
import textwrap


def snake(name: str) -> str:
    """
    >>> snake("loginWithCode"), snake("from")
    ('login_with_code', 'from_')
    """
    written = re.sub(r"(?<=[a-z0-9])([A-Z])", lambda letter: f"_{letter[1].lower()}", name)
    return f"{written}_" if keyword.iskeyword(written) else written


def pascal(*names: str) -> str:
    """
    >>> pascal("users", "activity"), pascal("createUser")
    ('UsersActivity', 'CreateUser')
    """
    return "".join(name[:1].upper() + name[1:] for name in names)


def sentence(words: str) -> str:
    """With a full stop."""
    words = words.strip()
    return words if not words or words.endswith((".", "!", "?")) else f"{words}."


def docstring(words: str) -> list[str]:
    """Of a class, in as many lines as it takes."""
    lines = textwrap.wrap(words, 110, subsequent_indent="    ")
    closed = [f'{lines[0]}"""'] if len(lines) == 1 else [*lines, '    """']
    return [f'    """{closed[0]}', *closed[1:]]


def literal(values: object) -> str:
    return ", ".join(double_quoted(repr(value)) for value in values)  # type: ignore[attr-defined]


def double_quoted(written: str) -> str:
    return f'"{written[1:-1]}"' if written.startswith("'") and '"' not in written else written
