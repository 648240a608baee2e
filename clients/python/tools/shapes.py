"""From schemas of the API description to types of Python."""

from __future__ import annotations

import json
import keyword
import textwrap
from typing import Any

from names import docstring, literal, pascal, sentence

Schema = dict[str, Any]

#: Names for what the description gives none, or a longer one.
_better = {
    "CreateUserBody": "NewUser",
    "BatchUsersBodyOperationsItem": "BatchOperation",
    "BatchUsersBodyOperationsItemBody1": "BatchNewUser",
    "BatchUsersBodyOperationsItemBody2": "UserChanges",
    "BatchOperationBody1": "BatchNewUser",
    "BatchOperationBody2": "UserChanges",
    "BatchUsersBody": "Batch",
    "BatchOperationsItem": "BatchOperation",
    "BatchUsersResult": "BatchResult",
    "BatchUsersResultDataItem1": "BatchDone",
    "BatchResultDataItem1": "BatchDone",
    "BatchResultDataItem2": "BatchRefused",
    "InviteManyBodyInvitationsItem": "InvitationLine",
    "InviteManyResultDataItem1": "InvitationLineDone",
    "InviteManyResultDataItem2": "InvitationLineRefused",
    "MePermissionsItem": "Permission",
    "SignInBody": "Credentials",
    "CreateApiTokenBody": "ApiTokenToMake",
    "CreateOrganizationBody": "NewOrganization",
    "UpdateOrganizationBody": "OrganizationChanges",
    "InviteBody": "NewInvitation",
}
_enum_is_long = 4
_plain = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


class Shapes:
    """Collects what has to be declared while annotations are asked for."""

    def __init__(self, components: dict[str, Schema]) -> None:
        self._components = components
        self._declared: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._taken: set[str] = set(components)

    @property
    def names(self) -> list[str]:
        return [name for name in self._declared if not name.startswith("_")]

    def module(self) -> str:
        return "\n\n".join(self._declared.values())

    def annotation(self, schema: Schema, name: str, *, is_body: bool = False) -> str:
        """What a value of that schema is; ``name`` is for whatever has none yet."""
        if "$ref" in schema:
            return self._referred(schema["$ref"].rsplit("/", 1)[1], is_body)
        for key in ("anyOf", "oneOf"):
            if key in schema:
                return self._union(schema[key], name, is_body)
        if "enum" in schema:
            return self._enum(schema, name)
        if "const" in schema:
            return f"Literal[{literal([schema['const']])}]"
        kinds = schema.get("type", "object" if "properties" in schema else None)
        kinds = kinds if isinstance(kinds, list) else [kinds]
        written = [self._of_kind(kind, schema, name, is_body) for kind in kinds]
        return " | ".join(dict.fromkeys(written))

    def _referred(self, name: str, is_body: bool) -> str:
        if name not in self._declared:
            self._declared[name] = ""
            schema = self._components[name]
            written = self._named(schema, name, is_body)
            # Behind what it refers to.
            del self._declared[name]
            self._declared[name] = written
        return name

    def _named(self, schema: Schema, name: str, is_body: bool) -> str:
        if "properties" in schema:
            return self._record(schema, name, is_body)
        note = sentence(schema.get("description", ""))
        comment = f"#: {note}\n" if note else ""
        written = {key: value for key, value in schema.items() if key != "title"}
        if "enum" in written:
            return f"{comment}{name} = Literal[{literal(written['enum'])}]"
        return f"{comment}{name} = {self.annotation(written, f'{name}Part', is_body=is_body)}"

    def _union(self, halves: list[Schema], name: str, is_body: bool) -> str:
        objects = [half for half in halves if "properties" in half]
        names = {id(half): f"{name}{place}" for place, half in enumerate(objects, 1)} if len(objects) > 1 else {}
        written = [self.annotation(half, names.get(id(half), name), is_body=is_body) for half in halves]
        return " | ".join(dict.fromkeys(written))

    def _enum(self, schema: Schema, name: str) -> str:
        values = [value for value in schema["enum"] if value is not None]
        written = f"Literal[{literal(values)}]"
        known = [own for own, component in self._components.items() if component.get("enum") == values]
        if known:
            written = self._referred(known[0], is_body=False)
        elif len(values) > _enum_is_long:
            written = self._declare(written, name, lambda own: f"{own} = {written}")
        return f"{written} | None" if None in schema["enum"] else written

    def _of_kind(self, kind: str | None, schema: Schema, name: str, is_body: bool) -> str:
        if kind == "array":
            items = schema.get("items")
            inner = "Any" if items is None else self.annotation(items, f"{name}Item", is_body=is_body)
            return f"{'Sequence' if is_body else 'list'}[{inner}]"
        if kind == "object" and schema.get("properties"):
            identity = json.dumps([schema, is_body], sort_keys=True)
            return self._declare(identity, name, lambda own: self._record(schema, own, is_body))
        if kind == "object":
            values = schema.get("additionalProperties")
            inner = self.annotation(values, f"{name}Value", is_body=is_body) if isinstance(values, dict) else "Any"
            return f"{'Mapping' if is_body else 'dict'}[str, {inner}]"
        if kind == "string" and is_body and schema.get("format") == "date-time":
            return "str | datetime"
        return _plain.get(kind or "", "Any")

    def _declare(self, identity: str, name: str, write: Any) -> str:
        """What is alike has one name: the first."""
        if identity in self._names:
            return self._names[identity]
        wanted = _better.get(name, name)
        own = wanted
        count = 2
        while own in self._taken:
            own, count = f"{wanted}{count}", count + 1
        self._taken.add(own)
        self._names[identity] = own
        written = write(own)
        self._declared[own] = written
        return own

    def _record(self, schema: Schema, name: str, is_body: bool) -> str:
        needed = schema.get("required", [])
        fields = {
            key: (self.annotation(value, pascal(name, key), is_body=is_body), value.get("description", ""))
            for key, value in schema["properties"].items()
        }
        required = {key: field for key, field in fields.items() if key in needed}
        optional = {key: field for key, field in fields.items() if key not in needed}
        note = sentence(schema.get("description", ""))
        if not optional:
            return _typed_dict(name, "TypedDict", required, note, total=True)
        if not required:
            return _typed_dict(name, "TypedDict", optional, note, total=False)
        half = f"_{name}Required"
        return f"{_typed_dict(half, 'TypedDict', required, '', total=True)}\n\n" + _typed_dict(
            name, half, optional, note, total=False
        )


def _typed_dict(name: str, base: str, fields: dict[str, tuple[str, str]], note: str, *, total: bool) -> str:
    """Keys that Python keeps for itself stand in a base of another form."""
    odd = {key: field for key, field in fields.items() if keyword.iskeyword(key) or not key.isidentifier()}
    plain = {key: field for key, field in fields.items() if key not in odd}
    before = ""
    if odd:
        pairs = ", ".join(f'"{key}": "{annotation}"' for key, (annotation, _) in odd.items())
        before = f'_{name}Odd = TypedDict("_{name}Odd", {{{pairs}}}, total={total})\n\n'
        base = f"_{name}Odd" if base == "TypedDict" else f"{base}, _{name}Odd"
    lines = [f"class {name}({base}{'' if total else ', total=False'}):"]
    if note:
        lines += [*docstring(note), ""]
    for key, (annotation, words) in plain.items():
        if words:
            lines += textwrap.wrap(sentence(words), 110, initial_indent="    #: ", subsequent_indent="    #: ")
        lines.append(f"    {key}: {annotation}")
    if not plain and not note:
        lines.append("    pass")
    return before + "\n".join(lines)
