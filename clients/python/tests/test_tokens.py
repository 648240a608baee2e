"""Tokens: one trade for many, what others changed meanwhile, and failures that are shared."""

from __future__ import annotations

import threading
import unittest
from concurrent.futures import ThreadPoolExecutor

from sudigital import ApiError, Client, ConnectionError, TokenPair

from .scripted_server import Received, Said, ScriptedServer

over = Said(401, {"error": {"code": "UNAUTHORIZED", "message": "Authentication is required"}, "status": 401})
user = {"id": "01900000-0000-7000-8000-000000000001"}


class Directory:
    """Knows one token at a time; a refresh token that comes twice is a failure."""

    def __init__(self, on_trade: Said | None = None) -> None:
        self.access = "access-1"
        self.spent: list[str] = []
        self.all_refused = threading.Barrier(8, timeout=30)
        self.on_trade = on_trade

    def answer(self, request: Received) -> Said:
        if request.path == "/api/auth/refresh":
            self.spent.append(request.body.decode())
            if self.on_trade is not None:
                return self.on_trade
            self.access = "access-1"
            tokens = {"accessToken": self.access, "tokenType": "Bearer", "expiresIn": 60, "refreshToken": "refresh-1"}
            return Said(body={"data": {**tokens, "user": user}})
        if request.headers["Authorization"] == f"Bearer {self.access}":
            return Said(body={"data": user})
        self.all_refused.wait()
        return over


class Renewal(unittest.TestCase):
    def test_however_many_threads_find_the_token_spent_it_is_traded_once(self) -> None:
        directory = Directory()
        told: list[TokenPair | None] = []
        with ScriptedServer(directory.answer) as server:
            client = Client(server.url, "access-0", refresh_token="refresh-0", on_tokens=told.append)
            with client, ThreadPoolExecutor(8) as threads:
                users = list(threads.map(lambda _: client.users.me(), range(8)))

        self.assertEqual(users, [user] * 8)
        self.assertEqual(directory.spent, ['{"refreshToken":"refresh-0"}'])
        self.assertEqual(told, [TokenPair("access-1", "refresh-1")])

    def test_a_trade_that_is_refused_takes_the_tokens_away_and_everybody_gets_their_own_no(self) -> None:
        directory = Directory(on_trade=over)
        told: list[TokenPair | None] = []
        with ScriptedServer(directory.answer) as server:
            client = Client(server.url, "access-0", refresh_token="refresh-0", on_tokens=told.append)
            with client, ThreadPoolExecutor(8) as threads:
                faults = list(threads.map(lambda _: _fault_of(client), range(8)))

        self.assertEqual([fault.code for fault in faults], ["UNAUTHORIZED"] * 8)
        self.assertEqual(len({id(fault) for fault in faults}), 8)
        self.assertEqual((len(directory.spent), told), (1, [None]))

    def test_who_signs_in_while_a_trade_is_under_way_stays_signed_in(self) -> None:
        under_way, go_on = threading.Event(), threading.Event()

        def answer(request: Received) -> Said:
            if request.path == "/api/auth/refresh":
                under_way.set()
                go_on.wait(30)
                return Said(body={"data": {"accessToken": "from-trade", "refreshToken": "refresh-2", "user": user}})
            return Said(body={"data": user}) if request.headers["Authorization"] == "Bearer signed-in" else over

        with ScriptedServer(answer) as server, Client(server.url, "spent", refresh_token="refresh-1") as client:
            with ThreadPoolExecutor(1) as threads:
                called = threads.submit(client.users.me)
                under_way.wait(30)
                client.use_tokens(TokenPair("signed-in", "refresh-3"))
                go_on.set()

                self.assertEqual(called.result(), user)
            self.assertEqual(client.users.me(), user)

    def test_a_trade_whose_answer_is_lost_is_not_tried_a_second_time(self) -> None:
        directory = Directory(on_trade=Said(failure="cut"))
        directory.all_refused = threading.Barrier(1)
        with ScriptedServer(directory.answer) as server, Client(server.url, "access-0", refresh_token="r") as client:
            fault = _fault_of(client)

        self.assertIsInstance(fault, ConnectionError)
        self.assertEqual((fault.code, len(directory.spent)), ("NETWORK_ERROR", 1))


def _fault_of(client: Client) -> ApiError | ConnectionError:
    try:
        client.users.me()
    except (ApiError, ConnectionError) as fault:
        return fault
    raise AssertionError("the call went well")
