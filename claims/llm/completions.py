"""Chat completions as endpoints send them: what is read of a body, and nothing else of it.

The client library would build its own tree of objects from each body, unchecked. Here one pass reads and checks it.
"""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel, ConfigDict

from claims.llm.money import Usage


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", protected_namespaces=())


class _Function(_Part):
    name: str = ""
    arguments: str = ""


class _ToolCall(_Part):
    id: str = ""
    function: _Function | None = None


class _Message(_Part):
    content: str | None = None
    refusal: str | None = None
    tool_calls: list[_ToolCall] | None = None


class _Choice(_Part):
    message: _Message
    finish_reason: str | None = None


class _PromptDetails(_Part):
    cached_tokens: int | None = None


class _CompletionDetails(_Part):
    reasoning_tokens: int | None = None


class _Usage(_Part):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    prompt_tokens_details: _PromptDetails | None = None
    completion_tokens_details: _CompletionDetails | None = None


class Completion(_Part):
    """The body of an answer. Validation fails where the body is no completion."""

    id: str | None = None
    choices: list[_Choice]
    usage: _Usage | None = None

    @property
    def used(self) -> Usage | None:
        """The tokens that the endpoint reports."""
        reported = self.usage
        if reported is None:
            return None
        prompt, completed = reported.prompt_tokens_details, reported.completion_tokens_details
        return Usage(
            prompt=reported.prompt_tokens or 0,
            completion=reported.completion_tokens or 0,
            cached=(prompt.cached_tokens if prompt else None) or 0,
            reasoning=(completed.reasoning_tokens if completed else None) or 0,
        )

    def text(self, mode: str) -> str:
        """The answer as text: the message's content, or the arguments of its first tool call."""
        message = self.choices[0].message
        if mode == "tools" and message.tool_calls:
            function = message.tool_calls[0].function
            return function.arguments if function else ""
        return message.content or ""

    def replace(self, change: Callable[[str], str]) -> None:
        """Put `change` of each text of the answer in its place."""
        message = self.choices[0].message
        message.content = message.content and change(message.content)
        message.refusal = message.refusal and change(message.refusal)
        for call in message.tool_calls or []:
            if call.function is not None:
                call.function.arguments = change(call.function.arguments)
