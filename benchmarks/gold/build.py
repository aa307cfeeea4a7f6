"""Build benchmarks/gold/gold.json from the labelled articles in benchmarks/gold/source/.

    python benchmarks/gold/build.py            write gold.json
    python benchmarks/gold/build.py --check    fail when gold.json is not what the sources give

Source format: docs/evaluation.md, "How the project's own gold set is written". Offsets are computed here, from the
text without its marks; the result is read back and validated before it is written.
"""

from __future__ import annotations

import argparse
import calendar
import re
import sys
from datetime import date
from pathlib import Path

from claims.evaluation.gold import (
    Gold,
    GoldAttribution,
    GoldClaim,
    GoldDocument,
    GoldPair,
    GoldQuantity,
    GoldTime,
    validate,
)
from claims.models import ClaimKind, Comparator, Modality, Polarity, QuantityKind, RelationKind

HERE = Path(__file__).parent
TARGET = HERE / "gold.json"
MARK = re.compile(r"\{([^|{}]*)\||\}|\[([^|\]]+)\|([^\]]+)\]|<([A-Z])=([^>]+)>|<!([^>]+)>|<([^|>]+)\|([^>]+)>")
COMPARATORS = (">=", "<=", "~<", ">", "<", "~")
SCALES = {"k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12}
KINDS = {"q": "quantity", "e": "event", "s": "statement", "a": "attribute"}
MODALITIES = {"plan": "planned", "poss": "possible", "cond": "conditional", "rep": "reported"}
STANCES = {"deny": "denies", "doubt": "doubts", "ask": "asks"}
DURATIONS = {"second", "minute", "hour", "day", "week", "month", "year"}
CURRENCIES = {"francs", "kronor"}
# An update or a dispute is shown as such, and may or may not be flagged.
DISCREPANT: dict[RelationKind, bool | None] = {
    RelationKind.AGREE: False,
    RelationKind.APPROXIMATE: False,
    RelationKind.DIFFERENT_SCOPE: False,
    RelationKind.UNRELATED: False,
    RelationKind.REFINE: True,
    RelationKind.OVERLAP: True,
    RelationKind.CONFLICT: True,
    RelationKind.UPDATE: None,
    RelationKind.DIFFERENT_SPEAKER_VIEW: None,
}
Speakers = dict[str, tuple[str | None, str | None]]  # letter → name, role
APPOSITION = re.compile(r",? (?:an?|the|of the|who) [^.,\n]*")
SENTENCE_END = re.compile(r"[.!?][\"”')]*\s|\n\n")


class SourceError(Exception):
    """A label file is not of its format."""


def number(words: str) -> float:
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?)(k|m|bn|tn)?", words)
    if not match:
        raise SourceError(f"not a number: {words!r}")
    return round(float(match[1]) * SCALES.get(match[2], 1.0), 6)


def quantity(words: str, start: int, spec: str) -> GoldQuantity:
    tokens = spec.split()
    change = tokens.pop(0) if tokens[0] in ("up", "down") else None
    figure = tokens.pop(0)
    comparator = next((c for c in COMPARATORS if figure.startswith(c)), "=")
    if comparator != "=":
        figure = figure[len(comparator) :]
    low = high = value = None
    if ".." in figure:
        low, high = (number(part) for part in figure.split(".."))
        comparator = "range"
    else:
        value = number(figure)
    unit = of = per = None
    kind = "count"
    for token in tokens:
        if token.startswith("of="):
            of = token[3:].replace("_", " ")
        elif token.startswith("per="):
            per = token[4:]
        elif token in ("age", "rank", "score", "ratio", "points"):
            kind = token
        else:
            unit = token.replace("_", " ")
    if kind == "age":
        unit = "year"
    elif kind == "score":
        comparator = "="
    elif kind == "count" and unit is not None:
        if unit == "percent":
            kind = "share"
        elif re.fullmatch("[A-Z]{3}", unit) or unit in CURRENCIES:
            kind = "money"
        else:
            kind = "duration" if unit in DURATIONS else "measure"
    return GoldQuantity(
        as_written=words,
        start=start,
        end=start + len(words),
        kind=QuantityKind(kind),
        comparator=Comparator(comparator),
        value=value,
        low=low,
        high=high,
        unit=unit,
        per=per,
        of=of,
        change=change,
    )


def day_range(words: str) -> tuple[date, date, str]:
    if ".." in words:
        first, last = words.split("..")
        return day_range(first)[0], day_range(last)[1], "span"
    parts = [int(part) for part in words.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31), "year"
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], calendar.monthrange(*parts)[1]), "month"
    return date(*parts), date(*parts), "day"


def time(words: str, start: int, spec: str) -> GoldTime:
    tokens = spec.split()
    earliest, latest, granularity = day_range(tokens[0])
    for token in tokens[1:]:
        if token in ("week", "quarter", "season", "span", "hour"):
            granularity = token
    return GoldTime(
        as_written=words, start=start, end=start + len(words), earliest=earliest, latest=latest, granularity=granularity
    )


class Article:
    """The text without its marks, and the marks with their offsets in it."""

    def __init__(self, marked: str) -> None:
        self.claims: list[tuple[list[str], int, int]] = []
        self.quantities: list[GoldQuantity] = []
        self.times: list[GoldTime] = []
        self.speakers: list[tuple[str, int, int]] = []
        self.cues: list[tuple[int, int]] = []
        self.text = ""
        self._open: list[tuple[list[str], int]] = []
        self._read(marked)
        if self._open:
            raise SourceError(f"a claim is not closed: {self._open[0]}")
        stray = re.search(r"[{}\[\]<>]|\S\||\|\S", self.text)
        if stray:
            raise SourceError(f"a mark is not read: {self.text[max(0, stray.start() - 30) : stray.end() + 30]!r}")

    def _read(self, marked: str) -> None:
        at = 0
        for mark in MARK.finditer(marked):
            self.text += marked[at : mark.start()]
            at = mark.end()
            start = len(self.text)
            if mark[0] == "}":
                flags, begin = self._open.pop()
                self.claims.append((flags, begin, start))
            elif mark[1] is not None:
                if self._open:
                    raise SourceError(f"a claim inside a claim at {marked[mark.start() : mark.end() + 30]!r}")
                self._open.append((mark[1].split(), start))
            elif mark[2] is not None:
                self.quantities.append(quantity(mark[2], start, mark[3]))
                self.text += mark[2]
            elif mark[4] is not None:
                self.speakers.append((mark[4], start, start + len(mark[5])))
                self.text += mark[5]
            elif mark[6] is not None:
                self.cues.append((start, start + len(mark[6])))
                self.text += mark[6]
            else:
                self.times.append(time(mark[7], start, mark[8]))
                self.text += mark[7]
        self.text += marked[at:]


def distance(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, a[0] - b[1], b[0] - a[1])


def claims_of(document_id: str, article: Article, speakers: Speakers) -> list[GoldClaim]:
    found: list[GoldClaim] = []
    names: set[str] = set()
    for flags, start, end in article.claims:
        quote = article.text[start:end]
        inside = [q for q in article.quantities if start <= q.start and q.end <= end]
        kind = next((KINDS[f] for f in flags if f in KINDS), "quantity")
        if kind == "quantity" and not inside:
            raise SourceError(f"{document_id}: a claim without figure needs a kind: {quote!r}")
        ids = next((f[1:].split(",") for f in flags if f.startswith("#")), [])
        who = attribution(document_id, flags, (start, end), article, speakers)
        when = time_of(flags, start, end, article)
        known = {*KINDS, *MODALITIES, *STANCES, '"', "neg", "opt", "t"}
        unknown = [f for f in flags if f not in known and f[0] not in "@#" and not f.startswith("t=")]
        if unknown:
            raise SourceError(f"{document_id}: unknown flag {unknown[0]!r} at {quote!r}")
        for index, figure in enumerate(inside or [None]):
            own = ids[index] if index < len(ids) else None
            claim_id = f"{document_id}#{own or f'{start}' + (f'.{index}' if index else '')}"
            if claim_id in names:
                raise SourceError(f"{document_id}: the name #{own} is used twice")
            names.add(claim_id)
            found.append(
                GoldClaim(
                    id=claim_id,
                    quote=quote,
                    start=start,
                    end=end,
                    kind=ClaimKind.QUANTITY if figure else ClaimKind(kind),
                    polarity=Polarity.NEGATED if "neg" in flags else Polarity.ASSERTED,
                    modality=Modality(next((MODALITIES[f] for f in flags if f in MODALITIES), "actual")),
                    attribution=who,
                    quantity=figure,
                    time=when,
                    required="opt" not in flags,
                )
            )
    for figure in article.quantities:
        if not any(start <= figure.start and figure.end <= end for _, start, end in article.claims):
            raise SourceError(f"{document_id}: the figure {figure.as_written!r} is in no claim")
    return found


def add_optional_times(text: str, claims: list[GoldClaim]) -> list[GoldClaim]:
    """A claim without a time may take that of another clause of its sentence ("11 died when … on Tuesday")."""
    timed = [(claim, claim.time) for claim in claims if claim.time is not None]
    result = []
    for claim in claims:
        span = (claim.start, claim.end)
        near = [
            (distance(span, (other.start, other.end)), when)
            for other, when in timed
            if same_sentence(text, span, (when.start, when.end))
        ]
        if claim.time is None and near:
            when = min(near, key=lambda item: item[0])[1]
            claim = claim.model_copy(update={"time": when.model_copy(update={"required": False})})
        result.append(claim)
    return result


def add_titles(
    document_id: str, article: Article, speakers: Speakers, titles: list[str], claims: list[GoldClaim]
) -> list[GoldClaim]:
    """What a name is introduced with ("Captain A", "A, a baker") may be given as an attribute, and need not be.

    That of a speaker is found at its marks; `titles` names the others.
    """
    found = list(claims)
    for words in titles:
        start = article.text.find(words)
        if start < 0:
            raise SourceError(f"{document_id}: no such title in the text: {words!r}")
        found.append(
            GoldClaim(
                id=f"{document_id}#title{start}",
                quote=words,
                start=start,
                end=start + len(words),
                kind=ClaimKind.ATTRIBUTE,
                required=False,
            )
        )
    known = {claim.id for claim in found}
    for letter, start, end in article.speakers:
        name = speakers[letter][0]
        after = APPOSITION.match(article.text, end)
        if name is None or name not in article.text[start:end] or (name == article.text[start:end] and not after):
            continue
        stop = after.end() if after else end
        if f"{document_id}#title{start}" in known:
            continue
        found.append(
            GoldClaim(
                id=f"{document_id}#title{start}",
                quote=article.text[start:stop],
                start=start,
                end=stop,
                kind=ClaimKind.ATTRIBUTE,
                required=False,
            )
        )
    return found


def attribution(
    document_id: str, flags: list[str], span: tuple[int, int], article: Article, speakers: Speakers
) -> GoldAttribution | None:
    key = next((f[1:] for f in flags if f.startswith("@")), None)
    if key is None:
        return None
    if key not in speakers:
        raise SourceError(f"{document_id}: no speaker has the letter {key}")
    name, role = speakers[key]
    # An introduction earlier in the sentence or the phrase after it: the nearest mark of that speaker.
    marks = [(s, e) for letter, s, e in article.speakers if letter == key]
    spot = min(marks, key=lambda m: (distance(m, span), m[0]), default=None)
    cue = min(article.cues, key=lambda m: (distance(m, spot or span) + distance(m, span), m[0]), default=None)
    if cue is not None and not same_sentence(article.text, cue, spot or span):
        cue = None
    # A sentence that only continues what somebody said may as well be taken for the article's own words.
    marked = any(m is not None and same_sentence(article.text, m, span) for m in (spot, cue))
    return GoldAttribution(
        required=marked or '"' in flags,
        speaker=name,
        role=role,
        aliases=tuple(dict.fromkeys(article.text[s:e] for s, e in marks)),
        speaker_as_written=article.text[spot[0] : spot[1]] if spot else None,
        speaker_start=spot[0] if spot else None,
        speaker_end=spot[1] if spot else None,
        cue=article.text[cue[0] : cue[1]] if cue else None,
        cue_start=cue[0] if cue else None,
        cue_end=cue[1] if cue else None,
        direct='"' in flags,
        stance=next((STANCES[f] for f in flags if f in STANCES), "asserts"),
    )


def same_sentence(text: str, a: tuple[int, int], b: tuple[int, int]) -> bool:
    first, last = min(a[1], b[1]), max(a[0], b[0])
    return first >= last or not SENTENCE_END.search(text, first, last)


def time_of(flags: list[str], start: int, end: int, article: Article) -> GoldTime | None:
    """`t=N`: the N-th time of the article; `t=0`: none; `t`: the nearest. Else the first time inside the quote, or one
    that stands directly before or after it."""
    number_flag = next((f for f in flags if f.startswith("t=")), None)
    if number_flag:
        index = int(number_flag[2:])
        return article.times[index - 1] if index else None
    inside = [t for t in article.times if start <= t.start and t.end <= end]
    if inside:
        return inside[0]
    nearest = min(article.times, key=lambda t: (distance((t.start, t.end), (start, end)), t.start), default=None)
    if nearest is None:
        return None
    gap = distance((nearest.start, nearest.end), (start, end))
    between = article.text[min(end, nearest.end) : max(start, nearest.start)]
    if "t" in flags or (gap <= 1 and not between.strip()):
        return nearest
    return None


def read_source(path: Path) -> tuple[list[GoldDocument], list[GoldPair]]:
    documents: list[GoldDocument] = []
    pairs: list[GoldPair] = []
    for section in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = section.partition("\n")
        if name.strip() == "pairs":
            pairs += [pair(line) for line in rest.splitlines() if line.strip()]
            continue
        documents.append(read_article(path.stem, name.strip(), rest))
    return documents, pairs


def read_article(story: str, name: str, section: str) -> GoldDocument:
    header, _, body = section.partition("\n---\n")
    fields: dict[str, str] = {}
    speakers: Speakers = {}
    for line in header.splitlines():
        key, _, value = line.partition(":")
        if len(key) == 1:
            who, _, role = value.partition(";")
            speakers[key] = (who.strip() or None, role.strip() or None)
        else:
            fields[key] = value.strip()
    article = Article(body.strip() + "\n")
    titles = [title.strip() for title in fields.get("titles", "").split(";") if title.strip()]
    return GoldDocument(
        id=name,
        text=article.text,
        story=name if story == "single" else story,
        genre=fields["genre"],
        source=fields["source"],
        origin=fields.get("origin"),
        title=fields["title"],
        published_at=date.fromisoformat(fields["date"]),
        claims=tuple(
            add_titles(
                name, article, speakers, titles, add_optional_times(article.text, claims_of(name, article, speakers))
            )
        ),
    )


def pair(line: str) -> GoldPair:
    a, b, relations, *options = line.split()
    kinds = tuple(RelationKind(word) for word in relations.split("/"))
    verdicts = {DISCREPANT[kind] for kind in kinds}
    finer = next((o[6:] for o in options if o.startswith("finer=")), None)
    return GoldPair(
        a=a,
        b=b,
        relations=kinds,
        discrepancy=verdicts.pop() if len(verdicts) == 1 and "either" not in options else None,
        finer={"a": a, "b": b}[finer] if finer else None,
        required="optional" not in options,
    )


def build(folder: Path = HERE / "source") -> Gold:
    documents: list[GoldDocument] = []
    pairs: list[GoldPair] = []
    for path in sorted(folder.glob("*.txt")):
        try:
            more, links = read_source(path)
        except (SourceError, ValueError, KeyError) as error:
            raise SourceError(f"{path.name}: {error}") from error
        documents += more
        pairs += links
    gold = Gold(name="claims-gold", documents=tuple(documents), pairs=tuple(pairs))
    problems = list(validate(gold))
    if problems:
        raise SourceError("\n".join(problems))
    return gold


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare only")
    check = parser.parse_args().check
    try:
        gold = build()
    except SourceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    content = gold.model_dump_json(indent=1, exclude_defaults=True) + "\n"
    if check:
        same = TARGET.exists() and TARGET.read_text(encoding="utf-8") == content
        if not same:
            sys.stderr.write("gold.json is not what the sources give: run python benchmarks/gold/build.py\n")
        return 0 if same else 1
    TARGET.write_text(content, encoding="utf-8")
    claims = sum(len(d.claims) for d in gold.documents)
    sys.stdout.write(f"{len(gold.documents)} articles, {claims} claims, {len(gold.pairs)} pairs\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
