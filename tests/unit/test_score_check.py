"""`ivr score check`: everything that is wrong with scoring.yaml, each with its place."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner

from ivr.cli import app
from ivr.errors import FileError
from ivr.policy import json_schemas
from ivr.policy import loader as policies
from ivr.policy.scoring.check import check
from ivr.policy.scoring.loader import SCORING, load
from ivr.policy.scoring.schema import ScoringFile
from ivr.shipped_files import share

SHIPPED = (share("dialplans") / SCORING).read_text(encoding="utf-8")
POLICY = policies.load(share("dialplans")).policy

SMALL = """\
currency: GBP
rates: {EUR: 0.85}
scores: {value: run, need: run}
sources:
  orders:
    customer: customer_id
    time: ordered_at
    columns: {amount: money, status: text, minutes: number, channel: text}
    serving: {channel: channel, agent-minutes: minutes}
  cases:
    customer: customer_id
costs:
  - {since: "2025-01-01", contact: {phone: 1}}
  - {since: "2026-01-01", contact: {phone: 1.5}, agent-minute: 0.7}
metrics:
  margin:
    source: orders
    form: sum
    of: amount
    where: status = 'ok'
    window: 365 days
    range: [0, 1000]
    missing: 0
  cost:
    source: orders
    form: sum
    of: cost-to-serve
    direction: less
  cases:
    source: cases
    form: count
    scale: points
    points: {"0": 0, "1": 80}
  per-case:
    form: ratio
    ratio: {of: margin, to: cases}
    report-only: true
weights:
  value: {margin: 3, cost: 1}
  need: {cases: 1}
"""

# What is changed in SMALL, into what, and what is said: line and column, and what comes after them.
MISTAKES = [
    (
        "currency: GBP",
        "currency: pounds",
        ["1:1: currency: 'pounds' does not fit: write a currency's three capital"],
    ),
    ("currency: GBP", "currncy: GBP", ["1:1: currncy: is not known here"]),
    ("EUR: 0.85", "EUR: 0", ["2:9: rates.EUR: it cannot be worth nothing"]),
    ("EUR: 0.85", "GBP: 0.85", ["2:9: rates.GBP: that is the currency itself"]),
    ("EUR: 0.85", "EUR: 0.12345678", ["2:9: rates.EUR: '0.12345678' does not fit"]),
    (
        "value: run",
        "value: ran",
        ["3:10: scores.value: input should be 'run' or 'given', not 'ran'"],
    ),
    (
        "need: run",
        "potential: run",
        ["3:22: scores.potential: nothing makes it: write weights.potential"],
    ),
    ("  orders:\n", "  Orders:\n", ["5:3: sources.Orders: 'Orders' does not fit"]),
    (
        "customer: customer_id\n    time",
        "customer: a/../b\n    time",
        ["6:5: sources.orders.customer: 'a/../b' does"],
    ),
    (
        "time: ordered_at",
        "time: ordered_at\n    zone: Europe/Londn",
        ["8:5: sources.orders.zone: there is no time"],
    ),
    (
        "time: ordered_at",
        "time: amount",
        ["8:15: sources.orders.columns.amount: amount is the time already"],
    ),
    (
        "status: text",
        "status: texts",
        ["8:30: sources.orders.columns.status: input should be 'text'"],
    ),
    (
        "status: text",
        "Amount: text",
        [
            "8:30: sources.orders.columns.Amount: only its capitals tell it from amount",
            "20:12: metrics.margin.where: \"status = 'ok'\": there is no column",
        ],
    ),
    (
        "agent-minutes: minutes",
        "agent-minutes: status",
        ["9:33: sources.orders.serving.agent-minutes: status is text"],
    ),
    (
        "channel: channel, ",
        "channel: chanel, ",
        ["9:15: sources.orders.serving.channel: there is no column 'chanel'"],
    ),
    (
        "customer: customer_id\n    time",
        "path: /etc/passwd\n    customer: customer_id\n    time",
        ["6:5: sources.orders.path: is not known here"],
    ),
    (
        'since: "2026-01-01"',
        'since: "2024-01-01"',
        ["14:6: costs.1.since: 2024-01-01 is not after 2025-01-01"],
    ),
    (
        'since: "2026-01-01"',
        'since: "12-24"',
        ["14:6: costs.1.since: 12-24 is no day with its year"],
    ),
    (
        "contact: {phone: 1.5}",
        "contact: {phone: -1}",
        ["14:37: costs.1.contact.phone: '-1' does not fit"],
    ),
    (
        "form: sum\n    of: amount",
        "form: summ\n    of: amount",
        ["18:5: metrics.margin.form: input should be 'sum'"],
    ),
    ("    of: amount\n", "", ["16:3: metrics.margin: the form sum needs `of`"]),
    (
        "form: count\n",
        "form: count\n    of: x\n",
        ["32:5: metrics.cases: of: the form count has no use for it"],
    ),
    (
        "of: amount\n",
        "of: amout\n",
        ["19:9: metrics.margin.of: 'amout': there is no column 'amout' here: is amount"],
    ),
    ("of: amount\n", "of: status\n", ["19:9: metrics.margin.of: 'status': it has to be a number"]),
    (
        "status = 'ok'",
        "status = 'ok' and read_csv('/etc/passwd')",
        ["20:30: metrics.margin.where: \"status = 'ok' and"],
    ),
    (
        "status = 'ok'",
        "status = = 'ok'",
        ["20:21: metrics.margin.where: \"status = = 'ok'\": no SQL expression"],
    ),
    (
        "window: 365 days",
        "window: 365",
        ["21:5: metrics.margin.window: '365' does not fit: write a number of days"],
    ),
    ("[0, 1000]", "[1000, 0]", ["22:5: metrics.margin: range: write the lowest first"]),
    ("missing: 0", "missing: yes", ["23:14: YAML reads 'yes' as true"]),
    (
        "of: cost-to-serve",
        "of: cost-to-sreve",
        ["27:9: metrics.cost.of: 'cost-to-sreve': there is no column 'cost'"],
    ),
    (
        "direction: less",
        "direction: down",
        ["28:5: metrics.cost.direction: input should be 'more' or 'less'"],
    ),
    (
        "form: count\n",
        "form: count\n    window: 30 days\n",
        ["32:5: metrics.cases.window: the source cases has no"],
    ),
    (
        "form: count\n",
        "form: tenure\n",
        ["31:5: metrics.cases.form: the source cases has no `time`"],
    ),
    (
        "    scale: points\n",
        "",
        ["29:3: metrics.cases: `scale: points` and `points` belong together"],
    ),
    (
        '"1": 80',
        '"1": 180',
        ["33:22: metrics.cases.points.1: input should be less than or equal to 100"],
    ),
    (
        '{"0": 0, "1": 80}',
        '{"1": 0, "0": 80}',
        ["33:5: metrics.cases.points: write the lowest value first"],
    ),
    (
        "to: cases}",
        "to: case}",
        ["36:25: metrics.per-case.ratio.to: there is no metric 'case': is cases meant?"],
    ),
    ("to: cases}", "to: per-case}", ["36:5: metrics.per-case.ratio: it is made of itself"]),
    (
        "need: {cases: 1}",
        "need: {per-case: 1}",
        ["40:10: weights.need.per-case: the metric is `report-only`"],
    ),
    (
        "need: {cases: 1}",
        "need: {cases: 0}",
        ["40:10: weights.need.cases: input should be greater than 0"],
    ),
    (
        "value: {margin: 3, cost: 1}",
        "value: {margn: 3, cost: 1}",
        ["39:11: weights.value.margn: there is no metric"],
    ),
    ("    report-only: true\n", "", ["34:3: warning: metrics.per-case counts in no score"]),
    ("need: {cases: 1}", "need: {cases: 1}\nneed: 1", ["41:1: need: is not known here"]),
]


def said(text: str) -> list[str]:
    found = check(text, Path("folder"), policy=POLICY)
    return [str(each).removeprefix("folder/scoring.yaml:") for each in found]


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


def test_what_is_shipped_is_good() -> None:
    assert said(SHIPPED) == []
    assert said(SMALL) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    MISTAKES,
    ids=[f"{old.strip()[:20]}>{new.strip()[:24]}" for old, new, _ in MISTAKES],
)
def test_a_mistake_is_told_with_its_place(old: str, new: str, expected: list[str]) -> None:
    found = said(changed(SMALL, old, new))
    for each in expected:
        assert [line for line in found if line.startswith(each)], found
    assert all(line.isprintable() for line in found)


def test_the_same_rows_twice_in_one_direction() -> None:
    twice = changed(
        SMALL,
        "  cost:\n",
        "  revenue: {source: orders, form: mean, of: amount, where: status  =  'OK'}\n  cost:\n",
    )
    twice = changed(twice, "cost: 1}", "revenue: 1, cost: 1}")
    (found,) = said(twice)
    assert found.startswith(
        "40:22: warning: weights.value: revenue and margin count the same rows of orders twice",
    )
    assert said(changed(twice, "=  'OK'}", "=  'OK', direction: less}")) == []
    assert said(changed(twice, "status  =  'OK'", "status <> 'OK'")) == []


def test_a_metric_of_need_beside_an_adjustment_of_the_policy() -> None:
    double = changed(SHIPPED, "need: {complaints: 5", "need: {complaints: 5, abandoned-calls: 1")
    double = changed(double, "    report-only: true            # the policy", "    # the policy")
    (found,) = said(double)
    assert "weights.need.abandoned-calls: the policy raises the call for it already (gave" in found
    every = changed(SHIPPED, "    where: about = 'complaint'\n", "")
    (found,) = said(every)
    assert "weights.need.complaints: the policy raises the call for it already (repeat" in found


def test_a_file_that_has_a_mistake_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / SCORING
    path.write_text(changed(SMALL, "of: amount\n", "of: amout\n"))
    with pytest.raises(FileError, match=r"scoring\.yaml:19:9: "):
        load(path)
    path.write_text(SMALL)
    made = load(path)
    assert (made.metrics["margin"].of, made.metrics["margin"].digits) == ('"amount"', 2)
    assert (made.metrics["margin"].window, made.rates) == (365, {"EUR": 850_000})
    path.write_text(changed(SMALL, "currency: GBP", "currency: JPY"))
    assert load(path).metrics["margin"].digits == 0
    before = load(path).version
    path.write_text(path.read_text() + "\n")
    assert load(path).version != before


@pytest.mark.parametrize(
    "text",
    ["", "- 1", "a: [", "x: 1\n", "&a *a", "\0", "currency: !!python/object x\n"],
)
def test_what_is_no_scoring_file_is_refused_in_words(text: str) -> None:
    (found, *_) = said(text)
    assert found


def test_the_schema_says_what_the_check_says() -> None:
    schema = json.loads(json_schemas.of(ScoringFile, SCORING))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert not list(validator.iter_errors(yaml.safe_load(SHIPPED)))
    assert not list(validator.iter_errors(yaml.safe_load(SMALL)))
    assert list(
        validator.iter_errors(yaml.safe_load(changed(SMALL, "form: count", "form: counts"))),
    )
    assert list(
        validator.iter_errors(yaml.safe_load(changed(SMALL, "currency: GBP", "path: /etc/passwd"))),
    )


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    path = tmp_path / SCORING
    path.write_text(changed(SMALL, "of: amount\n", "of: amout\n"))
    done = CliRunner().invoke(app, ["score", "check", str(tmp_path)])
    assert done.exit_code == 1
    assert f"{path}:19:9: metrics.margin.of" in done.stdout
    assert "not checked: what policy.yaml raises calls for" in done.stderr
    told = json.loads(CliRunner().invoke(app, ["score", "check", str(path), "--json"]).stdout)
    (each,) = told["findings"]
    assert (each["line"], each["column"], each["grade"]) == (19, 9, "error")
    assert CliRunner().invoke(app, ["score", "check", str(share("dialplans"))]).exit_code == 0
    assert CliRunner().invoke(app, ["score", "check", str(tmp_path / "none.yaml")]).exit_code == 2
    assert json.loads(CliRunner().invoke(app, ["score", "schema"]).stdout)["title"] == SCORING
