"""Taking one's own words back, and publishing those that waited for their author."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.models import User
from journal.actions import record
from journal.enums import Act
from register.actions.limits import hold_account
from register.actions.posting import NotTheirs, of_its_kind
from register.actions.receipts import mail_receipts
from register.derived import lock_pages
from register.enums import ContributionKind, Status
from register.gate import enter, enter_to_confirm
from register.models import Contribution, ContributionQuerySet


@transaction.atomic
def withdraw_contribution(*, author: User, contribution: Contribution) -> None:
    """Take one's own words back; the number and what others said under it stay.

    Until the end of the debate. Once withdrawn, nothing more happens. Raises
    NotAccepted, NotTheirs.
    """
    if contribution.author_id != author.pk:
        raise NotTheirs
    _debate, at = enter(contribution.debate_id)
    lock_pages([contribution.number])
    row = of_its_kind(contribution.number)
    if row.status not in {Status.PUBLISHED, Status.WAITING}:
        return
    was_counted = row.status == Status.PUBLISHED
    Contribution.objects.filter(pk=row.pk).update(status=Status.WITHDRAWN, status_at=at)
    record(act=Act.CONTRIBUTION_WITHDRAWN, actor=author, numbers=[row.number])
    if was_counted:
        _count(row, -1)


def _count(row: Contribution, step: int) -> None:
    """Last in the act: a counter is where writers meet."""
    if row.counter and row.hangs_on_id:
        above = Contribution.objects.filter(pk=row.hangs_on_id)
        above.update(**{row.counter: F(row.counter) + step})


@transaction.atomic
def confirm_contributions(*, author: User) -> None:
    """Publish what waited for its author's address to be confirmed.

    With its first date, before the end or within the debate's hours of grace. What
    comes later stays unpublished: its author can still read it.
    """
    hold_account(author)
    waiting = author.contributions.waiting_for_their_author()
    debates = sorted(set(waiting.values_list("debate", flat=True)))
    inside = {each: at for each in debates if (at := enter_to_confirm(each))}
    if inside:
        _publish(waiting.filter(debate__in=inside), author, max(inside.values()))


def _publish(waiting: ContributionQuerySet, author: User, at: datetime) -> None:
    """Those that still wait once nobody else can act on them."""
    lock_pages(list(waiting.values_list("pk", flat=True)))
    numbers = list(waiting.order_by("pk").values_list("pk", flat=True))
    waiting.update(status=Status.PUBLISHED, status_at=at)
    if numbers:
        record(act=Act.CONTRIBUTION_CONFIRMED, actor=author, numbers=numbers)
    for number in numbers:
        _count(of_its_kind(number), 1)
    # The receipts of the rest leave together, in the morning.
    proposals = author.contributions.filter(
        pk__in=numbers, kind=ContributionKind.PROPOSAL
    )
    mail_receipts(author=author, numbers=proposals.values_list("pk", flat=True))
