"""A local OpenAI-compatible endpoint for benchmarks: every chat request gets one fixed answer after a fixed latency.

It is a test double, and called so: it measures what stands between a program and a model, never a model.
Raw asyncio, so that it costs little beside the client that is measured. Prints its port, then serves until killed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path


class Endpoint(asyncio.Protocol):
    """One keep-alive connection; requests are counted by their Content-Length."""

    latency = 0.5
    answer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.buffer = bytearray()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (head := self.buffer.find(b"\r\n\r\n")) >= 0:
            lines = bytes(self.buffer[:head]).lower().split(b"\r\n")
            length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0)
            if len(self.buffer) < head + 4 + length:
                return
            del self.buffer[: head + 4 + length]
            asyncio.get_running_loop().call_later(self.latency, self.reply)

    def reply(self) -> None:
        if not self.transport.is_closing():
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.write(self.answer)


def chat_completion(content: str) -> bytes:
    """The bytes of an HTTP response that carries `content` as a finished chat completion."""
    body = json.dumps(
        {
            "id": "chatcmpl-benchmark",
            "object": "chat.completion",
            "created": 0,
            "model": "benchmark",
            "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}],
            "usage": {"prompt_tokens": 800, "completion_tokens": 90, "total_tokens": 890},
        }
    ).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def serve(content: str, latency: float) -> None:
    Endpoint.latency, Endpoint.answer = latency, chat_completion(content)
    server = await asyncio.get_running_loop().create_server(Endpoint, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("answer", type=Path, help="file whose text is the content of every answer")
    parser.add_argument("--latency", type=float, default=0.5, help="seconds")
    arguments = parser.parse_args()
    asyncio.run(serve(arguments.answer.read_text(encoding="utf-8"), arguments.latency))


if __name__ == "__main__":
    main()
