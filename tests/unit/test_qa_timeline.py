"""The pictures of calls: nothing over anything else, whatever happened when."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.qa.scenarios import timeline_svg
from ivr.qa.scenarios.markup import fitted, width
from ivr.qa.scenarios.result import CallResult, Moment, ScenarioResult
from ivr.qa.scenarios.timeline import LABEL, LANES, MOST_MOMENTS, WIDTH, Picture, picture
from tests.unit import qa_samples

TIMES = st.floats(0, 60) | st.sampled_from([0.0, 0.02, 0.021, 1.0, 1.001, 40.0])
KINDS = st.sampled_from([*timeline_svg.SIGNS, "else"])
MOMENTS = st.builds(Moment, TIMES, st.sampled_from(LANES), KINDS, st.text(max_size=60), st.none() | TIMES)
CALLS = st.lists(
    st.builds(
        CallResult, name=st.text(max_size=40), from_=st.just(""), to=st.just(""), placed_at=TIMES,
        timeline=st.lists(MOMENTS, max_size=12).map(tuple),
    ),
    max_size=5,
)  # fmt: skip


def a_call(*moments: Moment, at: float = 0.0) -> CallResult:
    return CallResult("premium-1", "+442079460001", "1000", timeline=moments, placed_at=at)


def drawn(*calls: CallResult) -> Picture:
    made = picture(calls)
    assert made is not None
    return made


def assert_legible(made: Picture) -> None:
    labels = list(made.labels())
    for one, other in combinations(labels, 2):
        assert not one.meets(other), (one, other)
    for box in labels:
        assert box.x >= 0
        assert box.x + box.width <= WIDTH
        assert box.y >= 0
        assert box.y + box.height <= made.height
        for flag in made.flags:
            crosses = box.x < flag.x < box.x + box.width and flag.box.y < box.y + box.height and box.y < flag.foot
            assert not crosses, (box, flag)


@given(CALLS)
@settings(deadline=None)
def test_no_label_meets_another_label_or_a_pole_and_none_leaves_the_picture(calls: list[CallResult]) -> None:
    made = picture(calls)
    if made is not None:
        assert_legible(made)


@pytest.mark.parametrize("result", qa_samples.run().scenarios, ids=lambda result: result.name)
def test_the_samples_are_legible(result: ScenarioResult) -> None:
    made = picture(result.calls)
    assert (made is None) == (result.verdict == "skipped")
    if made is not None:
        assert_legible(made)


@given(CALLS)
@settings(deadline=None, max_examples=50)
def test_the_picture_is_well_formed_and_says_what_it_is(calls: list[CallResult]) -> None:
    made = timeline_svg.svg("a scenario", calls, "s1")
    if made is not None:
        root = qa_samples.parsed(made)
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-labelledby"] == root[0].attrib["id"] == "s1-title"
        assert (root[0].tag, root[1].tag) == ("title", "desc")


def test_callers_share_one_axis() -> None:
    first = a_call(Moment(6.0, "caller", "ended", "hangs up"))
    second = a_call(Moment(0.0, "caller", "placed", "calls"), at=6.0)
    ended, placed = drawn(first, second).flags
    assert ended.x == placed.x
    assert ended.foot < placed.foot


def test_things_at_the_same_time_are_read_from_top_to_bottom() -> None:
    says = ["asked", "decided", "told"]
    made = drawn(a_call(*(Moment(0.02 + n / 1000, "service", "asked", word) for n, word in enumerate(says))))
    assert [flag.text for flag in sorted(made.flags, key=lambda flag: flag.box.y)] == says


def test_bars_at_the_same_time_have_tracks_of_their_own() -> None:
    rings = [Moment(1.0, "agent", "rang", f"phone {n}", 5.0) for n in range(2)]
    one, other = drawn(a_call(*rings)).bars
    assert one.x == other.x
    assert one.y != other.y


def test_a_mark_at_a_bars_edge_is_drawn_at_that_bar() -> None:
    rings = (Moment(1.0, "agent", "rang", "Anna", 5.0), Moment(1.0, "agent", "rang", "Ben", 7.0))
    made = drawn(a_call(*rings, Moment(8.0, "agent", "no answer", "Ben does not answer")))
    ben = next(bar for bar in made.bars if bar.moment.says == "Ben")
    flag = next(flag for flag in made.flags if flag.moment.kind == "no answer")
    assert ben.y <= flag.foot <= ben.y + 16


def test_what_is_no_time_is_left_out() -> None:
    bad = (Moment(float("nan"), "caller", "placed", ""), Moment(1, "caller", "waiting", "", float("inf")))
    assert picture([a_call(*bad)]) is None
    assert picture([]) is None
    assert (
        picture([CallResult("x", "", "", placed_at=float("inf"), timeline=(Moment(1, "caller", "placed", ""),))])
        is None
    )
    assert drawn(a_call(Moment(-5.0, "caller", "placed", "early"))).flags[0].x >= 0


def test_of_very_many_moments_the_first_are_drawn() -> None:
    made = drawn(a_call(*(Moment(n / 10, "caller", "pressed", "1") for n in range(1000))))
    assert len(made.flags) == MOST_MOMENTS


def test_a_long_label_keeps_its_duration() -> None:
    made = drawn(a_call(Moment(0, "agent", "rang", "W" * 300, 8.0)))
    assert made.bars[0].text.endswith("W… · 8.00 s")


@given(st.text(max_size=500), st.floats(20, LABEL))
def test_a_fitted_text_fits(text: str, room: float) -> None:
    assert width(fitted(text, room)) <= room
