"""`make chaos-history` in small: what is on record of calls is what happened, exactly once.

More of it, for longer: `make chaos-history`.
"""

import json
from pathlib import Path

import pytest

from ivr.qa import history_chaos

pytestmark = [pytest.mark.alone, pytest.mark.thorough]

WRONG = ("lost", "double", "ghosts", "untrue", "days", "gaps", "without_cause")


def test_what_is_on_record_is_what_happened(tmp_path: Path) -> None:
    out = tmp_path / "exactly-once.json"
    code = history_chaos.main(["--seed", "1", "--calls", "40", "--out", str(out)])
    (outcome,) = json.loads(out.read_text())
    assert {name: outcome[name] for name in WRONG} == dict.fromkeys(WRONG, 0), outcome["wrong"]
    assert code == 0
    assert outcome["calls"] == 40
    assert outcome["never_came"] < 5, "the calls came to nobody"
    assert outcome["talks"] > 10
    assert sum(outcome["broke"].values()) >= 1
