"""Which queue members are ours: those that the service added, and may therefore remove again."""

from sqlalchemy import Engine, delete, select

from ivr.store.engine import explained, insert_new, writing
from ivr.store.tables import members


class MemberOwnership:
    """The table of our queue members. Its methods raise StoreError; they wait for the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def owned(self) -> set[tuple[str, str]]:
        """(queue, interface) of every member that is ours."""
        with explained(self._engine), self._engine.connect() as connection:
            return {(row.queue, row.interface) for row in connection.execute(select(members))}

    def own(self, queue: str, interface: str) -> None:
        """Remember that this member is ours. Do it before adding: better to own too much than to lose one."""
        with explained(self._engine), writing(self._engine) as connection:
            connection.execute(insert_new(connection, members), {"queue": queue, "interface": interface})

    def disown(self, queue: str, interface: str) -> None:
        """Forget this member, because it is gone."""
        ours = (members.c.queue == queue) & (members.c.interface == interface)
        with explained(self._engine), writing(self._engine) as connection:
            connection.execute(delete(members).where(ours))
