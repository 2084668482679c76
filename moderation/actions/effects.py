"""The effect of a decision, the same for every kind of contribution.

It changes one row and journals its number; whoever follows the journal sees to counts,
lists and pages in the same transaction, and `visible()` decides for all that reads.
"""

from datetime import datetime

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext, override

from accounts.models import User
from moderation.masking import MARK, Words, maskable, masked
from moderation.models import Decision
from proposals.models import Appendix
from register.enums import PUBLIC_STATUSES, ContributionKind, Status
from register.models import (
    Contribution,
    Ground,
    OriginalWords,
    Receipt,
    Submission,
)

APPENDIX = "appendix:"
# Every field, of whatever kind, that says something or names somebody.
ERASED = frozenset(
    {
        *("title", "text", "link", "note"),
        *("agent_name", "agent_function", "transferred_to"),
    }
)
AGENT = {"agent_name": "", "agent_function": ""}


def set_status(
    row: Contribution, status: Status, *, at: datetime, ground: Ground | None = None
) -> None:
    """Show or hide a row whose page is locked, and count it above or no longer.

    `row` is of its kind, as it is in the database.
    """
    before, after = row.status in PUBLIC_STATUSES, status in PUBLIC_STATUSES
    rows = Contribution.objects.filter(pk=row.pk)
    rows.update(status=status, status_at=at, ground=ground)
    row.status = status
    if row.counter and before != after:
        step = 1 if after else -1
        above = Contribution.objects.filter(hanging=row.pk)
        above.update(**{row.counter: F(row.counter) + step})


def let_through(row: Contribution, *, at: datetime) -> None:
    """Publish what no moderator holds, or let it wait for its author’s address."""
    Submission.objects.filter(contribution=row.pk).update(is_held=False)
    if row.author and row.author.is_confirmed:
        set_status(row, Status.PUBLISHED, at=at)
    elif row.status != Status.WAITING:
        set_status(row, Status.WAITING, at=at)


def show_again(row: Contribution, *, at: datetime) -> None:
    """What was hidden was public; what was refused may lack a confirmed address."""
    if row.status == Status.UNPUBLISHED:
        let_through(row, at=at)
    else:
        set_status(row, Status.PUBLISHED, at=at)


def apply_masks(row: Contribution) -> None:
    """Put the marks that decisions in force ask for, and no others.

    `row` is of its kind and its page is locked. Raises PassageNotFound.
    """
    kept = OriginalWords.objects.filter(pk=row.pk).first()
    words = kept.words if kept else maskable(row)
    passages = _masked_passages(row)
    if passages and not kept:
        OriginalWords.objects.create(contribution_id=row.pk, words=words)
    shown = masked(row, words, passages)
    fields = {name: text for name, text in shown.items() if not is_appendix(name)}
    # A mark that came with an import stays, whatever is decided here.
    is_masked = any(MARK in text for text in shown.values())
    type(row).objects.filter(pk=row.pk).update(is_masked=is_masked, **fields)
    for name in filter(is_appendix, shown):
        key = int(name.removeprefix(APPENDIX))
        Appendix.objects.filter(pk=key).update(text=shown[name])
    if kept and not passages:
        kept.delete()


def words_under(row: Contribution, passage: str) -> Words:
    """What a row of its kind would say with a mark over one more passage.

    Raises PassageNotFound.
    """
    kept = OriginalWords.objects.filter(pk=row.pk).first()
    words = kept.words if kept else maskable(row)
    return masked(row, words, [*_masked_passages(row), passage])


def _masked_passages(row: Contribution) -> list[str]:
    decided = Decision.objects.in_force().filter(contribution=row.pk)
    return list(decided.exclude(passage="").values_list("passage", flat=True))


def is_appendix(name: str) -> bool:
    return name.startswith(APPENDIX)


def erase_words(row: Contribution) -> None:
    """Leave nothing of what it said, here or in the salt of its receipt.

    `row` is of its kind, hidden or withdrawn, and its page is locked.
    """
    fields = dict.fromkeys(ERASED & {each.name for each in row._meta.fields}, "")  # noqa: SLF001
    type(row).objects.filter(pk=row.pk).update(is_masked=False, **fields)
    row.themes.clear()
    Appendix.objects.filter(proposal=row.pk).delete()
    OriginalWords.objects.filter(pk=row.pk).delete()
    Receipt.objects.filter(pk=row.pk).update(salt=b"")
    Decision.objects.filter(contribution=row.pk).exclude(passage="").update(
        passage=MARK
    )


def erase_name(row: Contribution) -> None:
    """Put an account that is nobody's in the place of who signs; `row` is of its kind.

    A response stays its institution's, as nobody else can give one: its agent goes.
    """
    with override(settings.LANGUAGE_CODE):
        name = gettext("Name withdrawn")
    nobody = User.objects.create_user(None, display_name=name, is_active=False)
    rows = Contribution.objects.filter(pk=row.pk)
    if row.kind == ContributionKind.RESPONSE:
        rows.update(author=nobody)
        type(row).objects.filter(pk=row.pk).update(**AGENT)
        for kept in OriginalWords.objects.filter(pk=row.pk):
            kept.words |= AGENT
            kept.save(update_fields=["words"])
    else:
        rows.update(author=nobody, institution=None, service="", verification=None)
    Submission.objects.filter(contribution=row.pk).update(author=nobody)
