"""The arrows between the parts of ivr/, and their picture: `make architecture` writes docs/architecture.svg.

tests/unit/test_architecture.py holds the code to the table, and the picture to it as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

PICTURE = Path(__file__).parents[1] / "docs/architecture.svg"


@dataclass(frozen=True, slots=True)
class Layer:
    """Some parts of ivr/, and the layers that they may import. `every` layer may be imported where it says so.

    A part may always import itself, and no other part of its layer, but for those that may import everything.
    """

    parts: tuple[str, ...]
    about: str
    imports: tuple[str, ...] = ()
    every: bool = False


# The lowest first.
LAYERS: Mapping[str, Layer] = {
    "limits": Layer(("limits",), "deadlines and limits that several parts keep"),
    "domain": Layer(("domain",), "pure: calls, customers, routing, decisions; the ports", ("limits",)),
    "shared": Layer(
        (
            "asterisk_config",
            "background_process",
            "delimited",
            "errors",
            "hanging_work",
            "kept_process",
            "logs",
            "packets",
            "private_files",
            "processes",
            "regular_files", "settings", "shipped_files",
        ),
        "what everybody may use",
        ("shared", "domain", "limits"),
    ),
    "policy": Layer(("policy",), "the admin's files to validated values", ("limits", "domain", "shared")),
    "adapters": Layer(
        ("agi", "ami", "asterisk_files", "numbers", "store", "warehouse"),
        "Asterisk, the database and the sources of scores, behind ports",
        ("limits", "domain", "shared"),
    ),
    "application": Layer(("application",), "use cases, on ports", ("limits", "domain", "shared", "policy")),
    "presentation": Layer(
        ("presentation",), "words and tables for people", ("limits", "domain", "shared", "application")
    ),
    "service": Layer(
        ("service",),
        "puts the parts together",
        ("limits", "domain", "shared", "policy", "adapters", "application", "presentation"),
    ),
    "commands and test bench": Layer(
        ("cli", "lab", "qa"), "the command line; Asterisk and phones for tests", every=True
    ),
}  # fmt: skip

_WIDTH, _BOX, _ROW, _TOP, _SIDE = 900, 62, 104, 24, 28


def may_import(layer: str) -> frozenset[str] | None:
    """The modules that a layer may import beside its own part; None for all."""
    one = LAYERS[layer]
    return None if one.every else frozenset(f"ivr.{part}" for name in one.imports for part in LAYERS[name].parts)


def svg() -> str:
    """The picture: each layer a box, with an arrow to each one that it imports and that no other arrow leads to."""
    rows = _rows()
    height = _TOP * 2 + _ROW * len(rows) - (_ROW - _BOX)
    boxes = {name: box for n, row in enumerate(rows) for name, box in _placed(row, _TOP + n * _ROW)}
    drawn = [_arrow(boxes[name], boxes[other]) for name in LAYERS for other in _arrows(name)]
    drawn += [_box(name, box) for name, box in boxes.items()]
    body = "\n".join(f"  {line}" for each in drawn for line in each)
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    return f"""<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">
  <title>Which part may import which</title>
  <style>
    text {{ font-family: "DejaVu Sans", "Segoe UI", Helvetica, Arial, sans-serif; }}
    text {{ font-size: 13px; fill: #1f2937; text-anchor: middle; }}
    .name {{ font-weight: bold; }}
    .about {{ font-size: 11px; fill: #4b5563; }}
    rect {{ fill: #e2effd; stroke: #2563a8; }}
    path {{ fill: none; stroke: #475569; stroke-width: 1.5; marker-end: url(#tip); }}
    marker path {{ fill: #475569; stroke: none; marker-end: none; }}
  </style>
  <marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">
    <path d="M0 0 L10 5 L0 10 z"/>
  </marker>
{body}
</svg>
"""


def _below(name: str) -> set[str]:
    """The layers that one may import, but for itself."""
    layer = LAYERS[name]
    return set(LAYERS) - {name} if layer.every else set(layer.imports) - {name}


def _arrows(name: str) -> list[str]:
    """Of these the ones that nothing else leads to: a picture of all would be black."""
    below = _below(name)
    return sorted(other for other in below if not any(other in _below(third) for third in below))


def _rows() -> list[list[str]]:
    """The layers, the highest first; those that stand side by side in one row."""
    depth: dict[str, int] = {}

    def of(name: str) -> int:
        depth.setdefault(name, 1 + max(map(of, _below(name)), default=-1))
        return depth[name]

    highest = max(map(of, LAYERS))
    return [[name for name in LAYERS if depth[name] == row] for row in range(highest, -1, -1)]


Box = tuple[float, float, float]
"""Left, top, width."""


def _placed(row: list[str], top: float) -> list[tuple[str, Box]]:
    width = (_WIDTH - _SIDE * (len(row) + 1)) / len(row)
    width = min(width, 660)
    left = (_WIDTH - width * len(row) - _SIDE * (len(row) - 1)) / 2
    return [(name, (left + n * (width + _SIDE), top, width)) for n, name in enumerate(row)]


def _box(name: str, box: Box) -> list[str]:
    left, top, width = box
    middle = left + width / 2
    layer = LAYERS[name]
    parts = ", ".join(layer.parts)
    title = name if layer.parts == (name,) else f"{name}: {parts}"
    small = ' style="font-size: 10px"' if len(title) > 60 else ""
    return [
        f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{_BOX}" rx="6"/>',
        f'<text class="name" x="{middle:g}" y="{top + 26:g}"{small}>{escape(title)}</text>',
        f'<text class="about" x="{middle:g}" y="{top + 46:g}">{escape(layer.about)}</text>',
    ]


def _arrow(box: Box, other: Box) -> list[str]:
    if other[1] - box[1] > 2 * _ROW:  # round the boxes between them
        right, height, to_x = box[0] + box[2], box[1] + _BOX / 2, other[0] + other[2] - 60
        return [f'<path d="M{right:g} {height:g} C{to_x:g} {height:g} {to_x:g} {height:g} {to_x:g} {other[1]:g}"/>']
    from_x, to_x = box[0] + box[2] / 2, other[0] + other[2] / 2
    if abs(from_x - to_x) > other[2] / 2:  # to the nearest part of a box that lies beside
        to_x += (other[2] / 3) * (1 if from_x > to_x else -1)
    return [f'<path d="M{from_x:g} {box[1] + _BOX:g} L{to_x:g} {other[1]:g}"/>']


if __name__ == "__main__":
    PICTURE.write_text(svg(), encoding="utf-8")
