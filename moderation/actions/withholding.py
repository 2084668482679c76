"""Withholding a part of a sealed record: for as long as it is hidden, or for good.

The sealed lines never change. What is hidden or masked is left out of what is published
by numbered acts, which end when it is shown again; what is withheld for good is
destroyed with its salt, so that nobody can tell whether a guess of it is right.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from accounts.models import User
from journal.actions import record
from journal.enums import Act
from journal.models import JournalEntry
from moderation.actions.decisions import Reasons, hide_contribution
from moderation.actions.effects import erase_name, erase_words
from moderation.enums import DecisionKind, SealedPart
from moderation.models import Closing, Decision, SealedLeaf, Withholding
from moderation.permissions import can_withhold
from moderation.seal.leaves import says_nothing
from register.actions import NotTheirs, of_its_kind
from register.derived import lock_pages
from register.enums import Status
from register.gate import enter_begun
from register.models import Contribution, Ground

# What changes whether words are shown, in a debate that is closed.
FOLLOWED = frozenset(
    {Act.CONTRIBUTION_HIDDEN, Act.CONTRIBUTION_RESTORED, Act.PASSAGE_MASKED}
)
BATCH_SIZE = 500


class NotSealed(Exception):
    """The contribution is in no sealed record: moderators hide it instead."""


class AlreadyWithheld(Exception):
    """That part is withheld for good already."""


def follow(entry: JournalEntry, numbers: Sequence[int]) -> None:
    """Withhold or disclose again what a decision hid or showed, in the same act.

    With it go the leaves of all that hangs on it. Nothing happens where nothing is
    sealed.
    """
    if entry.act not in FOLLOWED:
        return
    leaves = SealedLeaf.objects.filter(
        Q(contribution__in=numbers)
        | Q(contribution__hangs_on__in=numbers)
        | Q(contribution__hangs_on__hangs_on__in=numbers)
    )
    if keys := list(leaves.values_list("pk", flat=True)):
        decision = Decision.objects.filter(pk=entry.facts.get("decision")).first()
        _see_to(keys, entry.at, entry.actor, decision)


def withhold_what_is_not_shown(
    *, closing: Closing, actor: User | None, at: datetime
) -> None:
    """What is hidden or masked as the debate is closed, by the decision that did it."""
    shown = Contribution.objects.visible().filter(
        debate=closing.debate_id, original_words=None
    )
    leaves = closing.leaves.exclude(contribution=None)
    keys = leaves.exclude(contribution__in=shown.values("pk"))
    _see_to(list(keys.values_list("pk", flat=True)), at, actor, None)


@transaction.atomic
def withhold_part(
    *, contribution: Contribution, part: SealedPart, ground: Ground, actor: User
) -> Withholding:
    """Withhold a name or a text of a sealed record for good.

    What it was is destroyed here too: words are erased, and hidden on that ground if
    they still show; a name gives way to a neutral account. Raises AlreadyWithheld,
    NotSealed, NotTheirs.
    """
    if not can_withhold(actor):
        raise NotTheirs
    _debate, at = enter_begun(contribution.debate_id)
    lock_pages([contribution.pk])
    leaf = SealedLeaf.objects.filter(contribution=contribution.pk).first()
    if leaf is None:
        raise NotSealed
    if leaf.withholdings.filter(part=part, is_final=True).exists():
        raise AlreadyWithheld
    decision = _erase(contribution, part, Reasons(ground=ground), actor)
    SealedLeaf.objects.filter(pk=leaf.pk).update(**{part.value: ""})
    act = Withholding.objects.create(
        leaf=leaf,
        part=part,
        is_withheld=True,
        is_final=True,
        ground=ground,
        decision=decision,
        at=at,
        by=actor,
    )
    _tell(contribution, act, actor)
    return act


def _erase(
    contribution: Contribution, part: SealedPart, reasons: Reasons, actor: User
) -> Decision | None:
    """The decision that took the words out of sight, where there is one."""
    row = of_its_kind(contribution.pk)
    if part == SealedPart.NAME:
        erase_name(row)
        return None
    if row.status == Status.PUBLISHED:
        facts = str(_("The text was erased from the record of the debate."))
        reasons = Reasons(ground=reasons.ground, facts=facts)
        hide_contribution(actor=actor, contribution=row, reasons=reasons)
    erase_words(row)
    return _hiding(row)


def _tell(contribution: Contribution, act: Withholding, actor: User) -> None:
    facts = {"act": act.pk, "part": act.part, "final": True}
    numbers = [contribution.pk]
    record(act=Act.PART_WITHHELD, actor=actor, numbers=numbers, facts=facts, at=act.at)
    log(
        instance=contribution.debate,
        action=f"moderation.{Act.PART_WITHHELD}",
        user=actor,
        data=facts | {"number": contribution.pk},
    )


def _see_to(
    keys: Sequence[int],
    at: datetime,
    actor: User | None,
    decision: Decision | None,
) -> None:
    """Bring what is withheld of these leaves in line with what a reader can read."""
    changed = {True: 0, False: 0}
    for start in range(0, len(keys), BATCH_SIZE):
        leaves = SealedLeaf.objects.filter(pk__in=keys[start : start + BATCH_SIZE])
        acts = [
            Withholding(
                leaf=leaf,
                part=part,
                is_withheld=is_withheld,
                ground_id=ground,
                decision_id=because,
                at=at,
                by=actor,
            )
            for leaf, part, is_withheld in _differences(leaves)
            for ground, because in [_reason(leaf, decision, is_withheld)]
        ]
        Withholding.objects.bulk_create(acts)
        for act in acts:
            changed[act.is_withheld] += 1
    for is_withheld, done in ((True, Act.PART_WITHHELD), (False, Act.PART_DISCLOSED)):
        if changed[is_withheld]:
            facts = {
                "decision": decision and decision.pk,
                "parts": changed[is_withheld],
            }
            record(act=done, actor=actor, facts=facts, at=at)


def _differences(
    leaves: QuerySet[SealedLeaf],
) -> Iterable[tuple[SealedLeaf, SealedPart, bool]]:
    """Each part that is withheld and should not be, or the other way round."""
    above = "contribution__hangs_on__hangs_on"
    rows = list(leaves.select_related(above).order_by("position"))
    visible = set(
        Contribution.objects.visible()
        .filter(pk__in=[leaf.contribution_id for leaf in rows])
        .values_list("pk", flat=True)
    )
    held = _held([leaf.pk for leaf in rows])
    masked = set(
        leaves.exclude(contribution__original_words=None).values_list("pk", flat=True)
    )
    for leaf in rows:
        is_hidden = leaf.contribution_id not in visible
        for part in SealedPart:
            disclosure = getattr(leaf, part)
            is_masked = part == SealedPart.TEXT and leaf.pk in masked
            should_be = (is_hidden or is_masked) and not says_nothing(disclosure)
            # Without a disclosure it is withheld for good.
            if disclosure and should_be != held.get((leaf.pk, part), False):
                yield leaf, part, should_be


def _held(keys: Collection[int]) -> dict[tuple[int, str], bool]:
    """What the last act on each part did."""
    acts = Withholding.objects.filter(leaf__in=keys).order_by("pk")
    return {
        (leaf, part): is_withheld
        for leaf, part, is_withheld in acts.values_list("leaf", "part", "is_withheld")
    }


def _reason(
    leaf: SealedLeaf, decision: Decision | None, is_withheld: bool
) -> tuple[int | None, int | None]:
    """The ground and the decision that an act follows from.

    What came hidden with an import has a ground alone.
    """
    if decision:
        return decision.ground_id if is_withheld else None, decision.pk
    row = leaf.contribution
    while row:
        if row.status == Status.HIDDEN:
            hiding = _hiding(row)
            return row.ground_id, hiding.pk if hiding else None
        row = row.hangs_on
    mask = Decision.objects.in_force().filter(
        contribution=leaf.contribution_id, kind=DecisionKind.MASK
    )
    last = mask.order_by("pk").last()
    return (last.ground_id, last.pk) if last else (None, None)


def _hiding(row: Contribution) -> Decision | None:
    hiding = Decision.objects.in_force().filter(
        contribution=row.pk, kind=DecisionKind.HIDE
    )
    return hiding.order_by("-pk").first()
