"""The result of a load test as text, and as a page of its own that needs no server, script or network."""

import time
from collections.abc import Sequence
from html import escape

from ivr.qa.load_figures import FigureRow, Figures
from ivr.qa.load_plots import COLOURS, STYLE, PlotLine, plot
from ivr.qa.load_stats import Point, at_once, by_bin, percentile, rates, shares

HEADINGS = ("callers", "offered", "answered", "abandoned", "failed", "lost", "wrong", "wait p50", "p90", "p99")


def cells(figures: Figures) -> list[tuple[str, ...]]:
    """One row for each kind of caller, and one for all."""
    return [_cells(name, row) for name, row in [*figures.rows.items(), ("all", figures.total)]]


def lines(figures: Figures) -> list[str]:
    """The table, and what belongs under it."""
    table = [HEADINGS, *cells(figures)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    told = [
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
        for row in table
    ]
    return [*told, "", *(f"{what}: {says}" for what, says in facts(figures))]


def facts(figures: Figures) -> list[tuple[str, str]]:
    """What the table does not say, in pairs of what it is and how it is."""
    c, route = figures.conditions, figures.route_ms
    by_queue = ", ".join(f"{queue} {count}" for queue, count in c.agents.items())
    placed = figures.total.offered / figures.calling_seconds if figures.calling_seconds else 0.0
    took = ", ".join(f"{name} {value:g} ms" for name, value in route.items()) or "nothing was decided"
    rungs = ", ".join(f"{tier} {count:,}" for tier, count in figures.rungs.items()) or "none"
    mix = ", ".join(f"{name} {weight:g}" for name, weight in c.mix.items())
    return [
        ("routing, by the service's records", took),
        ("routed", rungs),
        ("in the records more than once", str(figures.total.doubled)),
        ("calls", f"{c.rate:g}/s for {c.seconds:g} s, {placed:.1f}/s placed; mix {mix}; seed {c.seed}"
                  + ("; interrupted" if figures.interrupted else "")),
        ("callers", f"talk {c.talk:g} s once an agent is there, give up after {c.patience:g} s, more or less by half"),
        ("agents", by_queue),
        ("on", f"{c.target}, Asterisk {c.asterisk}, policy {c.policy}; {c.machine}"),
    ]  # fmt: skip


def verdict(figures: Figures) -> str:
    """What came of it, in a sentence."""
    total = figures.total
    if figures.well:
        served = "every call is in the records once and got what the policy says"
        away = sum(count for tier, count in figures.rungs.items() if tier != "live")
        without = f" ({away:,} without a live decision)" if away else ""
        return f"None of {total.offered:,} calls failed; {served}{without}."
    counts = ((total.failed, "failed"), (total.lost, "lost"), (total.doubled, "recorded more than once"),
              (total.wrong, "wrong"))  # fmt: skip
    return f"Of {total.offered:,} calls: " + ", ".join(f"{count:,} {what}" for count, what in counts if count) + "."


def _cells(name: str, row: FigureRow) -> tuple[str, ...]:
    counts = (row.offered, row.answered, row.abandoned, row.failed, row.lost, row.wrong)
    waits = (row.wait_p50, row.wait_p90, row.wait_p99)
    return (name, *(f"{count:,}" for count in counts), *("-" if w is None else f"{w:.1f} s" for w in waits))


def page(figures: Figures) -> str:
    """The whole page."""
    started = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(figures.started_at))
    parts = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        f"<title>Load test of {escape(started)}</title><style>{_STYLE}{STYLE}</style></head><body><main>",
        f'<header><h1>Load test</h1><p class="when">{escape(started)}</p></header>',
        f'<p class="verdict {"good" if figures.well else "bad"}">{escape(verdict(figures))}</p>',
        _tiles(figures),
        _table(figures),
        f'<section class="plots">{"".join(_plots(figures))}</section>',
        _trouble(figures),
        '<section><h2>Details</h2><dl class="facts">',
        *(f"<dt>{escape(what)}</dt><dd>{escape(says)}</dd>" for what, says in facts(figures)),
        "</dl></section></main></body></html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _tiles(figures: Figures) -> str:
    total = figures.total
    share = f"{100 * total.answered / total.offered:.1f} %" if total.offered else "-"
    slow = figures.route_ms.get("p99")
    told = [
        (f"{total.offered:,}", "offered"),
        (f"{total.answered:,}", f"answered, {share}"),
        (f"{total.abandoned:,}", "gave up waiting"),
        ("-" if total.wait_p90 is None else f"{total.wait_p90:.1f} s", "p90 of waits"),
        ("-" if slow is None else f"{slow:g} ms", "p99 of routing"),
        (f"{figures.bad:,}", "failed, lost or wrong"),
    ]
    tiles = "".join(f"<div><b>{escape(number)}</b><span>{escape(what)}</span></div>" for number, what in told)
    return f'<section class="tiles">{tiles}</section>'


def _table(figures: Figures) -> str:
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in HEADINGS)
    rows = [
        f'<tr><th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in others) + "</tr>"
        for first, *others in cells(figures)
    ]
    body, foot = "".join(rows[:-1]), rows[-1]
    return (
        f'<section class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody><tfoot>{foot}</tfoot></table>'
        "<p>Waits are of answered calls, from the queue to the agent.</p></section>"
    )


def _trouble(figures: Figures) -> str:
    if not figures.trouble:
        return ""
    told = "".join(f"<li>{escape(each)}</li>" for each in figures.trouble)
    return f'<section><h2>What went wrong</h2><ul class="trouble">{told}</ul></section>'


def _plots(figures: Figures) -> list[str]:
    judged, length = figures.judged, max(figures.length, 1.0)
    kinds = list(figures.rows)
    over = [
        PlotLine("offered", 0, rates((call.at for call in judged), length)),
        PlotLine("answered by an agent", 2, rates(_moments(figures, "answered"), length)),
        PlotLine("gave up", 1, rates(_moments(figures, "abandoned"), length)),
    ]
    queues = sorted({*figures.conditions.agents, *(wait.queue for wait in figures.waits)})
    stays = {
        q: [(w.since, length if w.until is None else w.until) for w in figures.waits if w.queue == q] for q in queues
    }
    # A queue and the callers of the same name have the same colour.
    colours = {name: n for n, name in enumerate(dict.fromkeys([*kinds, *queues]))}
    waiting = [PlotLine(queue, colours[queue], at_once(stays[queue], length), steps=True) for queue in queues]
    waits = {
        kind: [c.wait for c in judged if c.name == kind and c.fate == "answered" and c.wait is not None]
        for kind in kinds
    }
    # The slowest of all would press the others flat on the axis; the table has the percentiles.
    most = max((percentile(wait, 99.5) for wait in waits.values() if wait), default=0.0)
    spread = [PlotLine(kind, colours[kind], _spread(waits[kind], most)) for kind in kinds]
    took = [(call.at, call.route_ms) for call in judged if call.route_ms is not None]
    routing = [PlotLine("p50", 2, by_bin(took, length, 50)), PlotLine("p99", 1, by_bin(took, length, 99))]
    return [
        _figure("Calls over time", "calls per second", "s", over, length),
        _figure("Callers waiting, by queue", "callers", "s", waiting, length),
        _figure(
            "Answered callers who waited at most so long",
            "% of answered calls",
            "seconds of waiting",
            spread,
            0.0,
            100.0,
        ),
        _figure("Time to route a call", "milliseconds", "s", routing, length),
    ]


def _spread(waits: list[float], most: float) -> list[Point]:
    """The distribution of waits, up to `most` seconds."""
    points = [(at, share) for at, share in shares(waits) if at <= most]
    return [(0.0, 0.0), *points, (most, points[-1][1])] if points else []


def _moments(figures: Figures, fate: str) -> list[float]:
    """When calls were answered, or given up."""
    calls = [call for call in figures.judged if call.fate == fate]
    moments = [call.connected_at if fate == "answered" else call.ended_at for call in calls]
    return [moment for moment in moments if moment is not None]


def _figure(title: str, y_unit: str, x_unit: str, drawn: Sequence[PlotLine], x_end: float, y_end: float = 0.0) -> str:
    keys = "".join(
        f'<li><i style="background: var(--line{line.colour % COLOURS})"></i>{escape(line.name)}</li>' for line in drawn
    )
    picture = plot(title, x_unit, y_unit, drawn, x_end=x_end, y_end=y_end)
    return f"<figure><figcaption><h2>{escape(title)}</h2><ul>{keys}</ul></figcaption>{picture}</figure>"


_STYLE = """
:root {
  color-scheme: light dark;
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --page: #f5f6f8; --card: #ffffff; --text: #1b2230; --muted: #5c6778; --edge: #e2e6ec; --grid: #edf0f4;
  --axis: #a9b3c1; --good: #0f7a45; --good-page: #e4f5ec; --bad: #b3261e; --bad-page: #fdeceb;
  --line0: #2f6fde; --line1: #d9622b; --line2: #1f9d6b; --line3: #8a4fd3;
  --line4: #b58a00; --line5: #c2337a; --line6: #0e8fa8; --line7: #6b7585;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161d; --card: #1b212b; --text: #e7ebf1; --muted: #9aa6b6; --edge: #2b3340; --grid: #262e3a;
    --axis: #56627a; --good: #62d49b; --good-page: #15302a; --bad: #ff8a80; --bad-page: #3a1d1d;
    --line0: #6ea3ff; --line1: #ff9a63; --line2: #4fcf9c; --line3: #bb8dff;
    --line4: #e3bd3f; --line5: #f074b0; --line6: #4fc6de; --line7: #a3aebd;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 var(--font); }
main { max-width: 1180px; margin: 0 auto; padding: 32px 20px 48px; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; }
h1 { margin: 0; font-size: 26px; letter-spacing: -0.01em; }
h2 { margin: 0; font-size: 15px; font-weight: 600; }
.when { margin: 0; color: var(--muted); }
.verdict { margin: 16px 0 20px; padding: 12px 16px; border-radius: 10px; font-weight: 600; }
.good { color: var(--good); background: var(--good-page); }
.bad { color: var(--bad); background: var(--bad-page); }
section { margin-bottom: 20px; }
.tiles { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); }
.tiles div, figure, .wide, section:has(> h2) {
  background: var(--card); border: 1px solid var(--edge); border-radius: 12px; padding: 16px;
}
.tiles b { display: block; font-size: 24px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--muted); font-size: 13px; }
.wide { overflow-x: auto; }
.wide p { margin: 10px 0 0; color: var(--muted); font-size: 13px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 7px 10px; text-align: right; white-space: nowrap; }
th:first-child { text-align: left; padding-left: 0; }
td:last-child, thead th:last-child { padding-right: 0; }
thead th { color: var(--muted); font-size: 13px; font-weight: 500; border-bottom: 1px solid var(--edge); }
tbody th { font-weight: 500; }
tbody tr + tr > * { border-top: 1px solid var(--grid); }
tfoot > tr > * { border-top: 1px solid var(--axis); font-weight: 600; }
.plots { display: grid; gap: 20px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); }
figure { margin: 0; display: flex; flex-direction: column; justify-content: space-between; }
figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 16px; margin-bottom: 8px; }
figcaption ul { display: flex; flex-wrap: wrap; gap: 0 14px; margin: 0; padding: 0; list-style: none;
  color: var(--muted); font-size: 13px; }
figcaption i { display: inline-block; width: 14px; height: 3px; border-radius: 2px; margin-right: 6px;
  vertical-align: middle; }
.trouble { margin: 8px 0 0; padding-left: 20px; overflow-wrap: anywhere; }
.facts { display: grid; grid-template-columns: minmax(120px, max-content) 1fr; gap: 4px 20px; margin: 10px 0 0; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 560px) { .facts { grid-template-columns: 1fr; } .facts dd { margin-bottom: 8px; } }
@media print { body { background: none; } figure, .tiles div, .wide { break-inside: avoid; } }
"""
