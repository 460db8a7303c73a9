"""The tables of a snapshot: what of the database is in them, and by which statements it is read.

They have the names of the database's own, so that the same statements find a customer in both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ivr.store.contact_query import MOST_CONTACTS
from ivr.store.customer_columns import STORED, CustomerColumn, Kind
from ivr.store.customer_query import MOST_OF_NUMBER

LONGEST_NAME = 1000
"""Characters: a longer one is somebody's mistake, and would hold up every call."""
_IN_FORCE = "run = (SELECT MAX(run) FROM {place}score_runs WHERE state = 'done')"
# The first condition is the index's own.
# The last leaves out what is no time: on PostgreSQL NaN is greater than any number.
_CONTACTS = "customer_id <> '' AND NOT test AND rung <> '' AND routed_at < 1e300"
_NEWEST = "row_number() OVER (PARTITION BY customer_id ORDER BY routed_at DESC) AS newest"


@dataclass(frozen=True, slots=True)
class SnapshotTable:
    """A table of the snapshot.

    `values` are what its columns are filled with; `rows` is where these come from, with `{place}`
    before each table of the database.

    Rows are what a column holds, and not what its type makes of it: one damaged row must not cost
    all the others.
    """

    name: str
    columns: Sequence[str]
    values: Sequence[str]
    key: str
    rows: str

    @property
    def make(self) -> str:
        """Give the statement that makes it."""
        columns = ", ".join([*self.columns, f"PRIMARY KEY ({self.key})"])
        return f"CREATE TABLE {self.name} ({columns}) WITHOUT ROWID"

    @property
    def put(self) -> str:
        """Give the statement that puts a row into it."""
        marks = ", ".join("?" * len(self.columns))
        return f"INSERT INTO {self.name} VALUES ({marks})"  # noqa: S608 - ours

    @property
    def put_over(self) -> str:
        """Give the statement that puts a row into it, also in the place of one of the same key."""
        return self.put.replace("INSERT", "INSERT OR REPLACE")

    def read(self, place: str = "", which: str = "") -> str:
        """Give the statement for its rows. `place` is the database's schema, and ends with a point.

        `which` is a condition that they have to meet beside.
        """
        rows = self.rows.format(place=place)
        if which:
            rows += f" {'AND' if ' WHERE ' in rows else 'WHERE'} {which}"
        return f"SELECT {', '.join(self.values)} FROM {rows}"  # noqa: S608 - ours


def _table(name: str, key: str, columns: Sequence[str], rows: str = "") -> SnapshotTable:
    return SnapshotTable(name, columns, columns, key, rows or f"{{place}}{name}")


def _kept(column: CustomerColumn) -> str:
    """Return what of a column is kept: that there is a PIN, and nothing else of it."""
    if column.kind is Kind.NAME:
        return f"substr({column.name}, 1, {LONGEST_NAME})"
    if column.kind is Kind.PIN_HASH:
        return f"CASE WHEN {column.name} <> '' THEN '1' ELSE '' END"
    return column.name


_SCORED_AT = "scored_at"
_OF_CUSTOMER = [*(column.name for column in STORED), _SCORED_AT]
NAMED_CUSTOMERS = SnapshotTable(
    "customers",
    _OF_CUSTOMER,
    [*map(_kept, STORED), _SCORED_AT],
    "customer_id",
    "{place}customers",
)
"""With the names, which are in no file."""
PHONES = _table("phones", "number, customer_id", ("number", "customer_id"))
PLACES = _table("customer_places", "customer_id", ("customer_id", "place"))
CHUNKS = _table(
    "score_chunks",
    "run, chunk",
    ("run", "chunk", "scores", "attributes"),
    f"{{place}}score_chunks WHERE {_IN_FORCE}",
)
RUNS = _table(
    "score_runs",
    "run",
    ("run", "state", "began_at", "as_of", "definition"),
    f"{{place}}score_runs WHERE {_IN_FORCE}",
)
_OF_CALL = (
    "customer_id",
    "routed_at",
    "call_id",
    "test",
    "rung",
    "outcome",
    "segment",
    "wait_seconds",
    "ended_at",
    "identified",
)
CALLS = SnapshotTable(
    "calls",
    _OF_CALL,
    _OF_CALL,
    "customer_id, routed_at, call_id",
    f"(SELECT *, {_NEWEST} FROM {{place}}calls WHERE {_CONTACTS}) AS contacts "  # noqa: S608 - ours
    f"WHERE newest <= {MOST_CONTACTS}",
)
"""The last calls of each customer, as many as a lookup asks for."""
CALLS_OF_ONE = (
    f"SELECT {', '.join(CALLS.columns)} FROM calls "  # noqa: S608 - ours
    f"WHERE customer_id = :key AND {_CONTACTS} "
    f"ORDER BY routed_at DESC LIMIT {MOST_CONTACTS}"
)
PHONES_OF_ONE = (
    "SELECT number, customer_id FROM phones WHERE number = :key "  # noqa: S608 - ours
    f"ORDER BY customer_id LIMIT {MOST_OF_NUMBER}"
)
BY_CUSTOMER_NUMBER = """
    CREATE INDEX by_customer_number ON customers (customer_number) WHERE customer_number <> ''
"""


def _unnamed() -> SnapshotTable:
    values = ["''" if column.kind is Kind.NAME else _kept(column) for column in STORED]
    table = NAMED_CUSTOMERS
    return SnapshotTable(table.name, table.columns, [*values, _SCORED_AT], table.key, table.rows)


TABLES = (_unnamed(), PHONES, PLACES, CHUNKS, RUNS, CALLS)
"""Those of a file."""
