"""The fields of the rows that programs read as JSON: what `claims facts` and `claims list` print, documented."""

from __future__ import annotations

FACT = {
    "fact_id": "Id of the fact: a hash of its claims",
    "about": "What it is about, in a few words",
    "relation": "The gravest relation among its pairs",
    "discrepancy": "Whether the values differ in a way that an editor would want to see",
    "reason": "Why these are one fact and how they stand, in a sentence",
    "slot": "What of the claims is compared: quantity, time, place, or another part",
    "values": "One object for each claim, see below",
    "pairs": "One object for each pair of claims that was compared, see below",
}
VALUE = {
    "claim_id": "Id of the claim",
    "document": "Path of the article, or the id that its file gave",
    "source": "The outlet that published it, or null",
    "outlet": "Source, else origin, else the name of the file: never null",
    "published_at": "Date of the article, or null",
    "speaker": "Who says it; null when the article itself does",
    "text": "The claim so that it stands alone",
    "quote": "The exact characters of the article",
    "start": "Where the quote starts in the article's text, in characters from 0",
    "end": "Where it ends, not included",
    "value": "The value: comparator, low, high (null: unbounded), low_open, high_open, unit, of, as_written; "
    "of a day, low and high are ISO dates and unit is date",
}
PAIR = {
    "a": "Id of the first claim",
    "b": "Id of the second claim",
    "relation": "agree, approximate, refine, overlap, conflict, update, different_scope, different_speaker_view",
    "discrepancy": "Whether the two values differ in a way that an editor would want to see",
    "finer": "For refine, the id of the claim that implies the other; else null",
    "reason": "Why, in a sentence",
    "rule": "Short name of the rule that decided",
    "score": "Of the decision that both are about one fact, 0 to 1",
    "evidence": "What speaks for it",
}
CLAIM = {
    "id": "Id of the claim",
    "document_id": "Id of the article: a hash of its text",
    "document": "Path of the article, or the id that its file gave",
    "run_id": "Id of the run that found it",
    "source": "The outlet that published the article, or null",
    "outlet": "Source, else origin, else the name of the file",
    "published_at": "Date of the article, or null",
    "text": "The claim so that it stands alone: pronouns and short forms replaced by what they stand for",
    "quote": "The exact characters of the article: text[start:end] == quote",
    "start": "Where the quote starts in the article's text, in characters from 0",
    "end": "Where it ends, not included",
    "kind": "quantity, event, statement or attribute",
    "subject": "Who or what it is about",
    "predicate": "What is measured, held or done",
    "object": "The other side of it",
    "quantity": "The figure as an interval: as_written, start, end, kind, comparator, value, low, high, low_open, "
    "high_open, precision, unit, per, of, change; or null",
    "time": "The time: as_written, start, end, earliest, latest, granularity, basis, candidates, relation; or null",
    "place": "Where, or null",
    "polarity": "asserted or negated",
    "modality": "actual, planned, possible, conditional or reported",
    "attribution": "Who says it: speaker, role, cue, direct, stance, via, each with its characters; null when the "
    "article itself asserts it",
    "attributes": "Attributes of your own schema extension",
    "extractor": "builtin, or the name of the model",
}
