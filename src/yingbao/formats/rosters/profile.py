"""What is remembered of a bureau's files: its headings, so that the next file is read the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from yingbao.formats.rosters.headings import Headings, fold


@dataclass(frozen=True, slots=True)
class Profile:
    """Heading (folded) → field, as a clerk confirmed it; an empty field means: not used.

    ``kind`` is the roster kind the headings belong to.
    """

    kind: str
    columns: Mapping[str, str] = field(default_factory=dict)
    bureau: str = ""

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {"kind": self.kind, "bureau": self.bureau, "columns": dict(self.columns)}

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Profile:
        """The reverse of :meth:`as_dict`; headings are folded again, so hand-written ones serve."""
        columns = data.get("columns", {})
        pairs = columns.items() if isinstance(columns, Mapping) else ()
        return cls(
            kind=str(data.get("kind", "")),
            columns={fold(str(label)): str(name) for label, name in pairs},
            bureau=str(data.get("bureau", "")),
        )

    @classmethod
    def of(cls, kind: str, bureau: str, all_headings: list[Headings]) -> Profile:
        """The profile of a file that has been read. Members' columns tell their places by themselves."""
        columns = {
            fold(column.label): column.field
            for headings in all_headings
            for column in headings.columns
            if column.label and column.field and column.slot is None
        }
        return cls(kind, columns, bureau)

    def unread(self, all_headings: list[Headings]) -> dict[str, str]:
        """The headings of the profile that are there and that this reading could not tell."""
        found = {fold(column.label): column for headings in all_headings for column in headings.columns}
        taken = {column.field for column in found.values() if column.field}
        return {
            label: name
            for label, name in self.columns.items()
            if name and name not in taken and label in found and found[label].field is None
        }

    def fits(self, headings: Headings) -> bool:
        """Every used heading of the profile is still there."""
        present = {fold(column.label) for column in headings.columns}
        return all(label in present for label, name in self.columns.items() if name)
