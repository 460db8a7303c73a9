"""The reports of scenario runs: all that is others' text stays text, and the numbers agree."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.text import Text

from ivr.qa.scenarios import console, junit, report_html
from ivr.qa.scenarios.markup import VOID, el, one_line, visible
from ivr.qa.scenarios.report_card import path
from ivr.qa.scenarios.result import CallResult, Check, Moment, RunResult, ScenarioResult
from tests.unit import qa_samples

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'`&amp;]]>--><!--</style></title>\x00\x1b[0m\u202e\ud800"
# st.characters() has lone surrogates, too: a file's name may.
TEXT = (
    st.text(st.characters(), max_size=30)
    | st.sampled_from([EVIL, "[/]", "[red", "]", "\\", "a\\\\", ":", "9" * 300, "שלום", "\n\t\r"])
    | st.just("javascript:alert(1)")
)
VERDICTS = st.sampled_from(["passed", "warned", "failed", "skipped"])
NUMBERS = st.floats(-1, 100) | st.sampled_from([float("nan"), float("inf"), 0.0])
CHECKS = st.lists(st.builds(Check, TEXT, TEXT, TEXT, VERDICTS), max_size=3).map(tuple)
MOMENTS = st.builds(
    Moment, NUMBERS, st.sampled_from(["caller", "service", "queue", "agent"]), TEXT, TEXT, st.none() | NUMBERS
)
CALLS = st.builds(
    CallResult, name=TEXT, from_=TEXT, to=TEXT, call_id=st.none() | TEXT, customer=st.none() | TEXT, segment=TEXT,
    queue=TEXT, priority=st.none() | st.integers(), agent=TEXT, wait_seconds=st.none() | NUMBERS,
    route_ms=st.none() | NUMBERS, outcome=TEXT, reason=TEXT, heard=st.lists(TEXT, max_size=2).map(tuple),
    phones=st.lists(TEXT, max_size=2).map(tuple), checks=CHECKS, placed_at=NUMBERS,
    timeline=st.lists(MOMENTS, max_size=4).map(tuple),
)  # fmt: skip
SCENARIOS = st.builds(
    ScenarioResult, name=TEXT, file=TEXT, line=st.integers(), about=TEXT, tags=st.lists(TEXT, max_size=2).map(tuple),
    verdict=VERDICTS, why=TEXT, seconds=NUMBERS, worker=st.integers(), checks=CHECKS,
    calls=st.lists(CALLS, max_size=2).map(tuple), folder=TEXT, evidence=st.dictionaries(TEXT, TEXT, max_size=2),
)  # fmt: skip
RUNS = st.builds(
    RunResult, target=TEXT, started_at=NUMBERS | st.just(1e300), seconds=NUMBERS, workers=st.integers(),
    interrupted=st.booleans(), versions=st.dictionaries(TEXT, TEXT, max_size=2),
    scenarios=st.lists(SCENARIOS, max_size=3),
)  # fmt: skip
anything = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
OURS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "section", "div", "span", "p", "h1", "h2", "h3",
    "ul", "li", "dl", "dt", "dd", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "a", "b", "bdi",
    "code", "strong", "label", "input", "button", "output", "audio", "script", "svg", "defs", "pattern", "g", "path",
    "rect", "text", "desc",
}  # fmt: skip


class Reader(HTMLParser):
    """Reads a page as browsers do: its elements, and whether each is closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[str] = Counter()
        self.addresses: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        assert not any(name.startswith("on") for name, _ in attrs)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        assert tag in VOID

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def read(page: str) -> ET.Element:
    """The page, read strictly as XML and as HTML."""
    page.encode()
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open
    assert set(reader.seen) <= OURS
    assert reader.seen["script"] == reader.seen["style"] == 1
    assert all(address.startswith(("./", "#")) for address in reader.addresses)
    return qa_samples.parsed(page)


def words(page: ET.Element) -> str:
    return "".join(page.itertext())


@pytest.mark.thorough
@given(RUNS)
@anything
def test_any_text_anywhere_stays_text_in_the_page(run: RunResult) -> None:
    read(report_html.page(run))


def test_a_page_shows_hostile_text_whole_and_visible() -> None:
    run = qa_samples.run()
    run.scenarios = [replace(run.scenarios[0], name=EVIL, about=EVIL, why=EVIL, tags=(EVIL,), verdict="failed")]
    page = report_html.page(run)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert visible(EVIL).partition("--")[0] in words(read(page))
    assert "⟨U+0000⟩" in page
    assert "⟨U+202E⟩" in page
    assert "⟨U+D800⟩" in page


def test_long_text_is_cut_and_whole_in_a_title() -> None:
    run = qa_samples.run()
    page = read(report_html.page(run))
    cut = [node for node in page.iter("bdi") if node.get("title") == "9" * 300]
    assert cut
    assert all(len(node.text or "") < 100 for node in cut)


def test_the_page_needs_nothing_else_and_allows_its_own_script_only() -> None:
    page = report_html.page(qa_samples.run())
    assert "http://" not in page
    assert "https://" not in page
    assert "url(" not in page.replace("url(#slant)", "").replace("url(#upright)", "")
    policy = next(node.get("content", "") for node in read(page).iter("meta") if node.get("http-equiv"))
    assert policy.startswith("default-src 'none'; ")
    assert "'sha256-" in policy
    assert "unsafe-eval" not in policy


def test_the_page_says_how_many_had_each_verdict_the_worst_first() -> None:
    page = read(report_html.page(qa_samples.run()))
    assert [node.text for node in page.iter("h1")] == ["1 of 11 scenarios failed"]
    assert ["".join(node.itertext()) for node in page.iter("h2")] == ["Failed 1", "Warned 2", "Passed 8", "Skipped 1"]
    cards = [node for node in page.iter("details") if "card" in (node.get("class") or "")]
    assert [node.get("data-verdict") for node in cards] == ["failed"] + ["warned"] * 2 + ["passed"] * 8 + ["skipped"]
    assert [node.get("data-verdict") for node in cards if node.get("open") is not None] == ["failed"]
    shares = next(node for node in page.iter("div") if node.get("class") == "share")
    assert [node.get("style") for node in shares] == ["flex-grow:8", "flex-grow:2", "flex-grow:1", "flex-grow:1"]
    assert shares.get("aria-label") == "8 passed, 2 warned, 1 failed, 1 skipped"


def test_every_id_is_the_only_one() -> None:
    ids = Counter(node.get("id") for node in read(report_html.page(qa_samples.run())).iter() if node.get("id"))
    assert set(ids.values()) == {1}


def test_the_page_says_what_was_expected_seen_and_skipped() -> None:
    said = words(read(report_html.page(qa_samples.run())))
    for text in (
        "rescue-1: segment: expected at-risk, saw standard",
        "it stops a process, which the target compose does not allow",
        "dialplans/scenarios/queues.yaml:95",
        "value 91 is at least 80, so premium",
        "Asterisk 22.10.1",
        "pbx1-1795410370.9",
    ):
        assert text in said


def test_recordings_can_be_heard() -> None:
    page = read(report_html.page(qa_samples.run()))
    assert [node.get("src") for node in page.iter("audio")] == ["./rescue-comes-first/rescue-1.wav"]


@pytest.mark.parametrize(
    ("folder", "file", "address"),
    [
        ("a b", "sip.txt", "./a%20b/sip.txt"),
        ("", "x.txt", "./x.txt"),
        ("//evil", "x", "./evil/x"),
        ("..", "../x", "./x"),
        ("", "javascript:alert(1)", "./javascript%3Aalert%281%29"),
        ("f", "a?b#c", "./f/a%3Fb%23c"),
    ],
)
def test_evidence_is_below_the_page(folder: str, file: str, address: str) -> None:
    assert path(folder, file) == address


def test_an_empty_run_has_reports() -> None:
    run = RunResult("lab", 0.0)
    assert "No scenario ran" in words(read(report_html.page(run)))
    assert qa_samples.parsed(junit.xml(run)).get("tests") == "0"
    assert Text.from_markup(console.summary(run)).plain == "no scenario ran in 0.0 s"


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (["passed"], "The scenario passed"),
        (["passed", "passed", "skipped"], "All 2 scenarios passed"),
        (["passed", "warned"], "Nothing failed, 1 of 2 scenarios warned"),
        (["failed", "warned"], "1 of 2 scenarios failed"),
        (["skipped"], "No scenario ran"),
    ],
)
def test_headlines(verdicts: list[Any], said: str) -> None:
    run = RunResult("lab", 0.0, scenarios=[ScenarioResult("x", "f.yaml", 1, verdict=v) for v in verdicts])
    assert said in words(read(report_html.page(run)))
    run.interrupted = True
    assert f"Interrupted: {said[0].lower()}{said[1:]} until then" in words(read(report_html.page(run)))


@pytest.mark.thorough
def test_five_hundred_scenarios_are_a_page_at_once() -> None:
    run = qa_samples.run()
    run.scenarios = [replace(run.scenarios[n % 12], name=f"scenario {n}") for n in range(500)]
    start = time.process_time()
    page = report_html.page(run)
    assert time.process_time() - start < 2
    assert len(page.encode()) < 8_000_000


def test_only_markup_is_put_in_as_it_is() -> None:
    assert el("p", "<b>", el("b", "&"), class_='"x', hidden=True, title=None) == (
        '<p class="&quot;x" hidden="">&lt;b&gt;<b>&amp;</b></p>'
    )


# --- JUnit ---


def cases(run: RunResult) -> tuple[ET.Element, list[ET.Element]]:
    root = qa_samples.parsed(junit.xml(run).encode())
    return root, list(root.iter("testcase"))


@pytest.mark.thorough
@given(RUNS)
@anything
def test_junit_counts_what_it_holds_whatever_the_texts(run: RunResult) -> None:
    root, found = cases(run)
    assert root.get("tests") == str(len(found)) == str(len(run.scenarios))
    for kind, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        for suite in (root, *root.iter("testsuite")):
            assert suite.get(kind) == str(len(list(suite.iter(tag))))
    assert int(root.get("failures", "")) + int(root.get("errors", "")) == run.count()["failed"]


def test_junit_says_what_failed_and_why_it_was_skipped() -> None:
    root, found = cases(qa_samples.run())
    assert [suite.get("tests") for suite in root] == ["3", "1", "8"]
    failure = next(root.iter("failure"))
    assert failure.get("message") == "rescue-1: segment: expected at-risk, saw standard"
    assert (failure.text or "").splitlines()[1] == "rescue-1: priority: expected 50, saw 10"
    assert "AMI timeline: rescue-comes-first/ami.txt" in (failure.text or "")
    assert next(root.iter("skipped")).get("message") == "it stops a process, which the target compose does not allow"
    case = next(case for case in found if case.get("name") == "rescue comes first")
    assert (case.get("classname"), case.get("time"), case.get("line")) == ("dialplans.scenarios.queues", "5.700", "95")
    assert ("target", "lab") in {(node.get("name"), node.get("value")) for node in root.iter("property")}


def test_junit_tells_what_broke_from_what_failed() -> None:
    run = RunResult("lab", 0.0, scenarios=[ScenarioResult("x", "f.yaml", 1, why="the lab went away\x00")])
    error = next(cases(run)[0].iter("error"))
    assert error.get("message") == error.text == "the lab went away"


# --- console ---


def plain(markup: str) -> str:
    return Text.from_markup(markup, emoji=False).plain


def lines(result: ScenarioResult) -> Iterator[str]:
    yield console.line(result)
    yield from console.details(result)


@given(SCENARIOS)
@anything
def test_any_text_anywhere_stays_text_on_the_terminal(result: ScenarioResult) -> None:
    for markup in lines(result):
        shown = plain(markup)
        assert shown.isprintable() or not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in shown)
        shown.encode()
    name = one_line(result.name)
    assert name[: console.MOST].rstrip() in plain(console.line(result))


@pytest.mark.parametrize("name", ["[/]", "[red", "x\\", "x\\\\", "x\\\\\\", "\\[red]", "[bold]x[/bold]", "a]"])
def test_no_text_is_markup(name: str) -> None:
    result = ScenarioResult(name, "f.yaml", 1, verdict="failed", why="] [/]", seconds=1.0)
    assert plain(console.line(result)) == f"✗ failed   {name}  1.0 s  ] [/]"


def test_a_line_says_why() -> None:
    by_name = {result.name: result for result in qa_samples.run().scenarios}
    shown = [plain(console.line(by_name[name])) for name in ("premium served at once", "rescue comes first")]
    assert shown == [
        "✓ passed   premium served at once  1.9 s",
        "✗ failed   rescue comes first  5.7 s  rescue-1: segment: expected at-risk, saw standard",
    ]
    skipped = "- skipped  database away  it stops a process, which the target compose does not allow"
    assert plain(console.line(by_name["database away"])) == skipped


def test_details_say_what_was_expected_and_where_to_look() -> None:
    shown = [plain(line) for line in console.details(qa_samples.wrong_queue())]
    assert shown[:5] == [
        "rescue comes first  dialplans/scenarios/queues.yaml:95",
        "  A customer in trouble is served before others in the general queue.",
        "  ✗ rescue-1: segment",
        "      expected  at-risk",
        "      saw       standard",
    ]
    assert shown[-1] == "  evidence in rescue-comes-first"


def test_the_last_line_counts() -> None:
    assert plain(console.summary(qa_samples.run())) == "1 failed, 2 warned, 8 passed, 1 skipped in 93.2 s"
