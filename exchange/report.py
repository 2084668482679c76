"""What an import says it did."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """Counts by kind, and each refusal with where it stood and why."""

    read: Counter[str] = field(default_factory=Counter)
    created: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, where: str, reason: str) -> None:
        self.refused.append((where, reason))

    def note(self, sentence: str) -> None:
        """Say something once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def __str__(self) -> str:
        columns = {
            "read": self.read,
            "created": self.created,
            "unchanged": self.unchanged,
        }
        kinds = sorted(self.read | self.created | self.unchanged)
        width = max(map(len, kinds), default=0) + 2
        table = [" " * width + "".join(f"{name:>12}" for name in columns)]
        for kind in kinds:
            counts = "".join(f"{counter[kind]:>12,}" for counter in columns.values())
            table.append(f"{kind:<{width}}{counts}")
        refused = [f"  {where}: {reason}" for where, reason in self.refused]
        notes = [f"note: {sentence}" for sentence in self.notes]
        return "\n".join([*table, f"refused: {len(refused):,}", *refused, *notes])
