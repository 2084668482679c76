"""A whole site as plain values, and the same site emptied: two databases in one."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.db import connection, models

from accounts.models import Institution, Membership, User, Verification
from arguments.models import Argument, ArgumentSupport, Source, SourceCategory
from consultation.models import DebatePage
from journal.models import JournalEntry
from proposals.models import (
    Appendix,
    OfficialResponse,
    Proposal,
    ResponseJudgement,
    Vote,
)
from register.models import (
    Citation,
    Contribution,
    ContributionTheme,
    Debate,
    Ground,
    ReceivedTotal,
    Section,
    Tally,
    Theme,
)
from search.models import Document, FacetSet, Posting, TitleWord

GROUNDS = import_module("register.migrations.0002_grounds").GROUNDS
CATEGORIES = import_module("arguments.migrations.0002_source_categories").CATEGORIES
# How a row is called on every site: never by an identifier of one database.
NAMES: dict[type[models.Model], Callable[[Any], Any]] = {
    Debate: lambda row: row.slug,
    Section: lambda row: (row.debate.slug, row.slug),
    Ground: lambda row: row.slug,
    Institution: lambda row: row.slug,
    Verification: lambda row: (row.institution.slug, row.verified_at),
    User: lambda row: row.public_key,
    Theme: lambda row: row.name,
    SourceCategory: lambda row: row.title,
    Contribution: lambda row: row.number,
    Proposal: lambda row: row.number,
    Argument: lambda row: row.number,
    Source: lambda row: row.number,
    OfficialResponse: lambda row: row.number,
    ResponseJudgement: lambda row: row.response_id,
    Appendix: lambda row: (row.proposal_id, row.kind, row.title),
    ReceivedTotal: lambda row: (row.contribution_id, row.measure),
    ContributionTheme: lambda row: (row.content_object_id, row.tag.name),
    Citation: lambda row: (row.citing_id, row.cited_id),
    Tally: lambda row: (
        row.debate.slug,
        row.section.slug if row.section else None,
        row.kind,
        row.shard,
    ),
}
Rows = dict[Any, dict[str, Any]]


def snapshot() -> dict[type[models.Model], Rows]:
    """Every field of every row of the record, by model and name."""
    return {
        model: {name(row): _fields(row) for row in model._base_manager.all()}
        for model, name in NAMES.items()
    }


def _fields(row: models.Model) -> dict[str, Any]:
    return {
        field.name: _value(getattr(row, field.name))
        for field in row._meta.concrete_fields
        if not isinstance(field, models.BigAutoField) or field.name == "number"
    }


def _value(value: Any) -> Any:
    return NAMES[type(value)](value) if isinstance(value, models.Model) else value


def empty() -> None:
    """As a site is after its migrations, whose rows stay; numbers begin again."""
    for page in DebatePage.objects.all():
        page.delete()
    found = (Document, Posting, TitleWord, FacetSet)
    acts = (JournalEntry, ArgumentSupport, Vote)
    for model in (*found, *acts, *reversed(NAMES), Membership):
        rows = models.QuerySet(model).order_by()
        if model is Ground:
            rows = rows.exclude(slug__in=[slug for slug, *_ in GROUNDS])
        elif model is SourceCategory:
            rows = rows.exclude(title__in=CATEGORIES)
        rows._raw_delete(rows.db)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "DELETE FROM sqlite_sequence WHERE name = 'register_contribution'"
            )
        else:
            cursor.execute(
                "ALTER SEQUENCE register_contribution_number_seq RESTART WITH 1"
            )
