"""One message of the manager interface: an answer or an event."""

from collections.abc import Iterable, Mapping

import panoramisk.message

from ivr.domain.calls.told import WHOLE_NUMBER

_ABSENT = ("", "")


class Message(panoramisk.message.Message):  # type: ignore[misc]  # panoramisk ships no types
    """An answer or an event. Header names match in any case; of a repeated header the first counts.

    (Callers can smuggle line breaks into some values; what they forge comes after what Asterisk wrote.)
    """

    def __init__(self, headers: Mapping[str, str] | Iterable[tuple[str, str]]) -> None:
        # Where panoramisk looks for them. Its own way in takes longer than all else that an event needs.
        self._store: dict[str, tuple[str, str]] = {}
        self._more: dict[str, list[str]] = {}  # what a header says the second time, and so on
        self.manager = None
        store, more = self._store, self._more
        for name, value in headers.items() if isinstance(headers, Mapping) else headers:
            lower = name.lower()
            if lower in store:
                more.setdefault(lower, []).append(value)
            else:
                store[lower] = (lower, value)

    @classmethod
    def from_line(cls, line: str) -> "Message | None":
        """The message in `line` (all its lines, without the empty one); None when it is neither kind."""
        rows = [row.partition(":") for row in line.split("\r\n")]
        message = cls([(row[0].strip(), row[2].removeprefix(" ")) for row in rows if row[1]])
        return message if "event" in message or "response" in message else None

    def __contains__(self, name: object) -> bool:
        """Say whether there is such a header: panoramisk's own way raises an error if not."""
        return isinstance(name, str) and name.lower() in self._store

    def header(self, name: str) -> str:
        """The first value of a header, "" when it is absent."""
        return self._store.get(name.lower(), _ABSENT)[1]

    def all(self, name: str) -> list[str]:
        """Every value of a header that comes once for each line, as `Output` in the answer to a Command."""
        lower = name.lower()
        return [self._store[lower][1], *self._more.get(lower, ())] if lower in self._store else []

    def number(self, name: str) -> int | None:
        """A header that holds a whole number of up to nine digits; None when it holds anything else."""
        value = self.header(name)
        return int(value) if WHOLE_NUMBER.fullmatch(value) else None

    @property
    def ends_list(self) -> bool:
        """Whether it is the last one of a list."""
        return self.header("Event").endswith("Complete") or self.header("EventList") in ("Complete", "cancelled")

    @property
    def size(self) -> int:
        """Characters in it, roughly."""
        first = sum(len(name) + len(value) for name, value in self._store.values())
        return first + sum(len(name) + len(value) for name, values in self._more.items() for value in values)
