"""The register: debates, and everything that was said in them."""

from register.models.contributions import (
    Contribution,
    ContributionQuerySet,
    ContributionsAreNeverDeleted,
    ContributionTheme,
    ReceivedTotal,
    Theme,
)
from register.models.debates import Debate, Ground, Section

__all__ = [
    "Contribution",
    "ContributionQuerySet",
    "ContributionTheme",
    "ContributionsAreNeverDeleted",
    "Debate",
    "Ground",
    "ReceivedTotal",
    "Section",
    "Theme",
]
