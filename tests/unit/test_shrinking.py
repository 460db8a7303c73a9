"""What there is to mend gets less: tests/shrinking.py."""

import pytest

from tests import shrinking


def test_nothing_is_added() -> None:
    """Write it shorter: the lists are for what was so before."""
    assert shrinking.grown(shrinking.known(), shrinking.found()) == []


@pytest.mark.thorough
def test_what_is_mended_leaves_its_list() -> None:
    """`make shrink` takes it out."""
    assert shrinking.shrunk(shrinking.known(), shrinking.found()) == []


def test_growth_and_mending_are_seen() -> None:
    before, after = {"x": {"a": 2, "b": 1}}, {"x": {"a": 3}}
    assert len(shrinking.grown(before, after)) == 1
    assert len(shrinking.shrunk(before, after)) == 1
    assert list(shrinking.long_functions("m", "def f():\n" + "    x = 1\n" * 50)) == [("m:f", 75)]
    assert list(shrinking.long_functions("m", "def f():\n" + "    x = 1\n" * 49)) == []
