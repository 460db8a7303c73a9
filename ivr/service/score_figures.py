"""Figures for Prometheus about runs of scores."""

from prometheus_client import CollectorRegistry, Gauge


class ScoreFigures:
    """Whether the last planned run failed, and when one was done and comes next."""

    def __init__(self, registry: CollectorRegistry) -> None:
        def gauge(name: str, about: str) -> Gauge:
            return Gauge(name, about, registry=registry)

        self._failed = gauge("ivr_score_run_failed", "1 when the last planned run of scores failed")
        self._success_at = gauge(
            "ivr_score_run_last_success_timestamp_seconds",
            "When the run in force began; 0: never",
        )
        self._next_at = gauge(
            "ivr_score_run_next_timestamp_seconds",
            "When scores are calculated next; 0: not planned",
        )
        self._still = gauge(
            "ivr_score_schedule_stands_still",
            "1 from a rollback until the next run by hand",
        )

    def tell(
        self,
        success_at: float | None,
        next_at: float | None,
        *,
        failed: bool,
        still: bool,
    ) -> None:
        """Say how things stand. Times are Unix time."""
        self._failed.set(failed)
        self._success_at.set(success_at or 0)
        self._next_at.set(next_at or 0)
        self._still.set(still)
