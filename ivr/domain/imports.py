"""What a person says about a file that is imported: which column is which, what cells mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[int | None, int | None]
"""Line and column of something in the file that says so."""


@dataclass(frozen=True, slots=True)
class ImportMap:
    """How a file is read whose columns are not ours.

    What is empty is found out, or is as in our own files.
    `columns` has our names, and those of the file's columns that each is made of; without, the
    file's names are ours. `defaults` stand where a file has no such column, or nothing in it.
    `values` has what stands in a column (ours), and what is meant by it. `regions` has what stands
    in the column `region_column`, and the country's two letters. `places` says where each thing
    stands in the map: by its path there, such as `( "columns", "phones", 0, )`.
    """

    path: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    yes_words: tuple[str, ...] = ()
    no_words: tuple[str, ...] = ()
    region: str = ""
    region_column: str = ""
    regions: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    separator: str = ""
    list_separator: str = ""
    decimal: str = ""
    header_line: int = 0
    places: Mapping[tuple[str | int, ...], Place] = field(default_factory=dict)

    def place(self, *where: str | int) -> Place:
        """Return where something stands in the map."""
        return self.places.get(where, (None, None))
