"""`ivr score report`: everybody's scores as a page, and as pictures."""

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from ivr.application import score_moves, score_portrait
from ivr.application.score_moves import Mover, Moves, Side
from ivr.application.score_portrait import BINS, Portrait
from ivr.application.score_segments import segments
from ivr.domain.scoring.definition import Scoring, Source
from ivr.domain.scoring.metrics import Metric
from ivr.domain.scoring.runs import ScoreRun
from ivr.policy import loader
from ivr.presentation import pictures
from ivr.presentation.score_report import ReportFigures, page
from ivr.presentation.score_report import pictures as drawn
from ivr.shipped_files import share
from ivr.warehouse.arrays import Arrays, array

RUN = ScoreRun(7, "done", "v", "c", 1e9, 1e9, None, 4, 2, "")
EVIL = '<script>alert("&")</script>\n'
SCORING = Scoring(
    version="v",
    currency="GBP",
    money_digits=2,
    sources={"orders": Source("orders", "customer_id")},
    metrics={
        "paid": Metric("paid", "sum", "orders", digits=2),
        "cost": Metric("cost", "sum", "orders", digits=2, missing=5.0),
        "per": Metric("per", "ratio", ratio=("paid", "cost")),
    },
    weights={},
    origins={},
    report={"revenue": "paid", "cost-to-serve": "cost", "agent-minutes": "per"},
)
SIDES = [
    Side((80.0, None, 0.0), {"paid": 30_000, "cost": 1000}),
    Side((100.0, None, 0.0), {"paid": 10_000, "cost": None}),
    Side((4.9, None, 75.0), {"paid": None, "cost": 500}),
    Side((None, None, None), None),
]


@pytest.fixture
def portrait() -> Portrait:
    made, policy = Portrait(), loader.load(share("dialplans")).policy
    for batch in (SIDES[:2], SIDES[2:]):
        found = segments(policy)
        told = (made, batch, SCORING, 1e9, found, policy.score)
        score_portrait.add(*told, Arrays(), array)
    return made


def figures(portrait: Portrait, moves: Moves | None, about: str = "a year's") -> ReportFigures:
    names = dict.fromkeys(SCORING.report, about)
    return ReportFigures(RUN, RUN if moves else None, moves, portrait, "GBP", names, [about])


def test_the_sums_by_hand(portrait: Portrait) -> None:
    assert portrait.customers == 4
    value = portrait.bins["value"]
    assert (value[0], value[16], value[BINS - 1], sum(value)) == (1, 1, 1, 3)
    assert portrait.unknown == {"value": 1, "potential": 4, "need": 1}
    premium, risk, standard = map(portrait.segments.get, ("premium", "at-risk", "standard"))
    assert premium
    assert risk
    assert standard
    assert premium.customers == 2
    assert premium.sums == {"revenue": 400, "cost-to-serve": 15, "agent-minutes": 50}
    assert (risk.customers, risk.sums["cost-to-serve"], risk.sums["revenue"]) == (1, 5, 0)
    assert (standard.customers, standard.sums["cost-to-serve"]) == (1, 0)
    assert portrait.not_known == {"revenue": 2, "cost-to-serve": 1, "agent-minutes": 2}
    assert portrait.total("revenue") == 400


def evil_moves() -> Moves:
    moves = Moves(0)
    before, after = (1.0, None, 0.0), (90.0, None, 0.0)
    moves.add(Mover(EVIL, before, after, (EVIL, "premium"), "value", 89, EVIL))
    return moves


class Page(HTMLParser):
    """What tags there are, and what would be loaded."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.loads: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.loads += [name for name, _ in attrs if name in ("src", "href", "srcset")]

    def handle_data(self, data: str) -> None:
        self.words += data + " "


def test_the_page_needs_nothing_and_escapes_what_it_shows(portrait: Portrait) -> None:
    text = page(figures(portrait, evil_moves(), EVIL))
    read = Page(text)
    assert "script" not in read.tags
    assert not read.loads
    assert "url(" not in text
    assert "<script>" in read.words
    for said in ("Run 7", "calibration c", "400", "GBP", "50.0%"):
        assert said in read.words, said
    assert "1 customers have no value" in read.words
    assert "prefers-color-scheme: dark" in text


def test_each_picture_is_good_svg_and_png(portrait: Portrait, tmp_path: Path) -> None:
    made = list(drawn(figures(portrait, evil_moves())))
    assert [each.name for each in made] == [
        "value",
        "potential",
        "need",
        "segments",
        "shares",
        "causes",
    ]
    for each in made:
        ElementTree.fromstring(pictures.svg(each))  # noqa: S314 - it is ours
        path = tmp_path / f"{each.name}.png"
        pictures.png(each).save(path)
        with Image.open(path) as image:
            colours = image.convert("RGB").getcolors(1 << 20)
        assert colours is not None
        assert len(colours) > 10  # text has many shades
    bars = re.findall(r"<title>80 to 85: 1</title>", pictures.svg(made[0]))
    assert len(bars) == 1


def test_without_a_run_before_or_anybody_there_is_still_a_page() -> None:
    text = page(figures(Portrait(), None))
    assert "Who moved" not in text
    assert "Scores of 0 customers" in text
    for each in drawn(figures(Portrait(), None)):
        assert pictures.png(each).size[0] == 1080


def test_the_most_are_kept_and_the_farthest_first() -> None:
    moves = Moves(2)
    for n, points in enumerate((5.0, -30.0, 10.0, 30.0)):
        kinds = (0.0, 0.0, 0.0), (points, 0.0, 0.0)
        moves.add(Mover(f"C{n}", *kinds, ("a", "a"), "value", points, "margin"))
    assert [each.customer for each in moves.movers] == ["C1", "C3"]
    assert moves.causes == {"margin": 4}
    assert score_moves.BANDS[-1] == 20
