"""Words of which one takes back what the other says: accepted and rejected, guilty and acquitted.

General English of the news. Of a pair it matters how the two can follow each other: a bill that was passed was not
rejected, but a shop that opened may have closed since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from claims.alignment.words import term_of
from claims.text.lexicon import inflections


class Course(StrEnum):
    """How two opposites can follow each other."""

    OUTCOME = "outcome"  # one of the two, for good
    DECISION = "decision"  # one of the two, and it may be reversed later
    FORTH = "forth"  # the second may follow the first later, not the other way round
    TURN = "turn"  # each follows the other in the common run of things
    SIDE = "side"  # opposed where two sentences stand side by side; elsewhere likely of two times or two things
    ASKED = "asked"  # opposed often enough to ask a second reader, not to say so


class Opposition(NamedTuple):
    """One row of the table."""

    number: int
    course: Course
    whole: bool  # there is no third: who was not found guilty was acquitted
    theme: bool  # of what it happens to: a door that closed, and that somebody closed

    def side(self, marks: Iterable[Mark]) -> int:
        """On which side of the row a word of these places stands."""
        return next((side for number, side in marks if number == self.number), 0)


Mark = tuple[int, int]
"""(row, side) of a word."""

# course [whole] [theme]: one side | the other side. Verbs in their base form; a particle is tied on by "_".
# "." ends an adjective. "^": whom it happens to is the subject, whatever stands behind the verb ("survived the fall").
# "=": of a state only ("are being held"); "were held" may have ended since.
_TABLE = """
decision: accept embrace | reject refuse decline turn_down rebuff spurn throw_out
decision: approve adopt pass ratify endorse authorise authorize | reject block veto defeat vote_down throw_out
decision: allow permit authorise authorize legalise legalize | ban prohibit forbid outlaw block disallow
decision: grant award | deny refuse reject
decision: sign | reject
decision: uphold | overturn strike_down quash annul reverse invalidate throw_out
decision: support back favour favor endorse vote_for vote_in_favour vote_in_favor | oppose vote_against
decision: welcome praise hail applaud endorse | condemn denounce criticise criticize deplore
decision: attend | skip boycott
decision: obey respect honour honor observe comply_with | violate breach flout defy
decision: disclose publish reveal release | withhold conceal hide
decision: keep retain maintain preserve | scrap abolish repeal abandon drop lift remove
decision: keep retain | sack fire dismiss oust
decision: stay remain stay_on remain_on | resign quit step_down stand_down step_aside
decision theme: go_ahead proceed launch | cancel call_off scrap
outcome whole theme: convict guilty. | acquit exonerate clear innocent.
outcome: win clinch | lose
outcome: succeed | fail collapse
outcome: pass | fail flunk
outcome: hit | miss
outcome: confirm admit acknowledge concede | deny refute dispute
outcome theme: true. accurate. correct. genuine. authentic. | false. untrue. inaccurate. incorrect. wrong. fake. forged.
outcome whole theme: legal. lawful. constitutional. valid. | illegal. unlawful. unconstitutional. invalid.
outcome whole theme: harm hurt injure wound | unharmed. unhurt. uninjured. unscathed.
outcome theme: damage destroy | undamaged. intact. unscathed.
outcome theme: successful. | unsuccessful.
outcome theme: armed. | unarmed.
outcome theme: voluntary. optional. | compulsory. mandatory. obligatory.
outcome theme: eligible. | ineligible.
outcome theme: temporary. | permanent.
outcome theme: fair. | unfair.
decision theme: acceptable. | unacceptable.
decision theme: safe. | unsafe. dangerous.
decision theme: stable. | unstable.
decision theme: available. | unavailable.
decision theme: conscious. | unconscious.
decision theme: public. | secret.
decision theme: present. | absent.
decision theme: fit. | unfit.
forth whole theme: alive. survive^ | dead. die perish kill drown
forth theme: extend prolong renew | end expire lapse
turn theme: continue go_on | end stop halt finish conclude cease suspend
turn theme: open. open reopen | closed. shut. close shut shut_down shutter
turn theme: start begin commence resume restart | end stop halt finish conclude cease suspend
turn theme: free. free release liberate | captive. hold= imprison= jail= detain=
turn theme: impose introduce | lift remove
turn: deploy send | withdraw pull_out recall
side: rise increase grow climb gain go_up | fall decrease drop decline shrink go_down
side: raise increase hike | cut lower reduce slash
side: expand widen | shrink narrow contract
side: improve | worsen deteriorate
side: strengthen | weaken
side: accelerate speed_up | slow slow_down
asked: agree order support | reject
asked: appoint | sack resign
asked: arrest | free
asked: confirm admit recognise | reject
asked: buy | sell
asked: arrive enter join stay | leave
asked: advance | retreat
asked: launch | delay
asked: build | demolish
asked: lock | unlock
"""


class _Table(NamedTuple):
    rows: tuple[Opposition, ...]
    verbs: Mapping[str, frozenset[Mark]]  # base form, particles tied on by "_"
    adjectives: Mapping[str, frozenset[Mark]]
    subjects: frozenset[str]  # verbs that happen to their subject
    states: frozenset[str]  # verbs that count as states only
    terms: Mapping[str, frozenset[str]]


def _read(table: str) -> _Table:
    rows: list[Opposition] = []
    verbs: defaultdict[str, set[Mark]] = defaultdict(set)
    adjectives: defaultdict[str, set[Mark]] = defaultdict(set)
    subjects, states = set(), set()
    terms: defaultdict[str, set[str]] = defaultdict(set)
    for number, line in enumerate(table.strip().splitlines()):
        head, words = line.split(": ")
        course, *flags = head.split()
        rows.append(Opposition(number, Course(course), "whole" in flags, "theme" in flags))
        sides = [side.split() for side in words.split(" | ")]
        for side, entries in enumerate(sides):
            for entry in entries:
                word = entry.rstrip(".^=")
                (adjectives if entry.endswith(".") else verbs)[word].add((number, side))
                if entry.endswith("^"):
                    subjects.add(word)
                if entry.endswith("="):
                    states.add(word)
        ones, others = ([w for e in side if "_" not in (w := e.rstrip(".^="))] for side in sides)
        for a in ones:
            for b in others:
                one, two = term_of(a) or a, term_of(b) or b
                if one != two:
                    terms[one].add(two)
                    terms[two].add(one)
    return _Table(
        tuple(rows),
        {word: frozenset(marks) for word, marks in verbs.items()},
        {word: frozenset(marks) for word, marks in adjectives.items()},
        frozenset(subjects),
        frozenset(states),
        {term: frozenset(others) for term, others in terms.items()},
    )


_READ = _read(_TABLE)
ROWS, VERBS, ADJECTIVES = _READ.rows, _READ.verbs, _READ.adjectives
HAPPEN_TO_SUBJECT, ONLY_STATES = _READ.subjects, _READ.states
OPPOSED_TERMS: Mapping[str, frozenset[str]] = _READ.terms
"""Term → the terms that stand against it, in any course: what is worth a question to a second reader."""


def _forms() -> dict[str, str]:
    found: dict[str, str] = {}
    for word in VERBS:
        base = word.split("_")[0]
        doubled = base + base[-1]  # "acquitted"; of a word that does not double it is no word, and does no harm
        for form in (*inflections(base), doubled + "ed", doubled + "ing", base):
            found[form] = base
    return found


FORMS: Mapping[str, str] = _forms()
"""Each form of the verbs of the table → its base form."""

TELLING = frozenset(FORMS) | frozenset(ADJECTIVES)
"""The words without one of which no claim has an opposite."""


def opposed(a: Iterable[Mark], b: Iterable[Mark]) -> list[Opposition]:
    """The rows in which the two stand on two sides, in the order of the table."""
    sides: defaultdict[int, set[int]] = defaultdict(set)
    for row, side in b:
        sides[row].add(side)
    return [ROWS[row] for row, side in sorted(set(a)) if 1 - side in sides.get(row, ())]


def against(mark: Mark) -> Mark:
    """The other side of the row."""
    row, side = mark
    return row, 1 - side
