"""`ivr call`: one real call, and what became of it."""

import asyncio
import json
import os
from typing import Annotated

import typer

from ivr.cli import common
from ivr.cli.options import AsJson, Caller, Dialled
from ivr.cli.table import row_of, show
from ivr.errors import LabError
from ivr.lab import state as lab_state
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.call_report import Report
from ivr.qa.calls import Containers, Target, TestBench


def _level(value: str) -> str:
    if value not in ("", "A", "B", "C"):
        raise typer.BadParameter(f"{value!r} is no attestation: A, B or C")
    return value


def call(
    caller: Caller,
    to: Dialled = "1000",
    withhold: Annotated[bool, typer.Option("--withhold", help="hide the caller's number")] = False,
    attest: Annotated[
        str, typer.Option(metavar="LEVEL", callback=_level, help="the carrier signs the number: A, B or C")
    ] = "",
    talk: Annotated[
        float, typer.Option(min=0, max=3600, metavar="SECONDS", help="how long to talk to the agent")
    ] = 1.0,
    patience: Annotated[
        float, typer.Option(min=1, max=3600, metavar="SECONDS", help="how long to wait before giving up")
    ] = 60.0,
    as_json: AsJson = False,
) -> None:
    """Place one real call in the running lab, wait for its end, and report what became of it.

    The outcome is one of: answered, abandoned (gave up waiting, or at a question), unserved (left a queue without an
    agent), refused (by the policy or a limit), voicemail (left a message), told (heard that we are closed, or a polite
    end after a long wait), self-service, lost (ended before any of these).

    Exit code 0 when the caller reached a queue and an agent, 1 when not.

    Example:  ivr call --from +442079460001 --to 1000
    """
    report = asyncio.run(_call(caller, to, withhold, attest, talk, patience))
    if as_json:
        common.out.print(json.dumps(report.as_json()), markup=False)
    else:
        show(common.out, [row_of(report, withheld=withhold)])
        if report.decision:
            common.out.print(f"\nmore:  ivr explain {report.call_id}")
    raise typer.Exit(0 if report.served else 1)


async def _call(caller: str, to: str, withhold: bool, attest: str, talk: float, patience: float) -> Report:
    with AwaitedRecords(common.settings()) as records:
        target = _target()
        async with TestBench(target, records.decision) as bench:
            if isinstance(target, Containers):
                await bench.phones()
            return await bench.call(
                caller, to, withhold=withhold, attestation=attest, talk=talk, patience=patience
            )  # fmt: skip


def _target() -> Target:
    """Where test calls go: the containers that IVR_QA_CARRIER and IVR_QA_PBX name, else the running lab."""
    carrier, secret = os.environ.get("IVR_QA_CARRIER"), os.environ.get("IVR_QA_SECRET")
    if not carrier:
        return lab_state.running(common.lab_home())
    if os.environ.get("IVR_QA", "yes") != "yes":  # the Docker stack says so; elsewhere nobody does
        raise LabError("test calls are off: write IVR_QA=yes into .env, then `docker compose up --wait`")
    if not secret:
        raise LabError("IVR_QA_CARRIER is set, but not IVR_QA_SECRET: the secret of the AMI user qa")
    return Containers(pbx=os.environ.get("IVR_QA_PBX") or "127.0.0.1", carrier=carrier, qa_secret=secret)
