"""What the generator has to know of each operation, read from the API description and the shared list of names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from names import pascal, sentence, snake
from shapes import Shapes

#: Methods of `Caller` for what is more than a call.
_through = {
    "signIn": "sign_in",
    "finishSignInByCode": "sign_in",
    "signInByPasskey": "sign_in",
    "refreshTokens": "refresh",
    "signOut": "sign_out",
}


@dataclass(frozen=True)
class Argument:
    """A keyword of a method."""

    name: str
    annotation: str
    #: What it is called on the wire; options are not in a query.
    wire: str | None = None
    words: str = ""
    default: str = "None"


@dataclass(frozen=True)
class Method:
    """A method of a noun, and the operation behind it."""

    id: str
    noun: str
    name: str
    verb: str
    path: str
    ids: list[str]
    #: Annotation of the body, None where there is none.
    body: str | None
    #: ``json``, ``upload`` (``field`` is that of its form) or ``lines`` (``field`` has the media types for them).
    body_kind: str
    field: str
    body_is_needed: bool
    query: list[Argument]
    options: list[Argument]
    result: str
    #: What comes back where ``fields`` names what is wanted.
    selected: str | None
    #: What a list is of; None for what is no list.
    item: str | None
    selected_item: str | None
    is_stream: bool
    #: The method of ``Caller`` behind it.
    through: str
    anonymous: bool
    repeatable: bool
    words: str
    example: Any
    tag: str


def read_methods(description: dict[str, Any], named: dict[str, Any], shapes: Shapes) -> list[Method]:
    """In the order of the list of names; raises when the list and the description do not have the same operations."""
    known = {operation["operationId"]: (path, verb, operation) for path, verb, operation in _walk(description)}
    names: dict[str, str] = named["operations"]
    aliases: dict[str, str] = named.get("aliases", {})
    if set(known) != set(names):
        raise SystemExit(f"operations without a name, or names without an operation: {sorted(set(known) ^ set(names))}")
    pairs = [*names.items(), *((id, dotted) for dotted, id in aliases.items())]
    return [_method(id, dotted, *known[id], shapes) for id, dotted in pairs]


def _walk(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in description["paths"].items():
        for verb, operation in item.items():
            if isinstance(operation, dict) and "operationId" in operation:
                yield path, verb.upper(), operation


def _method(id: str, dotted: str, path: str, verb: str, operation: dict[str, Any], shapes: Shapes) -> Method:
    *nouns, name = dotted.split(".")
    parameters = operation.get("parameters", [])
    headers = {one["name"] for one in parameters if one["in"] == "header"}
    body, kind, field, example = _body(id, operation, shapes)
    result, selected, item, selected_item, is_stream = _result(id, operation, shapes)
    return Method(
        id=id,
        noun=".".join(nouns),
        name=snake(name),
        verb=verb,
        path=path,
        ids=[snake(one["name"]) for one in parameters if one["in"] == "path"],
        body=body,
        body_kind=kind,
        field=field,
        body_is_needed=verb != "POST" or kind == "lines" or (id != "refreshTokens" and _is_needed(operation)),
        query=[_query(id, one, shapes) for one in parameters if one["in"] == "query"],
        options=_type_of_lines(kind, field)
        + [
            Argument(option, "str | None", words=words)
            for option, (header, words) in _options.items()
            if header in headers
        ],
        result=result,
        selected=selected,
        item=item,
        selected_item=selected_item,
        is_stream=is_stream,
        through="stream" if is_stream else _through.get(id, "call"),
        anonymous=operation.get("security") == [],
        repeatable="Idempotency-Key" in headers,
        words=f"{sentence(operation['summary'])} {operation.get('description', '')}".strip(),
        example=example,
        tag=operation["tags"][0],
    )


_options = {
    "if_match": (
        "If-Match",
        "The ``etag`` that the change is founded on (``response_of``); if somebody else saved first, it is refused.",
    ),
    "if_none_match": ("If-None-Match", "An ``etag`` that is known; if it still holds, the result is None."),
    "idempotency_key": (
        "Idempotency-Key",
        "Under one key a request takes effect once, within 24 hours; one is made up unless given.",
    ),
}


def _is_needed(operation: dict[str, Any]) -> bool:
    return bool(operation.get("requestBody", {}).get("required", False))


def _type_of_lines(kind: str, types: str) -> list[Argument]:
    if kind != "lines":
        return []
    words = "What the body is."
    return [Argument("type", f"Literal[{types}]", words=words, default=types.split(", ")[0])]


def _query(id: str, parameter: dict[str, Any], shapes: Shapes) -> Argument:
    wire = parameter["name"]
    words = parameter.get("description", "")
    annotation = shapes.annotation(parameter["schema"], pascal(id, wire), is_body=True)
    if wire in ("fields", "ids"):
        annotation = "str | Sequence[str]"
    elif "ISO 8601" in words:
        annotation = "str | datetime"
    return Argument(snake(wire), f"{annotation} | None", wire, words)


def _body(id: str, operation: dict[str, Any], shapes: Shapes) -> tuple[str | None, str, str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return None, "json", "", None
    if "multipart/form-data" in content:
        return "Picture", "upload", next(iter(content["multipart/form-data"]["schema"]["properties"])), None
    if "application/json" not in content:
        return "str | bytes | Iterable[bytes]", "lines", ", ".join(f'"{kind}"' for kind in content), None
    form = content["application/json"]
    annotation = shapes.annotation(form["schema"], pascal(id, "body"), is_body=True)
    examples = [one["value"] for one in form.get("examples", {}).values() if isinstance(one["value"], dict)]
    example = examples[0] if examples else _smallest(form["schema"])
    return f"{annotation} | str" if "text/csv" in content else annotation, "json", "", example


def _smallest(schema: dict[str, Any]) -> Any:
    """Something of that schema, for an example."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        needed = schema.get("required", [])
        return {key: _smallest(value) for key, value in schema.get("properties", {}).items() if key in needed}
    return {"array": [], "integer": 1, "boolean": True}.get(str(kind), "…")


def _result(id: str, operation: dict[str, Any], shapes: Shapes) -> tuple[str, str | None, str | None, str | None, bool]:
    for status, response in operation["responses"].items():
        content = response.get("content", {})
        if int(status) >= 300 or not content:
            continue
        if "application/json" not in content:
            return "AnswerStream", None, None, None, True
        return (*_unwrapped(id, content["application/json"]["schema"], shapes), False)
    raise SystemExit(f"{id} has no answer")


def _unwrapped(id: str, schema: dict[str, Any], shapes: Shapes) -> tuple[str, str | None, str | None, str | None]:
    """As the shared names have it: ``data``, or the whole of it where there is a ``meta``."""
    properties = schema.get("properties", {})
    if "data" not in properties:
        return shapes.annotation(schema, pascal(id, "result")), None, None, None
    inner, selected = _apart(properties["data"])
    if "meta" not in properties:
        written = shapes.annotation(inner, _singular(id))
        return written, None if selected is None else shapes.annotation(selected, ""), None, None
    rows, chosen = _apart(properties["data"].get("items", {}))
    if "anyOf" in rows:
        return shapes.annotation(schema, pascal(id, "result")), None, None, None
    item = shapes.annotation(rows, pascal(id, "item"))
    page = {**schema, "properties": {**properties, "data": {**properties["data"], "items": rows}}}
    written = shapes.annotation(page, f"{item}Page")
    if chosen is None:
        return written, None, item, None
    narrowed = {**schema, "properties": {**properties, "data": {**properties["data"], "items": chosen}}}
    chosen_item = shapes.annotation(chosen, "")
    return written, shapes.annotation(narrowed, f"{chosen_item}Page"), item, chosen_item


def _apart(schema: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """What comes back as a rule, and what ``fields`` leaves of it."""
    halves = schema.get("anyOf", [])
    chosen = [half for half in halves if half.get("$ref", "").rsplit("/", 1)[-1].startswith("Selected")]
    if not chosen:
        return schema, None
    rest = [half for half in halves if half not in chosen]
    return (rest[0] if len(rest) == 1 else {"anyOf": rest}), chosen[0]


def _singular(id: str) -> str:
    return "MePermissions" if id == "readOwnPermissions" else pascal(id, "result")
