"""Which version of the tables this program knows, without alembic, which takes a while to import."""

from pathlib import Path


def known() -> str:
    """The last migration's version: `migrate.head()`, as the files' names say it. A test compares the two."""
    folder = Path(__file__).parent / "migrations/versions"
    return max(path.name.partition("_")[0] for path in folder.glob("[0-9]*.py"))
