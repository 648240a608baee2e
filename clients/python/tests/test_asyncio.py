"""The client for asyncio: many at once, and calls that are given up."""

from __future__ import annotations

import asyncio
import threading
import time
import unittest

from sudigital import AsyncClient

from .scripted_server import Received, Said, ScriptedServer


class Asyncio(unittest.IsolatedAsyncioTestCase):
    async def test_calls_are_under_way_side_by_side(self) -> None:
        all_there = threading.Barrier(8, timeout=30)

        def answer(request: Received) -> Said:
            all_there.wait()
            return Said(body={"data": {"id": request.path.rsplit("/", 1)[1]}})

        with ScriptedServer(answer) as server:
            async with AsyncClient(server.url, "token") as client:
                users = await asyncio.gather(*(client.users.get(str(number)) for number in range(8)))

        self.assertEqual([user["id"] for user in users], [str(number) for number in range(8)])

    async def test_a_call_that_is_cancelled_ends_at_once_and_is_not_sent_again(self) -> None:
        arrived = threading.Event()

        def answer(_: Received) -> Said:
            arrived.set()
            return Said(failure="silence")

        with ScriptedServer(answer) as server:
            async with AsyncClient(server.url, "token", concurrency=1) as client:
                task = asyncio.create_task(client.users.get("1"))
                await asyncio.to_thread(arrived.wait, 30)
                began = time.monotonic()
                task.cancel()
                with self.assertRaises(asyncio.CancelledError):
                    await task
                # The only thread is free again.
                await client._threads.run(lambda: None)

                self.assertLess(time.monotonic() - began, 8)
            self.assertEqual(len(server.received), 1)

    async def test_a_call_that_is_cancelled_while_it_waits_to_be_sent_again_is_not(self) -> None:
        arrived = threading.Event()
        busy = {"error": {"code": "RATE_LIMIT_EXCEEDED", "message": "Too many requests"}, "status": 429}

        def answer(_: Received) -> Said:
            arrived.set()
            return Said(429, busy, {"Retry-After": "30"})

        with ScriptedServer(answer) as server:
            async with AsyncClient(server.url, "token", concurrency=1) as client:
                task = asyncio.create_task(client.users.get("1"))
                await asyncio.to_thread(arrived.wait, 30)
                task.cancel()
                with self.assertRaises(asyncio.CancelledError):
                    await task
                await asyncio.wait_for(client._threads.run(lambda: None), 20)
            self.assertEqual(len(server.received), 1)
