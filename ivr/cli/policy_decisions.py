"""`ivr policy explain` and `ivr policy diff`: a policy tried without a call, and on the calls that were."""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from ivr.application import what_if
from ivr.application.policy_diff import DiffQuestion, Example, Tally, compare
from ivr.cli import common, moments
from ivr.cli.options import AsJson, Caller, Dialled
from ivr.cli.publications import clock
from ivr.domain.agent_interfaces import Interfaces
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.policy import Step
from ivr.domain.routing.explanation import Explanation
from ivr.domain.routing.fact_overrides import SupposedError, supposed
from ivr.domain.showable import one_line
from ivr.errors import FileError, StoreError
from ivr.numbers.e164 import PhoneNumbers
from ivr.policy import loader, texts
from ivr.policy.loader import Bundle
from ivr.policy.texts import Texts
from ivr.presentation import explanation, explanation_text
from ivr.service import app as service
from ivr.service.known_customers import known_customers
from ivr.settings import Settings
from ivr.store import versions
from ivr.store.calls import StoredArchive
from ivr.store.engine import reader

_ROWS = 12  # of a table
_STEPS = 4  # steps, or sounds, of an example
_SAME = (
    "a policy is compared with itself: {new} says what version {version} says. Compare a changed copy "
    "(cp -r dialplans draft), or with what was decided then (--against recorded), or with another version "
    "(--against VERSION; `ivr policy log` lists them)"
)


def _signed(value: str) -> str:
    if value not in ("", "A", "B", "C", "failed"):
        raise typer.BadParameter(f"{value!r} is no attestation: A, B, C or failed")
    return value


def explain(
    caller: Caller,
    to: Dialled = "1000",
    at: Annotated[
        str, typer.Option(metavar="TIME", help="when: 'monday 10:00', 10:00 or 2026-12-24T10:00; default: now")
    ] = "",
    suppose: Annotated[
        list[str] | None, typer.Option("--set", metavar="FACT=VALUE", help="take this for true; lists as a;b")
    ] = None,
    trunk: Annotated[
        str, typer.Option(metavar="TRUNK", help="where the call comes in; default: the first that the policy trusts")
    ] = "",
    attestation: Annotated[
        str, typer.Option(metavar="LEVEL", callback=_signed, help="the number is signed: A, B or C; or failed")
    ] = "",
    withhold: Annotated[bool, typer.Option("--withhold", help="the caller hides the number")] = False,
    intent: Annotated[str, typer.Option(metavar="KEY", help="the key pressed in the menu, or what it stands for")] = "",
    policy: Annotated[str, typer.Option(metavar="FOLDER|VERSION", help="another policy; default: that in force")] = "",
    as_json: AsJson = False,
) -> None:
    """Say what would become of a call, segment by segment and rule by rule, without placing one.

    The caller is looked up in the database. What --set says is taken for true; setting any fact of the customer
    (customer.value=90) implies that the caller was identified. `ivr policy facts` lists the facts.

    Example:  ivr policy explain --from +442079460001 --at "monday 10:00" --set customer.need=90
    """
    settings = common.settings()
    bundle = _bundle(settings, policy)
    try:
        facts = supposed(suppose or ())
        dialled = facts.get("call.did", to)
        call = IncomingCall(
            call_id="explain", linked_id="explain", caller_number=caller, dialled=dialled, withheld=withhold,
            trunk=trunk or bundle.policy.trust.trunks[0], sip_call_id="",
            arrived_at=what_if.moment(at, dialled, bundle.policy), attestation=attestation,
        )  # fmt: skip
        if intent:
            call = what_if.with_intent(call, intent, bundle.policy)
    except SupposedError as error:
        raise typer.BadParameter(str(error)) from None
    explained = asyncio.run(_tried(settings, call, bundle, facts))
    if as_json:
        told = {"policy": bundle.policy.version} | explanation_text.as_json(explained)
        common.out.print(json.dumps(told), markup=False, emoji=False)
        return
    called = explained.call
    hidden = ", number withheld" if called.withheld else ""
    dialled = called.dialled
    common.out.print(explanation.field("call", f"{called.caller_number} dialled {dialled} on {called.trunk}{hidden}"))
    for part in explanation.told(explained):
        common.out.print(part)
    common.out.print(explanation.field("policy", bundle.policy.version))


async def _tried(settings: Settings, call: IncomingCall, bundle: Bundle, facts: dict[str, object]) -> Explanation:
    async with known_customers(settings) as known:
        return await what_if.tried(call, bundle, PhoneNumbers(), known, facts)


def _bundle(settings: Settings, policy: str) -> Bundle:
    """The policy of a folder or version; without either that in force, as far as that can be found out."""
    if policy:
        read, place = _texts(settings, policy)
        return loader.parse(read, place, Interfaces(settings.agent_interfaces))
    try:
        return service.in_force(settings)[0]
    except StoreError as error:
        why = one_line(str(error))
        common.err.print(f"the files are the policy here, what is published cannot be read: {why}", markup=False)
        return loader.load(settings.policy_dir, Interfaces(settings.agent_interfaces))


def _texts(settings: Settings, policy: str) -> tuple[Texts, Path]:
    """The texts of a folder, of its policy.yaml, or of a stored version, and a name for them."""
    path = Path(policy)
    if path.is_dir() or path.name == texts.POLICY:
        folder = path if path.is_dir() else path.parent
        return texts.read(folder), folder
    if not set(policy) <= set("0123456789abcdef"):
        raise FileError(path, None, "there is no such folder, and it is no version as `ivr policy log` has them")
    engine = reader(settings.database_url)
    try:
        found = versions.texts_of(engine, policy)
    finally:
        engine.dispose()
    return Texts(found.policy, found.agents), Path(f"version {found.version}")


def diff(
    new: Annotated[str, typer.Argument(metavar="FOLDER|VERSION", help="the new policy")],
    since: Annotated[str, typer.Option(metavar="TIME", help="from when: 12h, 7d, 2w ago, or 2026-11-01")] = "7d",
    until: Annotated[str, typer.Option(metavar="TIME", help="until when, in the same forms; default: now")] = "",
    against: Annotated[
        str, typer.Option(metavar="POLICY", help="a folder or version, current, or recorded: what was really decided")
    ] = "current",
    limit: Annotated[int, typer.Option(min=0, max=1000, metavar="COUNT", help="how many examples to show")] = 5,
    as_json: AsJson = False,
) -> None:
    """Decide the recorded calls of a period again under a new policy: who would be treated differently?

    Give it a changed copy of the folder. By default the comparison is with the policy in force, so that only the policy
    differs. Test calls are left out.

    What the record has of each call stays: the customer's data, earlier calls and the queues as they were, what was
    pressed and typed. What a policy makes of that is made anew: entry point, opening hours, language, intent, trust,
    overall score, segment.

    Exit code 0, whatever is found.

    Example:  ivr policy diff draft --since 7d
    """
    settings = common.settings()
    new_texts, place = _texts(settings, new)
    interfaces = Interfaces(settings.agent_interfaces)
    new_bundle = loader.parse(new_texts, place, interfaces)  # a mistake is told with its place
    old_texts = _against(settings, against)
    now = time.time()
    begin, end = moments.moment(since, now), moments.moment(until, now) if until else now
    if begin >= end:
        raise typer.BadParameter("the period ends before it begins", param_hint="--since, --until")
    with Progress(
        TextColumn("deciding again"), BarColumn(), TextColumn("{task.completed:,.0f} of {task.total:,.0f} calls"),
        TimeElapsedColumn(), console=common.err, transient=True,
    ) as progress:  # fmt: skip
        task = progress.add_task("calls", total=0)
        found = compare(
            StoredArchive(settings.database_url), DiffQuestion(new_texts, old_texts, limit), begin, end,
            lambda done, total: progress.update(task, completed=done, total=total),
        )  # fmt: skip
    names = (old_texts.version if old_texts else "recorded", new_bundle.policy.version)
    if names[0] == names[1]:
        common.err.print(_SAME.format(new=new, version=names[1]), markup=False)
    if as_json:
        common.out.print(json.dumps(_as_json(found, names, begin, end, limit)), markup=False, emoji=False)
    else:
        _print(found, names, begin, end, limit)


def _against(settings: Settings, against: str) -> Texts | None:
    if against == "recorded":
        return None
    if against == "current":
        return service.in_force(settings)[0].texts
    return _texts(settings, against)[0]


def _print(found: Tally, names: tuple[str, str], begin: float, end: float, limit: int) -> None:
    old, new = names
    out = common.out
    out.print(f"[bold]{old} → {new}[/], calls from {clock(begin)} to {clock(end)}")
    decided = found.same + found.different
    share = f" ({found.different / decided:.1%})" if decided else ""
    out.print(f"{found.different:,} of {decided:,} calls would be treated differently{share}")
    if found.tests:
        out.print(f"{found.tests:,} test calls are left out")
    for reason, count in found.undecided.most_common():
        out.print(f"{count:,} calls cannot be decided again: {reason}", markup=False)
    for condition, count in found.failed.most_common(5):
        out.print(Text(f"{count:,} times a condition could not be evaluated: {condition}", style="red"))
    if found.different:
        out.print()
        _print_changes(found)
        _print_examples(found.some(limit))


def _print_changes(found: Tally) -> None:
    out = common.out
    fields = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in found.fields.most_common())
    out.print(explanation.field("what changes", fields))
    for title, changes in (("segment", found.segments), ("queue", found.queues), ("rule", found.rules)):
        table = Table("from", "to", title=f"by {title}", title_justify="left", title_style="cyan", box=None)
        table.add_column("calls", justify="right")
        for (here, there), count in changes.most_common(_ROWS):
            table.add_row(Text(here or "-"), Text(there or "-"), f"{count:,}")
        if len(changes) > _ROWS:
            table.add_row(Text(f"{len(changes) - _ROWS} more"), "", f"{sum(changes.values()) - _sum(changes):,}")
        out.print(table)


def _print_examples(examples: list[Example]) -> None:
    if not examples:
        return
    common.out.print(Text("examples", style="cyan"))
    for example in examples:
        for part in _example(example):
            common.out.print(part)
    common.out.print(f"\nmore of one:  ivr explain {examples[0].call_id}", markup=False)


def _sum(changes: "dict[tuple[str, str], int]") -> int:
    return sum(sorted(changes.values(), reverse=True)[:_ROWS])


def _example(example: Example) -> tuple[Text, Text]:
    who = f"{example.number or 'no number'}{f' ({example.customer})' if example.customer else ''}"
    fields = {name: pair for name, pair in example.fields.items() if name not in ("queue", "priority", "action")}
    if "steps" in fields:
        fields["steps"] = _where_they_differ(*fields["steps"])
    more = "".join(f"; {name.replace('_', ' ')} {_short(a)} → {_short(b)}" for name, (a, b) in fields.items())
    change = f"{example.old} → {example.new}" if example.old != example.new else example.new
    return (
        Text(f"  {example.call_id}  {who}  {clock(example.at)}"),
        Text(f"    {change}{more}\n    {example.reason}", style="dim"),
    )


def _where_they_differ(old: Sequence[Step], new: Sequence[Step]) -> tuple[Sequence[Step], Sequence[Step]]:
    return tuple(step for step in old if step not in new), tuple(step for step in new if step not in old)


def _short(value: object) -> str:
    if isinstance(value, tuple):
        steps = bool(value) and isinstance(value[0], Step)
        texts = explanation_text.steps_in_words(value) if steps else [str(each) for each in value]
        return ", ".join([*texts[:_STEPS], *(["…"] if len(texts) > _STEPS else [])]) or "none"
    return str(value) if value not in (None, "") else "none"


def _as_json(found: Tally, names: tuple[str, str], begin: float, end: float, limit: int) -> dict[str, object]:
    def rows(changes: "dict[tuple[str, str], int]") -> list[dict[str, object]]:
        ordered = sorted(changes.items(), key=lambda each: -each[1])
        return [{"from": here or None, "to": there or None, "calls": count} for (here, there), count in ordered]

    return {
        "old": names[0], "new": names[1], "since": begin, "until": end, "calls": found.calls, "tests": found.tests,
        "same": found.same, "different": found.different, "undecided": dict(found.undecided),
        "fields": dict(found.fields), "segments": rows(found.segments), "queues": rows(found.queues),
        "rules": rows(found.rules), "failed": dict(found.failed),
        "examples": [asdict(example) for example in found.some(limit)],
    }  # fmt: skip
