"""What people do by forms on the public pages, whatever it is: one table of it all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arguments.actions import (
    submit_argument,
    submit_source,
    support_argument,
    withdraw_support,
)
from arguments.forms import ArgumentForm, SourceForm, SupportForm
from arguments.models import Argument, ArgumentSupport
from consultation.models import DebatePage
from journal.prepared import Prepared
from proposals.actions import cast_vote, submit_proposal, withdraw_vote
from proposals.enums import VoteChoice
from proposals.forms import ProposalForm, VoteForm
from proposals.models import Proposal, Vote
from register.actions import submission_of
from register.enums import Accepted, Writing
from register.models import Debate

NAMED_FIELDS = ("number", "debate_id", "author_id", "contribution_id")
NAMED = {
    Proposal: Prepared(
        lambda pk: Proposal.objects.filter(pk=pk).order_by().values_list(*NAMED_FIELDS)
    ),
    Argument: Prepared(
        lambda pk: Argument.objects.filter(pk=pk).order_by().values_list(*NAMED_FIELDS)
    ),
}


@dataclass(frozen=True)
class Participation:
    """A form, what it is filled in about, and the act that it asks for."""

    writing: Writing
    form: type[Any]
    accepted: Accepted
    heading: Promise
    send: Promise
    # By number, what it is about as long as it can be read.
    find: Callable[[int, datetime], Any]
    # The same row, whoever can read it: the act itself asks whether it stands.
    named: Callable[[int], Any]
    # Acts, and returns the number to which the participant is led back.
    act: Callable[[Any, str], int]
    # What is said once it is done.
    done: Promise
    # What somebody chose before, as the form's first value.
    held: Callable[[Any, Any], dict[str, str]] = lambda author, target: {}

    def done_words(self, number: int) -> str:
        return str(self.done) % {"number": f"#{number}"}


@dataclass(frozen=True)
class Offers:
    """What a page offers to do: what its debate accepts now, and to whom."""

    accepted: frozenset[str] = frozenset()
    is_open: bool = False
    reader: Any = None

    def __contains__(self, accepted: str) -> bool:
        return accepted in self.accepted

    def is_theirs(self, row: Any) -> bool:
        return self.reader is not None and row.author_id == self.reader.pk


def offers_of(debate: Debate, at: datetime, reader: Any = None) -> Offers:
    if not debate.is_open(at):
        return Offers(reader=reader)
    accepted = frozenset(each.value for each in Accepted if debate.accepts(each))
    return Offers(accepted=accepted, is_open=True, reader=reader)


def reader_of(request: HttpRequest) -> Any:
    """Who reads, or None: without a session nothing is asked."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if request.user.is_authenticated else None


def vote_of(reader: Any, proposal: Any) -> str:
    """What a reader voted on a proposal, or an empty string."""
    return _vote_held(reader, proposal).get("choice", "") if reader else ""


def debate_of(target: Any) -> Debate:
    debate: Debate = target if isinstance(target, Debate) else target.debate
    return debate


def _debate(key: int, at: datetime) -> Debate | None:
    """One that a page presents, whether or not it is open."""
    presented = DebatePage.objects.live().filter(debate=OuterRef("pk"))
    return Debate.objects.filter(Exists(presented), pk=key).first()


def _proposal(number: int, at: datetime) -> Any:
    return _readable(Proposal, number, at)


def _argument(number: int, at: datetime) -> Any:
    return _readable(Argument, number, at)


def _readable(kind: Any, number: int, at: datetime) -> Any:
    rows = kind.objects.visible().begun(at).select_related("debate")
    return rows.filter(pk=number).first()


def _either(number: int, at: datetime) -> Any:
    return _proposal(number, at) or _argument(number, at)


def _debate_named(key: int) -> Debate | None:
    return Debate.objects.filter(pk=key).first()


def _proposal_named(number: int) -> Any:
    return _named(Proposal, number)


def _argument_named(number: int) -> Any:
    return _named(Argument, number)


def _either_named(number: int) -> Any:
    return _proposal_named(number) or _argument_named(number)


def _named(kind: Any, number: int) -> Any:
    found = NAMED[kind](number)
    return kind.from_db("default", NAMED_FIELDS, found[0]) if found else None


def _propose(form: ProposalForm, language: str) -> int:
    said = form.cleaned_data
    row = submit_proposal(
        posting=form.posting(language),
        debate=form.target,
        section=said.get("section"),
        title=said["title"],
        text=form.html,
        themes=said["themes"],
    )
    return int(row.number)


def _argue(form: ArgumentForm, language: str) -> int:
    said = form.cleaned_data
    row = submit_argument(
        posting=form.posting(language),
        proposal=form.target,
        side=said["side"],
        title=said["title"],
        text=said["text"],
    )
    return int(row.number)


def _add_source(form: SourceForm, language: str) -> int:
    said = form.cleaned_data
    row = submit_source(
        posting=form.posting(language),
        hangs_on=form.target,
        category=said["category"],
        title=said["title"],
        link=said["link"],
        note=said["note"],
    )
    return int(row.number)


def _vote(form: VoteForm, language: str) -> int:
    choice = form.cleaned_data["choice"]
    if choice == VoteForm.NO_VOTE:
        withdraw_vote(voter=form.author, proposal=form.target)
    else:
        cast_vote(voter=form.author, proposal=form.target, choice=VoteChoice(choice))
    return int(form.target.pk)


def _support(form: SupportForm, language: str) -> int:
    is_given = form.cleaned_data["support"] == SupportForm.YES
    act = support_argument if is_given else withdraw_support
    act(supporter=form.author, argument=form.target)
    return int(form.target.pk)


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
            form=ProposalForm,
            accepted=Accepted.PROPOSALS,
            heading=_("Make a proposal"),
            send=_("Publish my proposal"),
            find=_debate,
            named=_debate_named,
            act=_propose,
            done=_("Your proposal is published: it is the contribution %(number)s."),
        ),
        Participation(
            writing=Writing.ARGUE,
            form=ArgumentForm,
            accepted=Accepted.ARGUMENTS,
            heading=_("Give an argument"),
            send=_("Publish my argument"),
            find=_proposal,
            named=_proposal_named,
            act=_argue,
            done=_("Your argument is published: it is the contribution %(number)s."),
        ),
        Participation(
            writing=Writing.SOURCE,
            form=SourceForm,
            accepted=Accepted.SOURCES,
            heading=_("Add a source"),
            send=_("Publish this source"),
            find=_either,
            named=_either_named,
            act=_add_source,
            done=_("Your source is published: it is the contribution %(number)s."),
        ),
        Participation(
            writing=Writing.VOTE,
            form=VoteForm,
            accepted=Accepted.VOTES,
            heading=_("Give your opinion"),
            send=_("Send my vote"),
            find=_proposal,
            named=_proposal_named,
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
            find=_argument,
            named=_argument_named,
            act=_support,
            done=_("What you think of the contribution %(number)s is recorded."),
            held=_support_held,
        ),
    )
}


def posted_number(key: Any, author: Any) -> int | None:
    """What a form posted, however long ago."""
    held = submission_of(author, key)
    return held.contribution_id if held else None
