"""Where the sources of scores lie: what the settings say, and our own calls."""

from collections.abc import Mapping

from ivr.domain.scoring.definition import OWN_CALLS
from ivr.errors import SettingError
from ivr.settings import Settings
from ivr.store.own_calls import own_calls
from ivr.warehouse import engines
from ivr.warehouse.engines import Engine
from ivr.warehouse.places import Table
from ivr.warehouse.sources import Sources


def sources(settings: Settings) -> Sources:
    """Return them all.

    Raises SettingError where a setting says where our own calls lie, or names an engine that cannot
    be used.
    """
    if OWN_CALLS in settings.score_sources:
        known = f"the source {OWN_CALLS} is in the service's own database, and needs no setting"
        mend = "remove this one, or give the source of yours another name in scoring.yaml"
        raise SettingError(f"IVR_SCORE_SOURCES_{OWN_CALLS.upper()}: {known}: {mend}")
    url = settings.database_url
    engine = engines.chosen(settings.score_engine, settings.score_engine_url, url)
    return with_calls(settings.score_sources, url, engine)


def with_calls(
    places: Mapping[str, str],
    database_url: str,
    engine: Engine | None = None,
) -> Sources:
    """Return sources in these places, and our own calls unless `places` has them."""
    found = own_calls(database_url)
    return Sources(places, Table(found.kind, found.url, "calls", found.query), engine)
