"""Connections for many calls in flight: aiohttp's, under the client library's own client.

The library's way of extension is a transport of httpx2. Its default one takes 1.5 ms of CPU a call with 64 calls in
flight, aiohttp's parser and pool, in C for the most part, 0.4 ms.
"""

from __future__ import annotations

import os
import ssl
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

import aiohttp
import httpx2
import openai

_KEPT = 60.0  # seconds that an idle connection is kept


class AiohttpTransport(httpx2.AsyncBaseTransport):
    """Sends requests of httpx2 through one session of aiohttp, on the event loop that first uses it.

    Raises httpx2's exceptions: ConnectError where no connection could be made, ConnectTimeout and ReadTimeout where
    it took too long, ReadError where a connection ended before its answer was whole.
    """

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if self._session is None:
            # Cookies of an endpoint are for browsers; to look them up and keep them takes time for each call.
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections,
                    keepalive_timeout=_KEPT,
                    ssl=_context() if request.url.scheme == "https" else True,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,  # httpx2 does it
            )
        waits = request.extensions.get("timeout", {})
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw]
        try:
            async with self._session.request(
                request.method,
                _url(str(request.url)),
                headers=headers,
                data=await request.aread() or None,
                allow_redirects=False,
                timeout=_timeout(waits.get("connect"), waits.get("read")),
            ) as answer:
                body = await answer.read()
        except aiohttp.ConnectionTimeoutError as error:
            raise httpx2.ConnectTimeout(str(error), request=request) from error
        except (aiohttp.SocketTimeoutError, TimeoutError) as error:
            raise httpx2.ReadTimeout(str(error), request=request) from error
        except aiohttp.ClientConnectorError as error:
            raise httpx2.ConnectError(str(error), request=request) from error
        except (aiohttp.ClientError, OSError) as error:
            raise httpx2.ReadError(str(error) or type(error).__name__, request=request) from error
        return httpx2.Response(answer.status, headers=answer.raw_headers, content=body, request=request)

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    return httpx2.create_ssl_context()  # trusts what the client library's own client trusts


@lru_cache(maxsize=16)
def _url(text: str) -> str:
    """Without the login: httpx2 has made a header of it, and aiohttp takes only one of the two."""
    parts = urlsplit(text)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


@lru_cache(maxsize=16)
def _timeout(connect: float | None, read: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=connect, sock_read=read)


def http_client(concurrency: int) -> httpx2.AsyncClient | None:
    """The HTTP client for `concurrency` calls in flight; None: the client library's own will do.

    A transport of one's own is not led through the proxies of the environment, so where there are any it is left out.
    """
    names = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY")
    if any(os.environ.get(name) or os.environ.get(name.lower()) for name in names):
        return None
    return openai.DefaultAsyncHttpxClient(transport=AiohttpTransport(concurrency))
