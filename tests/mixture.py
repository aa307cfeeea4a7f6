"""A test double of an endpoint with a rate limit of its own, which fails in every way, at random but from a seed."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from servers import Reply, Request, completion, error

WORDS = ("bakers", "ferrymen", "weavers", "potters", "gardeners", "clockmakers", "beekeepers")


def article(number: int) -> dict[str, str]:
    """A record of three sentences, no two alike."""
    who = WORDS[number % len(WORDS)]
    text = (
        f"Around {number + 20} {who} met at pier {number} on Friday. "
        f"They agreed to repair {number * 2 + 7} lanterns before the fair.\n\n"
        f"The repair will cost ${number + 2} million, and nobody at pier {number} has said who will pay for it."
    )
    return {"id": f"a{number}", "text": text, "source": "Gazette", "date": "2024-05-07"}


@dataclass
class Mixture:
    """What the server answers, and what it counted. Use it as the `respond` of a FaultyServer.

    `share` of the answers fail, each of `FAULTS` as often as the others; a window whose answers have failed `most`
    times is answered honestly, so that a patient client ends. Above `rate` requests a second (0: any number) it
    answers 429, and it announces that limit in its headers, as real endpoints do.
    """

    seed: int = 7
    share: float = 0.3
    most: int = 3
    rate: float = 0.0
    burst: float = 20.0
    announced: bool = True  # the headers tell the limit; else only the 429 do
    latency: float = 0.0  # seconds
    stall: float = 30.0  # seconds
    retry_after: float = 1.0  # seconds, of the 429 that come without need
    counted: Counter[str] = field(default_factory=Counter)  # by the name that the ledger should give: "ok" or a kind
    ids: dict[str, str] = field(default_factory=dict)  # request id: that name, where the client can see the id
    injected: Counter[str] = field(default_factory=Counter)  # by fault
    over: int = 0  # requests above the rate
    first: float = 0.0
    last: float = 0.0
    _level: float = field(init=False, default=0.0)
    _filled: float = field(init=False, default=0.0)
    _failed: Counter[str] = field(init=False, default_factory=Counter)

    def __call__(self, request: Request) -> Reply:
        now = time.monotonic()
        if not self.first:
            self.first = self._filled = now
            self._level = self.burst
        self._level = min(self.burst, self._level + (now - self._filled) * self.rate)
        self._filled = now
        self.last = now + self.latency
        if self.rate and self._level < 1:
            self.over += 1
            wait = (1 - self._level) / self.rate
            return self._named(error(429, "over the limit", retry_after=f"{wait:.3f}"), request, "rate_limited")
        self._level -= 1
        return self._answer(request)

    @property
    def seconds(self) -> float:
        """From the first request to the last answer."""
        return self.last - self.first

    @property
    def ideal(self) -> float:
        """Seconds that the server's own limit asks for, with the requests that it let in."""
        return max(0.0, sum(self.counted.values()) - self.over - self.burst) / self.rate + self.latency

    def _answer(self, request: Request) -> Reply:
        text = str(request.data.get("sentence"))
        chance = random.Random(f"{self.seed} {text} {request.same} {self._failed[text]}")
        if chance.random() < self.share and self._failed[text] < self.most:
            # A single sentence that is refused or cut each time it is asked about cannot be done by anybody.
            fault = chance.choice([name for name in FAULTS if name not in ("refusal", "cut") or ". " in text])
            if fault != "duplicates":
                self._failed[text] += 1
            self.injected[fault] += 1
            reply, name = self._fault(fault, request)
        else:
            reply, name = Reply(completion(honest(request), request=request)), "ok"
        if reply.status == 200 and not reply.delay:
            reply.delay = self.latency
        return self._named(reply, request, name)

    def _fault(self, fault: str, request: Request) -> tuple[Reply, str]:
        whole = honest(request)
        match fault:
            case "429":
                return error(429, "slow down", retry_after=f"{self.retry_after:g}"), "rate_limited"
            case "500" | "503":
                return error(int(fault)), "server_error"
            case "reset":
                return Reply(fault="reset"), "connection"
            case "stall":
                return Reply(completion(whole, request=request), delay=self.stall), "timeout"
            case "cut body":
                return Reply(completion(whole, request=request), fault="cut_body"), "connection"
            case "cut JSON":
                return Reply(completion(whole[: len(whole) * 2 // 3], request=request)), "cut_json"
            case "cut":
                cut = completion(whole[: len(whole) // 2], finish_reason="length", request=request)
                return Reply(cut), "cut"
            case "wrong schema":
                return Reply(completion('{"claims": [1]}', request=request)), "wrong_schema"
            case "empty":
                return Reply(completion("", request=request)), "empty"
            case "refusal":
                return Reply(completion(None, refusal="I cannot help with that.")), "refused"
            case "duplicates":
                facts = json.loads(whole)
                facts["facts"] = [fact for fact in facts.values() if isinstance(fact, dict)] * 2 + facts["facts"] * 3
                return Reply(completion(json.dumps(facts), request=request)), "ok"
        raise AssertionError(fault)

    def _named(self, reply: Reply, request: Request, name: str) -> Reply:
        self.counted[name] += 1
        reply.headers["x-request-id"] = identity = f"req-{request.number}"
        if name not in ("connection", "timeout"):
            self.ids[identity] = name
        if self.rate and self.announced:
            reply.headers |= {
                "x-ratelimit-limit-requests": f"{self.rate * 60:.0f}",
                "x-ratelimit-remaining-requests": f"{int(self._level)}",
                "x-ratelimit-reset-requests": f"{60 - self._level / self.rate:.3f}s",
            }
        return reply


FAULTS = (
    *("429", "500", "503", "reset", "stall", "cut body", "cut JSON", "cut", "wrong schema", "empty", "refusal"),
    "duplicates",
)


def honest(request: Request) -> str:
    """One fact for each number that was offered, else one: the whole sentence."""
    data = request.data
    fact = {"quote": data["sentence"], "subject": "", "predicate": "", "speaker": ""}
    facts = [{**fact, "number": number} for number in data["numbers"]]
    return json.dumps({"facts": facts or [fact]})


_ACCOUNT = {
    "documents": "SELECT count(*) FROM store.documents",
    "complete": "SELECT count(*) FROM store.extractions WHERE complete AND active",
    "failed_windows": "SELECT count(*) FROM store.windows WHERE status <> 'done'",
    "answered_twice": "SELECT count(*) FROM (SELECT 1 FROM store.calls WHERE status = 'ok' AND purpose <> 'probe' "
    "GROUP BY document_id, window_start, window_end, prompt_hash HAVING count(*) > 1)",
    "claims": "SELECT count(*) FROM store.claims",
    "repeated_claims": "SELECT count(*) FROM (SELECT 1 FROM store.claims GROUP BY id HAVING count(*) > 1)",
    "rejected": "SELECT count(*) FROM store.rejected",
}


def account(store: Any) -> dict[str, Any]:
    """What a store says of a run: numbers, calls by kind of failure ("ok" for none), and request ids with that kind."""
    found: dict[str, Any] = {name: store.sql(query)[1][0][0] for name, query in _ACCOUNT.items()}
    calls = "FROM store.calls WHERE purpose <> 'probe'"
    found["calls"] = dict(store.sql(f"SELECT coalesce(error_kind, status), count(*) {calls} GROUP BY 1")[1])
    named = f"SELECT request_id, coalesce(error_kind, status) {calls} AND request_id IS NOT NULL"
    found["ids"] = dict(store.sql(named)[1])
    return found
