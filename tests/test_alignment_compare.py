"""Relations of two values: the design's table, and what must hold of any pair."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.alignment.compare import compare_quantities, compare_times, hours_of
from claims.alignment.intervals import Interval, inside, interval_of, meet
from claims.models import Comparator, Quantity, QuantityKind, RelationKind, TimeBasis, TimeRef
from claims.normalisation.quantities import find_quantities

C, R = Comparator, RelationKind


def quantity(
    comparator: Comparator,
    value: float,
    kind: QuantityKind = QuantityKind.COUNT,
    high: float | None = None,
    **rest: Any,
) -> Quantity:
    bounds: dict[str, Any]
    match comparator:
        case C.MORE:
            bounds = {"low": value, "low_open": True}
        case C.AT_LEAST:
            bounds = {"low": value}
        case C.LESS:
            bounds = {"high": value, "high_open": True}
        case C.AT_MOST:
            bounds = {"high": value}
        case C.RANGE:
            bounds = {"low": value, "high": high}
        case _:
            bounds = {"low": value, "high": value}
    written = f"{value:g}" if high is None else f"{value:g} to {high:g}"
    digits = f"{value:.0f}"
    precision = 10.0 ** (len(digits) - len(digits.rstrip("0"))) if digits.rstrip("0") else 1.0
    fields = {
        "as_written": written,
        "start": 0,
        "end": len(written),
        "kind": kind,
        "comparator": comparator,
        "value": None if comparator is C.RANGE else value,
        "precision": precision,
        **bounds,
        **rest,
    }
    return Quantity(**fields)


def day(first: date, last: date | None = None, written: str = "on that day", **rest: Any) -> TimeRef:
    last = last or first
    rest.setdefault("granularity", "day" if first == last else "month")
    rest.setdefault("basis", TimeBasis.EXPLICIT)
    return TimeRef(as_written=written, start=0, end=len(written), earliest=first, latest=last, **rest)


@pytest.mark.parametrize(
    ("a", "b", "relation", "discrepancy", "finer"),
    [
        (quantity(C.MORE, 90), quantity(C.MORE, 90), R.AGREE, False, None),
        (quantity(C.MORE, 90), quantity(C.MORE, 92), R.REFINE, True, "b"),
        (quantity(C.MORE, 90), quantity(C.EQUAL, 93), R.REFINE, False, "b"),
        (quantity(C.MORE, 90, QuantityKind.SHARE), quantity(C.EQUAL, 93, QuantityKind.SHARE), R.REFINE, True, "b"),
        (quantity(C.MORE, 90), quantity(C.EQUAL, 85), R.CONFLICT, True, None),
        (quantity(C.MORE, 90), quantity(C.EQUAL, 90), R.APPROXIMATE, False, None),
        (quantity(C.MORE, 90), quantity(C.LESS, 95), R.OVERLAP, True, None),
        (quantity(C.MORE, 90), quantity(C.LESS, 90), R.CONFLICT, True, None),
        (quantity(C.ABOUT, 7e9), quantity(C.EQUAL, 7e9), R.APPROXIMATE, False, None),
        (quantity(C.ALMOST, 8e5), quantity(C.ABOUT, 8e5), R.APPROXIMATE, False, None),
        (quantity(C.EQUAL, 1360), quantity(C.EQUAL, 1400), R.APPROXIMATE, False, None),
        (quantity(C.EQUAL, 50), quantity(C.EQUAL, 52), R.CONFLICT, True, None),
        (quantity(C.ABOUT, 50), quantity(C.EQUAL, 52), R.APPROXIMATE, False, None),
        (quantity(C.ABOUT, 100), quantity(C.EQUAL, 5), R.CONFLICT, True, None),
        (quantity(C.RANGE, 18, high=20), quantity(C.EQUAL, 19), R.REFINE, True, "b"),
        (quantity(C.RANGE, 18, high=20), quantity(C.RANGE, 20, high=24), R.OVERLAP, True, None),
        (quantity(C.RANGE, 800, high=1500), quantity(C.AT_LEAST, 200), R.REFINE, True, "a"),
        (quantity(C.EQUAL, 12), quantity(C.EQUAL, 15), R.CONFLICT, True, None),
    ],
)
def test_the_table(a: Quantity, b: Quantity, relation: RelationKind, discrepancy: bool, finer: str | None) -> None:
    verdict = compare_quantities(a, b)
    assert (verdict.relation, verdict.discrepancy, verdict.finer) == (relation, discrepancy, finer)


def test_units_convert() -> None:
    decade = quantity(C.MORE, 1, QuantityKind.DURATION, unit="decade")
    years = quantity(C.MORE, 10, QuantityKind.DURATION, unit="year")
    assert compare_quantities(decade, years).relation is R.AGREE


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"kind": QuantityKind.MONEY, "unit": "USD"}, {"kind": QuantityKind.MONEY, "unit": "EUR"}),
        ({"kind": QuantityKind.SHARE}, {"kind": QuantityKind.POINTS}),
        ({"kind": QuantityKind.AGE}, {"kind": QuantityKind.DURATION}),
        ({"change": "up"}, {}),
    ],
)
def test_what_cannot_be_compared(a: dict[str, Any], b: dict[str, Any]) -> None:
    assert compare_quantities(quantity(C.EQUAL, 5, **a), quantity(C.EQUAL, 5, **b)).relation is R.UNRELATED


def test_a_rate_is_not_another_rate() -> None:
    daily, yearly = quantity(C.EQUAL, 500, per="day"), quantity(C.EQUAL, 500, per="year")
    assert compare_quantities(daily, yearly) == (R.DIFFERENT_SCOPE, False, "other_rate", None)
    assert compare_quantities(daily, quantity(C.ABOUT, 180_000, per="year")).relation is R.APPROXIMATE
    assert compare_quantities(daily, quantity(C.EQUAL, 15_000, per="month")).relation is R.APPROXIMATE
    assert compare_quantities(daily, quantity(C.EQUAL, 500)).relation is R.AGREE
    assert compare_quantities(daily, quantity(C.EQUAL, 800)).relation is R.UNRELATED


def test_a_half_is_rounded_up() -> None:
    share = QuantityKind.SHARE
    five, half = quantity(C.EQUAL, 5, share), quantity(C.EQUAL, 5.5, share, precision=0.1)
    assert compare_quantities(half, five).relation is R.CONFLICT
    assert compare_quantities(five, half).relation is R.CONFLICT
    assert compare_quantities(quantity(C.EQUAL, 6, share), half).relation is R.APPROXIMATE
    assert compare_quantities(half, quantity(C.EQUAL, 6, share)).relation is R.APPROXIMATE


def test_a_half_of_other_figures_is_rounded_up_or_to_even() -> None:
    hundreds = quantity(C.EQUAL, 300)
    assert compare_quantities(hundreds, quantity(C.EQUAL, 350)).relation is R.CONFLICT
    assert compare_quantities(hundreds, quantity(C.EQUAL, 250)).relation is R.APPROXIMATE
    assert compare_quantities(quantity(C.EQUAL, 400), quantity(C.EQUAL, 450)).relation is R.APPROXIMATE


def test_about_a_figure_of_several_digits_is_not_the_next_one() -> None:
    about = quantity(C.ABOUT, 1_500_000)
    assert compare_quantities(about, quantity(C.EQUAL, 1_600_000)).relation is R.CONFLICT
    assert compare_quantities(about, quantity(C.EQUAL, 1_520_000)).relation is R.APPROXIMATE


def test_values_in_other_units_do_not_differ_as_written() -> None:
    duration = QuantityKind.DURATION
    years = quantity(C.EQUAL, 11, duration, unit="year")
    verdict = compare_quantities(years, quantity(C.MORE, 1, duration, unit="decade"))
    assert (verdict.relation, verdict.discrepancy, verdict.finer) == (R.REFINE, False, "a")
    assert compare_quantities(years, quantity(C.MORE, 10, duration, unit="year")).discrepancy


def test_a_rise_may_be_told_as_its_figure() -> None:
    rise, level = quantity(C.EQUAL, 9, QuantityKind.SHARE, change="up"), quantity(C.EQUAL, 9, QuantityKind.SHARE)
    assert compare_quantities(rise, level).relation is R.AGREE
    assert compare_quantities(rise, quantity(C.EQUAL, 8, QuantityKind.SHARE)).relation is R.UNRELATED


def test_a_rise_of_a_sum_may_be_told_as_the_sum_and_a_small_count_may_not() -> None:
    more, sum_ = (
        quantity(C.EQUAL, 1e12, QuantityKind.MONEY, unit="USD", per="year", change="up"),
        quantity(C.MORE, 1e12, QuantityKind.MONEY, unit="USD", per="year"),
    )
    assert compare_quantities(more, sum_).relation is R.APPROXIMATE
    assert compare_quantities(more, sum_.model_copy(update={"value": 2e12, "low": 2e12})).relation is R.UNRELATED
    assert compare_quantities(quantity(C.EQUAL, 250, change="up"), quantity(C.EQUAL, 250)).relation is R.AGREE
    assert compare_quantities(quantity(C.EQUAL, 5, change="up"), quantity(C.EQUAL, 5)).relation is R.UNRELATED


def fraction(words: str, value: float, comparator: Comparator = C.EQUAL) -> Quantity:
    return quantity(comparator, value, QuantityKind.SHARE, as_written=words, precision=1.0, unit="percent")


def percent(value: float, comparator: Comparator = C.EQUAL) -> Quantity:
    return quantity(
        comparator, value, QuantityKind.SHARE, as_written=f"{value:g} percent", precision=1.0, unit="percent"
    )


@pytest.mark.parametrize(
    ("words", "value", "comparator", "share", "relation"),
    [
        ("three quarters", 75, C.EQUAL, 76, R.APPROXIMATE),
        ("roughly half", 50, C.ABOUT, 48, R.APPROXIMATE),
        ("nearly half", 50, C.ALMOST, 48, R.APPROXIMATE),
        ("one in four", 25, C.EQUAL, 27, R.APPROXIMATE),
        ("about one in eight", 12.5, C.ABOUT, 13, R.APPROXIMATE),
        ("a third", 33.3, C.EQUAL, 31, R.APPROXIMATE),
        ("1 in 5", 20, C.EQUAL, 21, R.APPROXIMATE),
        ("half", 50, C.EQUAL, 55, R.CONFLICT),
        ("one in four", 25, C.EQUAL, 33, R.CONFLICT),
        ("one in ten", 10, C.EQUAL, 13, R.CONFLICT),
        ("more than half", 50, C.MORE, 55, R.REFINE),
        ("more than half", 50, C.MORE, 45, R.CONFLICT),
    ],
)
def test_fractions_are_round(
    words: str, value: float, comparator: Comparator, share: float, relation: RelationKind
) -> None:
    verdict = compare_quantities(fraction(words, value, comparator), percent(share))
    assert (verdict.relation, verdict.discrepancy) == (relation, relation is R.CONFLICT)


def test_two_percentages_and_two_fractions_are_not_rounder_for_it() -> None:
    assert compare_quantities(percent(75), percent(76)).relation is R.CONFLICT
    assert compare_quantities(fraction("a quarter", 25), fraction("a third", 33.3)).relation is R.CONFLICT


@given(st.floats(min_value=1, max_value=100), st.floats(min_value=0, max_value=100))
def test_a_fraction_reaches_two_and_a_half_points_at_most(value: float, share: float) -> None:
    verdict = compare_quantities(fraction("one in so many", value), percent(share))
    assert (verdict.relation is R.APPROXIMATE) <= (abs(value - share) <= 2.5 + 1e-6)
    assert (verdict.relation is R.CONFLICT) <= (abs(value - share) > min(2.5, value / 4) - 1e-6)


def span(value: float, unit: str, comparator: Comparator = C.EQUAL, **rest: Any) -> Quantity:
    return quantity(comparator, value, QuantityKind.DURATION, unit=unit, **rest)


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (span(16, "week"), span(4, "month"), R.APPROXIMATE),
        (span(38, "hour"), span(1.6, "day", precision=0.1), R.APPROXIMATE),
        (span(19, "month"), span(1.5, "year", precision=0.5), R.APPROXIMATE),
        (span(90, "minute"), span(1.5, "hour", precision=0.5), R.AGREE),
        (span(10, "day"), span(2, "week", C.AT_MOST), R.REFINE),
        (span(7, "week"), span(2, "month"), R.APPROXIMATE),
        (span(5, "week"), span(1, "month"), R.APPROXIMATE),
        (span(10, "month"), span(1, "year"), R.CONFLICT),
        (span(18, "month"), span(2, "year"), R.CONFLICT),
        (span(10, "day"), span(2, "week"), R.CONFLICT),
        (span(15, "month"), span(16, "month"), R.CONFLICT),
    ],
)
def test_lengths_of_time_in_other_units(a: Quantity, b: Quantity, relation: RelationKind) -> None:
    for one, two in ((a, b), (b, a)):
        verdict = compare_quantities(one, two)
        assert (verdict.relation, verdict.discrepancy) == (relation, relation is R.CONFLICT)


units = st.sampled_from(["minute", "hour", "day", "week", "month", "year"])


@given(units, units, st.integers(min_value=1, max_value=400))
def test_a_length_told_in_whole_coarser_units_is_no_conflict(fine: str, coarse: str, count: int) -> None:
    length = span(count, fine)
    size = interval_of(length).low / interval_of(span(1, coarse)).low
    if fine != coarse and round(size) >= 3:
        rounded = span(round(size), coarse)
        assert compare_quantities(length, rounded).relation in (R.AGREE, R.APPROXIMATE)


@pytest.mark.parametrize(
    ("bound", "exact", "discrepancy"),
    [
        (quantity(C.MORE, 57_000), quantity(C.EQUAL, 57_436), False),
        (quantity(C.MORE, 2e6), quantity(C.EQUAL, 2.1e6), False),
        (quantity(C.LESS, 300), quantity(C.EQUAL, 288), False),
        (quantity(C.MORE, 60), quantity(C.EQUAL, 63), False),
        (quantity(C.MORE, 6e6), quantity(C.ABOUT, 6.5e6), False),
        (quantity(C.LESS, 100), quantity(C.EQUAL, 67), False),
        (quantity(C.MORE, 1_000), quantity(C.EQUAL, 1_900), True),
        (quantity(C.MORE, 57_000), quantity(C.EQUAL, 58_200), True),
        (quantity(C.AT_LEAST, 11), quantity(C.EQUAL, 14), True),
        (quantity(C.AT_LEAST, 20), quantity(C.EQUAL, 23), True),
        (quantity(C.MORE, 60), quantity(C.MORE, 63), True),
        (percent(90, C.MORE), percent(93), True),
        (quantity(C.AT_MOST, 20_000), quantity(C.RANGE, 10_000, high=20_000), False),
        (quantity(C.AT_MOST, 30_000), quantity(C.RANGE, 10_000, high=20_000), True),
    ],
)
def test_a_bound_that_is_rounded_off_is_no_other_figure(bound: Quantity, exact: Quantity, discrepancy: bool) -> None:
    verdict = compare_quantities(bound, exact)
    assert (verdict.relation, verdict.discrepancy, verdict.finer) == (R.REFINE, discrepancy, "b")
    assert compare_quantities(exact, bound) == verdict._replace(finer="a")


@pytest.mark.parametrize(
    ("a", "b", "discrepancy"),
    [
        (percent(10), percent(9, C.ABOUT), True),
        (quantity(C.ABOUT, 1_500), quantity(C.ABOUT, 2_000), True),
        (quantity(C.EQUAL, 640), quantity(C.ABOUT, 700), True),
        (quantity(C.EQUAL, 2_669), quantity(C.ABOUT, 2_700), False),
        (quantity(C.ABOUT, 500), quantity(C.EQUAL, 523), False),
        (quantity(C.ABOUT, 40, QuantityKind.DURATION, unit="hour"),
         quantity(C.ABOUT, 2, QuantityKind.DURATION, unit="day"), False),
    ],
)  # fmt: skip
def test_round_figures_that_lie_far_apart_can_be_one_and_are_shown(a: Quantity, b: Quantity, discrepancy: bool) -> None:
    for one, two in ((a, b), (b, a)):
        verdict = compare_quantities(one, two)
        assert (verdict.relation, verdict.discrepancy) == (R.APPROXIMATE, discrepancy)


def test_figures_that_overlap_and_hardly_differ_are_no_discrepancy() -> None:
    near = compare_quantities(quantity(C.MORE, 620_000), quantity(C.ABOUT, 625_000))
    assert (near.relation, near.discrepancy) == (R.OVERLAP, False)
    far = compare_quantities(quantity(C.ABOUT, 7_000), quantity(C.ABOUT, 6_100, precision=1000))
    assert (far.relation, far.discrepancy) == (R.OVERLAP, True)


def test_points_are_those_of_percentages_where_the_other_says_so() -> None:
    bare = find_quantities("The margin of error is 3.2 points.")[0]
    said = find_quantities("The margin of error is 3.5 percentage points.")[0]
    assert compare_quantities(bare, said).relation is R.CONFLICT
    assert compare_quantities(bare, bare).relation is R.AGREE


def test_nearly_is_not_below() -> None:
    nearly = quantity(C.ALMOST, 2e6, QuantityKind.MONEY, unit="USD")
    assert compare_quantities(nearly, quantity(C.EQUAL, 2.3e6, QuantityKind.MONEY, unit="USD")).discrepancy
    assert not compare_quantities(nearly, quantity(C.EQUAL, 1.9e6, QuantityKind.MONEY, unit="USD")).discrepancy


def test_about_a_figure_of_many_digits_is_its_neighbour() -> None:
    around = quantity(C.ABOUT, 1.29, QuantityKind.MONEY, unit="USD", precision=0.01)
    assert not compare_quantities(
        around, quantity(C.EQUAL, 1.28, QuantityKind.MONEY, unit="USD", precision=0.01)
    ).discrepancy


def test_opposite_directions_contradict() -> None:
    up = quantity(C.EQUAL, 5, QuantityKind.SHARE, change="up")
    down = quantity(C.EQUAL, 5, QuantityKind.SHARE, change="down")
    assert compare_quantities(up, down) == (R.CONFLICT, True, "direction", None)


def test_an_order_of_magnitude_is_no_discrepancy() -> None:
    hundreds = Quantity(
        as_written="hundreds", start=0, end=8, kind=QuantityKind.COUNT, comparator=C.RANGE, low=200, high=1000
    )
    verdict = compare_quantities(hundreds, quantity(C.EQUAL, 350))
    assert (verdict.relation, verdict.discrepancy, verdict.finer) == (R.REFINE, False, "b")


figures = st.integers(min_value=1, max_value=3000).map(float)
comparators = st.sampled_from([C.EQUAL, C.ABOUT, C.ALMOST, C.MORE, C.AT_LEAST, C.LESS, C.AT_MOST])
quantities = st.one_of(
    st.builds(quantity, comparators, figures),
    st.tuples(figures, figures).map(lambda f: quantity(C.RANGE, min(f), high=max(f))),
)
FLIP = {"a": "b", "b": "a", None: None}


@given(quantities, quantities)
def test_symmetric_up_to_direction(a: Quantity, b: Quantity) -> None:
    one, two = compare_quantities(a, b), compare_quantities(b, a)
    assert (one.relation, one.discrepancy, one.rule) == (two.relation, two.discrepancy, two.rule)
    assert one.finer == FLIP[two.finer]


@given(quantities)
def test_reflexive(a: Quantity) -> None:
    assert compare_quantities(a, a).relation is R.AGREE


@given(quantities, quantities)
def test_the_relation_fits_the_intervals(a: Quantity, b: Quantity) -> None:
    verdict = compare_quantities(a, b)
    x, y = interval_of(a), interval_of(b)
    match verdict.relation:
        case R.REFINE:
            assert inside(x, y) if verdict.finer == "a" else inside(y, x)
        case R.CONFLICT:
            assert meet(x, y).empty()
        case R.OVERLAP:
            assert not meet(x, y).empty()
            assert not inside(x, y)
            assert not inside(y, x)


@given(st.floats(min_value=100, max_value=1e12), st.integers(min_value=1, max_value=3))
def test_rounding_is_never_a_conflict(value: float, digits: int) -> None:
    rounded = float(f"{value:.{digits - 1}e}")
    exact = quantity(C.EQUAL, value, precision=1e-6)
    step = 10.0 ** (len(str(int(rounded))) - digits)
    for comparator in (C.EQUAL, C.ABOUT):
        coarse = quantity(comparator, rounded, precision=step)
        if abs(value - rounded) <= 0.25 * rounded:
            assert compare_quantities(exact, coarse).relation in (R.AGREE, R.APPROXIMATE)


ends = st.integers(min_value=0, max_value=4)
intervals = st.tuples(ends, ends, st.booleans(), st.booleans()).map(
    lambda t: Interval(float(min(t[:2])), float(max(t[:2])), t[2], t[3])
)


@given(intervals, intervals)
def test_interval_logic_against_brute_force(a: Interval, b: Interval) -> None:
    points = [n / 2 for n in range(-1, 10)]
    in_a, in_b = {p for p in points if p in a}, {p for p in points if p in b}
    assert meet(a, b).empty() == (not in_a & in_b)
    if in_a:
        assert inside(a, b) == (in_a <= in_b)


MONDAY = date(2020, 9, 14)


@pytest.mark.parametrize(
    ("a", "b", "relation", "finer"),
    [
        (day(MONDAY), day(MONDAY), R.AGREE, None),
        (day(MONDAY, written="Monday night"), day(MONDAY), R.REFINE, "a"),
        (day(MONDAY), day(date(2020, 9, 1), date(2020, 9, 30)), R.REFINE, "a"),
        (day(MONDAY), day(MONDAY + timedelta(days=1)), R.CONFLICT, None),
    ],
)
def test_times(a: TimeRef, b: TimeRef, relation: RelationKind, finer: str | None) -> None:
    verdict = compare_times(a, b)
    assert (verdict.relation, verdict.finer) == (relation, finer)
    assert compare_times(b, a) == verdict._replace(finer=FLIP[finer])


@pytest.mark.parametrize(
    ("a", "b", "relation", "finer"),
    [
        ("2:15 a.m. on Monday", "early Monday", R.REFINE, "a"),
        ("about 4 p.m. on Monday", "Monday", R.REFINE, "a"),
        ("Monday afternoon", "late Monday", R.AGREE, None),
        ("Monday morning", "Monday evening", R.UNRELATED, None),
        ("Monday morning", "5 p.m. Monday", R.UNRELATED, None),
        ("4 p.m. Monday", "16:00 on Monday", R.AGREE, None),
        ("about 4 p.m. Monday", "4:20 p.m. Monday", R.APPROXIMATE, None),
        ("1:30 a.m. Monday", "2:20 a.m. on Monday", R.CONFLICT, None),
        ("7:30 p.m. Monday", "6:30 p.m. Monday", R.UNRELATED, None),  # perhaps of two time zones
    ],
)
def test_hours_of_one_day(a: str, b: str, relation: RelationKind, finer: str | None) -> None:
    one, two = day(MONDAY, written=a), day(MONDAY, written=b)
    verdict = compare_times(one, two)
    assert (verdict.relation, verdict.finer) == (relation, finer)
    assert compare_times(two, one) == verdict._replace(finer=FLIP[finer])


@pytest.mark.parametrize("early", ["early Tuesday", "before dawn on Tuesday", "1:25 a.m. Tuesday", "around midnight"])
def test_a_night_ends_in_the_small_hours_of_the_next_day(early: str) -> None:
    night = day(MONDAY, written="Monday night")
    morning = day(MONDAY + timedelta(days=1), written=early)
    for one, two in ((night, morning), (morning, night)):
        assert compare_times(one, two) == (R.OVERLAP, False, "same_night", None)
    assert compare_times(night, day(MONDAY + timedelta(days=1), written="Tuesday evening")).relation is R.CONFLICT
    assert compare_times(night, day(MONDAY + timedelta(days=1), written="Tuesday")).relation is R.CONFLICT


@given(st.integers(min_value=0, max_value=23), st.integers(min_value=0, max_value=59))
def test_a_clock_time_is_read(hour: int, minute: int) -> None:
    half = "a.m." if hour < 12 else "p.m."
    at = hour + minute / 60
    assert hours_of(f"{hour % 12 or 12}:{minute:02} {half} on Monday") == hours_of(f"{hour:02}:{minute:02}") == (at, at)


def test_a_day_and_month_alone_are_one_day_whatever_year_was_worked_out() -> None:
    one, two = day(date(2016, 10, 12), written="Oct. 12"), day(date(2017, 10, 12), written="October 12")
    assert compare_times(one, two) == (R.AGREE, False, "same_day_open", None)
    assert compare_times(one, day(date(2017, 10, 13), written="October 13")).relation is R.CONFLICT
    assert compare_times(one, day(date(2017, 10, 12), written="Oct. 12, 2017")).relation is R.CONFLICT


def test_a_day_within_a_part_of_its_month_refines_it() -> None:
    middle = day(date(2022, 4, 11), date(2022, 4, 20), written="mid-April")
    assert compare_times(day(date(2022, 4, 15), written="April 15"), middle) == (R.REFINE, False, "within", "a")
    end = day(date(2022, 12, 21), date(2022, 12, 31), written="end of December")
    assert compare_times(end, day(date(2022, 12, 31), written="New Year's Eve")).finer == "b"


def test_an_open_year_contradicts_nothing() -> None:
    known = day(MONDAY)
    open_ = TimeRef(as_written="September 15", start=0, end=12, candidates=(date(2019, 9, 15), date(2020, 9, 15)))
    assert compare_times(known, open_).relation is R.UNRELATED


def test_days_without_a_year() -> None:
    one, two = (TimeRef(as_written=w, start=0, end=len(w), granularity="day") for w in ("March 3", "the 3rd of March"))
    assert compare_times(one, two).relation is R.AGREE
    other = one.model_copy(update={"as_written": "5 March"})
    assert compare_times(one, other).relation is R.CONFLICT
    assert compare_times(one, one.model_copy(update={"as_written": "that day"})).relation is R.UNRELATED


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("He is the 22nd judge to be confirmed.", "In all, 22 judges were confirmed.", R.AGREE),
        ("He is the 22nd judge to be confirmed.", "In all, 23 judges were confirmed.", R.UNRELATED),
        ("She was third.", "She won 3 medals.", R.UNRELATED),
        ("The party has a 61-38 majority.", "The party holds 61 seats.", R.AGREE),
        ("The party has a 61-38 majority.", "The party holds 38 seats.", R.UNRELATED),
        ("It is 450 degrees Fahrenheit there.", "It is about 450 degrees there.", R.APPROXIMATE),
        ("It is 10 degrees Celsius there.", "It is 50 degrees Fahrenheit there.", R.AGREE),
    ],
)
def test_figures_of_two_kinds(a: str, b: str, relation: RelationKind) -> None:
    x, y = find_quantities(a)[0], find_quantities(b)[0]
    assert compare_quantities(x, y).relation is relation
    assert compare_quantities(y, x).relation is relation


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("12:50 p.m.", "12:50 p.m.", R.AGREE),
        ("12:50 p.m. on Friday", "12:50 p.m.", R.AGREE),
        ("9am", "9:10 a.m. on Friday", R.APPROXIMATE),
        ("9:20 a.m.", "9:10 a.m.", R.UNRELATED),
        ("9am", "9pm", R.UNRELATED),
        ("the morning", "9am", R.UNRELATED),
    ],
)
def test_clock_times_of_no_known_day(a: str, b: str, relation: RelationKind) -> None:
    friday = date(2024, 3, 8)
    x, y = (day(friday, written=words, granularity="minute") if "Friday" in words else _open(words) for words in (a, b))
    assert compare_times(x, y).relation is relation
    assert compare_times(y, x).relation is relation


def _open(words: str) -> TimeRef:
    return TimeRef(as_written=words, start=0, end=len(words), granularity="minute", basis=TimeBasis.OPEN)
