"""One lab for all tests of a process: a real Asterisk, a carrier, phones, the service, a copy of the admin's files.

With several processes (pytest-xdist) there are as many labs, each with addresses of its own.
"""

import functools
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ivr import settings
from ivr.lab import ready
from ivr.lab.asterisk_install import ensure_asterisk
from ivr.lab.lab import Lab
from ivr.qa import demo
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import TestBench
from ivr.shipped_files import share
from tests.lab.farm import Rung, rested

RECORDED_SECONDS = 20.0  # until a call's record is there: beside other labs, the process that writes it takes its time


@contextmanager
def brought_up(
    home: Path,
    database_url: str = "",
    *,
    all_events: bool = True,
) -> Iterator[Lab]:
    """A lab in this folder with a copy of the admin's files and the sample customers, ready for calls."""
    files = Path(shutil.copytree(share("dialplans"), home / "dialplans"))
    _without_memory(files / "policy.yaml")
    install = ensure_asterisk(lambda what, done: None)
    lab = Lab(
        home / "lab",
        install,
        stay=False,
        policy_dir=files,
        database_url=database_url,
        all_events=all_events,
    )
    try:
        demo.import_sample(lab)
        lab.up()
        ready.wait(lab.state)
        yield lab
    finally:
        lab.down()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with brought_up(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


def _without_memory(policy: Path) -> None:
    """No rules about earlier calls: in this lab the same few callers call all the time."""
    text = policy.read_text(encoding="utf-8")
    begin, end = text.index("  - name: repeat caller"), text.index("  - name: something is wrong")
    policy.write_text(text[:begin] + text[end:], encoding="utf-8")


@pytest.fixture
def records(lab: Lab) -> Iterator[AwaitedRecords]:
    with AwaitedRecords(settings.load(lab.state.settings_file)) as records:
        yield records


@pytest.fixture
async def bench(lab: Lab, records: AwaitedRecords) -> AsyncIterator[TestBench]:
    async with TestBench(lab.state, functools.partial(records.decision, patience=RECORDED_SECONDS)) as bench:
        yield bench
        await bench.hang_up_all()  # a test that failed must not keep an agent from the next one


@pytest.fixture
async def rung() -> Rung:
    return Rung()


@pytest.fixture
async def rested_bench(
    lab: Lab,
    records: AwaitedRecords,
    rung: Rung,
) -> AsyncIterator[TestBench]:
    async with rested(lab, records, rung) as bench:
        yield bench


@pytest.fixture
async def hasty(lab: Lab, records: AwaitedRecords) -> AsyncIterator[TestBench]:
    """A bench that waits for no record of a call, where none can be there when the call ends."""
    async with TestBench(lab.state, functools.partial(records.decision, patience=0.0)) as bench:
        yield bench
        await bench.hang_up_all()
