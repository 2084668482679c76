"""The register: debates, and everything that was said in them."""

from register.models.citations import Citation, CitationQuerySet
from register.models.contributions import Contribution
from register.models.debates import Debate, Ground, Section
from register.models.drafts import Draft
from register.models.moves import PeriodMove
from register.models.querysets import (
    ContributionQuerySet,
    ContributionsAreNeverDeleted,
)
from register.models.submissions import OriginalWords, Receipt, Submission
from register.models.tallies import Tally, TallyQuerySet
from register.models.themes import ContributionTheme, Theme, put_themes
from register.models.totals import ReceivedTotal

__all__ = [
    "Citation",
    "CitationQuerySet",
    "Contribution",
    "ContributionQuerySet",
    "ContributionTheme",
    "ContributionsAreNeverDeleted",
    "Debate",
    "Draft",
    "Ground",
    "OriginalWords",
    "PeriodMove",
    "Receipt",
    "ReceivedTotal",
    "Section",
    "Submission",
    "Tally",
    "TallyQuerySet",
    "Theme",
    "put_themes",
]
