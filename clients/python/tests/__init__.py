"""Tests of the package; run them by ``python3 -m unittest`` in the folder above, or with ``npm test``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
