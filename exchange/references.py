"""What a batch of lines refers to, and what is wrong with a line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Institution, User, Verification
from arguments.models import SourceCategory
from exchange.lines import ContributionLine, ProposalLine, ResponseLine, SourceLine
from journal.clock import database_now
from register.models import Contribution, Debate, Ground, Section

# What each kind may hang on.
PARENTS = {
    "argument": {"proposal"},
    "source": {"proposal", "argument"},
    "response": {"proposal"},
}


@dataclass(frozen=True)
class _Parent:
    kind: str
    debate: str
    section: int | None
    submitted_at: datetime


class References:
    """Everything that a batch of lines refers to, fetched once for all of them."""

    def __init__(self, *, new_lines: Sequence[ContributionLine]) -> None:
        self.now = database_now()
        self.new_categories: list[str] = []
        debates = Debate.objects.filter(slug__in={line.debate for line in new_lines})
        self.debates = {debate.slug: debate for debate in debates}
        self.sections = {
            (section.debate_id, section.slug): section.pk
            for section in Section.objects.filter(debate__in=debates)
        }
        self.grounds = dict(Ground.objects.values_list("slug", "pk"))
        self.categories = dict(SourceCategory.objects.values_list("title", "pk"))
        self._fetch_institutions(new_lines)
        self._fetch_authors(new_lines)
        self._fetch_parents(new_lines)

    def _fetch_institutions(self, lines: Sequence[ContributionLine]) -> None:
        slugs = {line.institution.slug for line in lines if line.institution}
        institutions = Institution.objects.filter(slug__in=slugs)
        self.institutions = dict(institutions.values_list("slug", "pk"))
        verifications = Verification.objects.filter(institution__slug__in=slugs)
        self.verifications = {
            (verification.institution_id, verification.verified_at): verification
            for verification in verifications
        }

    def _fetch_authors(self, lines: Sequence[ContributionLine]) -> None:
        keys = {line.author.key for line in lines if line.author}
        self.authors = {
            user.public_key: user for user in User.objects.filter(public_key__in=keys)
        }

    def _fetch_parents(self, lines: Sequence[ContributionLine]) -> None:
        numbers = {line.hangs_on for line in lines if hasattr(line, "hangs_on")}
        rows = Contribution.objects.filter(pk__in=numbers).select_related("debate")
        self.parents = {
            row.pk: _Parent(row.kind, row.debate.slug, row.section_id, row.submitted_at)
            for row in rows
        }

    def problem(self, line: ContributionLine) -> str:
        """Why the line cannot be written, or an empty string."""
        return next(self._problems(line), "")

    def _problems(self, line: ContributionLine) -> Iterator[str]:
        debate = self.debates.get(line.debate)
        if debate is None:
            yield f"debate {line.debate} is not known"
            return
        yield from self._problems_of_period(line, debate)
        yield from self._problems_of_place(line, debate)
        yield from self._problems_of_signature(line)
        if line.ground and line.ground not in self.grounds:
            yield f"ground {line.ground} is not known"

    def _problems_of_period(
        self, line: ContributionLine, debate: Debate
    ) -> Iterator[str]:
        if isinstance(line, ResponseLine):
            # Institutions answer after the end too, and after the closing.
            if line.submitted_at < debate.opens_at:
                yield f"{line.submitted_at.isoformat()} comes before the debate"
        elif debate.closed_at:
            yield f"debate {debate.slug} was closed: nothing more can be imported"
        elif not debate.is_within(line.submitted_at):
            yield f"{line.submitted_at.isoformat()} lies outside the debate's period"
        if max(line.submitted_at, line.status_at) > self.now:
            yield f"#{line.number} lies in the future"

    def _problems_of_place(
        self, line: ContributionLine, debate: Debate
    ) -> Iterator[str]:
        if isinstance(line, ProposalLine):
            if line.section and (debate.pk, line.section) not in self.sections:
                yield f"section {line.section} is not known in this debate"
            return
        parent = self.parents.get(line.hangs_on)
        if parent is None or line.hangs_on >= line.number:
            yield f"it hangs on #{line.hangs_on}, which is not there before it"
        elif parent.kind not in PARENTS[line.kind]:
            yield f"no {line.kind} can hang on #{line.hangs_on}, a {parent.kind}"
        elif parent.debate != line.debate:
            yield f"it hangs on #{line.hangs_on}, which is of another debate"
        elif parent.submitted_at > line.submitted_at:
            yield f"it is older than #{line.hangs_on}, on which it hangs"

    def _problems_of_signature(self, line: ContributionLine) -> Iterator[str]:
        if line.author:
            held = self.authors.get(line.author.key)
            if held and held.display_name != line.author.name:
                yield f"author {line.author.key} is held already under another name"
        elif line.institution:
            institution = self.institutions.get(line.institution.slug)
            if institution is None:
                yield f"institution {line.institution.slug} is not known"
            elif line.institution.verification:
                key = (institution, line.institution.verification)
                verification = self.verifications.get(key)
                if not verification or not verification.is_in_force(line.submitted_at):
                    yield "the verification it names was not in force then"

    def accept(self, line: ContributionLine) -> None:
        """Let what comes after refer to it, and make what it needs."""
        if isinstance(line, ProposalLine):
            debate = self.debates[line.debate]
            section = self.sections.get((debate.pk, line.section or ""))
        else:
            section = self.parents[line.hangs_on].section
        self.parents[line.number] = _Parent(
            line.kind, line.debate, section, line.submitted_at
        )
        if line.author and line.author.key not in self.authors:
            self.authors[line.author.key] = User(
                public_key=line.author.key, display_name=line.author.name
            )
        if isinstance(line, SourceLine) and line.category not in self.categories:
            # Another import may have made it meanwhile.
            category, new = SourceCategory.objects.get_or_create(title=line.category)
            self.categories[line.category] = category.pk
            if new:
                self.new_categories.append(line.category)

    def forget(self, line: ContributionLine) -> None:
        """The line was not written after all."""
        del self.parents[line.number]
