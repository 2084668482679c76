"""What people do by forms on the public pages, whatever it is: one table of it all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arguments.actions import (
    submit_argument,
    submit_proposal_with_sources,
    submit_source,
    support_argument,
    withdraw_support,
)
from arguments.forms import (
    ArgumentForm,
    ProposalWithSourcesForm,
    SourceForm,
    SupportForm,
)
from arguments.models import ArgumentSupport
from consultation import targets
from consultation.offers import offers_of
from journal.clock import database_now
from moderation.actions import AlreadyReported, report_contribution, report_of
from moderation.forms import ReportForm
from proposals.actions import cast_vote, withdraw_vote
from proposals.enums import VoteChoice
from proposals.forms import VoteForm
from proposals.models import Vote
from register.actions import Suspended, submission_of
from register.enums import Accepted, Status, Writing
from register.gate import NotAccepted
from register.models import Contribution, Debate

NOT_PUBLISHED = _("This was not published")
HELD = _("Received. A moderator will read it before it is published.")


@dataclass(frozen=True)
class Done:
    """To which number the participant is led back, and whether it is published yet."""

    number: int
    waits: bool = False


@dataclass(frozen=True)
class Participation:
    """A form, what it is filled in about, and the act that it asks for."""

    writing: Writing
    form: type[Any]
    # What the debate must accept while it is open, or None: at any time.
    accepted: Accepted | None
    heading: Promise
    send: Promise
    # By number, what it is about as long as it can be read.
    find: Callable[[int, datetime], Any]
    # The same row, whoever can read it: the act itself asks whether it stands.
    named: Callable[[int], Any]
    act: Callable[[Any, str], Done]
    # What is said once it is done.
    done: Promise
    # What somebody chose before, as the form's first value.
    held: Callable[[Any, Any], dict[str, str]] = lambda author, target: {}
    # Of an act that is done once and for all: how it is refused once it was.
    done_before: Callable[[Any, Any], Exception | None] = lambda author, target: None
    # The heading of what keeps it from being done.
    undone: Promise = NOT_PUBLISHED

    def done_words(self, done: Done) -> str:
        said = HELD if done.waits else self.done
        return str(said) % {"number": f"#{done.number}"}

    def is_read_first(self, target: Any) -> bool:
        """Whether a moderator reads what is written by it before it is published."""
        is_written = self.accepted not in {None, Accepted.VOTES}
        return is_written and debate_of(target).moderates_first

    def refused(self, author: Any, target: Any) -> Exception | None:
        """Why nobody need try now, as far as one can say before they do."""
        if author and (done := self.done_before(author, target)):
            return done
        debate, at = debate_of(target), database_now()
        if self.accepted and self.accepted not in offers_of(debate, at):
            return NotAccepted(debate, at)
        until = self.accepted and author and author.suspended_until
        return Suspended(until) if until and at < until else None


def vote_of(reader: Any, proposal: Any) -> str:
    """What a reader voted on a proposal, or an empty string."""
    return _vote_held(reader, proposal).get("choice", "") if reader else ""


def debate_of(target: Any) -> Debate:
    debate: Debate = target if isinstance(target, Debate) else target.debate
    return debate


def _posted(row: Contribution) -> Done:
    """What is held by its form, or by its debate, is published by a moderator."""
    return Done(row.number, waits=row.status == Status.WAITING)


def _propose(form: ProposalWithSourcesForm, language: str) -> Done:
    said = form.cleaned_data
    row = submit_proposal_with_sources(
        posting=form.posting(language),
        debate=form.target,
        section=said.get("section"),
        title=said["title"],
        text=form.html,
        themes=said["themes"],
        sources=said["sources"],
    )
    return _posted(row)


def _argue(form: ArgumentForm, language: str) -> Done:
    said = form.cleaned_data
    row = submit_argument(
        posting=form.posting(language),
        proposal=form.target,
        side=said["side"],
        title=said["title"],
        text=said["text"],
    )
    return _posted(row)


def _add_source(form: SourceForm, language: str) -> Done:
    said = form.cleaned_data
    row = submit_source(
        posting=form.posting(language),
        hangs_on=form.target,
        category=said["category"],
        title=said["title"],
        link=said["link"],
        note=said["note"],
    )
    return _posted(row)


def _vote(form: VoteForm, language: str) -> Done:
    choice = form.cleaned_data["choice"]
    if choice == VoteForm.NO_VOTE:
        withdraw_vote(voter=form.author, proposal=form.target)
    else:
        cast_vote(voter=form.author, proposal=form.target, choice=VoteChoice(choice))
    return Done(form.target.pk)


def _support(form: SupportForm, language: str) -> Done:
    is_given = form.cleaned_data["support"] == SupportForm.YES
    act = support_argument if is_given else withdraw_support
    act(supporter=form.author, argument=form.target)
    return Done(form.target.pk)


def _report(form: ReportForm, language: str) -> Done:
    report = report_contribution(
        reporter=form.author,
        contribution=form.target,
        ground=form.cleaned_data["ground"],
        text=form.cleaned_data["text"],
    )
    return Done(report.contribution_id)


def _reported_before(author: Any, target: Any) -> AlreadyReported | None:
    report = report_of(author, target)
    return AlreadyReported(report) if report else None


def _vote_held(author: Any, target: Any) -> dict[str, str]:
    held = Vote.objects.filter(voter=author, proposal=target).first()
    return {"choice": held.choice} if held else {}


def _support_held(author: Any, target: Any) -> dict[str, str]:
    held = ArgumentSupport.objects.filter(supporter=author, argument=target).exists()
    return {"support": SupportForm.YES} if held else {}


PARTICIPATIONS = {
    each.writing: each
    for each in (
        Participation(
            writing=Writing.PROPOSE,
            form=ProposalWithSourcesForm,
            accepted=Accepted.PROPOSALS,
            heading=_("Make a proposal"),
            send=_("Publish my proposal"),
            find=targets.debate,
            named=targets.debate_named,
            act=_propose,
            done=_("Your proposal is published: it is the contribution %(number)s."),
        ),
        Participation(
            writing=Writing.ARGUE,
            form=ArgumentForm,
            accepted=Accepted.ARGUMENTS,
            heading=_("Give an argument"),
            send=_("Publish my argument"),
            find=targets.proposal,
            named=targets.proposal_named,
            act=_argue,
            done=_("Your argument is published: it is the contribution %(number)s."),
        ),
        Participation(
            writing=Writing.SOURCE,
            form=SourceForm,
            accepted=Accepted.SOURCES,
            heading=_("Add a source"),
            send=_("Publish this source"),
            find=targets.either,
            named=targets.either_named,
            act=_add_source,
            done=_("Your source is published: it is the contribution %(number)s."),
        ),
        Participation(
            writing=Writing.VOTE,
            form=VoteForm,
            accepted=Accepted.VOTES,
            heading=_("Give your opinion"),
            send=_("Send my vote"),
            find=targets.proposal,
            named=targets.proposal_named,
            act=_vote,
            done=_("What you think of the contribution %(number)s is recorded."),
            held=_vote_held,
        ),
        Participation(
            writing=Writing.SUPPORT,
            form=SupportForm,
            accepted=Accepted.VOTES,
            heading=_("Support this argument"),
            send=_("Send"),
            find=targets.argument,
            named=targets.argument_named,
            act=_support,
            done=_("What you think of the contribution %(number)s is recorded."),
            held=_support_held,
        ),
        Participation(
            writing=Writing.REPORT,
            form=ReportForm,
            accepted=None,
            heading=_("Report this contribution"),
            send=_("Send my report"),
            find=targets.anything,
            named=targets.anything_named,
            act=_report,
            done=_(
                "Your report of the contribution %(number)s is received. A moderator"
                " will read it; the answer will come to you by mail."
            ),
            done_before=_reported_before,
            undone=_("This was not sent"),
        ),
    )
}


def posted_number(
    participation: Participation, key: UUID, author: Any, target: Any
) -> int | None:
    """Where a form that was sent leads, however long ago it did what it asks for."""
    if held := submission_of(author, key):
        return int(held.contribution_id)
    return target.pk if target and participation.done_before(author, target) else None
