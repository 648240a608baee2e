"""Connections: kept, shared by threads, verified, and given up in time."""

from __future__ import annotations

import re
import socket
import ssl
import tempfile
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

from sudigital import ApiError, Client, ConnectionError, UsageError

from .scripted_server import Received, Said, ScriptedServer

_server_tests = Path(__file__).resolve().parents[3] / "server" / "test"
#: With its key; of `localhost`, and signed by nobody.
certificate = "".join(re.findall(r"`([^`]+)`", (_server_tests / "certificate.ts").read_text("utf-8"))[-2:])

page = {"data": [], "meta": {"page": 1, "limit": 20, "total": 0, "hasNext": False, "hasPrev": False}}


def empty_page(_: Received) -> Said:
    return Said(body=page)


def _same(said: Said, _: Received) -> Said:
    return said


class Connections(unittest.TestCase):
    def test_calls_one_after_the_other_share_a_connection(self) -> None:
        with ScriptedServer(empty_page) as server, Client(server.url, "token") as client:
            for _ in range(5):
                client.users.list()

            self.assertEqual(len({request.connection for request in server.received}), 1)

    def test_a_connection_that_the_server_closed_meanwhile_is_not_used_again(self) -> None:
        closing = {"Connection": "close"}
        with ScriptedServer(lambda _: Said(body=page, headers=closing)) as server, Client(server.url) as client:
            for _ in range(3):
                self.assertEqual(client.with_options(max_retries=0).users.list(), page)

    def test_any_number_of_threads_can_share_a_client(self) -> None:
        def told(request: Received) -> Said:
            time.sleep(0.001)
            return Said(body={"data": {"id": request.path.rsplit("/", 1)[1]}})

        with ScriptedServer(told) as server, Client(server.url, "token") as client, ThreadPoolExecutor(16) as threads:
            ids = [f"id-{number}" for number in range(200)]
            users = list(threads.map(client.users.get, ids))

            self.assertEqual([user["id"] for user in users], ids)
            self.assertLessEqual(len({request.connection for request in server.received}), 16)

    def test_an_attempt_takes_no_longer_than_it_may_however_slowly_an_answer_trickles(self) -> None:
        trickling = _Trickle()
        with trickling, Client(trickling.url, timeout=0.3, max_retries=0) as client:
            began = time.monotonic()
            with self.assertRaises(ConnectionError) as raised:
                client.users.list()

            self.assertEqual(raised.exception.code, "TIMEOUT")
            self.assertLess(time.monotonic() - began, 10)

    def test_an_answer_that_lacks_what_it_has_to_have_is_told_as_one(self) -> None:
        strange: list[Said] = [
            Said(body=[]),
            Said(text="<p>Sign in"),
            Said(text="[" * 100_000),
            Said(body={"data": {}}),
        ]
        for said in strange:
            with ScriptedServer(partial(_same, said)) as server, Client(server.url) as client:
                with self.subTest(said), self.assertRaises(ApiError) as raised:
                    next(client.users.all())
                self.assertEqual(raised.exception.code, "UNREADABLE_ANSWER")

    def test_a_redirection_is_not_followed_and_no_token_goes_elsewhere(self) -> None:
        with ScriptedServer(empty_page) as other:
            elsewhere = {"Location": f"{other.url}/api/users"}
            with (
                ScriptedServer(lambda _: Said(307, headers=elsewhere)) as server,
                Client(server.url, "token") as client,
            ):
                with self.assertRaises(ApiError) as raised:
                    client.users.list()

            self.assertEqual((raised.exception.code, raised.exception.status), ("UNREADABLE_ANSWER", 307))
            self.assertEqual(other.received, [])

    def test_a_server_that_cannot_show_who_it_is_is_told_nothing(self) -> None:
        with _TlsServer() as server, Client(server.url, "token", max_retries=0) as client:
            with self.assertRaises(ConnectionError) as raised:
                client.users.list()

        self.assertEqual(raised.exception.code, "NETWORK_ERROR")
        self.assertEqual(server.heard, b"")
        trusting = ssl.create_default_context(cadata=certificate.split("-----BEGIN PRIVATE KEY-----")[0])
        with _TlsServer() as server, Client(server.url, "token", max_retries=0, tls=trusting) as client:
            self.assertEqual(client.users.me(), {})

    def test_a_context_that_verifies_nothing_is_refused(self) -> None:
        lax = ssl.create_default_context()
        lax.check_hostname = False
        for context in (lax, ssl._create_unverified_context()):
            with self.assertRaises(UsageError):
                Client("https://roster.test", tls=context)


class Secrets(unittest.TestCase):
    def test_tokens_show_neither_in_a_client_nor_in_an_error_nor_in_an_address(self) -> None:
        def refusing(_: Received) -> Said:
            return Said(401, {"error": {"code": "UNAUTHORIZED", "message": "no"}, "status": 401})

        with ScriptedServer(refusing) as server, Client(server.url, "canary-a", refresh_token="canary-r") as client:
            shown = [repr(client), repr(client.users), repr(vars(client._caller.tokens)), str(vars(client._caller))]
            with self.assertRaises(ApiError) as raised:
                client.users.list(search="x")
            shown += [repr(raised.exception), str(raised.exception), repr(vars(raised.exception))]
            shown += [request.path + repr(request.query) for request in server.received]

        self.assertNotIn("canary", "\n".join(shown))
        for base_url, token in (("http://a", "canary\nx"), ("http://canary:canary@a", None)):
            with self.assertRaises(UsageError) as refused:
                Client(base_url, token)
            self.assertNotIn("canary", f"{refused.exception!r}{refused.exception.__cause__!r}")

    def test_a_body_that_is_none_is_refused_without_showing_it(self) -> None:
        with Client("http://roster.test") as client, self.assertRaises(UsageError) as raised:
            client.users.create({"email": "canary@example.com", "password": object()})  # type: ignore[typeddict-item]

        self.assertNotIn("canary", repr(raised.exception))
        self.assertIsNone(raised.exception.__cause__)


class _Trickle:
    """Begins an answer and goes on with a byte at a time."""

    def __enter__(self) -> _Trickle:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def _serve(self) -> None:
        accepted, _ = self._socket.accept()
        with accepted, suppress(OSError):
            accepted.recv(65536)
            accepted.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in range(1000):
                accepted.sendall(b" ")
                time.sleep(0.02)

    def __exit__(self, *_: object) -> None:
        self._socket.close()


class _TlsServer:
    """Has a certificate that nobody signed, and keeps what comes after the handshake."""

    heard = b""

    def __enter__(self) -> _TlsServer:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
            file.write(certificate)
            file.flush()
            context.load_cert_chain(file.name)
        self._socket = context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)
        self.url = f"https://localhost:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def _serve(self) -> None:
        try:
            accepted, _ = self._socket.accept()
            with accepted:
                self.heard = accepted.recv(65536)
                accepted.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"data":{}}')
        except OSError:
            return

    def __exit__(self, *_: object) -> None:
        self._thread.join(30)
        self._socket.close()
