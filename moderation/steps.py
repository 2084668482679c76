"""What can be done about one item of the desk: the words, the form, the action."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moderation.actions import (
    confirm_decision,
    decide_appeal,
    dismiss_reports,
    hide_contribution,
    mask_passage,
    publish_held,
    refuse_held,
    suspend_author,
    undo_decision,
)
from moderation.actions.decisions import is_weighty
from moderation.desk_forms import (
    AnswerForm,
    DismissForm,
    MaskForm,
    ReasonsForm,
    StepForm,
    SuspendForm,
    UndoForm,
)
from moderation.enums import AppealOutcome
from moderation.models import Decision
from moderation.permissions import (
    can_confirm,
    can_decide,
    can_decide_appeal,
    can_moderate,
)
from register.enums import Status


@dataclass(frozen=True, kw_only=True)
class Case:
    """Somebody at the desk, before one item, and perhaps one decision about it.

    `row` is of its kind.
    """

    user: User
    row: Any
    decision: Decision | None = None

    @cached_property
    def is_own(self) -> bool:
        return not can_decide(self.user, self.row)

    @cached_property
    def is_held(self) -> bool:
        is_waiting = self.row.status == Status.WAITING
        return is_waiting and self.row.submission.is_held

    @cached_property
    def is_reported(self) -> bool:
        return bool(self.row.reports.waiting().exists())

    @cached_property
    def is_weighty(self) -> bool:
        return is_weighty(self.row)

    @property
    def is_public(self) -> bool:
        return bool(self.row.status == Status.PUBLISHED)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to do: its heading, what follows from it, its button, its end."""

    heading: Promise
    about: Promise
    send: Promise
    done: Promise
    form: type[StepForm]
    is_offered: Callable[[Case], bool]
    act: Callable[[Case, Any], object]
    is_grave: bool = False


# About the contribution itself.
STEPS = {
    "dismiss": Step(
        heading=_("Dismiss the reports"),
        about=_(
            "The contribution stays as it is. All that is reported of it is answered,"
            " and those who reported are told by mail."
        ),
        send=_("Answer the reports"),
        done=_("Nothing is changed, and the reports are answered."),
        form=DismissForm,
        is_offered=lambda case: case.is_reported,
        act=lambda case, form: dismiss_reports(
            actor=case.user, contribution=case.row, reasons=form.reasons
        ),
    ),
    "mask": Step(
        heading=_("Mask a passage"),
        about=_(
            "A mark of one length stands in the place of the passage, everywhere at"
            " once; nothing else is changed. The author is told and may appeal."
        ),
        send=_("Mask this passage"),
        done=_("The passage is masked, and the author is told."),
        form=MaskForm,
        is_offered=lambda case: case.is_public,
        act=lambda case, form: mask_passage(
            actor=case.user,
            contribution=case.row,
            reasons=form.reasons,
            passage=form.cleaned_data["passage"],
        ),
        is_grave=True,
    ),
    "hide": Step(
        heading=_("Hide the whole contribution"),
        about=_(
            "It leaves every page, list, count, feed and file at once, with all that"
            " hangs on it. Its number, the date and the ground stay public. The author"
            " is told and may appeal."
        ),
        send=_("Hide this contribution"),
        done=_("The contribution is hidden, and the author is told."),
        form=ReasonsForm,
        is_offered=lambda case: case.is_public,
        act=lambda case, form: hide_contribution(
            actor=case.user, contribution=case.row, reasons=form.reasons
        ),
        is_grave=True,
    ),
    "publish": Step(
        heading=_("Publish"),
        about=_(
            "It is public with the instant at which it was sent. If the author’s"
            " address is still to be confirmed, it waits for that alone."
        ),
        send=_("Publish this contribution"),
        done=_("The contribution was read, and waits for no moderator any more."),
        form=StepForm,
        is_offered=lambda case: case.is_held,
        act=lambda case, form: publish_held(actor=case.user, contribution=case.row),
    ),
    "refuse": Step(
        heading=_("Never publish"),
        about=_(
            "It will not be public. The author is told why, keeps the text and may"
            " appeal."
        ),
        send=_("Refuse this contribution"),
        done=_("The contribution will not be published, and the author is told."),
        form=ReasonsForm,
        is_offered=lambda case: case.is_held,
        act=lambda case, form: refuse_held(
            actor=case.user, contribution=case.row, reasons=form.reasons
        ),
        is_grave=True,
    ),
    "suspend": Step(
        heading=_("Suspend the author"),
        about=_(
            "For this time the author writes and votes nothing, and still reads and"
            " appeals. What they published stays."
        ),
        send=_("Suspend the author"),
        done=_("The author is suspended, and told."),
        form=SuspendForm,
        is_offered=lambda case: case.row.author and not can_moderate(case.row.author),
        act=lambda case, form: suspend_author(
            actor=case.user,
            contribution=case.row,
            reasons=form.reasons,
            until=form.until,
        ),
        is_grave=True,
    ),
}

# About a decision taken of it.
STEPS_OF_DECISIONS = {
    "confirm": Step(
        heading=_("Confirm the decision"),
        about=_("It was provisional; it stands from now on, unless it is appealed."),
        send=_("Confirm the decision"),
        done=_("The decision is confirmed."),
        form=StepForm,
        is_offered=lambda case: (
            case.decision.is_unconfirmed and can_confirm(case.user, case.decision)
        ),
        act=lambda case, form: confirm_decision(
            actor=case.user, decision=case.decision
        ),
    ),
    "undo": Step(
        heading=_("End the decision"),
        about=_(
            "What was hidden or refused is public again, a mark or a suspension is"
            " taken away; the author is told. The first decision stays in the history."
        ),
        send=_("End the decision"),
        done=_("The decision has ended."),
        form=UndoForm,
        is_offered=lambda case: (
            case.decision.is_restriction and not case.decision.undone_by_id
        ),
        act=lambda case, form: undo_decision(
            actor=case.user, decision=case.decision, reasons=form.reasons
        ),
    ),
    "answer": Step(
        heading=_("Decide the appeal"),
        about=_(
            "The author contests this decision. Who took part in it does not answer;"
            " what you decide is told by mail, with your reasons."
        ),
        send=_("Send the answer"),
        done=_("The appeal is decided, and the author is told."),
        form=AnswerForm,
        is_offered=lambda case: (
            case.decision.waiting_appeal is not None
            and can_decide_appeal(case.user, case.decision.waiting_appeal)
        ),
        act=lambda case, form: decide_appeal(
            actor=case.user,
            appeal=case.decision.appeal,
            outcome=AppealOutcome(form.cleaned_data["outcome"]),
            answer=form.cleaned_data["answer"],
        ),
    ),
}


def steps_offered(case: Case) -> dict[str, Step]:
    """What may be done now, by name. Of one's own words, nothing."""
    if case.is_own:
        return {}
    table = STEPS_OF_DECISIONS if case.decision else STEPS
    return {name: step for name, step in table.items() if step.is_offered(case)}
