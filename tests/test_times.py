"""Times: what the words name, and the days they stand for."""

from __future__ import annotations

from datetime import date

import pytest

from claims.models import DateBasis, TimeBasis
from claims.normalisation.times import document_date, find_times

ANCHOR = date(2019, 5, 15)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "written", "earliest", "latest"),
    [
        ("The bridge opened on Monday.", "Monday", "2019-05-13", "2019-05-13"),
        ("The mayor said on Wednesday it was safe.", "Wednesday", "2019-05-15", "2019-05-15"),
        ("The council will vote on Monday.", "Monday", "2019-05-20", "2019-05-20"),
        ("It closed on September 25, 2017.", "September 25, 2017", "2017-09-25", "2017-09-25"),
        ("It closed on 25 September 2017.", "25 September 2017", "2017-09-25", "2017-09-25"),
        ("It closed on 26.09.2017.", "26.09.2017", "2017-09-26", "2017-09-26"),
        ("It closed two days ago.", "two days ago", "2019-05-13", "2019-05-13"),
        ("Sales rose in the third quarter of 2018.", "third quarter of 2018", "2018-07-01", "2018-09-30"),
        ("It ran from 3 to 7 May.", "3 to 7 May", "2019-05-03", "2019-05-07"),
    ],
)
def test_days(text: str, written: str, earliest: str, latest: str) -> None:
    (found,) = find_times(text, ANCHOR)
    assert text[found.start : found.end] == found.as_written == written
    assert (str(found.earliest), str(found.latest)) == (earliest, latest)


def test_nothing_is_guessed_without_an_anchor() -> None:
    for found in find_times("On Monday the port closed; it reopens on June 3.", None):
        assert found.basis is TimeBasis.OPEN
        assert found.earliest is None


def test_given_date_is_metadata() -> None:
    assert document_date("Nothing here.", given=ANCHOR) == (ANCHOR, DateBasis.METADATA, ())
