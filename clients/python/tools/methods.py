"""From operations to the modules ``nouns`` and ``async_nouns``."""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any

from names import docstring, pascal, sentence, snake
from operations import Argument, Method

_id = "0198c0de-7000-7000-8000-000000000000"
_not_iterated = ("page", "cursor")


def class_of(noun: str) -> str:
    return f"{pascal(*noun.split('.'))}Noun"


def operation_table(methods: list[Method]) -> str:
    lines = {}
    for one in methods:
        flags = ", anonymous=True" if one.anonymous else ""
        flags += ", repeatable=True" if one.repeatable else ""
        lines[one.id] = f'{snake(one.id)} = Operation("{one.id}", "{one.verb}", "{one.path}"{flags})'
    return "\n".join(lines.values())


def noun_class(noun: str, methods: list[Method], iterations: dict[str, str], inner: list[str], words: str) -> str:
    parts = ["\n".join([f"class {class_of(noun)}(Noun):", *docstring(words)])]
    if inner:
        body = "\n".join(f"        self.{snake(one)} = {class_of(f'{noun}.{one}')}(caller)" for one in inner)
        parts.append(f"    def __init__(self, caller: Caller) -> None:\n        super().__init__(caller)\n{body}")
    for one in methods:
        parts.append(_sync_method(one))
        iteration = _iteration_of(one, iterations)
        if iteration:
            parts.append(_sync_iteration(one, iteration))
    return "\n\n".join(parts)


def async_class(noun: str, methods: list[Method], iterations: dict[str, str], inner: list[str], words: str) -> str:
    own = class_of(noun)
    parts = ["\n".join([f"class {own}(AsyncNoun[nouns.{own}]):", *docstring(words)])]
    if inner:
        lines = [
            f"        self.{snake(one)} = {class_of(f'{noun}.{one}')}(noun.{snake(one)}, threads)" for one in inner
        ]
        head = f"    def __init__(self, noun: nouns.{own}, threads: Threads) -> None:"
        parts.append("\n".join([head, "        super().__init__(noun, threads)", *lines]))
    for one in methods:
        parts.append(_async_method(one, own))
        iteration = _iteration_of(one, iterations)
        if iteration:
            parts.append(_async_iteration(one, iteration, own))
    return _without_gaps("\n\n".join(parts))


def _without_gaps(source: str) -> str:
    """Lines that say that a method runs in a thread stand together."""
    return re.sub(r"(InThread\(\S+\)\n)\n(?=    \w+ = \w+InThread|    \w+ = InThread)", r"\1", source)


def client_class(nouns: list[str], *, is_async: bool) -> str:
    """What a client is made of: the nouns that are within no other."""
    taken = "noun: nouns.Nouns, threads: Threads" if is_async else "caller: Caller"
    made = [
        f"        self.{snake(one)} = {class_of(one)}({f'noun.{snake(one)}, threads' if is_async else 'caller'})"
        for one in nouns
    ]
    head = f'class {"Async" if is_async else ""}Nouns:\n    """Everything that hangs on a client."""'
    return "\n".join([head, "", f"    def __init__(self, {taken}) -> None:", *made])


def _iteration_of(one: Method, iterations: dict[str, str]) -> str | None:
    dotted = next((dotted for dotted, id in iterations.items() if id == one.id), None)
    return None if dotted is None else snake(dotted.rsplit(".", 1)[1])


def _sync_method(one: Method) -> str:
    variants = _variants(one)
    heads = [
        f"    @overload\n    def {one.name}({_signature(one, given)}) -> {result}: ..." for given, result in variants
    ]
    whole = " | ".join(dict.fromkeys(part for _, result in variants for part in result.split(" | ")))
    head = f"    def {one.name}({_signature(one, {})}) -> {whole}:"
    body = f"        result: {whole} = self._caller.{one.through}({_passed(one)})\n        return result"
    return "\n\n".join([*(heads if len(variants) > 1 else []), f"{head}\n{_docstring(one)}\n{body}"])


def _sync_iteration(one: Method, name: str) -> str:
    variants = _item_variants(one)
    heads = [
        f"    @overload\n    def {name}({_item_signature(one, given)}) -> Items[{item}]: ..."
        for given, item in variants
    ]
    whole = " | ".join(f"Items[{item}]" for _, item in variants)
    query = _dictionary(_iterated(one))
    by_cursor = any(argument.name == "cursor" for argument in one.query)
    fetch = f"lambda query: self._caller.call(operations.{snake(one.id)}, {_tuple(one.ids)}, query=query)"
    body = f"        return Items({fetch}, {query}, by_cursor={by_cursor})"
    words = f"        Goes through all pages of ``{one.name}``, and asks for one when its first item is."
    call = f"client.{_dotted(one.noun)}.{name}({_example_ids(one)})"
    example = f"        >>> for item in {call}:\n        ...     print(item)"
    head = f'    def {name}({_item_signature(one, {})}) -> {whole}:\n        """\n{words}\n\n{example}\n        """'
    return "\n\n".join([*(heads if len(variants) > 1 else []), f"{head}\n{body}"])


def _async_method(one: Method, own: str) -> str:
    variants = _variants(one)
    if one.is_stream:
        return f"    {one.name} = StreamInThread(nouns.{own}.{one.name})"
    if len(variants) == 1:
        return f"    {one.name} = InThread(nouns.{own}.{one.name})"
    heads = [
        f"    @overload\n    async def {one.name}({_signature(one, given)}) -> {result}: ..."
        for given, result in variants
    ]
    whole = " | ".join(dict.fromkeys(part for _, result in variants for part in result.split(" | ")))
    passed = ", ".join([*one.ids, *(f"{given.name}={given.name}" for given in [*one.query, *one.options])])
    note = f'        """As ``{own}.{one.name}`` of the client that waits."""'
    called = f"self._threads.run(cast(Any, self._noun).{one.name}, {passed})"
    body = f"        result: {whole} = await {called}\n        return result"
    return "\n\n".join([*heads, f"    async def {one.name}({_signature(one, {})}) -> {whole}:\n{note}\n{body}"])


def _async_iteration(one: Method, name: str, own: str) -> str:
    variants = _item_variants(one)
    if len(variants) == 1:
        return f"    {name} = ItemsInThread(nouns.{own}.{name})"
    heads = [
        f"    @overload\n    def {name}({_item_signature(one, given)}) -> AsyncItems[{item}]: ..."
        for given, item in variants
    ]
    whole = " | ".join(f"AsyncItems[{item}]" for _, item in variants)
    passed = ", ".join([*one.ids, *(f"{given.name}={given.name}" for given in _iterated(one))])
    note = f'        """As ``{own}.{name}`` of the client that waits."""'
    body = f"        return AsyncItems(cast(Any, self._noun).{name}({passed}), self._threads)"
    return "\n\n".join([*heads, f"    def {name}({_item_signature(one, {})}) -> {whole}:\n{note}\n{body}"])


Given = dict[str, str]


def _variants(one: Method) -> list[tuple[Given, str]]:
    """Signatures that differ in what comes back: by ``fields``, and by ``if_none_match``, with which it may be None."""
    is_conditional = any(option.name == "if_none_match" for option in one.options)
    results: list[tuple[Given, str]] = [({}, one.result)]
    if one.selected:
        results = [({"fields": "None = None"}, one.result), ({"fields": "str | Sequence[str]"}, one.selected)]
    if not is_conditional:
        return results
    plain = [({**given, "if_none_match": "None = None"}, result) for given, result in results]
    return [*plain, *(({**given, "if_none_match": "str"}, f"{result} | None") for given, result in results)]


def _item_variants(one: Method) -> list[tuple[Given, str]]:
    if one.selected_item is None:
        return [({}, one.item or "Any")]
    return [({"fields": "None = None"}, one.item or "Any"), ({"fields": "str | Sequence[str]"}, one.selected_item)]


def _signature(one: Method, given: Given) -> str:
    places = [f"{id}: str" for id in one.ids]
    if one.body is not None:
        places.append(f"body: {one.body}" if one.body_is_needed else f"body: {one.body} | None = None")
    return _head(places, [*one.query, *one.options], given)


def _item_signature(one: Method, given: Given) -> str:
    return _head([f"{id}: str" for id in one.ids], _iterated(one), given)


def _head(places: list[str], arguments: list[Argument], given: Given) -> str:
    keywords = [f"{one.name}: {given.get(one.name, f'{one.annotation} = {one.default}')}" for one in arguments]
    return ", ".join(["self", *places, *(["*", *keywords] if keywords else [])])


def _iterated(one: Method) -> list[Argument]:
    return [argument for argument in one.query if argument.name not in _not_iterated]


def _passed(one: Method) -> str:
    parts = [f"operations.{snake(one.id)}"]
    if one.ids:
        parts.append(_tuple(one.ids))
    if one.body is not None:
        parts.append(f"body={_sent(one)}")
    if one.query:
        parts.append(f"query={_dictionary(one.query)}")
    parts += [f"{option.name}={option.name}" for option in one.options if option.name != "type"]
    return ", ".join(parts)


def _sent(one: Method) -> str:
    if one.body_kind == "upload":
        return f'upload_body("{one.field}", body)'
    if one.body_kind == "lines":
        return "lines_body(body, type)"
    return "body" if one.body_is_needed or one.through == "refresh" else "{} if body is None else body"


def _tuple(ids: list[str]) -> str:
    return f"({ids[0]},)" if len(ids) == 1 else f"({', '.join(ids)})"


def _dictionary(arguments: list[Argument]) -> str:
    return "{" + ", ".join(f'"{one.wire}": {one.name}' for one in arguments) + "}"


def _dotted(noun: str) -> str:
    return ".".join(snake(part) for part in noun.split("."))


def _example_ids(one: Method) -> str:
    return ", ".join(f'"{_id}"' for _ in one.ids)


def _docstring(one: Method) -> str:
    words = textwrap.wrap(one.words, 120, initial_indent=" " * 8, subsequent_indent=" " * 8)
    arguments = [*one.query, *one.options]
    told = [line for argument in arguments for line in _told(argument)]
    opening = 'r"""' if any("\\" in line for line in _example(one)) else '"""'
    return "\n".join([f"        {opening}", *words, "", *_example(one), *(["", *told] if told else []), '        """'])


def _told(argument: Argument) -> list[str]:
    words = f":param {argument.name}: {sentence(argument.words)}"
    return textwrap.wrap(words, 120, initial_indent=" " * 8, subsequent_indent=" " * 12)


def _example(one: Method) -> list[str]:
    call = f"client.{_dotted(one.noun)}.{one.name}("
    arguments = [_example_ids(one)] if one.ids else []
    if one.body is not None:
        arguments.append('b"content"' if one.body_kind != "json" else _python(one.example))
    if one.is_stream:
        lines = [f">>> with {call}{', '.join(arguments)}) as chunks:", '...     content = b"".join(chunks)']
        return [f"        {line}" for line in lines]
    written = f">>> result = {call}{', '.join(arguments)})"
    if len(written) <= 100 and "\n" not in written:
        return [f"        {written}"]
    lines = [
        f">>> result = {call}",
        *(f"...     {line}" for part in arguments for line in f"{part},".splitlines()),
        "... )",
    ]
    return [f"        {line}" for line in lines]


def _python(value: Any, margin: str = "") -> str:
    """As Python spells it, a key a line where it is long."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)):
        return repr(value)
    begin, end = "{}" if isinstance(value, dict) else "[]"
    inner = f"{margin}    "
    rows = value.items() if isinstance(value, dict) else ((None, one) for one in value)
    parts = [(f"{_python(key)}: " if isinstance(value, dict) else "") + _python(one, inner) for key, one in rows]
    flat = f"{begin}{', '.join(parts)}{end}"
    if len(margin) + len(flat) <= 90 and "\n" not in flat:
        return flat
    return "\n".join([begin, *(f"{inner}{part}," for part in parts), f"{margin}{end}"])
