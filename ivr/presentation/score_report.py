"""The report of scores for a manager: one page that needs nothing else, and its pictures."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from ivr.application.score_moves import BANDS, Moves
from ivr.application.score_portrait import BINS, Portrait
from ivr.domain.customers import SCORES
from ivr.domain.scoring.definition import ReportPart
from ivr.domain.scoring.runs import ScoreRun
from ivr.domain.showable import one_line
from ivr.presentation.pictures import BarPicture, columns, rows, svg
from ivr.presentation.score_report_style import STYLE

ABOUT = {
    "value": "what customers bring, cost of serving counted",
    "potential": "what they are predicted to bring",
    "need": "how much is going wrong for them now",
}
PARTS: Mapping[ReportPart, str] = {
    "revenue": "revenue",
    "cost-to-serve": "cost to serve",
    "agent-minutes": "agent minutes",
}
_MOST_BARS = 10
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """What the report tells. `older` and `moves` are None where nothing could be compared.

    `about` says of each metric that is added up what it is, in words of the scoring file.
    """

    run: ScoreRun
    older: ScoreRun | None
    moves: Moves | None
    portrait: Portrait
    currency: str
    about: Mapping[ReportPart, str]
    missing: Sequence[str]


def pictures(figures: ReportFigures) -> Iterator[BarPicture]:
    """Make every picture; their names are those of files."""
    portrait = figures.portrait
    for name in SCORES:
        title = f"{name.capitalize()}: {ABOUT[name]}"
        bins = portrait.bins.get(name, [0] * BINS)
        yield columns(name, title, bins, 100.0, "score, 0 to 100; height: customers with it")
    counts = {name: each.customers for name, each in portrait.segments.items()}
    sizes = [(name, [(float(count), f"{count:,}")]) for name, count in counts.items()]
    yield rows("segments", "Customers in each segment", sizes)
    if figures.about:
        yield _shares(figures)
    if figures.moves is not None and figures.moves.moved:
        causes = figures.moves.causes.most_common(_MOST_BARS)
        bars = [(cause, [(float(count), f"{count:,}")]) for cause, count in causes]
        yield rows("causes", "What moved customers since the run before", bars)


def page(figures: ReportFigures) -> str:
    """Return the whole page."""
    run = figures.run
    title = f"Scores of {figures.portrait.customers:,} customers"
    drawn = "".join(map(_figure, pictures(figures)))
    parts = (
        f"<h1>{title}</h1>",
        f"<p class=when>Run {run.run}, {_clock(run.began_at)}</p>",
        f"<section class=pictures>{drawn}</section>",
        _segments(figures),
        _moves(figures),
        _made_of(figures),
    )
    head = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{title}, run {run.run}</title><style>{STYLE}</style></head>"
    )
    return f"{head}<body><main>{''.join(parts)}</main></body></html>\n"


def _shares(figures: ReportFigures) -> BarPicture:
    portrait, key = figures.portrait, ["customers", *(PARTS[each] for each in figures.about)]
    bars = []
    for name, each in portrait.segments.items():
        of = [_share(each.customers, portrait.customers)]
        of += [_share(each.sums.get(part, 0.0), portrait.total(part)) for part in figures.about]
        bars.append((name, [(max(share or 0.0, 0.0), _percent(share)) for share in of]))
    return rows("shares", "Each segment's share of customers and of what they bring", bars, key)


def _figure(picture: BarPicture) -> str:
    named = enumerate(picture.key)
    key = "".join(f'<li><i class="line{n}"></i>{_text(each)}</li>' for n, each in named)
    head = f"<figcaption><h2>{_text(picture.title)}</h2>{f'<ul>{key}</ul>' if key else ''}"
    return f"<figure>{head}</figcaption><div class=wide>{svg(picture)}</div></figure>"


def _segments(figures: ReportFigures) -> str:
    """Make the table: each segment's customers and sums, with their shares."""
    portrait = figures.portrait
    header = ["segment", "customers", "share"]
    for part in figures.about:
        header += [_heading(part, figures.currency), "share"]
    body = []
    for name, each in portrait.segments.items():
        row = [name, f"{each.customers:,}", _percent(_share(each.customers, portrait.customers))]
        for part in figures.about:
            found = each.sums.get(part, 0.0)
            row += [f"{found:,.0f}", _percent(_share(found, portrait.total(part)))]
        body.append(row)
    total = ["all", f"{portrait.customers:,}", ""]
    for part in figures.about:
        total += [f"{portrait.total(part):,.0f}", ""]
    notes = [f"{PARTS[part]}: {about}" for part, about in figures.about.items() if about]
    return _section("Segments in numbers", _table(header, body, total), *notes)


def _moves(figures: ReportFigures) -> str:
    moves, older = figures.moves, figures.older
    if moves is None or older is None:
        return ""
    since = f"since run {older.run}, {_clock(older.began_at)}"
    share = _percent(_share(moves.moved, figures.portrait.customers))
    said = f"{moves.moved:,} customers ({share}) moved {since}."
    if not moves.moved:
        return _section("Who moved", f"<p>Nobody moved {since}.</p>")
    header = ["points", *(f"{name} {way}" for name in SCORES for way in ("up", "down"))]
    low = (0, *BANDS)
    names = [f"{one} to {other}" for one, other in zip(low, BANDS, strict=False)]
    names.append(f"{low[-1]} or more")
    counts = moves.bands
    body = [
        [name, *(f"{counts[score][n, up]:,}" for score in SCORES for up in (True, False))]
        for n, name in enumerate(names)
    ]
    between = [[one, other, f"{n:,}"] for (one, other), n in moves.segments.most_common(20)]
    changed = _table(["from segment", "to", "customers"], between) if between else ""
    nobody = "" if between else "<p>Nobody moved to another segment.</p>"
    scoring = (older.version, older.calibration) != (figures.run.version, figures.run.calibration)
    note = ["The scoring or the calibration was changed between the two."] if scoring else []
    tables = f"<p>{said}</p>{_table(header, body)}{changed}{nobody}"
    return _section("Who moved", tables, *note)


def _made_of(figures: ReportFigures) -> str:
    run, portrait = figures.run, figures.portrait
    lines = [
        f"Run {run.run} looked at {run.customers:,} customers; {run.changed:,} changed.",
        f"Scoring {run.version or '-'}, calibration {run.calibration or '-'}.",
        "Segments are those that scores lead to; a call counts what else the policy asks for.",
    ]
    unknown = [(name, portrait.unknown.get(name, 0)) for name in SCORES]
    lines += [f"{count:,} customers have no {name}." for name, count in unknown if count]
    lines += [
        f"Of {count:,} customers, {PARTS[part]} is not known: they add nothing to it."
        for part, count in portrait.not_known.items()
        if count
    ]
    lines += [f"Not in this report: {each}." for each in figures.missing]
    made = "".join(f"<li>{_text(each)}</li>" for each in lines)
    return _section("What this is made of, and what is missing", f"<ul>{made}</ul>")


def _section(title: str, inside: str, *notes: str) -> str:
    more = "".join(f"<p class=note>{_text(each)}</p>" for each in notes)
    return f"<section class=card><h2>{_text(title)}</h2>{inside}{more}</section>"


def _table(
    header: Sequence[str],
    body: Sequence[Sequence[str]],
    total: Sequence[str] = (),
) -> str:
    head = "".join(f"<th>{_text(each)}</th>" for each in header)
    lines = "".join(_row(each) for each in body)
    foot = f"<tfoot>{_row(total)}</tfoot>" if total else ""
    inside = f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody>{foot}"
    return f"<div class=wide><table>{inside}</table></div>"


def _row(cells: Sequence[str]) -> str:
    first, *others = cells
    rest = "".join(f"<td>{_text(each)}</td>" for each in others)
    return f"<tr><th>{_text(first)}</th>{rest}</tr>"


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


def _heading(part: ReportPart, currency: str) -> str:
    """Name it, with its unit."""
    return PARTS[part] if part == "agent-minutes" else f"{PARTS[part]}, {currency}"


def _clock(at: float) -> str:
    return f"{dt.datetime.fromtimestamp(at, dt.UTC).astimezone():%Y-%m-%d %H:%M %Z}"


def _text(text: str) -> str:
    return escape(one_line(text))
