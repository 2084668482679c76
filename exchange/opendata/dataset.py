"""What one download holds: the record of some debates, as it stands now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from exchange.lines import ContributionLine
from exchange.record import BATCH_SIZE, contribution_lines
from journal.enums import Act
from journal.models import JournalEntry
from register.enums import Status
from register.models import Contribution, Debate

# How much of a digest tells authors apart: one chance in a million that two of six
# million share it.
KEY_LENGTH = 16
# What readers see of a contribution changes with these.
CHANGES = (
    Act.CONTRIBUTION_SUBMITTED,
    Act.CONTRIBUTION_CONFIRMED,
    Act.CONTRIBUTION_WITHDRAWN,
    Act.CONTRIBUTIONS_IMPORTED,
    Act.CONTRIBUTION_HIDDEN,
    Act.CONTRIBUTION_RESTORED,
    Act.PASSAGE_MASKED,
    Act.CONTRIBUTION_PUBLISHED,
)
ACTS = {
    Status.HIDDEN: Act.CONTRIBUTION_HIDDEN,
    Status.WITHDRAWN: Act.CONTRIBUTION_WITHDRAWN,
}


@dataclass(frozen=True)
class Change:
    """The last one of a record, and why it came."""

    at: datetime
    act: Act
    number: int


@dataclass(frozen=True)
class Dataset:
    """Debates that have begun, of one consultation.

    `scope` is within what an author has one key: docs/decisions/0020-open-data.md.
    """

    name: str
    title: str
    address: str
    scope: str
    debates: list[Debate]
    at: datetime

    @property
    def recorded(self) -> QuerySet[Contribution]:
        return Contribution.objects.recorded().filter(debate__in=self.debates)

    def lines(self, kind: str) -> Iterator[ContributionLine]:
        """Those of the record, of one kind, by number; never more than a batch at once.

        They are the very lines that are exported: what is withheld there is here.
        """
        rows, last = self.recorded.filter(kind=kind), 0
        while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH_SIZE]):
            yield from contribution_lines(batch)
            last = batch[-1].pk

    def author_key(self, public_key: str) -> str:
        """Tells the authors of one consultation apart, and links nobody to another."""
        keyed = salted_hmac(
            f"open data of {self.scope}", public_key, algorithm="sha256"
        )
        return keyed.hexdigest()[:KEY_LENGTH]

    @property
    def published_at(self) -> datetime:
        """When the first of its debates opened: there has been a record since."""
        return min(debate.opens_at for debate in self.debates)

    @cached_property
    def last_change(self) -> Change | None:
        entries = JournalEntry.objects.filter(
            number__in=self.recorded.order_by().values("pk"), act__in=CHANGES
        )
        if entry := entries.order_by("-id").first():
            return Change(at=entry.at, act=Act(entry.act), number=entry.number or 0)
        return self._last_change_of_status

    @property
    def _last_change_of_status(self) -> Change | None:
        """Of what came with an import, which is one entry for many contributions."""
        row = self.recorded.order_by("-status_at", "-number").first()
        if row is None:
            return None
        act = ACTS.get(row.status, Act.CONTRIBUTION_SUBMITTED)
        return Change(at=row.status_at, act=act, number=row.pk)
