from ivr.application.doctor.ports import Database
from ivr.application.doctor.verdicts import Verdict
from ivr.errors import StoreError


def version(database: Database) -> Verdict:
    """Whether the database can be asked, and is of this version."""
    try:
        at = database.version()
    except StoreError as error:
        return Verdict("database", False, str(error), "check IVR_DATABASE_URL; `ivr migrate` makes a new database")
    if at != database.newest():
        return Verdict("database", False, f"at version {at or 'none'}, not {database.newest()}", "run `ivr migrate`")
    return Verdict("database", True, f"reachable, at version {at}")
