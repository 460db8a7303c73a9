"""Numbers in scoring.yaml that cannot be meant, each told with its place."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ivr.cli import app
from ivr.policy.scoring.check import check
from ivr.policy.scoring.loader import SCORING
from ivr.shipped_files import share

SHIPPED = (share("dialplans") / SCORING).read_text(encoding="utf-8")
POINTS = '{"0": 0, "1": 40, "2": 70, "3": 90, "5": 100}'


def line_of(words: str) -> int:
    return SHIPPED[: SHIPPED.index(words)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (POINTS, '{"0": 0}', "metrics.products.points: has 1: there have to be 2 at least"),
        (POINTS, "{}", "metrics.products.points: is empty: write something there"),
        (
            POINTS,
            '{"0": 8, "9": 8}',
            "warning: metrics.products.points: gives everybody the same points",
        ),
        (
            "missing: 0                   # for",
            "missing: -1 # for",
            "metrics.revenue: missing: -1 is out of its range, and would not count",
        ),
        (
            "of: amount - goods",
            "of: amount * 1.12345678",
            "metrics.margin.of: 'amount * 1.12345678': it has 10 digits behind the point",
        ),
    ],
)
def test_a_number_that_cannot_be_meant(old: str, new: str, said: str) -> None:
    (found,) = check(SHIPPED.replace(old, new, 1), Path("folder"))
    where, _, what = str(found).partition(": ")
    assert where.startswith(f"folder/scoring.yaml:{line_of(old)}:")
    assert what.startswith(said)


def test_the_hundredth_line_is_told_as_a_number(tmp_path: Path) -> None:
    """Rich makes a picture of `:100:` unless it is told not to."""
    path = tmp_path / SCORING
    text = SHIPPED[SHIPPED.index("currency:") :].replace("missing: 0  ", "missing: none  ", 1)
    before = text[: text.index("missing: none")].count("\n")
    path.write_text("\n" * (99 - before) + text)
    result = CliRunner().invoke(app, ["score", "check", str(path)])
    assert f"{path}:100:5: metrics.revenue.missing: " in result.stdout
