"""Lays generated source out as formatters do: lines of 120, two empty ones around classes, no import in vain."""

from __future__ import annotations

import re

WIDTH = 120
_open, _close = "([{", ")]}"


def tidy(source: str) -> str:
    lines = [line for whole in _used_only(source).split("\n") for line in _fitted(whole)]
    return _spaced("\n".join(lines))


def _used_only(source: str) -> str:
    """Leaves out names that are imported and stand nowhere else."""
    kept = []
    for line in source.split("\n"):
        imported = re.match(r"from (\S+) import (.+)$", line)
        if imported and imported[1] != "__future__":
            names = [name for name in imported[2].split(", ") if _is_used(name, source)]
            if not names:
                continue
            line = f"from {imported[1]} import {', '.join(names)}"
            if len(line) > WIDTH:
                line = f"from {imported[1]} import ({', '.join(names)})"
        kept.append(line)
    return "\n".join(kept)


def _is_used(name: str, source: str) -> bool:
    without_imports = re.sub(r"^from .+ import .+$", "", source, flags=re.MULTILINE)
    without_docs = re.sub(r'"""[\s\S]*?"""', "", without_imports)
    return re.search(rf"\b{name}\b", without_docs) is not None


def _fitted(line: str) -> list[str]:
    """A line that is too long, with what its longest pair of brackets holds on lines of its own."""
    if len(line) <= WIDTH or line.lstrip().startswith(("#", '"""')):
        return [line]
    group = _longest_group(line)
    if group is None:
        return [line]
    begin, end = group
    margin = line[: len(line) - len(line.lstrip())]
    inner = line[begin + 1 : end]
    if len(margin) + 4 + len(inner) <= WIDTH and not line.lstrip().startswith("from "):
        middle = [f"{margin}    {inner}"]
    else:
        middle = [part for item in _items(inner) for part in _fitted(f"{margin}    {item},")]
    return [line[: begin + 1], *middle, *_fitted(f"{margin}{line[end:]}")]


def _longest_group(line: str) -> tuple[int, int] | None:
    groups, opened = [], []
    for at, quoted in _unquoted(line):
        if quoted:
            continue
        if line[at] in _open:
            opened.append(at)
        elif line[at] in _close:
            begin = opened.pop()
            if not opened and at > begin + 1:
                groups.append((begin, at))
    return max(groups, key=lambda group: group[1] - group[0], default=None)


def _items(inner: str) -> list[str]:
    items, depth, begin = [], 0, 0
    for at, quoted in _unquoted(inner):
        if quoted:
            continue
        depth += (inner[at] in _open) - (inner[at] in _close)
        if inner[at] == "," and depth == 0:
            items.append(inner[begin:at].strip())
            begin = at + 1
    items.append(inner[begin:].strip())
    return [item for item in items if item]


def _unquoted(line: str) -> list[tuple[int, bool]]:
    """Each place, and whether it is within a text."""
    places, quoted = [], False
    for at, character in enumerate(line):
        if character == '"' and line[at - 1 : at] != "\\":
            quoted = not quoted
        places.append((at, quoted or character == '"'))
    return places


def _spaced(source: str) -> str:
    """Two empty lines before and behind each class, none doubled elsewhere."""
    source = re.sub(r"\n{3,}", "\n\n", source)
    source = re.sub(r"\n\n(?=class )", "\n\n\n", source)
    source = re.sub(r"\n(\n)(?=\w)(?!class )", lambda gap: gap[0], source)
    lines = source.split("\n")
    result: list[str] = []
    in_class = False
    for line in lines:
        is_top = bool(line) and not line.startswith((" ", ")", "]", "}"))
        if is_top and in_class and not line.startswith("class "):
            while result and not result[-1]:
                result.pop()
            result += ["", ""]
        if is_top:
            in_class = line.startswith("class ")
        result.append(line)
    return "\n".join(result).rstrip("\n") + "\n"
