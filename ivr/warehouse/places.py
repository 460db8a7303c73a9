"""Where a source lies: what a setting says, as IVR_SCORE_SOURCES_ORDERS=/srv/export/orders.csv."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from ivr.errors import SettingError

_TABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}(\.[A-Za-z_][A-Za-z0-9_]{0,62})?")
_FILES = {".csv": "csv", ".parquet": "parquet"}
_MEND = "write a CSV or Parquet file, a folder of them, or a database with its table: {}"
_EXAMPLES = (
    "sqlite:///FOLDER/FILE.db#TABLE or postgresql://USER:PASSWORD@HOST/DATABASE#TABLE "
    "(mysql:// and mariadb:// likewise)"
)
HINT = _MEND.format(_EXAMPLES)


@dataclass(frozen=True, slots=True)
class DataFiles:
    """Files of one kind, in the order of their names."""

    kind: Literal["csv", "parquet"]
    paths: tuple[Path, ...]

    @property
    def shown(self) -> str:
        """For people."""
        return str(self.paths[0] if len(self.paths) == 1 else self.paths[0].parent)


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view of a database; a `query` of ours in its place. `shown` has no password."""

    kind: Literal["sqlite", "postgresql", "mysql"]
    url: str
    table: str
    query: str = ""

    @property
    def shown(self) -> str:
        """For people."""
        return f"{without_password(self.url)}#{self.table}"


def without_password(url: str) -> str:
    """Return what may be shown of a database's URL."""
    return re.sub(r"//.*@", "//", url).partition("?")[0]  # a password may have an @, a / or a ?


Place = DataFiles | Table


def place(name: str, setting: str) -> Place:
    """Return what the setting of the source `name` means; raises SettingError."""
    if re.match(r"[a-z0-9+]+://", setting):
        return _table(name, setting)
    path = Path(setting)
    if path.is_dir():
        found = sorted(each for each in path.iterdir() if each.suffix.lower() in _FILES)
        kinds = {_FILES[each.suffix.lower()] for each in found}
        if len(kinds) != 1:
            what = "CSV and Parquet files beside each other" if kinds else "no CSV or Parquet file"
            raise SettingError(f"{_variable(name)}: {path} has {what}: {HINT}")
        _refuse_outsiders(name, path, found)
        return DataFiles("csv" if kinds == {"csv"} else "parquet", tuple(found))
    kind = _FILES.get(path.suffix.lower())
    if kind is None:
        problem = f"{path} is neither a folder nor .csv or .parquet"
        raise SettingError(f"{_variable(name)}: {problem}: {HINT}")
    if not path.is_file():
        raise SettingError(f"{_variable(name)}: there is no file {path}: {HINT}")
    return DataFiles("csv" if kind == "csv" else "parquet", (path,))


def _refuse_outsiders(name: str, folder: Path, found: Sequence[Path]) -> None:
    """Raise SettingError for a link out of the folder: whoever may write there could read more."""
    for each in found:
        if not each.resolve().is_relative_to(folder.resolve()):
            problem = f"{each} is a link that leads out of its folder"
            raise SettingError(f"{_variable(name)}: {problem}: put the file there")


def missing(name: str) -> SettingError:
    """Return what to say of a source that has no setting."""
    return SettingError(f"{_variable(name)} is not set: where do the rows of {name} lie? {HINT}")


def _variable(name: str) -> str:
    return f"IVR_SCORE_SOURCES_{name.upper().replace('-', '_')}"


def _with_quoted_password(url: str) -> str:
    """Return a URL that libpq reads: of a password with @ or /, it would take a part for the host.

    It tells the host in its errors.
    """
    scheme, _, rest = url.partition("://")
    user, at, host = rest.rpartition("@")
    if not at or "?" in user or not {"@", "/"} & set(user):
        return url
    name, colon, password = user.partition(":")
    return f"{scheme}://{name}{colon}{quote(password, safe='%')}@{host}"


def _table(name: str, setting: str) -> Table:
    url, _, table = setting.partition("#")
    kind = url.partition("://")[0]
    if kind in ("postgresql", "postgres"):
        url = _with_quoted_password(url.replace("postgres://", "postgresql://", 1))
        made = Table("postgresql", url, table)
    elif kind in ("mysql", "mariadb"):
        made = Table("mysql", url, table)
    elif kind == "sqlite":
        made = Table("sqlite", url.removeprefix("sqlite:///"), table)
        if not Path(made.url).is_file():
            raise SettingError(f"{_variable(name)}: there is no file {made.url}: {HINT}")
    else:
        raise SettingError(f"{_variable(name)}: {kind} is no database that can be read: {HINT}")
    if not _TABLE.fullmatch(table):
        problem = "after # has to come the name of a table or view"
        raise SettingError(f"{_variable(name)}: {problem}: {HINT}")
    return made
