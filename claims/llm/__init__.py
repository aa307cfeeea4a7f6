"""The only user of openai and instructor: messages and a type in, a validated object and its usage out."""

from claims.llm.client import Answer, Client, Forgetful, Ledger
from claims.llm.failures import FATAL, SMALLER_WINDOW, Kind
from claims.llm.modes import Message, schema_hash
from claims.llm.money import Price, Usage, price
from claims.llm.requests import Task, prompt_hash

__all__ = [
    "FATAL",
    "SMALLER_WINDOW",
    "Answer",
    "Client",
    "Forgetful",
    "Kind",
    "Ledger",
    "Message",
    "Price",
    "Task",
    "Usage",
    "price",
    "prompt_hash",
    "schema_hash",
]
