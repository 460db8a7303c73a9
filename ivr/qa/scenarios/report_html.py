"""The report of a run as one page that needs nothing else: no server, no network, no script.

(A few lines of script add a filter. The page's own policy allows those lines only.)
"""

import base64
import hashlib
import statistics
from collections.abc import Iterator
from pathlib import Path

from ivr.qa.scenarios import wording
from ivr.qa.scenarios.markup import Html, el, short
from ivr.qa.scenarios.report_card import badge, card
from ivr.qa.scenarios.result import WORST, RunResult, Verdict
from ivr.qa.scenarios.timeline_svg import PATTERNS, bar_sample, sign_sample

STYLE = Html(Path(__file__).with_name("report.css").read_text(encoding="utf-8"))
SCRIPT = Html(Path(__file__).with_name("report.js").read_text(encoding="utf-8"))
ALLOWED = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{ALLOWED}'; media-src 'self' file:; "
    "base-uri 'none'; form-action 'none'"
)
ORDER: tuple[Verdict, ...] = ("passed", "warned", "failed", "skipped")
LEGEND_BARS = (("prompt", "hears a prompt"), ("waiting", "waits"), ("rang", "a phone rings"), ("talking", "talks"))
LEGEND_SIGNS = (
    ("placed", "call placed"), ("asked", "service asked"), ("decided", "decided"), ("pressed", "key pressed"),
    ("joined", "joined a queue"), ("rang", "phone rings"), ("no answer", "no answer"), ("connected", "agent answers"),
    ("left", "left a queue"), ("ended", "call ended"),
)  # fmt: skip


def page(run: RunResult) -> str:
    """The whole page."""
    said = wording.headline(run)
    return "<!DOCTYPE html>\n" + el(
        "html",
        el(
            "head",
            el("meta", charset="utf-8"),
            el("meta", name="viewport", content="width=device-width, initial-scale=1"),
            el("meta", name="color-scheme", content="light dark"),
            el("meta", http_equiv="Content-Security-Policy", content=POLICY),
            el("title", f"{said} · segment-ivr"),
            el("style", STYLE),
        ),
        el("body", PATTERNS, el("main", _top(run, said), _tools(run), _groups(run), _legend()), el("script", SCRIPT)),
        lang="en",
    )  # fmt: skip


def _top(run: RunResult, said: str) -> Html:
    count = run.count()
    verdict = next((v for v in WORST if count[v]), "skipped")
    parts = [v for v in ORDER if count[v]]
    counts = [
        el("li", el("a", el("b", str(count[v])), " ", badge(v), href=f"#{v}") if count[v] else _none(v)) for v in ORDER
    ]
    return el(
        "header",
        el("p", "segment-ivr · scenarios of calls", class_="over"),
        el("h1", said, class_=verdict),
        el("ul", counts, class_="counts"),
        el("div", (el("span", class_=v, style=f"flex-grow:{count[v]}") for v in parts), class_="share",
           role="img", aria_label=", ".join(f"{count[v]} {v}" for v in parts) or "nothing ran"),
        el("dl", (el("div", el("dt", name), el("dd", value)) for name, value in _facts(run)), class_="facts"),
    )  # fmt: skip


def _none(verdict: Verdict) -> Html:
    return el("span", el("b", "0"), " ", badge(verdict), class_="none")


def _facts(run: RunResult) -> Iterator[tuple[str, str]]:
    at = wording.moment(run.started_at)
    yield "Started", f"{at:%a %d %b %Y, %H:%M:%S} UTC" if at else "unknown"
    yield "Took", f"{wording.seconds(run.seconds)}, {run.workers} worker{'' if run.workers == 1 else 's'}"
    yield "Target", short(run.target, 80)
    calls = [call for scenario in run.scenarios for call in scenario.calls]
    if calls:
        answered = sum(call.outcome == "answered" for call in calls)
        yield "Calls", f"{len(calls)} placed, {answered} answered"
    if times := [call.route_ms for call in calls if call.route_ms is not None]:
        median, slowest = wording.milliseconds(statistics.median(times)), wording.milliseconds(max(times))
        yield "Decisions", f"{median} median, {slowest} at most"
    if run.versions:
        named = [el("li", short(name, 40), " ", el("b", short(version, 80))) for name, version in run.versions.items()]
        yield "Versions", el("ul", named)


def _tools(run: RunResult) -> Html | None:
    """The filter: shown by the script only, as it does nothing without."""
    if len(run.scenarios) < 2:
        return None
    count = run.count()
    boxes = [el("label", el("input", type="checkbox", checked=True, value=v), f" {v}") for v in WORST if count[v]]
    return el(
        "div",
        el("input", type="search", placeholder="Filter: name, tag, number, agent …", aria_label="Filter scenarios"),
        el("span", boxes, class_="boxes", role="group", aria_label="Verdicts shown"),
        el("button", "Open all", type="button", value="open"),
        el("button", "Close all", type="button", value="close"),
        el("output", aria_live="polite"),
        class_="tools",
        hidden=True,
    )


def _groups(run: RunResult) -> Iterator[Html]:
    numbered = list(enumerate(run.scenarios, 1))
    for verdict in WORST:
        if cards := [card(result, f"s{number}") for number, result in numbered if result.verdict == verdict]:
            yield el(
                "section",
                el("h2", verdict.capitalize(), " ", el("span", str(len(cards)))),
                cards,
                class_=f"group {verdict}",
                id=verdict,
            )
    if not numbered:
        yield el("p", "There is nothing to show: no scenario was found or chosen.", class_="empty")


def _legend() -> Html:
    bars = [el("li", bar_sample(kind), " ", says) for kind, says in LEGEND_BARS]
    signs = [el("li", sign_sample(kind), " ", says) for kind, says in LEGEND_SIGNS]
    words = (
        "Each caller has four lanes. A thin line stands where something happened, with a label on top; a bar lasted. "
        "All callers of a scenario share one time axis; its zero is when the scenario began. A dashed line through "
        "all of them is where an agent answered one of them. Point at a mark for its exact time."
    )
    return el("details", el("summary", "How to read the pictures"), el("p", words), el("ul", bars, signs), class_="key")
