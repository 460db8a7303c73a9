"""Scenarios on a terminal, as rich markup.

All texts are others': a bracket in one must not begin markup, not even together with one in the next text. So each
text has a style of its own around it, whose markup stands between. Control characters are shown by stand-ins.
"""

from collections.abc import Iterator

from rich.markup import escape

from ivr.qa.scenarios import wording
from ivr.qa.scenarios.markup import one_line
from ivr.qa.scenarios.result import RunResult, ScenarioResult, Verdict

STYLES: dict[Verdict, str] = {"passed": "green", "warned": "yellow", "failed": "red", "skipped": "dim"}
ORDER: tuple[Verdict, ...] = ("failed", "warned", "passed", "skipped")
MOST = 160  # characters of a text on one line


def line(result: ScenarioResult) -> str:
    """One scenario on one line: verdict, name, seconds, and why it did not pass."""
    style = STYLES[result.verdict]
    parts = [f"[{style}]{wording.SIGNS[result.verdict]} {result.verdict:<7}[/]", _styled("bold", result.name)]
    if result.verdict != "skipped":
        parts.append(f"[dim]{wording.seconds(result.seconds)}[/]")
    if why := wording.why(result):
        parts.append(_styled(style, why))
    return "  ".join(parts)


def details(result: ScenarioResult) -> Iterator[str]:
    """More of one that failed or warned: every expectation that was not met, and where to look."""
    style = STYLES[result.verdict]
    yield f"{_styled(f'bold {style}', result.name)}  {_styled('dim', f'{result.file}:{result.line}')}"
    if result.about:
        yield f"  {_styled('dim', result.about)}"
    if result.why:
        yield f"  {_styled(style, result.why, 1000)}"
    for caller, check in wording.misses(result):
        whose = f"{caller}: " if caller else ""
        yield f"  [{STYLES[check.verdict]}]{wording.SIGNS[check.verdict]}[/] {_styled('bold', f'{whose}{check.what}')}"
        yield f"      expected  {_styled('green', check.expected, 1000)}"
        yield f"      saw       {_styled(STYLES[check.verdict], check.seen or 'nothing', 1000)}"
    if result.folder:
        yield f"  evidence in {_styled('cyan', result.folder, 1000)}"


def summary(run: RunResult) -> str:
    """The last line: how many had each verdict, and how long it took."""
    count = run.count()
    parts = [f"[{_strong(verdict)}]{count[verdict]} {verdict}[/]" for verdict in ORDER if count[verdict]]
    said = ", ".join(parts) or "[yellow]no scenario ran[/]"
    stopped = "[bold red]interrupted:[/] " if run.interrupted else ""
    return f"{stopped}{said} in {wording.seconds(run.seconds)}"


def _strong(verdict: Verdict) -> str:
    return STYLES[verdict] if verdict == "skipped" else f"bold {STYLES[verdict]}"


def _styled(style: str, text: str, limit: int = MOST) -> str:
    shown = one_line(text)
    if len(shown) > limit:
        shown = shown[:limit].rstrip() + "…"
    plain = shown.rstrip("\\")
    slashes = "\\" * 2 * (len(shown) - len(plain))
    # A backslash before our own markup would take its meaning: each is doubled, which shows one.
    return f"[{style}]{escape(plain)}{slashes}[/]"
