"""The package and a real server. `npm test` starts one and says where; whoever runs `unittest` alone does without."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sudigital import ApiError, AsyncClient, Client, response_of

_given = json.loads(os.environ.get("SUDIGITAL_TEST_SERVER", "null"))

#: As the document of the API prints it.
sample = """\
from sudigital import Client
client = Client(
base_url='http://localhost:3001',
token='your-jwt-token'
)
# Get all users
users = client.users.list(page=1, limit=10, search='john')
# Create user
new_user = client.users.create({
'email': 'jane@example.com',
'password': 'SecurePassword123!',
'firstName': 'Jane',
'lastName': 'Smith'
})
# Get current user
current_user = client.users.me()
"""


def load_tests(loader: unittest.TestLoader, tests: unittest.TestSuite, _: object) -> unittest.TestSuite:
    if _given is None:
        print("no server was named in SUDIGITAL_TEST_SERVER: nothing was tried against one", file=sys.stderr)
        return unittest.TestSuite()
    return tests


class AgainstServer(unittest.TestCase):
    def setUp(self) -> None:
        self.url: str = _given["url"]
        self.client = Client(self.url, _given["token"])
        self.addCleanup(self.client.close)

    def test_the_sample_of_the_document_runs_as_it_is_printed(self) -> None:
        readme = (Path(__file__).resolve().parents[1] / "README.md").read_text("utf-8")
        self.assertIn(re.sub(r"\s+", " ", sample), re.sub(r"\s+", " ", readme))
        here = sample.replace("http://localhost:3001", self.url).replace("your-jwt-token", _given["token"])
        names: dict[str, object] = {}
        exec(here, names)
        names["client"].close()  # type: ignore[attr-defined]

        self.assertEqual(names["users"]["meta"]["limit"], 10)  # type: ignore[index]
        self.assertEqual(names["new_user"]["status"], "pending")  # type: ignore[index]
        self.assertEqual(names["current_user"]["role"], "admin")  # type: ignore[index]

    def test_a_list_is_gone_through_whole_whatever_the_size_of_its_pages(self) -> None:
        made = [self._make(f"list-{number}@example.com")["id"] for number in range(5)]
        listed = [user["id"] for user in self.client.users.all(search="list-", limit=2)]

        self.assertEqual(sorted(listed), sorted(made))

    def test_a_change_that_was_overtaken_is_refused_and_a_version_that_holds_is_not_sent_again(self) -> None:
        user = self.client.users.get(self._make("version@example.com")["id"])
        read = response_of(user).etag
        assert read is not None
        self.assertIsNone(self.client.users.get(user["id"], if_none_match=read))
        self.client.users.update(user["id"], {"firstName": "First"}, if_match=read)
        with self.assertRaises(ApiError) as raised:
            self.client.users.patch(user["id"], {"firstName": "Second"}, if_match=read)

        self.assertEqual((raised.exception.code, raised.exception.status), ("PRECONDITION_FAILED", 412))
        self.assertEqual(self.client.users.get(user["id"], fields=["firstName"]), {"firstName": "First"})

    def test_an_id_leads_to_one_record_and_nowhere_else(self) -> None:
        for bad in ("../me", "me/../me", "%2e%2e/me", "..%2fme", "a b", "?fields=id", "#"):
            with self.subTest(bad), self.assertRaises(ApiError) as raised:
                self.client.users.get(bad)
            self.assertEqual(raised.exception.status, 400)

    def test_a_creation_under_one_key_takes_effect_once(self) -> None:
        body = {"email": "once@example.com", "password": "SecurePassword123!", "firstName": "O", "lastName": "N"}
        made = [self.client.users.create(body, idempotency_key="only-once") for _ in range(2)]  # type: ignore[arg-type]

        self.assertEqual(made[0], made[1])

    def test_who_signs_in_goes_on_with_the_tokens_and_trades_them_once(self) -> None:
        told: list[object] = []
        with Client(self.url, on_tokens=told.append) as client:
            signed_in = client.auth.login(_given["credentials"])
            assert "challenge" not in signed_in
            self.assertEqual(client.users.me()["email"], _given["credentials"]["email"])
        with Client(self.url, "spent", refresh_token=signed_in["refreshToken"], on_tokens=told.append) as client:
            with ThreadPoolExecutor(8) as threads:
                roles = list(threads.map(lambda _: client.users.me()["role"], range(8)))
            self.assertEqual(roles, ["admin"] * 8)
            client.auth.logout()

        self.assertEqual([type(one).__name__ for one in told], ["TokenPair", "TokenPair", "NoneType"])

    def test_a_picture_is_uploaded_and_taken_away_by_asyncio(self) -> None:
        async def change() -> tuple[str, str]:
            async with AsyncClient(self.url, _given["token"]) as client:
                uploaded = await client.me.avatar.upload(bytes.fromhex(_given["picture"]))
                removed = await client.me.avatar.delete()
                return uploaded["avatar"], removed["message"]

        avatar, message = asyncio.run(change())
        self.assertIn("/avatars/", avatar)
        self.assertTrue(message)

    def test_everybody_is_taken_out_in_pieces_and_brought_in_from_a_file_that_is_read_meanwhile(self) -> None:
        async def taken_out() -> bytes:
            async with AsyncClient(self.url, _given["token"]) as client:
                async with await client.exports.users(format="csv", role="admin") as chunks:
                    return b"".join([chunk async for chunk in chunks])

        with self.client.exports.users(format="csv", role="admin") as chunks:
            table = b"".join(chunks)
        lines = (b'{"email":"line-%d@example.com","firstName":"Line"}\n' % number for number in range(3))
        begun = self.client.imports.start(lines, dry_run=True)
        done = begun
        for _ in range(200):
            if done["state"] != "running":
                break
            time.sleep(0.05)
            done = self.client.imports.get(begun["id"])

        self.assertIn(_given["credentials"]["email"], table.decode())
        self.assertEqual(asyncio.run(taken_out()), table)
        self.assertEqual((done["state"], done["lines"], done["refused"]), ("done", 3, 0))

    def _make(self, email: str) -> dict[str, str]:
        made = self.client.users.create(
            {"email": email, "password": "SecurePassword123!", "firstName": "Test", "lastName": "Person"}
        )
        return dict(made)  # type: ignore[arg-type]
