"""One factory a model. Traits say what the row is: `ProposalFactory(hidden=True)`.

What hangs on something takes its debate from there: put an argument in a debate with
`ArgumentFactory(hangs_on__debate=debate)` or `ArgumentFactory(hangs_on=proposal)`.
Counters stay at zero until `exchange.counters.recount` is called; citations, tallies
and versions until an act on the rows is journalled: `act_on(row)`.
"""

from datetime import timedelta
from uuid import uuid4

import factory
from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from accounts.enums import InstitutionKind
from accounts.models import (
    Institution,
    Invitation,
    Membership,
    User,
    Verification,
)
from arguments.enums import Side
from arguments.models import Argument, ArgumentSupport, Source, SourceCategory
from journal.actions import record
from journal.enums import Act
from moderation.enums import DecisionKind, SealedPart, StaffRole
from moderation.models import (
    Appeal,
    Closing,
    Decision,
    Report,
    SealedLeaf,
    Withholding,
)
from proposals.enums import AppendixKind, Outcome, Satisfaction, VoteChoice
from proposals.models import (
    Appendix,
    OfficialResponse,
    Proposal,
    ResponseDraft,
    ResponseJudgement,
    Vote,
)
from register.enums import ContributionKind, Measure, Status
from register.models import (
    Citation,
    Contribution,
    Debate,
    Ground,
    ReceivedTotal,
    Section,
    Submission,
    Tally,
)

PASSWORD = "mot de passe des essais"


@transaction.atomic
def act_on(*rows: Contribution) -> None:
    """Journal an act, as whatever publishes, hides, withdraws or edits rows does."""
    record(act=Act.CONTRIBUTIONS_IMPORTED, numbers=[row.number for row in rows])


def from_now(**delta: float) -> factory.LazyFunction:
    return factory.LazyFunction(lambda: timezone.now() + timedelta(**delta))


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne-{n}@exemple.fr")
    display_name = factory.Sequence(lambda n: f"Personne {n}")
    password = factory.django.Password(PASSWORD)

    class Params:
        # Whose address is known to be theirs, so that what they do counts at once.
        confirmed = factory.Trait(
            address=factory.RelatedFactory(
                "tests.factories.EmailAddressFactory", factory_related_name="user"
            )
        )
        # An author who came with an import: no address, no way in.
        imported = factory.Trait(email=None, password=factory.django.Password(None))


class EmailAddressFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EmailAddress

    email = factory.SelfAttribute("user.email")
    verified = True
    primary = True


class VerificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Verification

    institution = factory.SubFactory("tests.factories.InstitutionFactory")
    verified_at = from_now(days=-365)
    attested_by = "Préfecture du Rhône"
    evidence = "Récépissé de déclaration"

    class Params:
        revoked = factory.Trait(revoked_at=from_now(days=-1))


class InstitutionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Institution
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Association {n}")
    slug = factory.Sequence(lambda n: f"association-{n}")
    kind = InstitutionKind.ASSOCIATION

    class Params:
        verified = factory.Trait(
            verification=factory.RelatedFactory(
                VerificationFactory, factory_related_name="institution"
            )
        )


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    institution = factory.SubFactory(InstitutionFactory, verified=True)


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    institution = factory.SubFactory(InstitutionFactory, verified=True)
    email = "marie@exemple.fr"
    invited_at = from_now(days=-1)
    invited_by = factory.SubFactory(UserFactory)

    class Params:
        expired = factory.Trait(invited_at=from_now(days=-15))
        revoked = factory.Trait(revoked_at=from_now(hours=-1))
        accepted = factory.Trait(
            accepted_at=from_now(hours=-1), accepted_by=factory.SubFactory(UserFactory)
        )


class DebateFactory(factory.django.DjangoModelFactory):
    """Open unless a trait says otherwise."""

    class Meta:
        model = Debate

    slug = factory.Sequence(lambda n: f"debat-{n}")
    title = factory.Sequence(lambda n: f"Débat {n}")
    question = "Êtes-vous d’accord avec cette proposition ?"
    opens_at = from_now(days=-10)
    closes_at = from_now(days=10)

    class Params:
        open = factory.Trait()
        upcoming = factory.Trait(opens_at=from_now(days=5))
        ended = factory.Trait(closes_at=from_now(days=-1))
        # Formally closed, after its end.
        closed = factory.Trait(ended=True, closed_at=from_now(hours=-1))


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Section

    debate = factory.SubFactory(DebateFactory)
    slug = factory.Sequence(lambda n: f"partie-{n}")
    title = factory.Sequence(lambda n: f"Partie {n}")
    position = factory.Sequence(lambda n: n % 30_000)


class ContributionFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    author = factory.SubFactory(UserFactory)
    status = Status.PUBLISHED
    status_at = factory.SelfAttribute("submitted_at")

    class Params:
        hidden = factory.Trait(
            status=Status.HIDDEN,
            status_at=factory.LazyAttribute(
                lambda row: row.submitted_at + timedelta(hours=1)
            ),
            ground=factory.LazyFunction(lambda: Ground.objects.get(slug="insults")),
        )
        withdrawn = factory.Trait(
            status=Status.WITHDRAWN,
            status_at=factory.LazyAttribute(
                lambda row: row.submitted_at + timedelta(hours=1)
            ),
        )
        waiting = factory.Trait(status=Status.WAITING)
        # Came through an export in which author and words were withheld.
        unsigned = factory.Trait(author=None)
        # Said for a verified institution, which signs alone.
        institutional = factory.Trait(
            institution=factory.SubFactory(InstitutionFactory, verified=True),
            verification=factory.LazyAttribute(
                lambda row: row.institution.verification_in_force
            ),
        )


class ProposalFactory(ContributionFactory):
    class Meta:
        model = Proposal
        skip_postgeneration_save = True

    debate = factory.SubFactory(DebateFactory)
    submitted_at = factory.LazyAttribute(
        lambda row: row.debate.opens_at + timedelta(minutes=1)
    )
    title = factory.Sequence(lambda n: f"Proposition {n}")
    text = "<p>Ouvrir la bibliothèque le dimanche.</p>"

    @factory.post_generation
    def themes(self, create: bool, names: list[str] | None) -> None:
        if names:
            self.themes.set(names)


class HangingFactory(ContributionFactory):
    class Meta:
        abstract = True

    hangs_on = factory.SubFactory(ProposalFactory)
    debate = factory.SelfAttribute("hangs_on.debate")
    section = factory.SelfAttribute("hangs_on.section")
    submitted_at = factory.LazyAttribute(
        lambda row: row.hangs_on.submitted_at + timedelta(minutes=1)
    )


class ArgumentFactory(HangingFactory):
    class Meta:
        model = Argument

    side = Side.FOR
    text = "Le dimanche, les familles ont le temps de venir."

    class Params:
        against = factory.Trait(side=Side.AGAINST)


class SourceFactory(HangingFactory):
    """Hangs on a proposal, or on an argument with `hangs_on=argument`."""

    class Meta:
        model = Source

    category = factory.LazyFunction(
        lambda: SourceCategory.objects.get(title="Article de presse")
    )
    title = factory.Sequence(lambda n: f"Source {n}")
    link = factory.Sequence(lambda n: f"https://exemple.fr/articles/{n}")


class AppendixFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Appendix

    proposal = factory.SubFactory(ProposalFactory)
    kind = AppendixKind.EXPLANATORY
    text = "<p>Exposé des motifs.</p>"
    position = factory.Sequence(lambda n: n % 30_000)


class VoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Vote

    proposal = factory.SubFactory(ProposalFactory)
    voter = factory.SubFactory(UserFactory)
    choice = VoteChoice.AGREE
    cast_at = factory.LazyAttribute(
        lambda row: row.proposal.submitted_at + timedelta(minutes=1)
    )


class ArgumentSupportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ArgumentSupport

    argument = factory.SubFactory(ArgumentFactory)
    supporter = factory.SubFactory(UserFactory)
    given_at = factory.LazyAttribute(
        lambda row: row.argument.submitted_at + timedelta(minutes=1)
    )


class ReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Report

    contribution = factory.SubFactory(ProposalFactory)
    reporter = factory.SubFactory(UserFactory, confirmed=True)
    ground = factory.LazyFunction(lambda: Ground.objects.get(slug="insults"))
    reported_at = factory.LazyAttribute(
        lambda row: row.contribution.submitted_at + timedelta(minutes=1)
    )


class CitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Citation

    citing = factory.SubFactory(ProposalFactory)
    cited = factory.SubFactory(ProposalFactory)


class TallyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tally

    debate = factory.SubFactory(DebateFactory)
    kind = ContributionKind.PROPOSAL
    shard = 0


class ReceivedTotalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReceivedTotal

    contribution = factory.SubFactory(ProposalFactory)
    measure = Measure.AGREE
    imported = 12


class OfficialResponseFactory(HangingFactory):
    """Of a verified institution, to a proposal that it may outlive by years."""

    class Meta:
        model = OfficialResponse

    outcome = Outcome.ACCEPTED
    text = "<p>La bibliothèque ouvrira le dimanche dès janvier.</p>"
    institution = factory.SubFactory(InstitutionFactory, verified=True)
    verification = factory.LazyAttribute(
        lambda row: row.institution.verification_in_force
    )


class ResponseDraftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ResponseDraft

    proposal = factory.SubFactory(ProposalFactory)
    institution = factory.SubFactory(InstitutionFactory, verified=True)
    edited_by = factory.SubFactory(UserFactory)
    edited_at = from_now()


class ResponseJudgementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ResponseJudgement

    response = factory.SubFactory(OfficialResponseFactory)
    is_thanked = True
    satisfaction = Satisfaction.YES
    judged_at = from_now()


class DecisionFactory(factory.django.DjangoModelFactory):
    """Says that something was hidden; the row itself is another factory's."""

    class Meta:
        model = Decision

    kind = DecisionKind.HIDE
    contribution = factory.SubFactory(ArgumentFactory, hidden=True)
    ground = factory.LazyFunction(lambda: Ground.objects.get(slug="insults"))
    facts = "Le texte traite une personne de voleuse."
    decided_at = from_now(hours=-1)
    decided_by = factory.SubFactory(UserFactory)
    role = StaffRole.MODERATOR


class AppealFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Appeal

    decision = factory.SubFactory(DecisionFactory)
    text = "Je parlais d’un personnage de roman."
    appealed_at = from_now(minutes=-30)


class ClosingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Closing

    debate = factory.SubFactory(DebateFactory, closed=True)
    closed_at = factory.SelfAttribute("debate.closed_at")
    figures = factory.Dict({})
    size = 1
    root = "0" * 64


class SealedLeafFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SealedLeaf

    closing = factory.SubFactory(ClosingFactory)
    position = factory.Sequence(lambda n: n)
    line = "{}"


class WithholdingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Withholding

    leaf = factory.SubFactory(SealedLeafFactory)
    part = SealedPart.TEXT
    is_withheld = True
    at = from_now()


# Part « public »: what was suspended, or masked, or told without an account.


class NoticeFactory(factory.django.DjangoModelFactory):
    """A report by somebody who has no account."""

    class Meta:
        model = Report

    contribution = factory.SubFactory(ProposalFactory)
    notifier_name = "Nina Petit"
    notifier_email = factory.Sequence(lambda n: f"nina-{n}@exemple.fr")
    ground = factory.LazyFunction(lambda: Ground.objects.get(slug="unlawful"))
    text = "Ces mots appellent à brûler la mairie."
    reported_at = factory.LazyAttribute(
        lambda row: row.contribution.submitted_at + timedelta(minutes=1)
    )


# The desk, and the period.


class SubmissionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Submission

    contribution = factory.SubFactory(ArgumentFactory)
    author = factory.SelfAttribute("contribution.author")
    key = factory.LazyFunction(uuid4)
    submitted_at = factory.SelfAttribute("contribution.submitted_at")
