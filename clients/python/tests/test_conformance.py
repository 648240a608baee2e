"""What every SDK does alike, held against both clients of this one."""

from __future__ import annotations

import json
import unittest

from .conformance import folder, replay


class Exchanges(unittest.TestCase):
    def test_every_recorded_exchange_goes_as_recorded(self) -> None:
        files = sorted((folder / "exchanges").glob("*.json"))
        self.assertTrue(files, "there are no recorded exchanges")
        for file in files:
            for case in json.loads(file.read_text("utf-8"))["cases"]:
                for way in ("outcomes", "async_outcomes"):
                    with self.subTest(file=file.name, case=case["says"], by=way):
                        replay(self, case, way)
