"""Lines and rows of what frames contributions: debates, institutions, grounds."""

from accounts.models import Institution, Verification
from exchange.lines import DebateLine, FrameLine, GroundLine, InstitutionLine
from exchange.record import debate_line, ground_line, institution_line
from journal.actions import record
from journal.enums import Act
from register.models import Debate, Ground, Section


def held_frame(line: FrameLine) -> FrameLine | None:
    """The line of what has the same address here, or None."""
    match line:
        case DebateLine():
            debate = Debate.objects.filter(slug=line.slug).first()
            return debate_line(debate) if debate else None
        case GroundLine():
            ground = Ground.objects.filter(slug=line.slug).first()
            return ground_line(ground) if ground else None
        case InstitutionLine():
            institution = Institution.objects.filter(slug=line.slug).first()
            return institution_line(institution) if institution else None
    return None


def create_frame(line: FrameLine) -> None:
    """Raises IntegrityError when the database does not take it."""
    match line:
        case DebateLine():
            create_debate(line)
        case GroundLine():
            create_ground(line)
        case InstitutionLine():
            create_institution(line)


def create_debate(line: DebateLine, act: Act = Act.DEBATE_IMPORTED) -> Debate:
    """A debate and its sections. Its closing is written once its contributions are."""
    debate = Debate.objects.create(
        slug=line.slug,
        title=line.title,
        question=line.question,
        opens_at=line.opens_at,
        closes_at=line.closes_at,
        accepts_proposals="proposals" in line.accepts,
        accepts_arguments="arguments" in line.accepts,
        accepts_sources="sources" in line.accepts,
        accepts_votes="votes" in line.accepts,
    )
    Section.objects.bulk_create(
        Section(debate=debate, slug=part.slug, title=part.title, position=position)
        for position, part in enumerate(line.sections, 1)
    )
    record(act=act, facts={"debate": debate.slug})
    return debate


def create_ground(line: GroundLine) -> Ground:
    return Ground.objects.create(
        slug=line.slug, title=line.title, title_en=line.title_en, position=999
    )


def create_institution(line: InstitutionLine) -> Institution:
    """An institution with the verifications it has had, none recorded by an account."""
    institution = Institution.objects.create(
        slug=line.slug,
        name=line.name,
        kind=line.institution_kind,
        website=line.website,
        siren=line.siren,
    )
    Verification.objects.bulk_create(
        Verification(
            institution=institution,
            verified_at=part.verified_at,
            attested_by=part.attested_by,
            evidence=part.evidence,
            revoked_at=part.revoked_at,
        )
        for part in line.verifications
    )
    return institution
