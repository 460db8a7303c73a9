"""Scores of given customers, calculated from given rows: a scenario's `data`, calibrated and run.

A cell may say `3 days ago`. A source of scoring.yaml of which nothing is given has no rows;
our own calls are those that are in the database.
"""

import datetime as dt
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Engine

from ivr.domain.scoring.definition import OWN_CALLS, Scoring, Source
from ivr.errors import IvrError
from ivr.qa.first_run import first_run
from ivr.service import scoring as scoring_service
from ivr.service.score_sources import with_calls
from ivr.settings import Settings

_AGO = re.compile(r"(?<![^,\n])(\d{1,4}) (minute|hour|day)s? ago(?![^,\n])", re.ASCII)


def calculate(settings: Settings, engine: Engine, data: Mapping[str, str], at: float) -> None:
    """Have a run of the scoring file in force make everybody's scores, as of Unix time `at`.

    `data` are CSV texts by source. Raises IvrError when a row of them cannot be used.
    """
    scoring = scoring_service.scoring_of(settings)
    if unknown := set(data) - set(scoring.sources):
        known = ", ".join(scoring.sources)
        raise IvrError(f"given data: there is no source {min(unknown)} (there are: {known})")
    with tempfile.TemporaryDirectory() as folder:
        places = _written(Path(folder), scoring, data, at)
        sources = with_calls(places, settings.database_url)
        try:
            first_run(scoring, sources, engine, at)
        except IvrError as error:
            raise IvrError(f"given data: {error}") from None


def _written(folder: Path, scoring: Scoring, data: Mapping[str, str], at: float) -> dict[str, str]:
    """Return the place of each source, a file."""
    places = {}
    for name, source in scoring.sources.items():
        if name == OWN_CALLS and name not in data:
            continue
        path = folder / f"{name}.csv"
        path.write_text(_AGO.sub(lambda ago: _time(ago, at), data.get(name) or _header(source)))
        places[name] = str(path)
    return places


def _time(ago: re.Match[str], at: float) -> str:
    then = dt.datetime.fromtimestamp(at, dt.UTC) - dt.timedelta(**{f"{ago[2]}s": int(ago[1])})
    return then.isoformat()


def _header(source: Source) -> str:
    columns = (source.customer, source.time, source.currency, *source.columns)
    return ",".join(dict.fromkeys(filter(None, columns))) + "\n"
