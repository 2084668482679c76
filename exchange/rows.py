"""From lines in which no problem was found to rows."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection

from accounts.models import User
from arguments.models import Argument, Source
from exchange.lines import (
    ArgumentLine,
    ContributionLine,
    ProposalLine,
    ResponseLine,
    SourceLine,
)
from exchange.references import References
from proposals.models import Appendix, OfficialResponse, Proposal, ResponseJudgement
from register.models import Contribution, ReceivedTotal, put_themes


def insert(lines: Sequence[ContributionLine], references: References) -> None:
    """Write the rows of lines in which no problem was found.

    Raises IntegrityError when the database refuses one of them, and writes none then.
    """
    rows = [_ROWS[type(line)](line, references) for line in lines]
    for model in (Proposal, Argument, Source, OfficialResponse):
        of_this_kind = [row for row in rows if type(row) is model]
        if of_this_kind:
            model.objects.bulk_insert(of_this_kind)
    put_themes(
        {line.number: line.themes for line in lines if isinstance(line, ProposalLine)}
    )
    Appendix.objects.bulk_create(
        Appendix(proposal_id=line.number, position=position, **part.model_dump())
        for line in lines
        if isinstance(line, ProposalLine)
        for position, part in enumerate(line.appendices, 1)
    )
    ReceivedTotal.objects.bulk_create(
        ReceivedTotal(
            contribution_id=line.number,
            measure=measure,
            imported=part.imported,
            carried=part.live,
        )
        for line in lines
        if not isinstance(line, ResponseLine)
        for measure, part in line.totals.items()
    )
    _insert_judgements([line for line in lines if isinstance(line, ResponseLine)])


def _insert_judgements(lines: Sequence[ResponseLine]) -> None:
    ResponseJudgement.objects.bulk_create(
        ResponseJudgement(
            response_id=line.number,
            is_thanked=line.judgement.thanked,
            satisfaction=line.judgement.answers,
            judged_at=line.judgement.judged_at,
        )
        for line in lines
        if line.judgement
    )


def insert_authors(lines: Sequence[ContributionLine], references: References) -> None:
    """Make the accounts, which cannot log in, of authors who had none."""
    keys = {line.author.key: None for line in lines if line.author}
    new = [user for key in keys if (user := references.authors[key]).pk is None]
    for user in new:
        user.password = make_password(None)
    User.objects.bulk_create(new)


def tell_planner() -> None:
    """Let PostgreSQL count again the tables that `insert` fills.

    It plans by how many rows it last counted, and a dry run leaves tables of many pages
    and no row: believed to stay so, each would be read whole once for every row.
    """
    if connection.vendor != "postgresql":
        return
    models = (Contribution, *Contribution.__subclasses__(), ReceivedTotal)
    tables = (connection.ops.quote_name(each._meta.db_table) for each in models)  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def _common(line: ContributionLine, references: References) -> dict[str, Any]:
    debate = references.debates[line.debate]
    fields: dict[str, Any] = {
        "number": line.number,
        "debate": debate,
        "section_id": references.parents[line.number].section,
        "submitted_at": line.submitted_at,
        "language": line.language,
        "status": line.status,
        "status_at": line.status_at,
        "ground_id": references.grounds[line.ground] if line.ground else None,
        "origin": line.origin,
        "is_masked": line.masked,
    }
    if line.author:
        fields["author_id"] = references.authors[line.author.key].pk
    if spoken_for := line.institution:
        institution = references.institutions[spoken_for.slug]
        fields |= {"institution_id": institution, "service": spoken_for.service}
        if spoken_for.verification:
            key = (institution, spoken_for.verification)
            fields["verification"] = references.verifications[key]
    return fields


def _proposal(line: ProposalLine, references: References) -> Proposal:
    return Proposal(**_common(line, references), title=line.title, text=line.text)


def _argument(line: ArgumentLine, references: References) -> Argument:
    return Argument(
        **_common(line, references),
        hangs_on_id=line.hangs_on,
        side=line.side,
        title=line.title,
        text=line.text,
    )


def _source(line: SourceLine, references: References) -> Source:
    return Source(
        **_common(line, references),
        hangs_on_id=line.hangs_on,
        category_id=references.categories[line.category],
        title=line.title,
        link=line.link,
        note=line.note,
    )


def _response(line: ResponseLine, references: References) -> OfficialResponse:
    return OfficialResponse(
        **_common(line, references),
        hangs_on_id=line.hangs_on,
        outcome=line.outcome,
        transferred_to=line.transferred_to,
        text=line.text,
        agent_name=line.agent_name,
        agent_function=line.agent_function,
    )


_ROWS: dict[type, Any] = {
    ProposalLine: _proposal,
    ArgumentLine: _argument,
    SourceLine: _source,
    ResponseLine: _response,
}
