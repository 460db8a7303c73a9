"""`ivr calls`: what stands in a line when little is known of a call."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ivr.cli import app
from ivr.domain.calls.history import CallRouted, QueueJoined
from ivr.service import app as service
from ivr.settings import Settings
from ivr.store.engine import writer
from ivr.store.journal import DatabaseJournal

AT = 1_763_900_000.0


def test_a_call_that_our_dialplan_did_not_decide_has_the_time_at_which_it_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/ivr.db"
    service.migrate_database(Settings(database_url=url))
    engine = writer(url)
    journal = DatabaseJournal(engine)
    journal.happened(QueueJoined("pbx-1.1", AT, "premium", 1))
    withheld = CallRouted("pbx-1.2", AT, "pbx-1.2", "", "1000", "carrier", "", "live", "", "premium", 10, "queue")
    journal.happened(withheld)
    assert journal.close(5)
    engine.dispose()
    monkeypatch.setenv("IVR_DATABASE_URL", url)
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, ["calls"]).output
    found = {line.split()[0]: line for line in told.splitlines()}
    assert "1970" not in told
    assert "2025-11-23" in found["pbx-1.1"]
    assert "withheld" not in found["pbx-1.1"]
    assert "withheld" in found["pbx-1.2"]
