"""Telling many people by mail, in the worker and some at a time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.mail import send
from accounts.models import User
from arguments.models import ArgumentSupport
from moderation.enums import Announced
from moderation.models import Announcement, Decision
from proposals.models import Vote
from register.enums import RECORDED_STATUSES
from register.models import Contribution, Debate, PeriodMove

BATCH_SIZE = 50
# After so long without a mail, who was telling was killed on the way.
CUT_SHORT = timedelta(minutes=10)


def announce(
    *,
    kind: Announced,
    debate: Debate,
    move: PeriodMove | None = None,
    decision: Decision | None = None,
) -> None:
    """Have many people told, in the transaction of what they are told of."""
    from moderation.tasks import tell

    row = Announcement.objects.create(
        kind=kind, debate=debate, move=move, decision=decision
    )
    tell.enqueue(row.pk)


@transaction.atomic
def tell_some(*, announcement_id: int) -> None:
    """Write the mails of the next ones, and go on with those after them.

    Up to whom one came is written with the mails: whatever happens to the worker,
    nobody is told twice.
    """
    from moderation.tasks import tell

    # Of the others there may be none, which PostgreSQL does not lock.
    rows = Announcement.objects.select_for_update(of=("self",))
    held = rows.select_related("debate", "decision__contribution", "move").get(
        pk=announcement_id
    )
    if held.finished_at:
        return
    audience = AUDIENCES[Announced(held.kind)](held)
    some = list(audience.filter(pk__gt=held.told_up_to).order_by("pk")[:BATCH_SIZE])
    for each in some:
        _tell(held, each)
    if some:
        held.told_up_to = some[-1].pk
        tell.enqueue(held.pk)
    else:
        held.finished_at = timezone.now()
    held.save(update_fields=["told_up_to", "finished_at", "touched_at"])


def resume_announcements() -> None:
    """Go on with what a worker dropped as it was killed."""
    from moderation.tasks import tell

    dropped = Announcement.objects.filter(
        finished_at=None, touched_at__lt=timezone.now() - CUT_SHORT
    )
    for pk in dropped.values_list("pk", flat=True):
        tell.enqueue(pk)


def participants_of(debate: Debate) -> QuerySet[User]:
    """Whoever wrote, voted or supported in a debate, and can be reached."""
    posted = Contribution.objects.filter(
        debate=debate, author=OuterRef("pk"), status__in=RECORDED_STATUSES
    )
    voted = Vote.objects.filter(proposal__debate=debate, voter=OuterRef("pk"))
    supported = ArgumentSupport.objects.filter(
        argument__debate=debate, supporter=OuterRef("pk")
    )
    took_part = Exists(posted) | Exists(voted) | Exists(supported)
    return _reachable().filter(took_part)


def _reachable() -> QuerySet[User]:
    people: QuerySet[User] = User.objects.confirmed().filter(
        email__isnull=False, is_active=True
    )
    return people


def _participants(announcement: Announcement) -> QuerySet[User]:
    return participants_of(announcement.debate)


def _authors_below(announcement: Any) -> QuerySet[User]:
    """Those whose words hang on what was decided about, save who wrote that."""
    above = announcement.decision.contribution
    below = Contribution.objects.filter(
        Q(hangs_on=above.pk) | Q(hangs_on__hangs_on=above.pk),
        author=OuterRef("pk"),
        status__in=RECORDED_STATUSES,
    )
    return _reachable().filter(Exists(below)).exclude(pk=above.author_id)


def _reports(announcement: Any) -> Any:
    return announcement.decision.reports.select_related("reporter", "contribution")


def _tell(announcement: Announcement, each: Any) -> None:
    """`each` is an account, or a report that an account or an address sent."""
    is_report = not isinstance(each, User)
    person = each.reporter if is_report else each
    to = person.email if person else each.notifier_email
    if not to:
        return
    send(
        template=f"announcements/{announcement.kind}",
        to=to,
        language=person.locale if person else each.language,
        context={
            "announcement": announcement,
            "debate": announcement.debate,
            "decision": announcement.decision,
            "move": announcement.move,
            "person": person,
            "report": each if is_report else None,
            "touched": _touched(announcement, person),
        },
    )


def _touched(announcement: Any, person: User | None) -> list[int]:
    """Which of somebody's own words went, or came back, with what was decided about."""
    if announcement.kind != Announced.ABOVE:
        return []
    rows = announcement.decision.touched(person).recorded()
    return list(rows.values_list("pk", flat=True))


AUDIENCES: dict[Announced, Callable[[Announcement], QuerySet[Any]]] = {
    Announced.PERIOD_MOVED: _participants,
    Announced.CLOSING: _participants,
    Announced.ABOVE: _authors_below,
    Announced.ANSWER: _reports,
}
