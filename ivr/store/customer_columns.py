"""The columns of a customer: what a file may have, what the table keeps, what a lookup reads, in one list.

Whatever needs the list derives it from here. A column of a kind that there is already takes one line, a migration, and
a field of domain.customers.Customer. Nothing here imports SQLAlchemy, which a program of one call does without.
"""

from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby


class Kind(Enum):
    """What a column holds: how customer_row reads it from a file, and customer_query from the database."""

    ID = auto()
    NAME = auto()  # plain text, not empty
    TEXT = auto()  # plain text
    PHONES = auto()  # telephone numbers; they have a table of their own
    SCORE = auto()  # 0-100, or nothing
    LANGUAGE = auto()
    WORDS = auto()  # tags; stored joined by ';'
    WORD = auto()
    FLAG = auto()
    DIGITS = auto()  # as a caller types them
    PIN_HASH = auto()  # routing learns whether there is one, and nothing else


@dataclass(frozen=True, slots=True)
class CustomerColumn:
    """A column of the CSV file, and of the table `customers` unless it is of the kind PHONES.

    A file may do without one that is not `required`: known customers keep what is stored there, new ones have nothing.
    `defaulted` says whether the table itself knows what stands for nothing.
    `field` is its name in Customer (of a score: in Scores), when that is another than `name`. `hint` is for help.
    """

    name: str
    kind: Kind
    required: bool = False
    defaulted: bool = True
    field: str = ""
    hint: str = ""

    @property
    def attribute(self) -> str:
        """The name of its field in the domain."""
        return self.field or self.name

    @property
    def nothing(self) -> str | bool | None:
        """What is stored where the data says nothing."""
        return None if self.kind is Kind.SCORE else False if self.kind is Kind.FLAG else ""


_SEVERAL, _SCORE, _YES_NO = "several with ;", "0-100 or empty", "yes or no"
CUSTOMER_COLUMNS = (  # in the order of a file's header
    CustomerColumn("customer_id", Kind.ID, required=True, defaulted=False),
    CustomerColumn("name", Kind.NAME, required=True, defaulted=False),
    CustomerColumn("phones", Kind.PHONES, required=True, hint=_SEVERAL),
    CustomerColumn("value", Kind.SCORE, hint=_SCORE),
    CustomerColumn("potential", Kind.SCORE, hint=_SCORE),
    CustomerColumn("need", Kind.SCORE, hint=_SCORE),
    CustomerColumn("language", Kind.LANGUAGE, defaulted=False),
    CustomerColumn("tags", Kind.WORDS, defaulted=False, hint=_SEVERAL),
    CustomerColumn("preferred_agent", Kind.TEXT, defaulted=False),
    CustomerColumn("blocked", Kind.FLAG, defaulted=False, hint=_YES_NO),
    CustomerColumn("products", Kind.WORDS, hint=_SEVERAL),
    CustomerColumn("contract", Kind.WORD, hint="a word"),
    CustomerColumn("open_case", Kind.FLAG, hint=_YES_NO),
    CustomerColumn("lapsed", Kind.FLAG, hint=_YES_NO),
    CustomerColumn("prefers_self_service", Kind.FLAG, hint=_YES_NO),
    CustomerColumn("customer_number", Kind.DIGITS, hint="digits"),
    CustomerColumn("pin_hash", Kind.PIN_HASH, field="has_pin", hint="argon2id"),
)
STORED = tuple(column for column in CUSTOMER_COLUMNS if column.kind is not Kind.PHONES)
"""Those of the table `customers`, which has two more, in Unix time: `updated_at`, when the row came in, and
`scored_at`, when its scores did."""
SCORE_NAMES = tuple(column.name for column in STORED if column.kind is Kind.SCORE)
REQUIRED_NAMES = tuple(column.name for column in CUSTOMER_COLUMNS if column.required)
OPTIONAL_NAMES = tuple(column.name for column in CUSTOMER_COLUMNS if not column.required)
NAMES = tuple(column.name for column in CUSTOMER_COLUMNS)
REMOVE = "remove"
"""The column that is never stored: yes says that a customer has left."""
FILE_NAMES = (*NAMES, REMOVE)


def listed(*, required: bool) -> str:
    """The columns that a file must have, or those that it may have, for help: `a, b (yes or no), c`."""
    columns = [column for column in CUSTOMER_COLUMNS if column.required == required]
    groups = ((hint, [column.name for column in group]) for hint, group in groupby(columns, lambda column: column.hint))
    return ", ".join(", ".join(names) + (f" ({hint})" if hint else "") for hint, names in groups)
