"""What the desk shows of one item."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from moderation.desk import excerpt_of
from moderation.masking import is_rich, maskable
from moderation.models import Decision, Report
from moderation.permissions import can_confirm, can_decide_appeal
from moderation.steps import Case, steps_offered
from register.actions import of_its_kind
from register.models import Contribution


@dataclass(frozen=True)
class Part:
    """Some of its words, under a name; rich ones were cleaned on the way in."""

    label: str
    text: str
    is_rich: bool


@dataclass(frozen=True)
class Above:
    """What it hangs on, as it begins."""

    row: Contribution
    excerpt: str


def facts_of(case: Case, words: dict[str, str] | None = None) -> dict[str, Any]:
    """`words` are shown in the place of its own, when a mask is looked at first."""
    row = case.row
    decided = [_decided(case, each) for each in _decisions(row)]
    return {
        "case": case,
        "row": row,
        "link": getattr(row, "link", ""),
        "parts": _parts(row, words or maskable(row)),
        "above": _above(row),
        "below": _below(row),
        "reports": _reports(row),
        "decisions": decided,
        "about": [each for each in decided if each["decision"] == case.decision],
        "others": _decided_of_author(row),
        "steps": steps_offered(case),
        "words_heading": _("Its words, once masked") if words else _("Its words"),
    }


def _parts(row: Contribution, words: dict[str, str]) -> list[Part]:
    fields = {field.name: field for field in row._meta.fields}  # noqa: SLF001
    return [
        Part(
            str(fields[name].verbose_name) if name in fields else _("appendix"),
            text,
            is_rich(row, name),
        )
        for name, text in words.items()
        if text
    ]


def _above(row: Contribution) -> list[Above]:
    """The proposal first, then the argument that a source hangs on."""
    chain: list[Above] = []
    while row.hangs_on_id:
        row = of_its_kind(row.hangs_on_id)
        chain.insert(0, Above(row, excerpt_of(row)))
    return chain


def _below(row: Contribution) -> dict[str, int]:
    """What a reader can count of it, where that is something."""
    counts = {
        _("arguments for"): row.for_count,
        _("arguments against"): row.against_count,
        _("sources"): row.source_count,
        _("votes"): row.vote_count,
        _("supports"): row.support_count,
    }
    return {label: count for label, count in counts.items() if count}


def _reports(row: Contribution) -> QuerySet[Report]:
    """Those that wait first, the oldest of them before."""
    related = ("ground", "reporter", "decision")
    reports = Report.objects.filter(contribution=row.pk).select_related(*related)
    return reports.order_by(F("decision").asc(nulls_first=True), "reported_at", "pk")


def _decisions(row: Contribution) -> QuerySet[Decision]:
    related = ("ground", "decided_by", "confirmed_by", "undone_by")
    appeal = ("appeal", "appeal__decided_by")
    return row.decisions.select_related(*related, *appeal)


def _decided(case: Case, decision: Decision) -> dict[str, Any]:
    """A decision, its appeal, and what may be done of it, or why not by this person."""
    decision.contribution = case.row
    about = Case(user=case.user, row=case.row, decision=decision)
    appeal = decision.waiting_appeal
    return {
        "decision": decision,
        "appeal": getattr(decision, "appeal", None),
        "steps": steps_offered(about),
        "needs_another": decision.is_unconfirmed
        and not can_confirm(case.user, decision),
        "is_answered_by_another": appeal is not None
        and not can_decide_appeal(case.user, appeal),
    }


def _decided_of_author(row: Contribution) -> int:
    """How many other contributions of the same author a restriction touches now."""
    if row.author_id is None:
        return 0
    decided = Decision.objects.in_force().restrictions()
    of_author = decided.filter(contribution__author=row.author_id)
    others = of_author.exclude(contribution=row.pk).values("contribution")
    return others.order_by().distinct().count()
