"""The peer "a plain asyncio loop over instructor": run by flow.py in its own environment. Prints one JSON line."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time

import instructor
from openai import AsyncOpenAI
from pydantic import BaseModel


class Item(BaseModel):
    quote: str
    number: str | None = None
    speaker: str | None = None


class Answer(BaseModel):
    claims: list[Item]


async def main(port: str, calls: int, concurrency: int, prompt: str) -> None:
    client = instructor.from_openai(
        AsyncOpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="none", max_retries=0),
        mode=instructor.Mode.JSON_SCHEMA,
    )
    gate = asyncio.Semaphore(concurrency)

    async def one(number: int) -> int:
        async with gate:
            answer = await client.chat.completions.create(
                model="benchmark",
                response_model=Answer,
                max_retries=0,
                messages=[{"role": "system", "content": prompt}, {"role": "user", "content": f"Article {number}"}],
            )
            return len(answer.claims)

    cpu, wall = time.process_time(), time.perf_counter()
    found = sum(await asyncio.gather(*(one(number) for number in range(calls))))
    result = {
        "seconds": time.perf_counter() - wall,
        "cpu_ms": 1000 * (time.process_time() - cpu) / calls,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "items": found,
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
