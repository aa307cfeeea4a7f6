"""Clauses of one sentence: who does what, found from closed word classes, verb forms and order.

No parser: English news order (subject, verb, rest) and the few words that open and close clauses carry far enough for
claims, at a microsecond a word. Where the signs are weak a clause is left whole; a clause too long is better than one
torn apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from claims.models import Modality, Polarity, Span
from claims.text.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BASE,
    BE,
    COORDINATORS,
    DETERMINERS,
    DO,
    HAVE,
    ING,
    MODALS,
    NOUN_LIKE,
    PARTICIPLE,
    PAST,
    PREPOSITIONS,
    PRESENT,
    PRONOUNS,
    REPORTING,
    SUBORDINATORS,
    base_of,
)

TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|\d[\d.,:]*\d|\w+(?:[’'\-./]\w+)*|\n|[^\w\s]", re.UNICODE)


class Token(NamedTuple):
    """One word or mark. `tag`: V finite verb, X auxiliary, G -ed/-en participle, I -ing, B base form, D determiner,
    P preposition, C coordinator, S subordinator, R relative or question word, E pronoun, A adverb, T "to", N any other
    word, # number, or the mark itself."""

    low: str
    start: int
    end: int
    tag: str
    upper: bool


@dataclass(slots=True)
class Clause:
    """One verb with what belongs to it. Spans are in the coordinates of the text that was given; None: not there."""

    start: int
    end: int
    verb: Span
    head: str  # base form of the main verb
    subject: Span | None
    object: Span | None
    polarity: Polarity
    modality: Modality
    passive: bool
    relative: bool  # its subject stands before a relative word, outside [start, end)
    shared: bool  # its subject is that of the clause before
    subordinate: bool  # opened by because, although, if …
    alone: bool  # [start, end) reads as a sentence of its own
    within: bool = False  # it is what another clause's verb takes: "X means (that) …"
    complement: int = -1  # number of the clause that this one's verb takes


_TAGS: dict[str, str] = {}


def _build_tags() -> None:
    for words, tag in (
        (ADVERBS, "A"),
        (SUBORDINATORS, "S"),
        (PREPOSITIONS, "P"),
        (DETERMINERS, "D"),
        (PRONOUNS, "E"),
        (COORDINATORS, "C"),
        (AUXILIARIES, "X"),
    ):
        for word in words:
            _TAGS[word] = tag
    for word in ("who", "whom", "whose", "which", "that", "where", "when", "what", "how", "why"):
        _TAGS[word] = "R"
    for word in ("his", "her", "its", "their", "my", "your", "our", "this", "these", "those", "no", "all", "some", "any"):
        _TAGS[word] = "D"
    for word in ("after", "before", "since", "until", "till", "as", "for", "than", "like", "following", "including"):
        _TAGS[word] = "P"
    _TAGS["to"] = "T"
    _TAGS["not"] = "A"
    _TAGS["being"] = "I"
    _TAGS["having"] = "I"
    _TAGS["been"] = "G"
    _TAGS["be"] = "B"


_build_tags()
_NOT_VERB_ED = frozenset("red bed hundred need seed speed feed breed deed indeed led-by united so-called aged armed unprecedented".split())
_ALLOWED_BEFORE_VERB = frozenset("NE#R)\"'")
_MARKS_IN_NP = frozenset("'’-")


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """Words and marks of text[start:end), tagged without their context. `text` should be folded."""
    found: list[Token] = []
    append = found.append
    known = _KNOWN.get
    before = "."
    for match in TOKEN.finditer(text, start, end):
        word = match[0]
        low, tag, upper = known(word) or _classify(word)
        if upper:
            if tag in "PSAXC" and before not in "\"':.[(" and low not in ("i", "is", "are"):
                tag = "N"
            elif tag == "N" and (before == "." or before == '"') and not found:
                tag = _open_tag(low, False)
        first, last = match.span()
        if tag == "+":  # "he'll" is a pronoun and an auxiliary
            cut = first + low.rindex("'")
            head = low[: cut - first]
            append(Token(head, first, cut, _TAGS.get(head, "N"), upper))
            append(Token(low[cut - first :], cut, last, "X", False))
            before = "X"
            continue
        append(_new_token(Token, (low, first, last, tag, upper)))
        before = tag
    return found


_IS_SHORTENED = frozenset("it's he's she's that's there's who's what's here's everyone's where's".split())
_new_token = tuple.__new__
_KNOWN: dict[str, tuple[str, str, bool]] = {}
_MOST_KNOWN = 50_000  # word forms that are remembered; a crowd of garbage words must not fill the memory


def _classify(word: str) -> tuple[str, str, bool]:
    """Lower form, tag without context, and whether it begins with a capital; remembered, since words recur."""
    low = word.lower()
    upper = word[0].isupper()
    tag = _TAGS.get(low)
    if tag is None:
        if word[0].isdigit():
            tag = "#"
        elif not word[0].isalnum():
            tag = low[0]
        elif "'" in low and (low.endswith(("'ll", "'ve", "'re", "'d", "'m")) or low in _IS_SHORTENED):
            tag = "+"
        else:
            tag = _open_tag(low, upper)
    entry = (low, tag, upper)
    if len(_KNOWN) < _MOST_KNOWN and len(word) < 40:
        _KNOWN[word] = entry
    return entry


def _open_tag(low: str, upper: bool) -> str:
    if low.endswith(("'s", "s'")):
        return "O"
    if low.endswith("n't"):
        return "X"
    if upper:
        return "N"
    if "-" in low or "." in low:
        return "N"
    if low.endswith("ly") and len(low) > 4:
        return "A"
    if low in PAST:
        return "G" if low in PARTICIPLE else "V"
    if low in PARTICIPLE:
        return "H"
    if low in ING:
        return "I"
    if low in PRESENT:
        return "s"
    if low in BASE:
        return "b"
    if low.endswith("ed") and len(low) > 4 and low not in _NOT_VERB_ED:
        return "G"
    if low.endswith("ing") and len(low) > 5:
        return "I"
    return "N"


class _Group(NamedTuple):
    """A verb group: tokens [first, last], its main verb's form."""

    first: int
    last: int
    head: str
    sure: bool  # an auxiliary or a form that is nothing but a finite verb
    negated: bool
    modal: str
    passive: bool


def _groups(tokens: list[Token]) -> list[_Group]:
    """The finite verb groups, in order: "has refused to deploy" is one."""
    found: list[_Group] = []
    position, size = 0, len(tokens)
    while position < size:
        token = tokens[position]
        tag = token.tag
        group = None
        if tag == "X":
            group = _auxiliary_group(tokens, position)
        elif tag == "V" or (tag in "Gsb" and _finite_here(tokens, position) and not _participle(tokens, position, found)):
            group = _extend(tokens, position, position, sure=tag == "V", modal="", negated=_negated_before(tokens, position))
        if group is None:
            position += 1
        else:
            found.append(group)
            position = group.last + 1
    return _drop_reduced(tokens, found)


def _negated_before(tokens: list[Token], position: int) -> bool:
    return position > 0 and tokens[position - 1].low in ("never", "not", "hardly", "barely", "scarcely")


def _auxiliary_group(tokens: list[Token], first: int) -> _Group | None:
    """From an auxiliary on: further auxiliaries, adverbs, negation, then the main verb if there is one."""
    last, main = first, first
    negated = _negated_before(tokens, first)
    modal = ""
    passive = False
    seen_be = False
    expects = ""
    position = first
    while position < len(tokens) and position - first < 9:
        token = tokens[position]
        low = token.low
        if token.tag == "X" or low in ("be", "been", "being"):
            if low in ("be", "been", "being", "is", "are", "was", "were", "am", "'re", "'m") or low.startswith(("isn", "aren", "wasn", "weren")):
                seen_be = True
                expects = "GHIi"
            elif low.startswith(("ha", "'ve", "'s", "'d")):
                seen_be = False
                expects = "GHV" if low != "'s" else "GHVI"
            else:
                expects = "b"
                if low in MODALS or low.startswith(("would", "could", "should", "might", "won", "can", "may", "must", "will")):
                    modal = modal or low
            negated |= low.endswith(("n't", "n’t")) or low == "cannot"
            last = main = position
        elif token.tag == "A" or low in ("not", "never", "no longer"):
            only = position + 1 < len(tokens) and tokens[position + 1].low in ("only", "just", "necessarily", "merely")
            negated |= low in ("not", "never", "hardly", "barely", "scarcely") and not only
            if low == "not" or low == "never":
                last = position
        elif expects and (token.tag in "GHVIsb" or token.tag == "B"):
            takes = token.tag in expects or (expects == "b" and (token.tag in "bs" or low in BASE)) or (
                token.tag in "GHV" and "G" in expects)
            if token.tag == "s" and expects != "b":
                takes = False
            if token.tag == "V" and low not in PARTICIPLE and seen_be:
                takes = False
            if not takes:
                break
            if token.tag == "I" and not seen_be:
                break
            passive = seen_be and token.tag in "GH"
            last = main = position
            return _extend(tokens, first, position, sure=True, modal=modal, negated=negated, passive=passive)
        elif token.tag == "E" and position == first + 1:
            pass  # a question: "did he say"
        else:
            break
        position += 1
    low = tokens[main].low
    head = "be" if low in BE or seen_be else ("have" if low in HAVE else ("do" if low in DO else low))
    return _Group(first, last, head, True, negated, modal, False)


def _extend(
    tokens: list[Token], first: int, main: int, *, sure: bool, modal: str, negated: bool, passive: bool = False
) -> _Group:
    """With "to" and a base form after it: "agreed to boost", "is expected to be announced"; and a particle: "kicked off"."""
    last = main
    head = base_of(tokens[main].low)
    position = main + 1
    size = len(tokens)
    if position < size and tokens[position].low in _PARTICLES and not (
        position + 1 < size and tokens[position + 1].tag in "#" ):
        last = position
        position += 1
    if position + 1 < size and tokens[position].tag == "T" and (tokens[position + 1].low in BASE or tokens[position + 1].low == "be"):
        last = position + 1
        if tokens[last].low == "be" and last + 1 < size and tokens[last + 1].tag in "GH":
            last += 1
    return _Group(first, last, head, sure, negated, modal, passive)


_PARTICLES = frozenset("off out up down away back over apart forward ahead".split())


def _before(tokens: list[Token], position: int) -> Token | None:
    """The token before, adverbs passed over."""
    position -= 1
    while position >= 0 and tokens[position].tag == "A":
        position -= 1
    return tokens[position] if position >= 0 else None


def _finite_here(tokens: list[Token], position: int) -> bool:
    """Whether a form that may be a participle or a noun is the verb of a clause here."""
    token = tokens[position]
    before = _before(tokens, position)
    if before is None:
        return False
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    tag = before.tag
    if token.tag == "G":
        if tag == "#" and after is not None and after.tag in 'DTE"O' and token.low in PAST:
            return True
        if tag in "DPO#XT" or before.low in ("a", "an", "the") or (tag in ",;" and position >= 2 and not _resumes(tokens, position)):
            return False
        if after is not None and after.tag == "N" and not after.upper and tag in "NA" and before.low.endswith(_ADJECTIVAL):
            return False  # "a controversial planned vote"
        if tokens[position - 1].tag == "N" and "-" in tokens[position - 1].low and not tokens[position - 1].upper:
            return False  # "foreign-backed armed groups"
        if tag == "C" and after is not None and (after.tag == "N" or after.upper) and position >= 3 and (
            tokens[position - 2].tag in "GNI" and tokens[position - 3].tag in "DA"
        ):
            return False  # "a unified and integrated country"
        if after is not None and after.tag == "N" and tag in "Nb" and not after.upper and token.low not in PAST and before.low not in PRONOUNS:
            return False
        if token.low in NOUN_LIKE and tag not in "ERN":
            return False
        if tag == '"' and not (position >= 2 and tokens[position - 2].tag in ",.?!"):
            return False
        return tag in "NER)\"'#C,-]sbG"
    if after is None:
        return False
    # present or base form: only between a subject and what a verb takes
    opens = after.tag in "DTEPR\"A" or after.tag in "ON" or after.upper or after.tag == "#" or after.tag == "I"
    if token.tag == "s":
        if tag == "E":
            return True
        if tag == "R":
            return before.low in ("who", "which", "that")
        if token.low in NOUN_LIKE:
            if after.tag == "T" and token.low in _WANTING and tag in "N)":
                return True
            return tag == "N" and before.upper and (after.tag in "DER\"" or after.low == "that")
        return tag in "N)C,\"'" and opens
    if before.low in ("i", "you", "we", "they", "who", "which") and tag in "ER":
        return True
    if tag == "N" and before.upper and position >= 2 and tokens[position - 2].low == "and" and after.tag == "D":
        return True
    if tag == "N" and token.low not in NOUN_LIKE and (before.low.endswith("s") or before.upper):
        return after.tag in "DTER" or after.upper
    return False


_ADJECTIVAL = ("al", "ive", "ous", "ful", "ic", "ible", "able", "ary", "ish", "less", "ern", "-led", "ent", "ant")
_WANTING = frozenset("plans wants hopes aims claims pledges promises refuses threatens".split())


def _participle(tokens: list[Token], position: int, found: list[_Group]) -> bool:
    """Whether an -ed form after earlier verbs only describes a noun: "a device shared by …", "contained classified …"."""
    if tokens[position].tag != "G":
        return False
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    if after is not None and after.low == "by" and not (position + 2 < len(tokens) and tokens[position + 2].tag in "#A"):
        return True
    if after is not None and after.low == "and" and position + 3 < len(tokens) and tokens[position + 2].tag in "GH":
        if tokens[position + 3].low == "by":
            return True
    if not found:
        return False
    last = found[-1]
    if last.last == position - 1:
        return True
    if not last.sure and tokens[last.last + 1].tag == "P":
        return False  # "the talks held in May ended": the first one may be the participle
    if len(found) == 1 and last.first > 0 and tokens[last.first - 1].low in ("who", "which", "that"):
        return False  # "leaders who were there called for it": the verb after the relative clause
    between = tokens[last.last + 1 : position]
    if between[-1].tag == ",":
        comma = next((n for n in range(position - 2, -1, -1) if tokens[n].tag == ","), -1)
        return not (comma >= 0 and comma < last.first and tokens[comma + 1].tag in "RP")
    if last.head in REPORTING or any(t.tag in ",;:CRS\"-()" for t in between):
        return False
    if any(t.low in ("after", "before", "since", "as", "until") for t in between):
        return False
    return after is not None and after.tag in "PT"


def _resumes(tokens: list[Token], position: int) -> bool:
    """After a comma, a verb continues its subject only where the comma closes an insertion: "X, who …, said"."""
    for back in range(position - 2, -1, -1):
        if tokens[back].tag in ",(;":
            return True
    return tokens[position].low in PAST and tokens[position - 1].tag == "," and tokens[position].low not in ("based", "compared", "given")


def _drop_reduced(tokens: list[Token], groups: list[_Group]) -> list[_Group]:
    """In "the talks held in May ended", "held" is no finite verb: a surer verb follows with nothing between clauses."""
    kept: list[_Group] = []
    for number, group in enumerate(groups):
        if not group.sure and tokens[group.first].tag == "G" and number + 1 < len(groups):
            after = groups[number + 1]
            between = tokens[group.last + 1 : after.first]
            opened = any(t.tag in ",;:CSR\"(" or t.low in ("as", "before", "after", "since", "than", "until") for t in between)
            first = tokens[group.last + 1] if group.last + 1 < len(tokens) else None
            participle = first is not None and (first.tag in "P" or first.low in ("by", "in", "on", "at", "to"))
            own = bool(between) and between[-1].tag == "E"
            if not opened and not own and participle and after.first - group.last <= 12 and between:
                continue
        kept.append(group)
    return kept


_CONDITION = frozenset("if unless provided lest".split())
_PLANNED = frozenset("will wo shall 'll".split())
_POSSIBLE = frozenset("may might could can".split())
_CONDITIONAL = frozenset("would should".split())
_PLAN_VERBS = frozenset("plan expect schedule intend propose aim hope seek prepare vow pledge promise set agree want threaten".split())
_UNDOING = frozenset("refuse decline fail".split())  # with "to" and a verb: what follows did not happen
_NO_SUBJECT = frozenset("no nobody none neither nothing".split())


def clauses(text: str, start: int, end: int, tokens: list[Token] | None = None) -> list[Clause]:
    """The clauses of text[start:end) with a finite verb, in order. `text` should be folded; offsets are those of `text`."""
    tokens = tokenise(text, start, end) if tokens is None else tokens
    groups = _groups(tokens)
    found: list[Clause] = []
    closed = 0  # first token after the clause before
    complement = False
    for number, group in enumerate(groups):
        opening, kind = _opening(tokens, closed, group.first)
        closing = _closing(tokens, group.last + 1, groups[number + 1] if number + 1 < len(groups) else None)
        clause = _clause(tokens, group, opening, closing, kind, found, start, end)
        if complement and clause.subject is not None and not clause.shared:
            found[-1].complement = len(found)
            clause.subordinate = clause.within = True
        found.append(clause)
        closed = group.last + 1
        complement = closing == closed and number + 1 < len(groups) and _takes_clause(tokens, group, closed)
    _stand_alone(tokens, found, start, end)
    return found


def _opening(tokens: list[Token], low: int, verb: int) -> tuple[int, str]:
    """Where the clause of the verb begins (token number), and what opens it: "", coordinate, subordinate, relative."""
    depth = 0
    for position in range(verb - 1, low - 1, -1):
        token = tokens[position]
        tag = token.tag
        if tag == ")":
            depth += 1
        elif tag == "(":
            if depth == 0:
                return position + 1, ""
            depth -= 1
        if depth:
            continue
        if tag in ";:" or (tag == "-" and position > low) or tag == "\n":
            return position + 1, ""
        if tag == "R":
            if token.low in ("where", "when", "how", "why", "what"):
                return position + 1, "subordinate"
            if token.low == "that" and position + 1 < verb and tokens[position + 1].tag in "NEDO#":
                return position + 1, "that"
            return position + 1, "relative" if position + 1 >= verb or token.low in ("who", "which", "that") else "subordinate"
        if tag == "S" or (token.low in ("after", "before", "since", "until", "as") and _clausal(tokens, position, verb)):
            return position + 1, "condition" if token.low in _CONDITION else "subordinate"
        if tag == "C":
            between = tokens[position + 1 : verb]
            if not [t for t in between if t.tag != "A"]:
                return position + 1, "coordinate"
            if position > low and tokens[position - 1].tag == ",":
                return position + 1, "coordinate"
            if low and _own_subject(between) and not _list_before(tokens, low, position):
                return position + 1, "coordinate"
    return low, ""


def _takes_clause(tokens: list[Token], group: _Group, after: int) -> bool:
    """Whether the verb is followed at once by another clause's subject, or by "that": "could mean (that) X would …"."""
    return group.head not in BE and after < len(tokens) and (tokens[after].tag in "DEN#O" or tokens[after].low == "that")


def _clausal(tokens: list[Token], position: int, verb: int) -> bool:
    """Whether "after", "as" … here opens a clause with this verb: its subject comes at once and no comma between."""
    inner = tokens[position + 1 : verb]
    if not inner or inner[0].tag not in "DEN#Os":
        return False
    commas = sum(t.tag == "," for t in inner)
    return commas == 0 or (commas == 2 and inner[-1].tag == ",")


def _own_subject(tokens: list[Token]) -> bool:
    return bool(tokens) and tokens[0].tag in "DEN#O" and not any(t.tag == "," for t in tokens)


def _list_before(tokens: list[Token], low: int, coordinator: int) -> bool:
    """Nothing but nouns between the last comma (or the start) and the coordinator: "…, X and Y said" is one subject."""
    if low == 0:
        return True
    for position in range(coordinator - 1, low - 1, -1):
        tag = tokens[position].tag
        if tag == ",":
            return position < coordinator - 1
        if tag not in "NDO#'sb":
            return tag in "RS" and position < coordinator - 1
    return False


def _closing(tokens: list[Token], first: int, after: _Group | None) -> int:
    """The token after the last of the clause whose verb group ends before `first`; `after` is the next verb group."""
    if after is None:
        last = len(tokens)
        while last > first and tokens[last - 1].tag in ".!?;\n":
            last -= 1
        return last
    following = after.first
    opening, kind = _opening(tokens, first, following)
    if kind:
        opening -= 1
        while opening > first and tokens[opening - 1].tag in ",-\"":
            opening -= 1
        return max(first, opening)
    if opening > first:
        return max(first, opening - 1)
    commas = [position for position in range(first, following) if tokens[position].tag in ",-\""]
    if not commas:
        return first
    return commas[-1] if after.head in REPORTING else commas[0]


_STOP_OBJECT = frozenset("in on at during after before since amid despite following while when because although though if as until by who which "
                         "where adding saying".split())


def _clause(
    tokens: list[Token], group: _Group, opening: int, closing: int, kind: str, earlier: list[Clause], start: int, end: int
) -> Clause:
    inserted = not kind and bool(earlier) and earlier[-1].relative and tokens[group.first - 1].tag == ","
    subject = None if inserted else _subject(tokens, opening, group.first, after_verb=not kind and bool(earlier), reporting=group.head in REPORTING)
    relative = kind == "relative" and subject is None
    shared = False
    if subject is None and relative:
        subject = _antecedent(tokens, opening - 1)
    elif subject is None and earlier:
        subject, shared = earlier[-1].subject, True
    stop = _object_end(tokens, group.last + 1, closing)
    rest = Span(tokens[group.last + 1].start, tokens[stop - 1].end) if stop > group.last + 1 else None
    negated = group.negated
    if subject is not None and not shared:
        first = next((t for t in tokens if t.start >= subject.start), None)
        negated |= first is not None and first.low in _NO_SUBJECT
    if (group.head in _UNDOING and any(t.tag == "T" for t in tokens[group.first : group.last])) or (
        group.head == "deny" and rest is not None
    ):
        negated = not negated
    if not negated and group.head in ("be", "have", "find", "see", "give") and group.last + 1 < closing:
        negated = tokens[group.last + 1].low == "no"
    clause_start = start if opening == 0 else tokens[min(opening, group.first)].start
    if relative or shared:
        clause_start = tokens[group.first].start
    elif subject is not None and not kind and earlier:
        clause_start = min(subject.start, tokens[group.first].start)
    clause_end = tokens[closing - 1].end if closing > group.last else tokens[group.last].end
    return Clause(
        start=clause_start,
        end=clause_end,
        verb=Span(tokens[group.first].start, tokens[group.last].end),
        head=group.head,
        subject=subject,
        object=rest,
        polarity=Polarity.NEGATED if negated else Polarity.ASSERTED,
        modality=_modality(tokens, group, kind),
        passive=group.passive,
        relative=relative,
        shared=shared,
        subordinate=kind in ("subordinate", "condition", "that"),
        alone=False,
    )


def _modality(tokens: list[Token], group: _Group, kind: str) -> Modality:
    if kind == "condition":
        return Modality.CONDITIONAL
    modal = group.modal.removesuffix("n't").removesuffix("n’t")
    if modal in _PLANNED or modal == "won":
        return Modality.PLANNED
    if modal in _POSSIBLE:
        return Modality.POSSIBLE
    if modal in _CONDITIONAL:
        return Modality.CONDITIONAL
    words = {t.low for t in tokens[group.first : group.last + 1]}
    if words & {"allegedly", "reportedly", "purportedly"}:
        return Modality.REPORTED
    if "to" in words and (group.head in _PLAN_VERBS or group.head == "be"):
        return Modality.PLANNED
    return Modality.ACTUAL


def _subject(tokens: list[Token], opening: int, verb: int, *, after_verb: bool, reporting: bool) -> Span | None:
    """The noun phrase before the verb: leading adverbials and what commas enclose left out, lists kept whole.

    `after_verb`: the words up to the first comma still belong to the clause before ("…, local media reported").
    """
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens[opening:verb]:
        if token.tag in "([":
            depth += 1
        elif token.tag in ")]":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif token.tag in ",;:-\"" or token.tag == "\n":
            parts.append([])
        else:
            parts[-1].append(token)
    if after_verb and len(parts) > 1:
        parts = parts[-1:] if reporting else parts[1:]
    parts = [trimmed for part in parts if (trimmed := _trim(part))]
    while len(parts) > 1 and _adverbial(parts[0]):
        parts.pop(0)
    if parts and _adverbial(parts[0]):
        return None
    if not parts:
        return None
    if len(parts) >= 2 and _listed(parts):
        return Span(parts[0][0].start, parts[-1][-1].end)
    return Span(parts[0][0].start, parts[0][-1].end)


def _listed(parts: list[list[Token]]) -> bool:
    return any(t.low in ("and", "or") for t in parts[-1]) and all(len(part) <= 8 for part in parts)


def _trim(part: list[Token]) -> list[Token]:
    first, last = 0, len(part)
    while first < last and (part[first].tag in "AC'" or part[first].tag == "S"):
        first += 1
    while last > first and (part[last - 1].tag in "AC'" or part[last - 1].low in ("both", "all", "each")):
        last -= 1
    return part[first:last]


def _adverbial(part: list[Token]) -> bool:
    first = part[0]
    if first.low in ("more", "less") and any(t.low in ("in", "within") for t in part[2:3]):
        return True
    if first.low in ("more", "less", "fewer", "over", "under", "about", "around", "up", "at", "nearly", "almost") and any(
        t.tag == "#" for t in part[1:5]
    ):
        return False
    return first.tag in "PISTGR" or (first.tag == "A" and len(part) <= 2)


def _antecedent(tokens: list[Token], relative: int) -> Span | None:
    """The noun phrase right before a relative word."""
    last = relative - 1
    while last >= 0 and tokens[last].tag in ",-":
        last -= 1
    if last < 0:
        return None
    first = last
    while first > 0 and tokens[first - 1].tag in "NDO#'I" and tokens[first].tag != "D":
        first -= 1
    return Span(tokens[first].start, tokens[last].end)


def _object_end(tokens: list[Token], first: int, closing: int) -> int:
    """The token after the object: it ends at a mark or at a word that opens a circumstance."""
    position = first
    while position < closing:
        token = tokens[position]
        if token.tag in ";:(\n" or (token.tag == "," and not _comma_in_list(tokens, position, closing)):
            break
        if (position > first and token.low in _STOP_OBJECT) or (position == first and token.tag == "C"):
            break
        position += 1
    marks = [n for n in range(first, position) if tokens[n].tag == '"']
    if len(marks) % 2:
        position = marks[-1]
    while position > first and tokens[position - 1].tag in "CPA,":
        position -= 1
    return position


def _comma_in_list(tokens: list[Token], position: int, closing: int) -> bool:
    if position + 1 >= closing or tokens[position + 1].tag not in "ND#O":
        return False
    for after in range(position + 1, min(closing, position + 8)):
        token = tokens[after]
        if token.low in ("and", "or"):
            return True
        if token.tag in "VXRSP;":
            return False
    return False


def _stand_alone(tokens: list[Token], found: list[Clause], start: int, end: int) -> None:
    """Mark the clauses whose own characters read as a sentence: own subject inside, no subordinator cut off."""
    for clause in found:
        if clause.complement >= 0:
            inner = found[clause.complement]
            if clause.object is None:
                clause.object = Span(min(inner.start, inner.subject.start if inner.subject else inner.start), inner.end)
            clause.end = max(clause.end, inner.end)
            if inner.modality is Modality.ACTUAL:
                inner.modality = clause.modality
        own = clause.subject is not None and clause.start <= clause.subject.start and clause.subject.end <= clause.verb.start
        clause.alone = own and not clause.relative and not clause.shared and not clause.subordinate
