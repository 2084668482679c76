from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """Everything that can stand in the journal."""

    DEBATE_CREATED = "debate_created", _("debate created")
    DEBATE_IMPORTED = "debate_imported", _("debate imported")
    DEBATE_CHANGED = "debate_changed", _("debate changed")
    DEBATE_CLOSED = "debate_closed", _("debate closed")
    PERIOD_MOVED = "period_moved", _("period moved")
    CONTRIBUTION_SUBMITTED = "contribution_submitted", _("contribution submitted")
    CONTRIBUTION_CONFIRMED = "contribution_confirmed", _("contribution confirmed")
    CONTRIBUTION_WITHDRAWN = "contribution_withdrawn", _("contribution withdrawn")
    CONTRIBUTIONS_IMPORTED = "contributions_imported", _("contributions imported")
    INSTITUTION_VERIFIED = "institution_verified", _("institution verified")
    VERIFICATION_REVOKED = "verification_revoked", _("attestation revoked")
    MEMBER_INVITED = "member_invited", _("member invited")
    INVITATION_REVOKED = "invitation_revoked", _("invitation cancelled")
    MEMBER_JOINED = "member_joined", _("member joined")
    MEMBERSHIP_ENDED = "membership_ended", _("membership ended")
    REPORT_RECEIVED = "report_received", _("report received")
    REPORTS_DISMISSED = "reports_dismissed", _("reports dismissed")
    CONTRIBUTION_HIDDEN = "contribution_hidden", _("contribution hidden")
    CONTRIBUTION_RESTORED = "contribution_restored", _("contribution restored")
    PASSAGE_MASKED = "passage_masked", _("passage masked")
    CONTRIBUTION_PUBLISHED = "contribution_published", _("contribution published")
    CONTRIBUTION_UNPUBLISHED = (
        "contribution_unpublished",
        _("contribution never published"),
    )
    AUTHOR_SUSPENDED = "author_suspended", _("author suspended")
    DECISION_CONFIRMED = "decision_confirmed", _("decision confirmed")
    APPEAL_RECEIVED = "appeal_received", _("appeal received")
    APPEAL_DECIDED = "appeal_decided", _("appeal decided")
    RESPONSE_JUDGED = "response_judged", _("official response judged by the author")
    PART_WITHHELD = "part_withheld", _("part withheld from the record")
    PART_DISCLOSED = "part_disclosed", _("part disclosed again in the record")


# What readers may not notice: no public page is another one after it.
UNNOTICED_ACTS = frozenset({Act.REPORT_RECEIVED})
