"""Times: what the words name, the days they stand for, and the date of a document."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.models import DateBasis, TimeBasis, TimeRef
from claims.normalisation.times import (
    anchor_date,
    anchor_slack,
    datelines,
    document_date,
    document_times,
    find_times,
    parse_day,
    resolve_times,
    settle_time,
    settle_years,
)
from claims.normalisation.times.tense import Tense

ANCHOR = date(2019, 5, 15)  # a Wednesday


def _one(text: str, anchor: date | None = ANCHOR) -> TimeRef:
    found = find_times(text, anchor)
    assert len(found) == 1, [item.as_written for item in found]
    assert text[found[0].start : found[0].end] == found[0].as_written
    return found[0]


@pytest.mark.parametrize(
    ("text", "written", "earliest", "latest"),
    [
        # full dates, in every form of the news
        ("It closed on September 25, 2017.", "September 25, 2017", "2017-09-25", "2017-09-25"),
        ("It closed on 25 September 2017.", "25 September 2017", "2017-09-25", "2017-09-25"),
        ("It closed on Sept. 25, 2017.", "Sept. 25, 2017", "2017-09-25", "2017-09-25"),
        ("It closed on the 25th of September 2017.", "25th of September 2017", "2017-09-25", "2017-09-25"),
        ("It closed on 26.09.2017.", "26.09.2017", "2017-09-26", "2017-09-26"),
        ("It closed on 2017-09-26.", "2017-09-26", "2017-09-26", "2017-09-26"),
        ("It closed on 9/26/2017.", "9/26/2017", "2017-09-26", "2017-09-26"),
        ("It closed on 26/9/2017.", "26/9/2017", "2017-09-26", "2017-09-26"),
        ("It closed on Monday, 25 September 2017.", "Monday, 25 September 2017", "2017-09-25", "2017-09-25"),
        # days without a year: the tense and the distance decide
        ("It closed on Nov. 4.", "Nov. 4", "2018-11-04", "2018-11-04"),
        ("It will close on Nov. 4.", "Nov. 4", "2019-11-04", "2019-11-04"),
        ("The polls open on May 26, the board noted.", "May 26", "2019-05-26", "2019-05-26"),
        ("It ended on Tuesday, May 7.", "Tuesday, May 7", "2019-05-07", "2019-05-07"),
        # names of days
        ("The bridge opened on Monday.", "Monday", "2019-05-13", "2019-05-13"),
        ("The mayor said on Wednesday it was safe.", "Wednesday", "2019-05-15", "2019-05-15"),
        ("The council will vote on Monday.", "Monday", "2019-05-20", "2019-05-20"),
        ("He will be flown home for burial Friday.", "Friday", "2019-05-17", "2019-05-17"),
        ("The hall, to be opened on Friday, is new.", "Friday", "2019-05-17", "2019-05-17"),
        # what ends at a time is to come, unless a past verb says that it is over
        ("The hall must be let by October.", "October", "2019-10-01", "2019-10-31"),
        ("A cut by April looks likely.", "April", "2020-04-01", "2020-04-30"),
        ("The farm expects more rain by Friday.", "Friday", "2019-05-17", "2019-05-17"),
        ("The hall would stay closed until Friday.", "Friday", "2019-05-17", "2019-05-17"),
        ("The ferries are cancelled until Sunday.", "Sunday", "2019-05-19", "2019-05-19"),
        ("The trial was adjourned until Monday.", "Monday", "2019-05-20", "2019-05-20"),
        ("The hall has been closed until Friday.", "Friday", "2019-05-17", "2019-05-17"),
        ("The owner told them to leave by Friday.", "Friday", "2019-05-17", "2019-05-17"),
        ("He stayed in the hall until Monday.", "Monday", "2019-05-13", "2019-05-13"),
        ("By Monday, 200 goats had died.", "Monday", "2019-05-13", "2019-05-13"),
        ("They had sold two goats by Tuesday.", "Tuesday", "2019-05-14", "2019-05-14"),
        ("The deadline is Friday.", "Friday", "2019-05-17", "2019-05-17"),
        ("The trial is expected to start on Wednesday.", "Wednesday", "2019-05-15", "2019-05-15"),
        ("He will travel soon, the ministry said on Thursday.", "Thursday", "2019-05-09", "2019-05-09"),
        ("It rained last Wednesday.", "last Wednesday", "2019-05-08", "2019-05-08"),
        ("Talks resume next Tuesday.", "next Tuesday", "2019-05-21", "2019-05-21"),
        ("It burned on Monday night.", "Monday night", "2019-05-13", "2019-05-13"),
        # counted from the document's date
        ("It closed today.", "today", "2019-05-15", "2019-05-15"),
        ("It closed yesterday.", "yesterday", "2019-05-14", "2019-05-14"),
        ("It closed the day before yesterday.", "the day before yesterday", "2019-05-13", "2019-05-13"),
        ("It closed two days ago.", "two days ago", "2019-05-13", "2019-05-13"),
        ("It closed three months ago.", "three months ago", "2019-02-01", "2019-02-28"),
        ("It closed last week.", "last week", "2019-05-06", "2019-05-12"),
        ("It closed this month.", "this month", "2019-05-01", "2019-05-31"),
        ("It closed earlier this week.", "earlier this week", "2019-05-13", "2019-05-19"),
        ("It rained over the weekend.", "the weekend", "2019-05-11", "2019-05-12"),
        ("They will meet at the weekend.", "the weekend", "2019-05-18", "2019-05-19"),
        ("Sales fell over the past two weeks.", "past two weeks", "2019-05-01", "2019-05-15"),
        ("The deal will lapse in two days.", "two days", "2019-05-17", "2019-05-17"),
        # months, quarters, seasons, fiscal years
        ("It closed in July.", "July", "2018-07-01", "2018-07-31"),
        ("It will close in July.", "July", "2019-07-01", "2019-07-31"),
        ("It was so in June of 2018.", "June of 2018", "2018-06-01", "2018-06-30"),
        ("Sales rose in the third quarter.", "third quarter", "2018-07-01", "2018-09-30"),
        ("Sales rose in the third quarter of 2018.", "third quarter of 2018", "2018-07-01", "2018-09-30"),
        ("Sales rose in Q3 2021.", "Q3 2021", "2021-07-01", "2021-09-30"),
        ("It was the summer of 2016.", "summer of 2016", "2016-06-01", "2016-08-31"),
        ("It shut last summer.", "last summer", "2018-06-01", "2018-08-31"),
        ("Output grew in mid-June.", "mid-June", "2018-06-11", "2018-06-20"),
        ("The fiscal year 2018-19 was good.", "fiscal year 2018-19", "2018-01-01", "2019-12-31"),
        # years and longer
        ("It was built in 1979.", "1979", "1979-01-01", "1979-12-31"),
        ("It was last used in 1865.", "1865", "1865-01-01", "1865-12-31"),
        ("It was common in the 1970s.", "1970s", "1970-01-01", "1979-12-31"),
        ("It was common in the '80s.", "'80s", "1980-01-01", "1989-12-31"),
        ("It was new in the 19th century.", "19th century", "1801-01-01", "1900-12-31"),
        # ranges
        ("It ran from 3 to 7 May.", "3 to 7 May", "2019-05-03", "2019-05-07"),
        ("It ran on May 3-7.", "May 3-7", "2019-05-03", "2019-05-07"),
        ("It ran 3-7 May 2018.", "3-7 May 2018", "2018-05-03", "2018-05-07"),
        ("It ran between March and June 2018.", "March and June 2018", "2018-03-01", "2018-06-30"),
        ("It ran from 2010 to 2015.", "2010 to 2015", "2010-01-01", "2015-12-31"),
        ("It ran from Oct. 24 to Nov. 2, 2018.", "Oct. 24 to Nov. 2, 2018", "2018-10-24", "2018-11-02"),
    ],
)
def test_days(text: str, written: str, earliest: str, latest: str) -> None:
    found = _one(text)
    assert found.as_written == written
    assert (str(found.earliest), str(found.latest)) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May met April Stone in the hall.",
        "They may march on.",
        "He won 52-48 and 3-2, after 2000 people voted.",
        "It cost $2019, or 1,999 crowns; see page 1984.",
        "They meet every Monday, and on Black Friday.",
        "The paper Harbour Today is free.",
        "He was in office for three years before leaving.",
        "They regained the hill in 24 hours.",
        "Call 555-2017 or write to Flight 1990.",
        "The second half was better than the first.",
    ],
)
def test_no_times(text: str) -> None:
    assert find_times(text, ANCHOR) == []


def test_time_of_day_keeps_its_day() -> None:
    found = _one("Doors opened at 7:30 p.m. on Monday.")
    assert (found.as_written, found.granularity, found.earliest) == ("7:30 p.m. on Monday", "minute", date(2019, 5, 13))
    alone = _one("Doors opened at 7:30 p.m.")
    assert (alone.basis, alone.earliest, alone.granularity) == (TimeBasis.OPEN, None, "minute")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("It sank around midnight.", ["midnight"]),
        ("The law went into force just after midnight on all goods.", ["midnight"]),
        ("It sank around midnight 20 miles away.", ["midnight"]),
        ("They burned the midnight oil.", []),
        ("He drove to Midnight Bay.", []),
    ],
)
def test_midnight_without_a_day(text: str, written: list[str]) -> None:
    assert [t.as_written for t in find_times(text, ANCHOR)] == written


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("It has run since September 2015.", "since"),
        ("It must end by Jan. 1, 2021.", "before"),
        ("It must end before January 1, 2021.", "before"),
        ("It lasts until June 2021.", "until"),
        ("It grew after 2016.", "after"),
        ("It grew during 2016.", "during"),
        ("She was moved by Monday's vote.", "at"),
        ("It reopened on Monday.", "at"),
    ],
)
def test_relations(text: str, relation: str) -> None:
    assert _one(text).relation == relation


def test_ambiguous_figures_stay_open_with_both_readings() -> None:
    found = _one("It closed on 9/10/2017.")
    assert found.basis is TimeBasis.OPEN
    assert found.earliest is None
    assert found.candidates == (date(2017, 9, 10), date(2017, 10, 9))


def test_counted_from_another_time_of_the_text() -> None:
    first, second = find_times("He spoke on Monday. A day earlier he had arrived.", ANCHOR)
    assert (first.earliest, second.earliest) == (date(2019, 5, 13), date(2019, 5, 12))
    assert second.basis is TimeBasis.CONTEXT
    _, second = find_times("Profit in the third quarter of 2018 beat that of a year earlier.", None)
    assert (second.earliest, second.latest) == (date(2017, 7, 1), date(2017, 9, 30))
    eve = _one("It was agreed on the eve of May 8.")
    assert eve.earliest == date(2019, 5, 7)


def test_counted_from_an_event_stays_open() -> None:
    for text in (
        "It was halted a day before the vote.",
        "It was halted on the eve of the vote.",
        "A day earlier it fell.",
    ):
        found = _one(text)
        assert (found.basis, found.earliest) == (TimeBasis.OPEN, None)


def test_vague_times_are_bounded_on_one_side() -> None:
    recent = _one("It rained in recent days.")
    assert (recent.earliest, recent.latest, recent.granularity) == (None, ANCHOR, "span")
    bound = _one("It closed more than two years ago.")
    assert (bound.earliest, bound.latest) == (None, date(2017, 5, 15))


def test_nothing_is_guessed_without_an_anchor() -> None:
    for found in find_times("On Monday the port closed; it reopens on June 3, as it did two years ago.", None):
        assert (found.basis, found.earliest, found.latest) == (TimeBasis.OPEN, None, None)


def test_weekday_with_day_and_month_keeps_the_years_that_fit() -> None:
    found = _one("It ended on Tuesday, October 21.", None)
    assert found.basis is TimeBasis.OPEN
    assert date(2014, 10, 21) in found.candidates
    assert all(day.weekday() == 1 for day in found.candidates)
    settled = settle_time(found, [date(2014, 10, 23), date(2014, 11, 1)])
    assert (settled.basis, settled.earliest) == (TimeBasis.STORY, date(2014, 10, 21))
    assert settle_time(found, []).basis is TimeBasis.OPEN


def test_resolved_again_once_the_anchor_is_known() -> None:
    text = "On Monday the port closed; it was built in 1979."
    again = resolve_times(text, find_times(text, None), ANCHOR)
    assert again == find_times(text, ANCHOR)


def test_slack_leaves_open_what_the_true_date_would_change() -> None:
    monday, thursday = find_times("It was held on Monday. It was denied on Thursday.", ANCHOR, slack=2)
    assert monday.earliest == date(2019, 5, 13)
    assert (thursday.basis, thursday.candidates) == (TimeBasis.OPEN, (date(2019, 5, 9), date(2019, 5, 16)))


# -- the date of a document ----------------------------------------------------------------------------------------


def test_given_date_is_metadata() -> None:
    assert document_date("Nothing here.", given=ANCHOR) == (ANCHOR, DateBasis.METADATA, ())


@pytest.mark.parametrize(
    "text",
    [
        "OSTRAVA, Sept. 12, 2020 (XNA) — The dam held.",
        "OSTRAVA, September 12, 2020. /XNA/. The dam held.",
        "(XNA) — Sept. 12, 2020 — The dam held.",
        "Dam holds\n\n12 September 2020\n\nThe dam held, the mayor said.",
        "Dam holds\n\nPublished: 12.09.2020\n\nThe dam held, the mayor said.",
        "Dam holds\nBy Oskar Brandt | September 12, 2020\nThe dam held, the mayor said.",
    ],
)
def test_complete_datelines(text: str) -> None:
    assert document_date(text, given=None) == (date(2020, 9, 12), DateBasis.DATELINE, ())


def test_a_repost_has_two_dates() -> None:
    text = "DAM HOLDS IN NORLAND\n\n- 14.09.2020\n\nHarbour Post, 12 September 2020\n\nThe dam held on Saturday."
    assert document_date(text, given=None)[0] == date(2020, 9, 14)
    assert anchor_date(text, date(2020, 9, 14)) == date(2020, 9, 12)
    assert [line.origin for line in datelines(text)] == [None, "Harbour Post"]


def test_dateline_without_a_year_and_a_weekday() -> None:
    text = "OSTRAVA, October 21, XNA — The mayor said on Tuesday that the dam had held."
    day, basis, candidates = document_date(text, given=None)
    assert (day, basis) == (None, DateBasis.OPEN)
    assert date(2014, 10, 21) in candidates
    assert all((day.month, day.day, day.weekday()) == (10, 21, 1) for day in candidates)
    assert settle_years(candidates, [date(2014, 10, 25)]) == (date(2014, 10, 21), DateBasis.INFERRED, ())
    assert settle_years(candidates, [])[1] is DateBasis.OPEN
    later = text + " The dam had been closed in 2012. It was to be torn down after a flood hit it in 2013."
    saved = document_date(later, given=date(2016, 1, 1), given_is_scrape=True)
    assert saved == (date(2014, 10, 21), DateBasis.INFERRED, ())


def test_the_clock_of_a_page_header_is_no_date_of_publication() -> None:
    text = (
        "23:35 GMT22 June 2021\nListen Live\n    World\n    Get short URL\n\n"
        "    OSTRAVA (XNA) — Ministers held a meeting on Monday and agreed to rebuild the dam.\n\n"
        "    On October 4, the mayor is expected to visit it.\n"
    )
    day, basis, candidates = document_date(text, given=None)
    assert (day, basis) == (None, DateBasis.OPEN)
    assert date(2017, 10, 2) in candidates
    assert all(day.weekday() == 0 and day <= date(2021, 6, 22) for day in candidates)
    assert settle_years(candidates, [date(2017, 9, 26)])[0] == date(2017, 10, 2)


def test_dated_events_bound_the_date_from_below() -> None:
    text = (
        "The two generals met in Ostrava on September 27, 2017. (Photo by XNA)\n\n"
        "After a meeting on Wednesday September 27 they said that they agreed. The vote was held on Monday.\n"
    )
    day, basis, candidates = document_date(text, given=None)
    assert (day, basis) == (date(2017, 9, 27), DateBasis.INFERRED)
    assert anchor_slack(day, candidates) == 3
    old = "The tower fell on September 11, 2001. On Monday a plaque was shown."
    assert document_date(old, given=None)[0] is None


# -- properties ----------------------------------------------------------------------------------------------------

_PIECES = st.lists(
    st.sampled_from(
        "on in since by from to until and the a last next this Monday Tuesday, May March 3 7 25 2017 1990s Q3 days "
        "two ago earlier week of quarter first - – . ( ) 9/10/2017 7:30 p.m. GMT said will eve half century late "
        "mid-".split()
    ),
    max_size=14,
).map(" ".join)


@settings(max_examples=100)
@given(st.one_of(st.text(max_size=120), _PIECES), st.one_of(st.none(), st.dates()))
def test_any_text_gives_true_ordered_spans(text: str, anchor: date | None) -> None:
    last = 0
    for found in find_times(text, anchor):
        assert text[found.start : found.end] == found.as_written
        assert found.start >= last
        assert found.end > found.start
        last = found.end
        if found.earliest and found.latest:
            assert found.earliest <= found.latest
        if anchor is None:
            assert found.basis is not TimeBasis.DOCUMENT
    document_date(text, given=None)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.integers(0, 6))
def test_a_told_day_is_never_later_than_the_document(anchor: date, weekday: int) -> None:
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday]
    found = _one(f"The dam broke on {name}.", anchor)
    assert found.earliest is not None
    assert found.earliest.weekday() == weekday
    assert timedelta(0) <= anchor - found.earliest < timedelta(7)


@pytest.mark.parametrize(
    "piece", ["1", "9:", "1/2/", "May ", "Monday ", "the May of ", "2017-", "a day earlier ", "\n", "("]
)
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        find_times(text, ANCHOR)
        document_date(text, given=None)
        return time.process_time() - start

    seconds(500)
    small, large = seconds(1_500), seconds(15_000)
    assert large < max(40 * small, 0.5)


def test_days_of_a_repost_are_counted_from_the_text_that_it_carries() -> None:
    text = "DAM HOLDS IN NORLAND\n\n- 15.09.2020\n\nHarbour Post, 14 September 2020\n\nThe dam held on Tuesday."
    day, _, candidates = document_date(text, given=None)
    assert day == date(2020, 9, 15)
    assert document_times(text, day, candidates)[-1].earliest == date(2020, 9, 8)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Mon, 25 Sep 2017 08:00:00 GMT", date(2017, 9, 25)),
        ("September 12, 2020 10:30 am", date(2020, 9, 12)),
        ("2020-09-12T10:00:00Z", date(2020, 9, 12)),
        ("9/10/2020", None),
        ("12 Sept 2020 – 14 Sept 2020", None),
    ],
)
def test_date_fields(words: str, day: date | None) -> None:
    assert parse_day(words) == day


def test_many_times_without_a_verb_between_them() -> None:
    begin = time.process_time()
    assert len(find_times("Monday " * 20_000, ANCHOR)) == 20_000
    assert time.process_time() - begin < 8


@given(st.lists(st.sampled_from("Monday on will was held. He it cut by".split()), max_size=120))
def test_times_read_in_a_row_have_the_tense_of_times_read_alone(words: list[str]) -> None:
    text = " ".join(words)
    reader = Tense(text)
    places = [i for i in range(len(text)) if text.startswith("Monday", i)]
    assert [reader.at(i, i + 6) for i in places] == [Tense(text).at(i, i + 6) for i in places]


@pytest.mark.parametrize(
    "words", ["when he is sentenced on", "until the law is repealed on", "before they are moved on"]
)
def test_a_present_passive_behind_when_is_to_come(words: str) -> None:
    found = find_times(f"Nobody knows what comes {words} Oct. 12.", date(2017, 8, 1))
    assert [t.earliest for t in found] == [date(2017, 10, 12)]


def test_a_present_passive_elsewhere_is_not_to_come() -> None:
    found = find_times("The president is greeted by children on Oct. 12.", date(2017, 8, 1))
    assert [t.earliest for t in found] == [date(2016, 10, 12)]
