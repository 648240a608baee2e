"""A server on this machine that says what a test wants said, and keeps what it was sent."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Received:
    """A request as it came."""

    method: str
    path: str
    query: dict[str, str]
    headers: Message
    body: bytes
    #: Tells connections apart.
    connection: int


@dataclass
class Said:
    """An answer, or how there comes to be none."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str | None = None
    #: ``cut``: the connection ends without an answer; ``cut-short``: within the body; ``silence``: nothing comes.
    failure: str | None = None

    def content(self) -> bytes:
        if self.text is not None:
            return self.text.encode()
        return b"" if self.body is None else json.dumps(self.body).encode()


class ScriptedServer:
    """``with ScriptedServer(answer) as server: … server.url``; ``answer`` is called in the thread of the connection."""

    def __init__(self, answer: Callable[[Received], Said]) -> None:
        self.received: list[Received] = []
        #: Set at the end, so that nobody stays silent for longer than needed.
        self.over = threading.Event()
        self._answer = answer
        self._server = _Server(("127.0.0.1", 0), _handler_of(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def answer(self, request: Received) -> Said:
        self.received.append(request)
        return self._answer(request)

    def __enter__(self) -> ScriptedServer:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 100

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news."""


def _handler_of(server: ScriptedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_: object) -> None:
            """Nobody reads along."""

        def take(self) -> None:
            target = urlsplit(self.path)
            body = self._chunked() if self.headers["Transfer-Encoding"] else self._sized()
            query = dict(parse_qsl(target.query, keep_blank_values=True))
            request = Received(self.command, target.path, query, self.headers, body, id(self.connection))
            self.give(server.answer(request))

        def _sized(self) -> bytes:
            return self.rfile.read(int(self.headers["Content-Length"] or 0))

        def _chunked(self) -> bytes:
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def give(self, said: Said) -> None:
            if said.failure == "silence":
                server.over.wait(30)
            if said.failure in ("cut", "silence"):
                self.close_connection = True
                return
            content = said.content()
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content) + (10 if said.failure == "cut-short" else 0)))
            self.end_headers()
            self.wfile.write(content)
            self.close_connection = self.close_connection or said.failure == "cut-short"

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = take

    return Handler
