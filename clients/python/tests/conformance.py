"""Replays recorded exchanges: see ``clients/conformance/README.md``."""

from __future__ import annotations

import asyncio
import base64
import inspect
import itertools
import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import TestCase

from sudigital import ApiError, AsyncClient, Client, SudigitalError, TokenPair, UsageError, response_of
from sudigital._calls import Clock

from .scripted_server import Received, Said, ScriptedServer

folder = Path(__file__).resolve().parents[2] / "conformance"

#: How long silence is listened to; every other answer has to come sooner, on a busy machine too.
_patience_seconds = 1.5

_options = {"ifMatch": "if_match", "ifNoneMatch": "if_none_match", "idempotencyKey": "idempotency_key"}


class TestClock(Clock):
    """Stands still but for waits, which take no time."""

    __test__ = False

    def __init__(self, now: str | None) -> None:
        self._now = None if now is None else datetime.fromisoformat(now.replace("Z", "+00:00")).timestamp()
        self._lock = threading.Lock()
        self._waited = 0.0

    def now(self) -> float:
        return super().now() if self._now is None else self._now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._waited += seconds

    def waited_since(self) -> float:
        """Seconds since somebody asked last."""
        with self._lock:
            waited, self._waited = self._waited, 0.0
            return waited


class Script:
    """The requests that a case expects, and what they are answered."""

    def __init__(self, case: dict[str, Any], clock: TestClock) -> None:
        self.faults: list[str] = []
        self._left = list(case.get("http", []))
        self._in_any_order = case.get("together", False)
        self._names: dict[str, str] = {}
        self._clock = clock
        self._lock = threading.Lock()
        self._first = len(case["calls"]) if self._in_any_order else 0
        self._all_under_way = threading.Barrier(max(1, self._first), timeout=30)

    def answer(self, request: Received) -> Said:
        waited = self._clock.waited_since()
        with self._lock:
            is_first, self._first = self._first > 0, self._first - 1
        if is_first:
            self._all_under_way.wait()
        with self._lock:
            misses = []
            for place, entry in enumerate(self._left if self._in_any_order else self._left[:1]):
                names = dict(self._names)
                miss = self._miss(entry["request"], request, waited, names)
                if miss is None:
                    del self._left[place]
                    self._names = names
                    return _said(entry)
                misses.append(miss)
            self.faults.append(f"{request.method} {request.path}: {'; '.join(misses) or 'nothing more was expected'}")
            return Said(500, {"error": {"code": "NOT_EXPECTED", "message": "not expected"}, "status": 500})

    def left(self) -> list[str]:
        return [f"{entry['request']['method']} {entry['request']['path']} was not sent" for entry in self._left]

    def _miss(self, wanted: dict[str, Any], sent: Received, waited: float, names: dict[str, str]) -> str | None:
        """Why it is not that request; None if it is."""
        if (sent.method, sent.path) != (wanted["method"], wanted["path"]):
            return f"{wanted['method']} {wanted['path']} was expected"
        if sent.query != wanted.get("query", sent.query):
            return f"its query is {sent.query}"
        for name, value in wanted.get("headers", {}).items():
            if not _fits(value, sent.headers.get(name), names):
                return f"{name} is {sent.headers.get(name)!r}, not {value!r}"
        for name in wanted.get("without", []):
            if sent.headers.get(name) is not None:
                return f"it has {name}"
        if "body" in wanted and _read(sent.body) != wanted["body"]:
            return f"its body is {sent.body!r}"
        after = wanted.get("after")
        if after and not after["atLeastMs"] <= waited * 1000 <= after["atMostMs"]:
            return f"it came after {waited} s"
        return None


def _read(body: bytes) -> Any:
    """JSON, or else the text that it is."""
    try:
        return json.loads(body) if body else None
    except ValueError:
        return body.decode()


def _fits(pattern: str, value: str | None, names: dict[str, str]) -> bool:
    """Two names never stand for one text."""
    if value is None:
        return False
    parts = re.split(r"\{\{(\w+)\}\}", pattern)
    expression = "".join(re.escape(part) if place % 2 == 0 else "(.+)" for place, part in enumerate(parts))
    found = re.fullmatch(expression, value)
    if found is None:
        return False
    for name, text in zip(parts[1::2], found.groups(), strict=True):
        if names.setdefault(name, text) != text:
            return False
    return len(set(names.values())) == len(names)


def _said(entry: dict[str, Any]) -> Said:
    if "response" not in entry:
        return Said(failure=entry["failure"], body={"data": {}})
    response = entry["response"]
    return Said(
        status=response["status"],
        headers=response.get("headers", {}),
        body=response.get("body"),
        text=response.get("text"),
        failure=entry.get("failure"),
    )


class Speaker:
    """Calls methods by their shared names, and tells what comes of it in the words of the recordings."""

    def __init__(self, case: dict[str, Any], url: str, clock: TestClock) -> None:
        self.told: list[dict[str, str | None] | None] = []
        self._url = url
        self._case = case
        self._clock = clock

    def options(self) -> dict[str, Any]:
        given = dict(self._case["client"])
        given["baseURL"] = given["baseURL"].replace("http://roster.test", self._url)
        spelled = {
            "base_url": given.pop("baseURL"),
            "token": given.pop("token", None),
            "refresh_token": given.pop("refreshToken", None),
        }
        for name, own, unit in (
            ("maxRetries", "max_retries", 1),
            ("maxRetryAfterMs", "max_retry_after", 1000),
            ("timeoutMs", "timeout", 1000),
        ):
            if name in given:
                value = given.pop(name)
                spelled[own] = value if unit == 1 or not isinstance(value, (int, float)) else value / unit
        if given:
            raise NotImplementedError(f"options that nobody spells here: {sorted(given)}")
        if any(entry.get("failure") == "silence" for entry in self._case.get("http", [])):
            spelled["timeout"] = _patience_seconds
        return {**spelled, "on_tokens": self._tell}

    def _tell(self, tokens: TokenPair | None) -> None:
        self.told.append(
            None if tokens is None else {"accessToken": tokens.access_token, "refreshToken": tokens.refresh_token}
        )

    def outcomes(self) -> list[dict[str, Any]]:
        """Of all calls, in order, by the client that waits."""
        with Client(**self.options()) as client:
            client._caller.clock = self._clock
            calls = self._case.get("calls", [])
            if not self._case.get("together"):
                return [_outcome(client, call) for call in calls]
            with ThreadPoolExecutor(len(calls)) as threads:
                return list(threads.map(lambda call: _outcome(client, call), calls))

    def async_outcomes(self) -> list[dict[str, Any]]:
        """The same by the client for asyncio."""

        async def all_of() -> list[dict[str, Any]]:
            async with AsyncClient(**self.options()) as client:
                client._client._caller.clock = self._clock
                calls = self._case.get("calls", [])
                if self._case.get("together"):
                    return list(await asyncio.gather(*(_async_outcome(client, call) for call in calls)))
                return [await _async_outcome(client, call) for call in calls]

        return asyncio.run(all_of())


def method_of(client: object, dotted: str) -> Any:
    for name in snake(dotted).split("."):
        client = getattr(client, name)
    return client


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda letter: f"_{letter[1].lower()}", name)


def _arguments(call: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    places = list(call.get("ids", []))
    if "body" in call:
        body = call["body"]
        is_file = isinstance(body, dict) and set(body) == {"file"}
        places.append(base64.b64decode(body["file"]["base64"]) if is_file else body)
    keywords = {("from_" if name == "from" else snake(name)): value for name, value in call.get("query", {}).items()}
    keywords.update({_options[name]: value for name, value in call.get("options", {}).items()})
    return places, keywords


def _begun(client: object, call: dict[str, Any]) -> Any:
    """A keyword that a method has not is told by Python itself, before anything is sent."""
    places, keywords = _arguments(call)
    method = method_of(client, call["call"])
    strange = keywords.keys() - inspect.signature(method).parameters.keys()
    if strange:
        raise UsageError("INVALID_ARGUMENT", f"there is no keyword {', '.join(strange)}")
    return method(*places, **keywords)


def _made(client: Client, call: dict[str, Any]) -> Any:
    result = _begun(client, call)
    if hasattr(result, "__next__"):
        return _joined(list(itertools.islice(result, call.get("take"))))
    return result


def _joined(items: list[Any]) -> Any:
    """Pieces of a file are shown as the text of it."""
    is_file = items and all(isinstance(item, bytes) for item in items)
    return b"".join(items).decode() if is_file else items


async def _async_outcome(client: AsyncClient, call: dict[str, Any]) -> dict[str, Any]:
    async def made() -> Any:
        begun = _begun(client, call)
        if not hasattr(begun, "__anext__"):
            begun = await begun
        if not hasattr(begun, "__anext__"):
            return begun
        items: list[Any] = []
        while len(items) != call.get("take"):
            try:
                items.append(await begun.__anext__())
            except StopAsyncIteration:
                break
        return _joined(items)

    try:
        return _told_result(await made())
    except SudigitalError as error:
        return _told_error(error)


def _outcome(client: Client, call: dict[str, Any]) -> dict[str, Any]:
    try:
        return _told_result(_made(client, call))
    except SudigitalError as error:
        return _told_error(error)


def _told_result(result: Any) -> dict[str, Any]:
    try:
        response = response_of(result)
    except SudigitalError:
        return {"result": result}
    return {"result": result, "etag": response.etag, "status": response.status}


def _told_error(error: SudigitalError) -> dict[str, Any]:
    told: dict[str, Any] = {"class": type(error).__name__, "code": error.code, "message": error.message}
    if isinstance(error, ApiError):
        told.update(
            status=error.status, details=error.details, retryAfter=error.retry_after, requestId=error.request_id
        )
    return {"error": told}


def replay(test: TestCase, case: dict[str, Any], way: str) -> None:
    """Holds one case against one of the clients; ``way`` is ``outcomes`` or ``async_outcomes``."""
    clock = TestClock(case.get("now"))
    script = Script(case, clock)
    with ScriptedServer(script.answer) as server:
        speaker = Speaker(case, server.url, clock)
        if "error" in case:
            with test.assertRaises(SudigitalError) as raised:
                getattr(speaker, way)()
            _hold(test, case["error"], _told_error(raised.exception)["error"])
            return
        outcomes = getattr(speaker, way)()
    test.assertEqual(script.faults + script.left(), [], f"requests of: {case['says']}; outcomes {outcomes}")
    for call, outcome in zip(case["calls"], outcomes, strict=True):
        if "error" in call:
            test.assertIn("error", outcome, f"{call['call']} came to {outcome}")
            _hold(test, call["error"], outcome["error"])
            continue
        test.assertNotIn("error", outcome)
        for key in ("result", "etag", "status"):
            if key in call and (key == "result" or outcome["result"] is not None):
                test.assertEqual(outcome.get(key), call[key], key)
    if "tokens" in case:
        test.assertEqual(speaker.told, case["tokens"])


def _hold(test: TestCase, wanted: dict[str, Any], told: dict[str, Any]) -> None:
    """What is absent is not looked at; words of one's own differ by language."""
    for key, value in wanted.items():
        if key != "message" or told.get("class") == "ApiError":
            test.assertEqual(told.get(key), value, key)
