"""What a caller may want to hear of while the stages work, and what they did."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.errors import ClaimsError

BUILTIN = "builtin"


class Progress:
    """What a caller may want to hear of while the stages work. This one hears nothing."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage starts; `total` is the number of its items, where it is known."""

    def advance(self, items: float, **counts: float) -> None:
        """`items` more are done, or a part; `counts` are running totals worth showing (claims, rejected, cost)."""

    def stopping(self) -> bool:
        """Whether the caller wants the work to end after what is in flight."""
        return False


@dataclass
class Summary:
    """What one execution did, and what it could not do."""

    documents: int = 0  # asked for, each text once
    extracted: int = 0  # of these, extracted now
    run_id: str | None = None  # None when nothing was left to extract
    extractor: str = BUILTIN
    claims: int = 0  # of the whole store
    rejected: int = 0
    facts: int = 0
    discrepancies: int = 0
    problems: list[str] = field(default_factory=list)  # what could not be read
    notes: list[str] = field(default_factory=list)
    windows: int = 0  # of a model's work, ended now
    waiting: int = 0  # windows that are out in a batch
    failures: dict[str, int] = field(default_factory=dict)  # kind of failure: windows
    spent: dict[str, float] = field(default_factory=dict)  # calls, tokens, cost (US dollars, where a price is known)
    adjudicated: dict[str, float] = field(default_factory=dict)  # pairs put to a second reader, verdicts, calls, cost
    error: ClaimsError | None = None  # what ended the work early
    interrupted: bool = False

    def complete(self) -> bool:
        """Whether everything asked for was done."""
        return not (self.problems or self.failures or self.waiting or self.interrupted or self.error)
