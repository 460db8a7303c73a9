"""The warehouse: reads each source where it lies, and brings the states of all metrics together."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from ivr.domain.scoring.definition import OWN_CALLS, Scoring
from ivr.domain.scoring.numbers import Values
from ivr.domain.scoring.reading import Reading, SourceReading
from ivr.errors import SettingError
from ivr.warehouse import arrays
from ivr.warehouse.duckdb_session import DuckSession
from ivr.warehouse.engines import Engine, InDuckDB
from ivr.warehouse.metric_sql import question
from ivr.warehouse.places import DataFiles, Place, Table, missing, place
from ivr.warehouse.source_reading import OneSource
from ivr.warehouse.working_folder import working_folder


class Sources:
    """The Warehouse port. `places` are the settings: where the rows of each source lie.

    `calls` is where our own calls do; they count unless `places` has some in their place.
    `engine` makes the metrics' states.
    """

    def __init__(
        self,
        places: Mapping[str, str],
        calls: Table | None = None,
        engine: Engine | None = None,
    ) -> None:
        self._places, self._calls, self._engine = places, calls, engine or InDuckDB()

    def read(
        self,
        scoring: Scoring,
        customers: Sequence[str],
        at: int,
        told: Callable[[str], None],
    ) -> Reading:
        """As the port says."""
        made = {name: question(scoring, each, at) for name, each in scoring.sources.items()}
        asked = {name: each for name, each in made.items() if each is not None}
        places, readings = self._found(asked)
        of_files = [each for each in places.values() if isinstance(each, DataFiles)]
        files = [path for each in of_files for path in each.paths]
        states, texts = dict[str, Values](), dict[str, Sequence[str | None]]()
        engine = self._engine
        with working_folder() as folder:
            session = DuckSession(folder, files)
            try:
                session.put_customers(customers)
                for name, where in places.items():
                    told(name)
                    source = scoring.sources[name]
                    one = OneSource(scoring, source, where, session, engine, asked[name], at)
                    reading, found, said = one.read(len(customers))
                    readings.append(reading)
                    states |= found
                    texts |= said
            finally:
                session.close()
        return Reading(states, arrays.Arrays(), tuple(readings), texts)

    def column(self, values: Sequence[float]) -> Values:
        """As the port says."""
        return arrays.column(values)

    def counted(self, values: Values) -> Sequence[tuple[float, int]]:
        """As the port says."""
        return arrays.counted(values)

    def _found(self, names: Iterable[str]) -> tuple[dict[str, Place], list[SourceReading]]:
        places, failed = dict[str, Place](), list[SourceReading]()
        for name in names:
            try:
                places[name] = self._place(name)
            except SettingError as error:
                failed.append(SourceReading(name, "", error=str(error)))
            except OSError as error:  # a folder that may not be read, say
                why = f"{name}: {error.strerror or error}"
                failed.append(SourceReading(name, "", error=why))
        return places, failed

    def _place(self, name: str) -> Place:
        if name in self._places:
            return place(name, self._places[name])
        if name == OWN_CALLS and self._calls is not None:
            return self._calls
        raise missing(name)
