"""A scenario's picture as inline SVG. Its colours and patterns are in report.css and in `PATTERNS`."""

from collections.abc import Sequence

from ivr.qa.scenarios.markup import Html, el, fitted, joined
from ivr.qa.scenarios.result import CallResult, Moment
from ivr.qa.scenarios.timeline import AXIS, BAND, GLYPH, HEAD, LEFT, WIDTH, Bar, Flag, Picture, Stripe, picture

BARS = frozenset({"waiting", "rang", "talking", "prompt", "asked", "decided"})  # those with a colour of their own
# The sign of each kind of mark, 9 pixels wide around (0, 0): it is told by its shape, too.
SIGNS = {
    "placed": "M-3.5 -4.5 L4 0 L-3.5 4.5 Z",
    "asked": "M0 -4.5 L4.5 0 L0 4.5 L-4.5 0 Z",
    "decided": "M0 -4.5 L4.5 0 L0 4.5 L-4.5 0 Z",
    "prompt": "M-4 -1.5 H-1.5 L2 -4 V4 L-1.5 1.5 H-4 Z",
    "pressed": "M-4 -4 H4 V4 H-4 Z M-1.5 -4 V4 M1.5 -4 V4 M-4 -1.5 H4 M-4 1.5 H4",
    "joined": "M-4.5 -3.5 H4.5 L0 4 Z",
    "waiting": "M-4 -4.5 H4 L-4 4.5 H4 Z",
    "rang": "M-4.5 3 H4.5 L3 1 V-1 A3 3 0 0 0 -3 -1 V1 Z",
    "no answer": "M-4 -4 L4 4 M4 -4 L-4 4",
    "connected": "M-4.2 0 A4.2 4.2 0 1 0 4.2 0 A4.2 4.2 0 1 0 -4.2 0 Z",
    "talking": "M-4.5 -4 H4.5 V2 H0 L-3 4.5 V2 H-4.5 Z",
    "left": "M4.5 -4.5 V4.5 M3 0 H-4.5 M-1 -3.5 L-4.5 0 L-1 3.5",
    "ended": "M-3.8 -3.8 H3.8 V3.8 H-3.8 Z",
}
OTHER = "M-2 0 A2 2 0 1 0 2 0 A2 2 0 1 0 -2 0 Z"
HOLLOW = frozenset({"asked", "pressed", "no answer", "left"})
PATTERNS = joined(
    [
        Html('<svg width="0" height="0" class="defs" aria-hidden="true"><defs>'),
        Html('<pattern id="slant" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'),
        Html('<path class="hatch" d="M0 0 V6" /></pattern>'),
        Html('<pattern id="upright" width="5" height="5" patternUnits="userSpaceOnUse">'),
        Html('<path class="hatch" d="M0 0 V5" /></pattern></defs></svg>'),
    ]
)
HATCHED = {"waiting": "slant", "rang": "upright"}


def svg(name: str, calls: Sequence[CallResult], key: str) -> Html | None:
    """The picture of a scenario's calls; `key` makes its ids the only ones of their page. None: nothing to draw."""
    made = picture(calls)
    if made is None:
        return None
    return el(
        "svg",
        el("title", f"What happened in {name}, second by second", id=f"{key}-title"),
        el("desc", " ".join(_told(call) for call in calls), id=f"{key}-desc"),
        (_stripe(stripe) for stripe in made.stripes),
        _axis(made),
        (_bar(bar) for bar in made.bars),
        (_flag(flag) for flag in made.flags),
        class_="time",
        viewBox=f"0 0 {WIDTH:g} {made.height:g}",
        width=WIDTH,
        height=made.height,
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
    )


def sign(kind: str) -> Html:
    """The sign of a kind of mark."""
    return el("path", d=SIGNS.get(kind, OTHER), class_=f"sign {_kind(kind)}{' hollow' if kind in HOLLOW else ''}")


def bar_sample(kind: str) -> Html:
    """A piece of a bar, for the legend."""
    shape = {"x": 1, "y": 1, "width": 26, "height": 12, "rx": 2.5}
    return el("svg", _rect(kind, **shape), class_="time sample", width=28, height=14, aria_hidden="true")


def sign_sample(kind: str) -> Html:
    """A mark's sign, for the legend."""
    drawn = el("g", sign(kind), transform="translate(7 7)")
    return el("svg", drawn, class_="time sample", width=14, height=14, aria_hidden="true")


def _kind(kind: str) -> str:
    """The class of a kind; those that nobody has drawn a sign for look all the same."""
    return f"k-{kind.replace(' ', '-')}" if kind in SIGNS else "k-other"


def _told(call: CallResult) -> str:
    agent = f" by {call.agent}" if call.agent else ""
    waited = "" if call.wait_seconds is None else f" after {call.wait_seconds:.1f} seconds of waiting"
    queue = f", queue {call.queue}" if call.queue else ""
    return f"{call.name}{queue}: {call.outcome}{agent}{waited}."


def _stripe(stripe: Stripe) -> Html:
    y, middle = stripe.y, stripe.y + stripe.height / 2 + 4
    if stripe.lane is None:
        who = el("text", fitted(stripe.call.name, 250, 13), x=0, y=y + HEAD - 6, class_="who")
        return joined([el("path", d=f"M0 {y + HEAD - 0.5:g} H{WIDTH:g}", class_="rule"), who])
    ground = el("rect", x=LEFT, y=y + 1, width=WIDTH - LEFT, height=stripe.height - 2, class_="ground", rx=2)
    return joined([ground, el("text", stripe.lane, x=LEFT - 8, y=middle, class_="lane")])


def _axis(made: Picture) -> Html:
    top, foot = made.top, made.height - AXIS
    grid = "".join(f"M{x:g} {top:g} V{foot:g}" for x, _ in made.ticks)
    guides = "".join(f"M{x:g} {top:g} V{foot:g}" for x in made.guides)
    numbers = [
        el("text", f"{at:g} s", x=x, y=y, class_="tick")
        for y in (top - 6, foot + 14)
        for x, at in made.ticks
        if y > top or top == AXIS  # on top, too, where there are several callers
    ]
    return joined([
        el("path", d=grid, class_="grid"), el("path", d=guides, class_="guide") if guides else None, *numbers,
    ])  # fmt: skip


def _bar(bar: Bar) -> Html:
    shape = {"x": bar.x, "y": bar.y, "width": bar.width, "height": BAND, "rx": min(2.5, bar.width / 2)}
    text = None if bar.label is None else el("text", bar.text, x=bar.label.x, y=bar.y + 12, class_="on")
    return el("g", el("title", _hint(bar.moment)), _rect(bar.moment.kind, **shape), text)


def _rect(kind: str, **shape: float) -> Html:
    drawn = el("rect", class_=f"bar {_kind(kind) if kind in BARS else 'k-other'}", **shape)
    over = HATCHED.get(kind)
    return joined([drawn, el("rect", fill=f"url(#{over})", **shape) if over else None])


def _flag(flag: Flag) -> Html:
    middle = flag.box.y + flag.box.height / 2
    return el(
        "g",
        el("title", _hint(flag.moment)),
        el("path", d=f"M{flag.x:g} {flag.box.y + 2:g} V{flag.foot:g}", class_="pole"),
        el("g", sign(flag.moment.kind), transform=f"translate({flag.box.x + GLYPH / 2 - 1:g} {middle:g})"),
        el("text", flag.text, x=flag.box.x + GLYPH, y=middle + 4),
    )


def _hint(moment: Moment) -> str:
    """What a pointer shows: all of it, with the time."""
    lasted = "" if moment.seconds is None else f", for {moment.seconds:.3f} s"
    return f"{moment.at:.3f} s: {moment.kind}: {moment.says}{lasted}"
