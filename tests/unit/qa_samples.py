"""A run of twelve scenarios, made up but as real ones are: what the tests of the reports show, and what to look at.

`write(folder)` writes the page, to be opened in a browser.
"""

from pathlib import Path
from xml.etree import ElementTree as ET

from ivr.qa.scenarios import junit, report_html
from ivr.qa.scenarios.result import CallResult, Check, Lane, Moment, RunResult, ScenarioResult, Verdict, worst

ADA, CHARLES, MARY, GRACE = "+442079460001", "+442079460002", "+442079460003", "+442079460005"
HOSTILE = "<script>alert(1)</script>\"'& \x1b[31m\u202edlrow\u202c \x00[/][bold]"


def write(folder: Path) -> Path:
    """The page and the JUnit file of the sample; gives the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "junit.xml").write_text(junit.xml(run()), encoding="utf-8")
    page = folder / "report.html"
    page.write_text(report_html.page(run()), encoding="utf-8")
    return page


def parsed(text: str | bytes) -> ET.Element:
    """What we wrote, read by a strict parser."""
    return ET.fromstring(text)  # noqa: S314 - it is our own


def run() -> RunResult:
    """All twelve."""
    return RunResult(
        target="lab",
        started_at=1795410370.0,
        seconds=93.2,
        workers=2,
        versions={"segment-ivr": "0.1.0", "Asterisk": "22.10.1", "policy": "772575eb812e", "Python": "3.11.7"},
        scenarios=[
            at_once(), order(), no_answer(), abandonment(), refused(), overflow(), frozen(), hostile(), on_compose(),
            wrong_queue(), slow_wait(), long_wait(),
        ],
    )  # fmt: skip


def ok(what: str, value: str) -> Check:
    return Check(what, value, value, "passed")


def seen(at: float, lane: Lane, kind: str, says: str, seconds: float | None = None) -> Moment:
    return Moment(at, lane, kind, says, seconds)


def begin(decision: str, to: str = "1000") -> list[Moment]:
    return [
        seen(0.0, "caller", "placed", f"calls {to}"),
        seen(0.024, "service", "asked", "asked"),
        seen(0.026, "service", "decided", decision),
    ]


def served(start: float, queue: str, agent: str, wait: float, talk: float, *before: Moment) -> list[Moment]:
    """A wait in a queue until an agent answers, and the conversation."""
    return [
        seen(start, "queue", "joined", f"joins {queue}"),
        seen(start, "queue", "waiting", f"waits in {queue}", wait),
        *before,
        seen(start + wait - 0.2, "agent", "rang", f"{agent}'s phone rings"),
        seen(start + wait, "agent", "connected", f"{agent} answers"),
        seen(start + wait, "agent", "talking", "talks", talk),
        seen(start + wait + talk, "caller", "ended", "hangs up"),
    ]


def call(name: str, from_: str, timeline: list[Moment], *checks: Check, **facts: object) -> CallResult:
    known: dict[str, object] = {"to": "1000", "call_id": f"pbx1-1795410370.{len(name)}", "route_ms": 2.1}
    return CallResult(name=name, from_=from_, timeline=tuple(timeline), checks=checks, **(known | facts))  # type: ignore[arg-type]


def scenario(
    name: str, line: int, about: str, tags: str, calls: list[CallResult], *checks: Check, seconds: float = 4.0,
    why: str = "", verdict: Verdict | None = None, file: str = "dialplans/scenarios/queues.yaml",
) -> ScenarioResult:  # fmt: skip
    made = ScenarioResult(
        name, file, line, about, tuple(tags.split()), why=why, seconds=seconds, checks=checks, calls=tuple(calls),
        worker=1 + line % 2, folder=name.replace(" ", "-"),
        evidence={"SIP ladder": "sip.txt", "AMI timeline": "ami.txt", "queue_log": "queue_log",
                  "service log": "service.log"} if calls else {},
    )  # fmt: skip
    made.verdict = verdict or worst([check for _, check in made.all_checks()])
    return made


PREMIUM = {"customer": "C0001 (Ada Lovelace)", "segment": "premium", "queue": "premium", "priority": 100,
           "reason": "value 91 is at least 80, so premium", "phones": ("PREMIUM value 91 - Ada Lovelace",)}  # fmt: skip
GENERAL = {"customer": "C0002 (Charles Babbage)", "segment": "standard", "queue": "general-queue", "priority": 10,
           "reason": "no earlier segment fits, so standard", "heard": ("hello",),
           "phones": ("STANDARD - Charles Babbage",)}  # fmt: skip


def at_once() -> ScenarioResult:
    timeline = begin("premium, priority 100") + served(0.05, "premium", "Anna Berg", 0.2, 1.0)
    ada = call(
        "premium-1", ADA, timeline, ok("queue", "premium"), ok("agent", "Anna Berg"), ok("outcome", "answered"),
        Check("wait", "at most 1 s", "0.2 s", "passed"),
        agent="Anna Berg", wait_seconds=0.2, outcome="answered", **PREMIUM,
    )  # fmt: skip
    about = "A premium customer reaches a premium agent at once."
    return scenario("premium served at once", 4, about, "premium smoke", [ada], seconds=1.9)


def order() -> ScenarioResult:
    general = [
        *begin("standard, priority 10", "1001"),
        seen(0.05, "caller", "prompt", "hello", 1.1),
        *served(1.2, "general-queue", "Ben Okafor", 9.1, 1.0),
    ]
    premium = begin("premium, priority 100") + served(0.05, "premium", "Ben Okafor", 0.95, 2.0)
    calls = [
        call("general-1", CHARLES, general, ok("queue", "general-queue"), agent="Ben Okafor", wait_seconds=9.1,
             outcome="answered", **GENERAL),
        call("premium-1", GRACE, premium, ok("queue", "premium"), agent="Ben Okafor", wait_seconds=0.95,
             outcome="answered", placed_at=6.0, **PREMIUM | {"customer": "C0005 (Grace Hopper)"}),
    ]  # fmt: skip
    return scenario(
        "premium before general", 21, "A premium caller who comes 6 s later is served before one who waits already.",
        "premium order", calls, Check("served", "premium-1, general-1", "premium-1, general-1", "passed"),
        seconds=12.4,
    )  # fmt: skip


def no_answer() -> ScenarioResult:
    timeline = begin("premium, priority 100") + served(
        0.05, "premium", "Ben Okafor", 8.3, 1.0,
        seen(0.07, "agent", "rang", "Anna Berg's phone rings", 8.0),
        seen(8.07, "agent", "no answer", "Anna Berg does not answer"),
    )  # fmt: skip
    ada = call(
        "premium-1", ADA, timeline, ok("agent", "Ben Okafor"), Check("rings", "2", "2", "passed"),
        agent="Ben Okafor", wait_seconds=8.3, outcome="answered",
        **PREMIUM | {"phones": ("PREMIUM value 91 - Ada Lovelace",) * 2},
    )  # fmt: skip
    about = "Anna lets it ring; the next agent gets the call."
    return scenario("next agent rings", 40, about, "agents", [ada], seconds=10.1)


def abandonment() -> ScenarioResult:
    timeline = [
        *begin("standard, priority 10"),
        seen(0.05, "caller", "prompt", "hello", 1.1),
        seen(1.2, "queue", "joined", "joins general-queue at 1"),
        seen(1.2, "queue", "waiting", "waits in general-queue", 3.0),
        seen(4.2, "queue", "left", "gives up"),
        seen(4.2, "caller", "ended", "hangs up"),
    ]
    charles = call("general-1", CHARLES, timeline, ok("outcome", "abandoned"), wait_seconds=3.0, outcome="abandoned",
                   **GENERAL | {"phones": ()})  # fmt: skip
    about = "Nobody is free: the caller gives up after 3 s, and is counted as abandoned."
    return scenario("caller gives up", 58, about, "abandoned", [charles], seconds=5.0)


def refused() -> ScenarioResult:
    timeline = [
        *begin("refused: blocked"),
        seen(0.04, "caller", "prompt", "ss-noservice", 2.6),
        seen(2.64, "caller", "ended", "is let go (21)"),
    ]
    blocked = call("blocked-1", "+442079460004", timeline, ok("outcome", "refused"), ok("heard", "ss-noservice"),
                   customer="C0004 (Edsger Dijkstra)", outcome="refused", reason="the customer is marked as blocked",
                   heard=("ss-noservice",))  # fmt: skip
    about = "A blocked customer hears one sentence and is let go."
    return scenario("blocked is refused", 12, about, "policy", [blocked], file="dialplans/scenarios/policy.yaml")


def overflow() -> ScenarioResult:
    timeline = [
        *begin("premium, priority 100"),
        seen(0.05, "queue", "joined", "premium is full"),
        seen(0.06, "queue", "left", "FULL: overflows"),
        *served(0.08, "general-queue", "Cleo Marsh", 1.4, 1.0),
    ]
    ada = call("premium-1", ADA, timeline, ok("queue", "general-queue"), ok("priority", "100"), agent="Cleo Marsh",
               wait_seconds=1.4, outcome="answered", **PREMIUM | {"queue": "general-queue"})  # fmt: skip
    about = "The premium queue is full: the caller goes to the general queue, still at priority 100."
    return scenario("full queue overflows", 77, about, "premium overflow", [ada], seconds=3.1)


def frozen() -> ScenarioResult:
    timeline = [
        seen(0.0, "caller", "placed", "calls 1000"),
        seen(0.024, "service", "asked", "asked, does not answer", 1.0),
        seen(1.03, "queue", "decided", "the dialplan goes on alone"),
        *served(1.06, "general-queue", "Ben Okafor", 0.3, 1.0),
    ]
    ada = call("premium-1", ADA, timeline, ok("queue", "general-queue"), ok("outcome", "answered"),
               agent="Ben Okafor", queue="general-queue", priority=10, wait_seconds=0.3, outcome="answered",
               route_ms=None, phones=("GENERAL not identified",),
               reason="the service did not answer: the dialplan sent the call to the general queue")  # fmt: skip
    about = "The service hangs: after a second the call goes on without it."
    return scenario("service frozen", 5, about, "faults slow", [ada], file="dialplans/scenarios/faults.yaml")


def hostile() -> ScenarioResult:
    timeline = begin(f"default for {HOSTILE}") + served(0.05, "general-queue", "Ben Okafor", 0.2, 1.0)
    villain = call(
        "villain", "9" * 300, timeline, ok("queue", "general-queue"),
        Check("phone shows", "GENERAL not identified", f"GENERAL {HOSTILE}", "warned"),
        to=HOSTILE, customer=HOSTILE, queue="general-queue", priority=10, agent="Ben Okafor", wait_seconds=0.2,
        outcome="answered", reason="שלום עולם " + HOSTILE * 4, phones=(HOSTILE, "عميل مميز", "長い名前" * 60),
    )  # fmt: skip
    about = "A number of 300 digits and a name that is markup change nothing but themselves."
    return scenario("hostile caller id", 31, about, "security", [villain], file="dialplans/scenarios/faults.yaml")


def on_compose() -> ScenarioResult:
    about = "The database goes away under load."
    why = "it stops a process, which the target compose does not allow"
    return scenario("database away", 60, about, "faults", [], why=why, verdict="skipped", seconds=0,
                    file="dialplans/scenarios/faults.yaml")  # fmt: skip


def wrong_queue() -> ScenarioResult:
    timeline = [
        *begin("standard, priority 10"),
        seen(0.05, "caller", "prompt", "hello", 1.1),
        *served(1.2, "general-queue", "Ben Okafor", 2.6, 1.0),
    ]
    mary = call(
        "rescue-1", MARY, timeline, Check("segment", "at-risk", "standard", "failed"),
        Check("priority", "50", "10", "failed"), Check("wait", "at most 1 s", "2.6 s", "failed"),
        ok("queue", "general-queue"), ok("outcome", "answered"),
        agent="Ben Okafor", wait_seconds=2.6, outcome="answered",
        **GENERAL | {"customer": "C0003 (Mary Somerville)", "phones": ("STANDARD - Mary Somerville",)},
    )  # fmt: skip
    about = "A customer in trouble is served before others in the general queue."
    made = scenario("rescue comes first", 95, about, "rescue order", [mary], seconds=5.7)
    made.evidence["recording of rescue-1"] = "rescue-1.wav"
    return made


def slow_wait() -> ScenarioResult:
    timeline = begin("premium, priority 100") + served(0.05, "premium", "Anna Berg", 1.15, 1.0)
    ada = call("premium-1", ADA, timeline, ok("queue", "premium"),
               Check("wait", "at most 1 s", "1.15 s (1.5 s would fail)", "warned"),
               agent="Anna Berg", wait_seconds=1.15, outcome="answered", **PREMIUM)  # fmt: skip
    about = "A premium customer waits no longer than a second while others call."
    return scenario("premium under load", 120, about, "premium load", [ada], seconds=3.0)


def long_wait() -> ScenarioResult:
    prompts = [seen(at, "caller", "prompt", "queue-thankyou", 2.4) for at in (11.2, 21.2, 31.2)]
    timeline = [
        *begin("standard, priority 10"),
        seen(0.05, "caller", "prompt", "hello", 1.1),
        seen(24.0, "caller", "pressed", "presses 1"),
        *prompts,
        *served(
            1.2, "general-queue", "Cleo Marsh", 40.0, 3.0,
            seen(1.3, "agent", "rang", "Ben Okafor's phone rings", 8.0),
            seen(9.3, "agent", "no answer", "Ben Okafor does not answer"),
        ),
    ]  # fmt: skip
    charles = call("general-1", CHARLES, timeline, ok("outcome", "answered"),
                   Check("wait", "35 s to 45 s", "40.0 s", "passed"), agent="Cleo Marsh", wait_seconds=40.0,
                   outcome="answered", **GENERAL | {"heard": ("hello",) + ("queue-thankyou",) * 3})  # fmt: skip
    about = "All agents are busy for 40 s: the caller hears every 10 s that they are not forgotten."
    return scenario("long wait with prompts", 140, about, "slow", [charles], seconds=46.2)
