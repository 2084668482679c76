"""What the page of a debate, or of what stands in it, offers to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from register.enums import Accepted
from register.models import Debate, Receipt


@dataclass(frozen=True)
class Offers:
    """What a page offers to do: what its debate accepts now, and to whom."""

    accepted: frozenset[str] = frozenset()
    is_open: bool = False
    reader: Any = None
    # By number, those of what the reader has just posted.
    receipts: Mapping[int, Receipt] = field(default_factory=dict)

    def __contains__(self, accepted: str) -> bool:
        return accepted in self.accepted

    def is_theirs(self, row: Any) -> bool:
        return self.reader is not None and row.author_id == self.reader.pk


def offers_of(debate: Debate, at: datetime, reader: Any = None) -> Offers:
    if not debate.is_open(at):
        return Offers(reader=reader)
    accepted = frozenset(each.value for each in Accepted if debate.accepts(each))
    return Offers(accepted=accepted, is_open=True, reader=reader)
