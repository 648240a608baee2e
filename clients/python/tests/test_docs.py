"""Examples in docstrings and in the README run, and ask for what the API has."""

from __future__ import annotations

import contextlib
import doctest
import importlib
import io
import json
import os
import pkgutil
import re
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

import sudigital
from sudigital import Client, operations
from sudigital._caller import Operation

from .scripted_server import Received, Said, ScriptedServer

_here = Path(__file__).resolve().parent
_tokens = {"accessToken": "access-token", "refreshToken": "refresh-token", "expiresIn": 3600}
_user = {"id": "0198c0de-7000-7000-8000-000000000000", "email": "ana@example.com", "firstName": "Ana"}
_meta = {"page": 1, "limit": 20, "total": 1, "hasNext": False, "hasPrev": False, "next": None}


def _is_described(request: Received) -> bool:
    known = [one for one in vars(operations).values() if isinstance(one, Operation)]
    patterns = ((one.method, re.sub(r"\{\w+\}", "[^/]+", one.path)) for one in known)
    return any(method == request.method and re.fullmatch(path, request.path) for method, path in patterns)


class AnyServer:
    """Says yes to whatever the API has, and keeps what it has not."""

    def __init__(self) -> None:
        self.unknown: list[str] = []

    def answer(self, request: Received) -> Said:
        if not _is_described(request):
            self.unknown.append(f"{request.method} {request.path}")
        is_list = request.method == "GET" and not re.search(r"/(me|[0-9a-f-]{36}|avatar|permissions)$", request.path)
        body: Any = {"data": [_user], "meta": _meta} if is_list else {"data": {**_user, **_tokens}}
        return Said(body=body, headers={"ETag": '"1"'})


class Examples(unittest.TestCase):
    def test_the_examples_of_docstrings_run(self) -> None:
        server = AnyServer()
        run = 0
        with ScriptedServer(server.answer) as running, Client(running.url, "token", refresh_token="again") as client:
            for found in pkgutil.iter_modules(sudigital.__path__):
                module = importlib.import_module(f"sudigital.{found.name}")
                for test in doctest.DocTestFinder().find(module, extraglobs={"client": client}):
                    said = io.StringIO()
                    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.FAIL_FAST)
                    quiet = [example for example in test.examples if not example.want]
                    with self.subTest(test.name), contextlib.redirect_stdout(io.StringIO()):
                        if "nouns" in module.__name__:
                            _run_quietly(quiet, dict(test.globs))
                        else:
                            self.assertEqual(runner.run(test, out=said.write).failed, 0, said.getvalue())
                    run += len(test.examples)

        self.assertEqual(server.unknown, [])
        self.assertGreater(run, 80)

    def test_the_examples_of_the_readme_run(self) -> None:
        text = (_here.parent / "README.md").read_text("utf-8")
        blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
        server = AnyServer()
        names: dict[str, Any] = {}
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(place.name)
        with ScriptedServer(server.answer) as running, contextlib.redirect_stdout(io.StringIO()) as printed:
            for block in blocks:
                with self.subTest(block.splitlines()[0]):
                    exec(compile(block.replace("http://localhost:3001", running.url), "README.md", "exec"), names)
            names["client"].close()

        self.assertEqual(server.unknown, [])
        self.assertIn("ana@example.com", printed.getvalue())
        self.assertGreaterEqual(len(blocks), 7)


class Packaging(unittest.TestCase):
    def test_nothing_but_the_standard_library_is_imported(self) -> None:
        for file in (_here.parent / "src").rglob("*.py"):
            for name in re.findall(r"^(?:from|import) (\w+)", file.read_text("utf-8"), re.MULTILINE):
                self.assertIn(name, sys.stdlib_module_names, file.name)
        self.assertTrue((_here.parent / "src" / "sudigital" / "py.typed").exists())
        self.assertIn("dependencies = []", (_here.parent / "pyproject.toml").read_text("utf-8"))

    def test_what_is_exported_is_there(self) -> None:
        for name in sudigital.__all__:
            self.assertTrue(hasattr(sudigital, name), name)
        self.assertTrue(json.dumps(sudigital.__version__))


def _run_quietly(examples: list[doctest.Example], names: dict[str, Any]) -> None:
    for example in examples:
        exec(compile(example.source, "docstring", "exec"), names)
