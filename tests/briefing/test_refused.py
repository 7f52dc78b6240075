"""Reasons of a refused scenario, taken apart again."""

from planner.briefing.sheets.refused import Reason, reasons
from planner.scenario.point import Point


def test_every_reason_of_a_row(impossible: Point):
    found = {one.field: one for one in reasons(impossible.reason)}
    assert set(found) == {"staffing.sto_pairs", "day.dwell_min"}
    assert found["day.dwell_min"].nearest == "5"
    assert found["day.dwell_min"].limit == "5 to 600 min"


def test_a_remedy_that_is_no_value():
    text = "SC-LATE delivery.late_share: Both are given. Value 0.5, allowed one; leave this out."
    assert reasons(text) == (
        Reason("SC-LATE", "delivery.late_share", "Both are given.", "0.5", "one", "leave this out"),
    )


def test_another_text_stands_as_it_is():
    assert reasons("no plan") == (Reason("", "", "no plan", "", "", ""),)
