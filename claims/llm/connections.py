"""Connections for many calls in flight: aiohttp's, under the client library's own client.

The library's default connections take 1.5 ms of CPU a call with 64 calls in flight, aiohttp's parser and pool, in C for
the most part, 0.4 ms. To put a request together, the library takes another 0.7 ms, for what is the same in each call.
So it makes the first request, and the others go out with that one's headers (`Endpoint`), as soon as they are known:
the first calls of a run go out together, and would all be made by the library if they waited for its reply.
"""

from __future__ import annotations

import json
import os
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

import aiohttp
import httpx2
import openai

_OF_ONE_REQUEST = ("content-length", "host")
_KEPT = 60.0  # seconds that an idle connection is kept


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, whatever its status. Names of headers are not case-sensitive."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class AiohttpTransport(httpx2.AsyncBaseTransport):
    """Sends requests of httpx2 through one session of aiohttp, on the event loop that first uses it.

    Raises httpx2's exceptions: ConnectError where no connection could be made, ConnectTimeout and ReadTimeout where
    it took too long, ReadError where a connection ended before its answer was whole.
    """

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self.posted: dict[str, list[tuple[str, str]]] = {}
        """The headers of the last request that the library sent to an address, but those of its length and host."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        waits = request.extensions.get("timeout", {})
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw]
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=waits.get("connect"), sock_read=waits.get("read"))
        if request.method == "POST":
            self.posted[str(request.url)] = [item for item in headers if item[0].lower() not in _OF_ONE_REQUEST]
        answer, body = await self._exchange(request.method, str(request.url), headers, await request.aread(), timeout)
        return httpx2.Response(answer.status, headers=answer.raw_headers, content=body, request=request)

    async def post(
        self, url: str, headers: Sequence[tuple[str, str]], body: bytes, timeout: aiohttp.ClientTimeout
    ) -> Reply:
        """The reply to `body`."""
        answer, content = await self._exchange("POST", url, headers, body, timeout)
        if "Content-Encoding" in answer.headers:
            content = httpx2.Response(200, headers=answer.raw_headers, content=content).content
        return Reply(answer.status, answer.headers, content)

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _exchange(
        self, method: str, url: str, headers: Sequence[tuple[str, str]], body: bytes, timeout: aiohttp.ClientTimeout
    ) -> tuple[aiohttp.ClientResponse, bytes]:
        try:
            async with self._opened(url).request(
                method, _url(url), headers=headers, data=body or None, allow_redirects=False, timeout=timeout
            ) as answer:
                return answer, await answer.read()
        except aiohttp.ConnectionTimeoutError as error:
            raise httpx2.ConnectTimeout(str(error)) from error
        except (aiohttp.SocketTimeoutError, TimeoutError) as error:
            raise httpx2.ReadTimeout(str(error)) from error
        except aiohttp.ClientConnectorError as error:
            raise httpx2.ConnectError(str(error)) from error
        except (aiohttp.ClientError, OSError) as error:
            raise httpx2.ReadError(str(error) or type(error).__name__) from error

    def _opened(self, url: str) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections,
                    keepalive_timeout=_KEPT,
                    ssl=_context() if url.startswith("https:") else True,
                ),
                # Cookies of an endpoint are for browsers; to look them up and keep them takes time for each call.
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,  # httpx2 does it
            )
        return self._session


class Endpoint:
    """Where completions are asked for. `library` is the client library's client over these connections."""

    def __init__(self, key: str, base_url: str | None, timeout: float, concurrency: int) -> None:
        # A transport of one's own is not led through the proxies of the environment: then the library's own serves.
        self._transport = None if _proxies() else AiohttpTransport(concurrency)
        self.library = openai.AsyncOpenAI(
            api_key=key,
            base_url=base_url,
            max_retries=0,
            timeout=timeout,
            http_client=openai.DefaultAsyncHttpxClient(transport=self._transport) if self._transport else None,
        )
        self._address = f"{str(self.library.base_url).rstrip('/')}/chat/completions"
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=timeout, sock_read=timeout)

    async def complete(self, body: bytes) -> Reply:
        """The reply to the JSON of a request.

        Raises openai's APIStatusError, APIConnectionError and APITimeoutError, or httpx2's errors of transport.
        """
        headers = self._transport.posted.get(self._address) if self._transport is not None else None
        if headers is not None and self._transport is not None:
            reply = await self._transport.post(self._address, headers, body, self._timeout)
            if reply.status == 200:
                return reply
            if 300 <= reply.status < 400:
                return await self._by_library(body)  # it follows
            request = httpx2.Request("POST", self._address)
            # A status error of the library's, from which the failure is read as from its own.
            response = httpx2.Response(reply.status, headers=_plain(reply.headers), content=reply.body, request=request)
            raise openai.APIStatusError(f"status {reply.status}", response=response, body=_problem(reply.body))
        return await self._by_library(body)

    async def _by_library(self, body: bytes) -> Reply:
        response = await self.library.post(self._address, content=body, cast_to=httpx2.Response)
        return Reply(response.status_code, response.headers, response.content)


def _problem(body: bytes) -> object:
    """The "error" of a body, as the library takes it out."""
    try:
        found = json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")
    return found.get("error", found) if isinstance(found, dict) else found


def _plain(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """As they came, without the names that tell of an encoding that is undone."""
    return [
        (name.encode("utf-8", "surrogateescape"), value.encode("utf-8", "surrogateescape"))
        for name, value in headers.items()
        if name.lower() != "content-encoding"
    ]


def _proxies() -> bool:
    names = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY")
    return any(os.environ.get(name) or os.environ.get(name.lower()) for name in names)


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    return httpx2.create_ssl_context()  # trusts what the client library's own client trusts


@lru_cache(maxsize=16)
def _url(text: str) -> str:
    """Without the login: httpx2 has made a header of it, and aiohttp takes only one of the two."""
    parts = urlsplit(text)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
