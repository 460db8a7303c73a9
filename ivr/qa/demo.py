"""`make demo`: a lab of its own, real calls by all sorts of callers, and whether each went where the policy says."""

import asyncio
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ivr import settings
from ivr.application.score_customers import RunReport
from ivr.cli.table import Row, row_of
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.routing.decision import Decision
from ivr.lab import ready
from ivr.lab.asterisk_install import AsteriskInstall
from ivr.lab.lab import Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.call_report import Report
from ivr.qa.calls import TestBench
from ivr.qa.first_run import first_run
from ivr.service import app as service
from ivr.service import scoring as scoring_service
from ivr.service.score_sources import sources
from ivr.store.engine import writer
from ivr.store.records import Records

MAIN_NUMBER = "1000"
PREMIUM, STANDARD, AT_RISK, ANOTHER_PREMIUM, THIRD_PREMIUM = (f"+44207946{n:04d}" for n in (1, 2, 3, 5, 6))
PREMIUM_BY_A_RUN = "+442079460048"
"""Imported with value 45, which is standard; what the sample says of her makes it 94."""
UNKNOWN = "+12025550199"
TALK, PATIENCE = 0.5, 20.0  # seconds
Say = Callable[[str], None]
import_sample = ready.import_sample


@dataclass(slots=True)
class DemoOutcome:
    """What the demo showed, and what went wrong."""

    rows: list[Row] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def run(install: AsteriskInstall, say: Say) -> DemoOutcome:
    """Run the demo; whatever it started is stopped when it returns, also when it is interrupted."""
    home = Path(tempfile.mkdtemp(prefix="ivr-demo-"))
    lab = Lab(home, install, stay=False)
    outcome = DemoOutcome()
    with ready.interruptible():
        try:
            say("importing 1,000 sample customers")
            import_sample(lab)
            lab.up(say)
            ready.wait(lab.state)
            asyncio.run(_Demo(lab, outcome, say).run())
        finally:
            say("stopping everything")
            lab.down()
            if outcome.wrong:
                say(f"logs are in {home}")
            else:
                shutil.rmtree(home, ignore_errors=True)
    return outcome


class _Demo:
    def __init__(self, lab: Lab, outcome: DemoOutcome, say: Say) -> None:
        self._lab, self._outcome, self._say = lab, outcome, say
        self._settings = settings.load(lab.state.settings_file)

    async def run(self) -> None:
        with AwaitedRecords(self._settings) as records:
            async with TestBench(self._lab.state, records.decision) as bench:
                await self._one(bench, "a premium customer", PREMIUM)
                await self._one(bench, "a standard customer", STANDARD)
                await self._one(bench, "a customer in trouble", AT_RISK)
                await self._one(bench, "an unknown number", UNKNOWN)
                await self._one(bench, "a withheld number", PREMIUM, withhold=True)
                await self._compete(bench)
                await self._kill(bench)
                await self._score(bench)

    async def _one(self, bench: TestBench, who: str, caller: str, *, withhold: bool = False) -> None:
        self._say(who)
        await ready.until_followed(self._lab.state)  # the policy is asked with what is there now
        report = await bench.call(caller, MAIN_NUMBER, withhold=withhold, talk=TALK, patience=PATIENCE)
        await self._judge(who, report, withhold=withhold)

    async def _compete(self, bench: TestBench) -> None:
        """One agent for both queues, on a call: who is served next, the first caller or the premium one?"""
        self._say("a standard and, after it, a premium customer wait for the same agent")
        for interface in ("PJSIP/anna", "PJSIP/cleo"):
            await bench.pbx.request("QueuePause", Interface=interface, Paused="true", Reason="demo")
        busy = await bench.place(UNKNOWN, MAIN_NUMBER)
        await bench.wait_for(lambda: busy.connected, PATIENCE)
        first = await bench.place(STANDARD, MAIN_NUMBER)
        await bench.wait_for(lambda: first.waiting, PATIENCE)
        premium = await bench.place(ANOTHER_PREMIUM, MAIN_NUMBER)
        await bench.wait_for(lambda: premium.waiting, PATIENCE)
        await bench.hang_up(busy)
        for placed in (premium, first):
            await bench.wait_for(lambda placed=placed: placed.connected, PATIENCE)  # type: ignore[misc]
            await asyncio.sleep(TALK)
            await bench.hang_up(placed)
        for interface in ("PJSIP/anna", "PJSIP/cleo"):
            await bench.pbx.request("QueuePause", Interface=interface, Paused="false")
        reports = [await bench.report(p, c, MAIN_NUMBER) for p, c in ((first, STANDARD), (premium, ANOTHER_PREMIUM))]
        await self._judge("a standard customer, came first", reports[0])
        await self._judge("a premium customer, came second", reports[1])
        connected = [r.history.connected_at if r.history else None for r in reports]
        if not (connected[0] and connected[1] and connected[1] < connected[0]):
            self._outcome.wrong.append("the premium caller was not served before the standard one")

    async def _kill(self, bench: TestBench) -> None:
        """The service dies while it is being asked about a call."""
        self._say("a premium customer calls, and the service is killed while it decides")
        process, asked = self._lab.state.process("service"), bench.asked
        process.signal(signal.SIGSTOP)
        placed = await bench.place(THIRD_PREMIUM, MAIN_NUMBER)
        await bench.wait_for(lambda: bench.asked > asked, PATIENCE)
        process.kill()
        await bench.wait_for(lambda: placed.connected, PATIENCE)
        await asyncio.sleep(TALK)
        await bench.hang_up(placed)
        report = await bench.report(placed, THIRD_PREMIUM, MAIN_NUMBER)
        self._check("the call whose service was killed", report.queue == "general-queue" and report.served, report)
        self._outcome.rows.append(row_of(report, note="a premium customer, service killed under the call"))
        self._say("the service is started again")
        self._lab.start_service()
        await ready.until_ready(self._lab.state)
        await self._found_afterwards(report.call_id or "")
        await self._one(bench, "the same customer, service back", THIRD_PREMIUM)

    async def _found_afterwards(self, call_id: str) -> None:
        """Wait until the service has read in queue_log what happened while it was away."""
        self._say("it finds the call in queue_log: the customer has called before")
        with Records(self._settings) as records:
            async with asyncio.timeout(PATIENCE):
                record = records.find(call_id)
                while record is None or not record.history.customer_id:
                    await asyncio.sleep(0.1)  # another process writes it
                    record = records.find(call_id)

    async def _score(self, bench: TestBench) -> None:
        """Who was standard as imported is premium for what they paid and cost."""
        self._say("scores are calculated from orders, contacts, contracts, cases and reminders")
        report = await asyncio.to_thread(self._run)
        self._say(f"{report.customers:,} customers scored: a standard customer calls, premium now")
        note = f"standard as imported, scored by run {report.run}"
        await self._one(bench, note, PREMIUM_BY_A_RUN)
        if self._outcome.rows[-1].cells[3] != "premium":
            self._outcome.wrong.append("the run made nobody premium who was standard")

    def _run(self) -> RunReport:
        engine = writer(self._settings.database_url)
        try:
            scoring = scoring_service.scoring_of(self._settings)
            return first_run(scoring, sources(self._settings), engine, time.time())
        finally:
            engine.dispose()

    async def _judge(self, who: str, report: Report, *, withhold: bool = False) -> None:
        """Compare with what the policy says about this caller, decided afresh from the same database."""
        want = await self._expected(report, withhold)
        got = (report.segment, report.queue, report.priority, report.customer)
        identity, treatment = want.identity, want.treatment
        wanted = (identity.segment, treatment.queue, treatment.priority, identity.customer_id)
        right = got == wanted and report.served
        self._check(who, right, report, want)
        self._outcome.rows.append(row_of(report, withheld=withhold, note=who))

    async def _expected(self, report: Report, withhold: bool) -> Decision:
        call_id = report.call_id or "demo"  # it is none of the customer's earlier calls
        call = IncomingCall(call_id, call_id, report.from_, report.to, withhold, "", "", time.time())
        return await service.dry_run(self._settings, call)

    def _check(self, who: str, right: bool, report: Report, want: Decision | None = None) -> None:
        if not right:
            wanted = "the general queue"
            if want:
                treatment = want.treatment
                wanted = f"{treatment.queue} at priority {treatment.priority} as {want.identity.customer_id}"
            got = f"{report.queue} at priority {report.priority} as {report.customer}, {report.outcome}"
            self._outcome.wrong.append(f"{who}: the policy says {wanted}, the call got {got}")
