"""What an import says it did."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, TextIO


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

    def write(self, out: TextIO) -> None:
        kinds = sorted(self.read | self.created | self.unchanged)
        width = max(map(len, kinds), default=0) + 2
        columns: list[tuple[str, Any]] = [
            ("read", self.read),
            ("created", self.created),
            ("unchanged", self.unchanged),
        ]
        out.write(" " * width + "".join(f"{name:>12}" for name, _ in columns) + "\n")
        for kind in kinds:
            counts = "".join(f"{counter[kind]:>12,}" for _, counter in columns)
            out.write(f"{kind:<{width}}{counts}\n")
        out.write(f"refused: {len(self.refused):,}\n")
        for where, reason in self.refused:
            out.write(f"  {where}: {reason}\n")
        for sentence in self.notes:
            out.write(f"note: {sentence}\n")
