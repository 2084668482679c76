"""What an author is told by mail of a decision about their words."""

from accounts.mail import send
from moderation.models import Appeal, Decision


def mail_statement(*, decision: Decision, undone: str = "") -> None:
    """Send the statement of reasons, or say that an earlier decision has ended.

    `undone` is the kind of the decision that this one ends. Who came with an import, or
    never confirmed an address, cannot be written to.
    """
    author = decision.contribution.author
    if author is None or not author.email or not author.is_confirmed:
        return
    send(
        template="decision_undone" if undone else "statement",
        to=author.email,
        language=author.locale,
        context={"decision": decision, "undone": undone},
    )


def mail_appeal(*, appeal: Appeal, template: str) -> None:
    """Tell an author that their appeal was received, or what was decided of it."""
    author = appeal.decision.contribution.author
    if author and author.email:
        send(
            template=template,
            to=author.email,
            language=author.locale,
            context={"appeal": appeal, "decision": appeal.decision},
        )
