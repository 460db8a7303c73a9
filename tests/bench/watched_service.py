"""`python -m tests.bench.watched_service`: the service as it is, and for how long its loop is held.

When it ends, it writes that to the file that BENCH_HELD names: JSON, in milliseconds.
"""

import asyncio
import json
import os
from pathlib import Path

from ivr import settings
from ivr.service import app
from tests.bench.held_loop import HeldLoop

HELD = "BENCH_HELD"


class WatchedService(app.Service):
    """A service whose loop is watched from when it knows its customers: before, nobody calls."""

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, and write down what was seen."""
        serving, loop = asyncio.create_task(super().run(stop)), HeldLoop()
        while self.customers_in_memory.followed is None:  # noqa: ASYNC110 - nothing announces it
            await asyncio.sleep(0.1)
        async with loop.watching():
            await serving
        told = {
            "turns": len(loop.held),
            "held_p9999_ms": round(loop.percentile(0.9999) * 1000, 2),
            "held_most_ms": round(loop.held[-1] * 1000, 2),
        }
        await asyncio.to_thread(_write, json.dumps(told))


def _write(told: str) -> None:
    Path(os.environ[HELD]).write_text(told, encoding="utf-8")


if __name__ == "__main__":
    app.Service = WatchedService  # type: ignore[misc]  # it is built in the other's place
    app.serve(settings.load())
