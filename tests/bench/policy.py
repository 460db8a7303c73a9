"""`make bench-policy`: how long decisions take with 20 and with 200 rules, and how long it takes to take up a policy.

A decision is what the service does for each call once it knows the customer: the facts are gathered, segments and
rules are tried, the answer is made. Times are of single decisions, by the clock; each figure is that of the best of
many short rounds (200 calls), because whatever else the machine does can only make them longer. On a machine that is
kept busy even that shows the others: `cpu` is the time that the decision itself had the processor.

The policies are made up, but for the shipped one (`shipped`), which decides about the sample's customers. Before it is
measured, each decides about its calls: when that is not what it was made for, nothing would be measured.
"""

import argparse
import json
import platform
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ivr.application.policy_diff import DiffQuestion, compare
from ivr.domain.calls.incoming_call import Caller, IncomingCall
from ivr.domain.customers import Contacts, Customer, Found, Scores
from ivr.domain.routing import condition_tokens
from ivr.domain.routing.decision import Decision, decide, explain
from ivr.domain.routing.facts import gather
from ivr.policy import loader, texts
from ivr.policy.conditions import cel, constraints
from ivr.policy.lint.check import check
from ivr.policy.loader import Bundle
from ivr.policy.texts import Texts
from ivr.qa import sample_decisions
from ivr.shipped_files import share
from ivr.store.calls import StoredArchive
from ivr.store.engine import writer
from tests import recorded_calls
from tests.bench import rig
from tests.databases import make_tables

BUILD = Path("build/bench")
NOW = 1_764_000_000.0
AIMS = {"rules20_p99_us": 200.0, "rules200_load_ms": 100.0, "diff100k_processor_s": 60.0}
DIFFERING, WEEK = 5_000, 604_800.0  # recorded calls, and seconds in which they came
EXPLAINED = 1.3  # times what a decision without explanation takes
AGENTS = "agents: [{name: Anna, interface: PJSIP/anna, skills: {general-queue: 5}}]\n"
HEAD = """\
region: GB
languages: [en, de, fr]
score: {value: 0.6, potential: 0.2, need: 0.2}
trust: {trunks: [carrier]}
hours: {office: {zone: Europe/London, open: {monday-friday: ["09:00-17:00"], saturday: ["10:00-13:00"]}}}
entry-points:
  main: {numbers: ["1000"], greeting: hello, hours: office}
  invoices: {numbers: ["1001"], greeting: hello}
segments:
  - {name: premium, enter: [customer.value >= 80.0], stay: [customer.value >= 75.0]}
  - {name: at-risk, enter: [customer.need >= 75.0], stay: [customer.need >= 65.0]}
  - {name: won-back, enter: [customer.lapsed, customer.potential >= 70.0]}
  - {name: standard, enter: [customer.found]}
treatments:
  general: {queue: general-queue, priority: 10, announce: {every: 60, say: [position, wait]}}
"""
KINDS: tuple[Callable[[int], tuple[str, ...]], ...] = (
    lambda n: ("'segment == \"premium\"'", f"'\"product-{n}\" in customer.products'"),
    lambda n: ("'segment == \"at-risk\"'", f"customer.days_since_contact < {n % 30 + 1}.5", "customer.open_case"),
    lambda n: (f"'customer.contract == \"plan-{n}\"'", "call.closed"),
    lambda n: ("'call.entry == \"invoices\"'", f"customer.score >= {n % 100}.5"),
    lambda n: (f"'\"tag-{n}\" in customer.tags'", "customer.contacts_7d >= 2"),
    lambda n: ("'call.language != \"en\"'", f"'customer.preferred_agent == \"agent-{n}\"'"),
    lambda n: ("'segment == \"standard\"'", f"'\"tag-{n}\" in customer.tags'"),
    lambda n: ("customer.abandoned_last", f"customer.contacts_30d >= {n % 20 + 1}"),
)


def policy(rules: int, *, by_cel: bool = False) -> str:
    """A policy with so many rules, each about something else; one in ten adjusts. Customer n has `tag-n`.

    Most conditions only compare, as admins' do; with `by_cel`, each is one that takes CEL.
    """
    text = [HEAD, "rules:\n"]
    for n in range(rules):
        does = "adjust: {priority: 5}" if n % 10 == 3 else "treatment: general"
        conditions = ", ".join(_joined(each) if by_cel else each for each in KINDS[n % len(KINDS)](n))
        text.append(f"  - {{name: rule {n}, when: [{conditions}], {does}}}\n")
    return "".join([*text, "default: general\n"])


def _joined(condition: str) -> str:
    inner = condition.strip("'")
    return f"'({inner}) && call.did != \"\"'"


@dataclass(frozen=True, slots=True)
class Case:
    """One call to decide on."""

    call: IncomingCall
    caller: Caller
    found: Found


def cases(rules: int, count: int = 200) -> list[Case]:
    """Calls of all sorts: half of them fit one of the last fifth of the rules, some none, the others any."""
    dice = random.Random(20)
    standard = [n for n in range(rules) if n % len(KINDS) == 6 and n % 10 != 3]  # their tag alone decides
    late = [n for n in standard if n >= 0.8 * rules] or standard[-1:]
    made = []
    for i in range(count):
        tag = dice.choice(late) if i % 2 else dice.choice(standard) if i % 4 else None
        scores = Scores(dice.uniform(0, 79), dice.uniform(0, 69), dice.uniform(0, 74))
        customer = Customer(
            f"C{i}", f"Customer {i}", scores, language=dice.choice(["en", "de", "fr"]),
            tags=("newsletter", f"tag-{tag}"), products=("fibre", "mobile"), contract="basic", scored_at=NOW - 1e6,
            contacts=Contacts(NOW - 2e5, (NOW - 2e5, NOW - 9e5)),
        )  # fmt: skip
        call = IncomingCall(f"c.{i}", f"c.{i}", "02079460001", "1000", False, "carrier", "", NOW + i)
        made.append(Case(call, Caller(f"+4420794{i:05}"), Found(customer)))
    return made


def sample(bundle: Bundle, count: int = 200) -> list[Case]:
    """First calls of the sample's customers, on a trunk that is trusted."""
    numbers = list(sample_decisions.owners().items())[:count]
    trunk = bundle.policy.trust.trunks[0]
    return [
        Case(IncomingCall(f"s.{n}", f"s.{n}", number, "1000", False, trunk, "", NOW + n), Caller(number), Found(owner))
        for n, (number, owner) in enumerate(numbers)
    ]


def yardstick(name: str, bundle: Bundle, calls: Sequence[Case], rules: int) -> None:
    """Raise LabError if a condition fails, or fewer than so many rules decide about these calls."""
    decided: list[Decision] = []
    for case in calls:
        facts = gather(case.call, case.caller, case.found, bundle.policy)
        decided.append(decide(case.call, facts, bundle.policy, bundle.conditions))
    failed = [decision.trace.failed for decision in decided if decision.trace.failed]
    rig.yardstick(not failed, f"{name}: conditions fail: {failed[:1]}")
    found = {decision.trace.rule for decision in decided} - {"default"}
    rig.yardstick(len(found) >= rules, f"{name}: only {len(found)} rules decide about {len(calls)} calls: {found}")


def measured(bundle: Bundle, calls: Sequence[Case], *, explained: bool) -> list[tuple[float, float]]:
    """Microseconds that each decision takes by the clock, and of the processor's time."""
    took = []
    deciding = explain if explained else decide
    for case in calls:
        began, worked = time.perf_counter_ns(), time.thread_time_ns()
        facts = gather(case.call, case.caller, case.found, bundle.policy)
        deciding(case.call, facts, bundle.policy, bundle.conditions)
        worked = time.thread_time_ns() - worked
        took.append(((time.perf_counter_ns() - began) / 1000, worked / 1000))
    return took


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def decisions(rules: int, rounds: int, *, by_cel: bool = False) -> dict[str, float]:
    """The figures for so many made-up rules."""
    name = f"rules{rules}{'_cel' if by_cel else ''}"
    return timed(name, loader.parse(Texts(policy(rules, by_cel=by_cel), AGENTS), Path()), cases(rules), rounds)


def shipped(rounds: int) -> dict[str, float]:
    """The figures for the shipped policy."""
    bundle = loader.load(share("dialplans"))
    return timed("shipped", bundle, sample(bundle), rounds, rules=4)


def timed(of: str, bundle: Bundle, calls: Sequence[Case], rounds: int, *, rules: int = 2) -> dict[str, float]:
    """The figures of one policy. With and without explanation take turns, so that both see the same machine."""
    yardstick(of, bundle, calls, rules)
    figures: dict[str, float] = {}
    fared: dict[bool, list[list[tuple[float, float]]]] = {False: [], True: []}
    for _ in range(rounds):
        for explained, found in fared.items():
            found.append(measured(bundle, calls, explained=explained))
    for explained, name in ((False, of), (True, f"{of}_explained")):
        for clock, prefix in enumerate((name, f"{name}_cpu")):
            times = [[each[clock] for each in found] for found in fared[explained]]
            figures[f"{prefix}_p50_us"] = min(quantile(each, 0.50) for each in times)
            figures[f"{prefix}_p99_us"] = min(quantile(each, 0.99) for each in times)
        figures[f"{name}_per_second"] = max(
            1e6 * len(found) / sum(took for took, _ in found) for found in fared[explained]
        )
    return figures


def loading(rules: int, rounds: int) -> dict[str, float]:
    """Milliseconds to check the files as `ivr policy check` does, and to take them up as the service does."""
    checks, loads = [], []
    for n in range(rounds):
        texts = Texts(policy(rules) + f"# {n}\n", AGENTS)
        for kept in (cel.compiled, condition_tokens.tokens, constraints.of_one):
            kept.cache_clear()
        began = time.perf_counter()
        said = check(texts, Path())
        then = time.perf_counter()
        loader.parse(texts, Path())
        loads.append(1000 * (time.perf_counter() - then))
        checks.append(1000 * (then - began))
        assert not [each for each in said if each.grade == "error"], said
    return {
        f"rules{rules}_check_ms": min(checks),
        f"rules{rules}_take_up_ms": min(loads),
        f"rules{rules}_load_ms": min(a + b for a, b in zip(checks, loads, strict=True)),
    }


def differing(rounds: int) -> dict[str, float]:
    """Measure the processor time that `ivr policy diff` takes for 100,000 recorded calls.

    It is worked out from some thousands. The policy that they are compared with decides as the one
    that decided them, and is not it, so both decide about each call.
    """
    shipped = texts.read(share("dialplans"))
    new, old = (Texts(f"{shipped.policy}# {n}\n", shipped.agents) for n in range(2))
    seconds = []
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/ivr.db"
        engine = writer(url)
        make_tables(engine)
        engine.dispose()
        engine = writer(url)
        recorded_calls.record(engine, loader.parse(shipped, Path("shipped")), DIFFERING, WEEK)
        engine.dispose()
        for _ in range(rounds):
            began = time.process_time()
            question, since = DiffQuestion(new, old), recorded_calls.BEGIN
            found = compare(StoredArchive(url), question, since, since + WEEK, processes=1)
            seconds.append(time.process_time() - began)
            assert found.same == DIFFERING, found
    return {"diff100k_processor_s": min(seconds) * 100_000 / DIFFERING}


def run(rounds: int) -> dict[str, float]:
    """Every figure."""
    return {
        **differing(max(2, rounds // 25)),
        **shipped(max(3, rounds // 4)),
        **decisions(20, rounds),
        **decisions(20, max(3, rounds // 4), by_cel=True),
        **decisions(200, max(3, rounds // 4)),
        **loading(200, max(3, rounds // 3)),
    }


def verdict(figures: dict[str, float], name: str) -> str:
    """Whether an aim was met; nothing for figures without one."""
    if name == "rules20_explained_p99_us":
        times = figures[name] / figures["rules20_p99_us"]
        return f"{'met' if times <= EXPLAINED else 'NOT MET'}: {times:.2f} times, aim {EXPLAINED:g}"
    if name in AIMS:
        return f"{'met' if figures[name] <= AIMS[name] else 'NOT MET'}: aim {AIMS[name]:g}"
    return ""


def processor() -> str:
    """What the machine calls its processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--rounds", type=int, default=100, help="the best one counts (default: 100)")
    rounds = arguments.parse_args().rounds
    out = Console(highlight=False, soft_wrap=True)
    load = Path("/proc/loadavg").read_text(encoding="utf-8").split()[0] if Path("/proc/loadavg").exists() else "?"
    figures = run(rounds)
    table = Table(title=f"policy: best of {rounds} rounds; load of the machine at the beginning: {load}")
    for heading in ("figure", "measured", ""):
        table.add_column(heading)
    for name, value in figures.items():
        table.add_row(name, f"{value:,.0f}" if value >= 1000 else f"{value:,.1f}", escape(verdict(figures, name)))
    out.print(table)
    BUILD.mkdir(parents=True, exist_ok=True)
    about = {"python": platform.python_version(), "cpu": processor(), "load": load, "rounds": rounds}
    (BUILD / "policy.json").write_text(json.dumps({**figures, **about}, indent=2) + "\n", encoding="utf-8")
    out.print(f"written to {BUILD / 'policy.json'}")


if __name__ == "__main__":
    rig.guarded(main)
