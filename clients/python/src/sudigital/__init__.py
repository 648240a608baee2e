"""A client of the Users API: people, how they sign in, what they may do and what they did.

>>> from sudigital import Client
>>> client = Client(base_url="http://localhost:3001", token="your-jwt-token")
"""

from ._caller import AnswerStream
from ._paging import Items
from ._results import Response, response_of
from ._tokens import TokenPair
from .async_client import AsyncClient
from .client import Client
from .errors import ApiError, ConnectionError, ErrorDetail, SudigitalError, UsageError
from .version import __version__

__all__ = [
    "AnswerStream",
    "ApiError",
    "AsyncClient",
    "Client",
    "ConnectionError",
    "ErrorDetail",
    "Items",
    "Response",
    "SudigitalError",
    "TokenPair",
    "UsageError",
    "__version__",
    "response_of",
]
