"""Files read by Apache Spark, for sites that outgrow one machine: a row for each customer comes."""

import csv
import importlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ivr.domain.scoring.definition import Source
from ivr.errors import ScoringError
from ivr.warehouse import csv_files
from ivr.warehouse.duckdb_session import DuckReads
from ivr.warehouse.metric_sql import Dialect, over, quoted, translated
from ivr.warehouse.places import DataFiles
from ivr.warehouse.rows import Found

_VIEW, _BROKEN = "rows_of_source", "_broken line"
_FOUND: dict[str, Found] = {
    "string": "text",
    **dict.fromkeys(("tinyint", "smallint", "int", "bigint"), "whole"),
    **dict.fromkeys(("float", "double"), "decimal"),
    "boolean": "yes-no",
    "date": "date",
    "timestamp": "moment",
    "timestamp_ntz": "naive",
}
_GLOB = re.compile(r"([\\\[\]{}*?])")
_DATE, _OFFSET = "^ *[0-9]+-[0-9]+-[0-9]+", "[0-9]:[0-9]{2}.* ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)$"
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.csv.parser.columnPruning.enabled": "false",  # else broken lines are not seen
}


class SparkReads(DuckReads):
    """How Spark reads a column, in DuckDB's words. Only times differ."""

    def seconds(self, column: str, found: Found, zone: str) -> str:
        """As `Reads` says."""
        if found == "whole":
            return f"CAST({column} AS BIGINT)"
        if found == "moment":
            return f"UNIX_SECONDS({column})"
        never = "CAST(NULL AS BIGINT)"
        if found in ("naive", "date"):
            return _in_zone(f"CAST({column} AS TIMESTAMPTZ)", zone) if zone else never
        if found != "text":
            return never
        moment = f"TRY_CAST({column} AS TIMESTAMPTZ)"
        naive = _in_zone(moment, zone) if zone else never
        return (
            f"CASE WHEN REGEXP_MATCHES({column}, '^[0-9]{{1,12}}$') THEN CAST({column} AS BIGINT) "
            f"WHEN NOT REGEXP_MATCHES({column}, '{_DATE}') THEN {never} "
            f"WHEN REGEXP_MATCHES({column}, '{_OFFSET}') THEN UNIX_SECONDS({moment}) "
            f"ELSE {naive} END"
        )


def _in_zone(moment: str, zone: str) -> str:
    """Of the two moments of an hour that comes twice, the later: as the other engines do."""
    first = f"UNIX_SECONDS(TO_UTC_TIMESTAMP({moment}, '{zone}'))"
    later = f"FROM_UTC_TIMESTAMP(TIMESTAMP_SECONDS({first} + 3600), '{zone}')"
    same = f"UNIX_SECONDS({later}) = UNIX_SECONDS({moment})"
    return f"CASE WHEN {same} THEN {first} + 3600 ELSE {first} END"


class SparkRows:
    """The rows of some files, as a view of Spark's. `rejected` are lines that do not fit."""

    reads = SparkReads()
    table = _VIEW

    def __init__(self, spark: Any, frame: Any, rejected: int) -> None:
        self._spark, self._frame, self.rejected = spark, frame, rejected

    def columns(self) -> dict[str, Found]:
        """Return what its columns are."""
        return {name: _found(type_) for name, type_ in self._frame.dtypes}

    def do(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask."""
        return [tuple(row) for row in self._asked(sql).collect()]

    def copy_states(self, events: str, sql: str, path: Path) -> None:
        """As `RowsInPlace` says."""
        with path.open("x", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows(self._asked(over(events, sql)).toLocalIterator())

    def _asked(self, sql: str) -> Any:
        return self._spark.sql(translated(sql, _DIALECT))


_DIALECT: Dialect = "spark"


@contextmanager
def opened(source: Source, files: DataFiles) -> Iterator[SparkRows]:
    """Have Spark read files; raises ScoringError, also for what goes wrong later."""
    try:
        sessions = importlib.import_module("pyspark.sql")
        failures = importlib.import_module("pyspark.errors").PySparkException
        java_failed = importlib.import_module("py4j.protocol").Py4JError
    except ImportError:
        mend = "pip install pyspark, or use --engine duckdb"
        raise ScoringError(f"the engine spark needs pyspark: {mend}") from None
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and (Path(home) / "bin/java").is_file())):
        mend = "install Java 17 or later (apt-get install openjdk-17-jre-headless)"
        raise ScoringError(f"the engine spark needs Java: {mend}, or use --engine duckdb")
    try:
        spark = sessions.SparkSession.builder.appName("segment-ivr scores").getOrCreate()
        spark.sparkContext.setLogLevel("OFF")
        for name, value in _SETTINGS.items():
            spark.conf.set(name, value)
        frame, rejected = _frame(spark, source, files)
        frame.createOrReplaceTempView(_VIEW)
        yield SparkRows(spark, frame, rejected)
    except (failures, java_failed) as error:
        said = str(error).strip().partition("\n")[0]
        raise ScoringError(f"{files.shown}: Spark: {said or type(error).__name__}") from None


def _frame(spark: Any, source: Source, files: DataFiles) -> tuple[Any, int]:
    paths = ["file://" + _GLOB.sub(r"\\\1", str(path.absolute())) for path in files.paths]
    if files.kind == "parquet":
        return spark.read.parquet(*paths), 0
    separator, names = csv_files.columns(source, files.paths)
    schema = ", ".join(f"`{name.replace('`', '``')}` STRING" for name in (*names, _BROKEN))
    lines = spark.read.csv(
        paths,
        schema=schema,
        header=True,
        sep=separator,
        quote='"',
        escape='"',
        multiLine=True,
        mode="PERMISSIVE",
        columnNameOfCorruptRecord=_BROKEN,
        encoding="UTF-8",
    )
    lines.createOrReplaceTempView(f"lines_of_{_VIEW}")
    broken = quoted(_BROKEN)
    texts = ", ".join(f"NULLIF({quoted(name)}, '') AS {quoted(name)}" for name in names)
    of_lines = f"FROM lines_of_{_VIEW}"
    # With a column beside it: Spark answers no question about broken lines alone.
    counts = f"COUNT({broken}), COUNT({quoted(names[0])})"
    count = translated(f"SELECT {counts} {of_lines}", _DIALECT)
    good = translated(f"SELECT {texts} {of_lines} WHERE {broken} IS NULL", _DIALECT)
    return spark.sql(good), spark.sql(count).collect()[0][0]


def _found(type_: str) -> Found:
    return "decimal" if type_.startswith("decimal") else _FOUND.get(type_, "other")
