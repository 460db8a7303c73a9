"""A scenario in the report: what was expected and seen, its calls, their picture, and the evidence."""

import math
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote

from ivr.qa.scenarios import timeline_svg, wording
from ivr.qa.scenarios.markup import Html, el, joined, one_line, short
from ivr.qa.scenarios.result import WORST, CallResult, Check, Moment, ScenarioResult, Verdict

SOUNDS = frozenset({".wav", ".mp3", ".ogg", ".opus", ".flac"})
WORDS: dict[Verdict, str] = {"passed": "passed", "warned": "warned", "failed": "failed", "skipped": "skipped"}
COLUMNS = ("Caller", "Customer", "Segment", "Queue", "Priority", "Agent", "Wait", "Decision", "Outcome")


def card(result: ScenarioResult, key: str) -> Html:
    """One scenario; open if it failed. `key` makes its ids the only ones of their page."""
    return el(
        "details",
        el("summary", _head(result)),
        el("div", _body(result, key), class_="body"),
        class_=f"card {result.verdict}",
        id=key,
        data_verdict=result.verdict,
        open=result.verdict == "failed",
    )


def badge(verdict: Verdict) -> Html:
    """A verdict as sign and word."""
    mark = el("span", wording.SIGNS[verdict], aria_hidden="true")
    return el("span", mark, " ", WORDS[verdict], class_=f"badge {verdict}")


def _head(result: ScenarioResult) -> Html:
    why = wording.why(result)
    about = result.about.strip()
    return joined([
        el("span", badge(result.verdict), class_="h-badge"),
        el(
            "span",
            el("span", short(result.name, 120), class_="name"),
            el("span", (el("span", short(tag, 40), class_="tag") for tag in result.tags), class_="tags"),
            el("span", short(about, 300), class_="about") if about else None,
            el("span", short(why, 300), class_="why") if why else None,
            class_="h-text",
        ),
        el("span", wording.seconds(result.seconds) if result.verdict != "skipped" else None, class_="h-time"),
    ])  # fmt: skip


def _body(result: ScenarioResult, key: str) -> Iterator[Html]:
    if result.why and result.why != wording.why(result):
        yield el("p", short(result.why, 1000), class_="broke")
    if len(result.about.strip()) > 300:
        yield el("p", short(result.about.strip(), 3000))
    if checks := result.all_checks():
        yield _section("Expected and seen", _checks(checks))
    if result.calls:
        yield _section("Calls", _calls(result))
    if drawn := timeline_svg.svg(result.name, result.calls, key):
        yield _section("Second by second", el("div", drawn, class_="scroll", tabindex=0), _list(result.calls))
    if result.evidence:
        yield _section("Evidence", el("ul", (_evidence(result, *item) for item in result.evidence.items())))
    ran = f", worker {result.worker}" if result.verdict != "skipped" else ""
    yield el("p", el("code", short(f"{result.file}:{result.line}", 200)), ran, class_="where")


def _section(title: str, *content: Html) -> Html:
    return el("section", el("h3", title), *content)


def _checks(checks: list[tuple[str, Check]]) -> Html:
    """All checks, the worst first. Those that passed say once what was both expected and seen."""
    rows = []
    for caller, check in sorted(checks, key=lambda pair: WORST.index(pair[1].verdict)):
        same = check.verdict == "passed" and check.expected == check.seen
        rows.append(
            el(
                "tr",
                el("td", badge(check.verdict)),
                el("td", short(caller, 60) if caller else "all callers", data_of="Caller"),
                el("th", short(check.what, 60), scope="row"),
                el("td", short(check.expected), data_of="Expected"),
                el("td", "as expected" if same else short(check.seen) if check.seen else "nothing", data_of="Seen"),
                class_=check.verdict,
            )
        )
    heads = ("Verdict", "Caller", "What", "Expected", "Seen")
    return _table("checks", heads, rows)


def _table(name: str, heads: tuple[str, ...], rows: list[Html]) -> Html:
    top = el("thead", el("tr", (el("th", head, scope="col") for head in heads)))
    return el("table", top, el("tbody", rows), class_=name)


def _calls(result: ScenarioResult) -> Html:
    rows = []
    for call in result.calls:
        cells = (
            _text(call.customer),
            _text(call.segment),
            _text(call.queue),
            str(call.priority) if call.priority is not None else "-",
            _text(call.agent),
            wording.wait(call.wait_seconds),
            wording.milliseconds(call.route_ms),
            el("span", _text(call.outcome), class_=f"outcome {_outcome(call.outcome)}"),
        )
        who = (el("strong", short(call.name, 60)), el("span", _numbers(call), class_="numbers"))
        facts = (el("td", cell, data_of=head) for head, cell in zip(COLUMNS[1:], cells, strict=True))
        rows.append(el("tr", el("th", who, scope="row"), facts, class_="call"))
        if told := _told(call):
            rows.append(el("tr", el("td", told, colspan=len(COLUMNS)), class_="told"))
    return _table("calls", COLUMNS, rows)


def _outcome(outcome: str) -> str:
    return "good" if outcome == "answered" else "bad" if outcome in ("lost", "unserved") else "plain"


def _numbers(call: CallResult) -> Html:
    return joined([short(one_line(call.from_) or "withheld", 40), " → ", short(one_line(call.to), 40)])


def _text(value: str | None) -> Html:
    return short(value, 60) if value else Html("-")


def _told(call: CallResult) -> Html | None:
    """What the facts of a call mean, in words."""
    told = [
        ("because", [call.reason] if call.reason else []),
        ("heard", list(call.heard)),
        ("phone showed", list(call.phones)),
        ("call id", [call.call_id] if call.call_id else []),
    ]
    pairs = [
        el("div", el("dt", name), (el("dd", short(value, 200)) for value in values)) for name, values in told if values
    ]
    return el("dl", pairs) if pairs else None


def _list(calls: tuple[CallResult, ...]) -> Html:
    """The picture's moments as a table: for those who cannot see it, and for exact times."""
    moments = [(call, m) for call in calls for m in call.timeline]
    moments.sort(key=lambda pair: at if math.isfinite(at := _at(*pair)) else math.inf)
    rows = [
        el("tr", el("td", f"{_at(call, m):.3f}"), el("td", short(call.name, 40)), el("td", m.lane),
           el("td", short(m.kind, 40)), el("td", short(m.says)), el("td", f"{m.seconds:.3f}" if m.seconds else None))
        for call, m in moments
    ]  # fmt: skip
    heads = ("Second", "Caller", "Lane", "Kind", "What happened", "Lasted (s)")
    return el("details", el("summary", "As a list, with exact times"), _table("moments", heads, rows), class_="list")


def _at(call: CallResult, moment: Moment) -> float:
    return call.placed_at + moment.at


def _evidence(result: ScenarioResult, title: str, file: str) -> Html:
    address = path(result.folder, file)
    link = el("a", short(title, 100), href=address)
    if PurePosixPath(file).suffix.lower() in SOUNDS:
        heard = el("audio", controls=True, preload="none", src=address, aria_label=title)
        return el("li", link, heard, class_="sound")
    return el("li", link)


def path(folder: str, file: str) -> str:
    """The address of a file beside the page: always below the page's folder, whatever the names are."""
    parts = (part for part in f"{folder}/{file}".split("/") if part not in ("", ".", ".."))
    return "./" + "/".join(quote(part, safe="", errors="replace") for part in parts)
