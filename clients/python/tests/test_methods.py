"""Every operation has its method, in both clients, with the types of the API description."""

from __future__ import annotations

import inspect
import json
import typing
import unittest

import sudigital.nouns
import sudigital.types
from sudigital import AsyncClient, Client

from .conformance import folder, method_of


class Methods(unittest.TestCase):
    def test_every_operation_and_iteration_has_a_method_in_both_clients(self) -> None:
        named = json.loads((folder / "operations.json").read_text("utf-8"))
        waiting = Client("http://roster.test")
        awaited = AsyncClient("http://roster.test")
        methods = [*named["operations"].values(), *named["iterations"], *named["aliases"]]
        for dotted in methods:
            with self.subTest(dotted):
                method, other = method_of(waiting, dotted), method_of(awaited, dotted)
                self.assertTrue(inspect.getdoc(method))
                self.assertEqual(_parameters(method), _parameters(other))
        for dotted in {*named["operations"].values()} - {*named["iterations"]}:
            with self.subTest(dotted):
                self.assertNotIn("Any", str(inspect.signature(method_of(waiting, dotted)).return_annotation))

    def test_annotations_can_be_read_while_the_program_runs(self) -> None:
        for name, noun in vars(sudigital.nouns).items():
            if inspect.isclass(noun) and noun.__module__ == "sudigital.nouns":
                for method in vars(noun).values():
                    if inspect.isfunction(method):
                        with self.subTest(f"{name}.{method.__name__}"):
                            typing.get_type_hints(method)
        for name, kind in vars(sudigital.types).items():
            if typing.is_typeddict(kind) and name != "TypedDict":
                with self.subTest(name):
                    typing.get_type_hints(kind)

    def test_what_a_user_is_stands_in_its_type(self) -> None:
        keys = typing.get_type_hints(sudigital.types.User)

        self.assertEqual(
            list(keys),
            "id email firstName lastName role status avatar emailVerified lastLoginAt createdAt updatedAt".split(),
        )
        self.assertEqual(sudigital.types.PageMeta.__optional_keys__, {"total", "totalPages", "totalIsExact", "next"})


def _parameters(method: typing.Any) -> list[inspect.Parameter]:
    """Without oneself, which a method in a thread shows of the one behind it."""
    return [one for one in inspect.signature(method).parameters.values() if one.name != "self"]
