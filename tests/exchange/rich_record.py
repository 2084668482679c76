"""A record with one of everything that may stand in it, made without an import."""

from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.enums import InstitutionKind
from arguments.models import SourceCategory
from exchange.counters import recount
from proposals.enums import AppendixKind, Outcome, VoteChoice
from proposals.models import Proposal
from register.enums import Measure
from register.models import Contribution, Debate, Ground
from tests.factories import (
    AppendixFactory,
    ArgumentFactory,
    ArgumentSupportFactory,
    DebateFactory,
    InstitutionFactory,
    MembershipFactory,
    OfficialResponseFactory,
    ProposalFactory,
    ReceivedTotalFactory,
    ResponseJudgementFactory,
    SectionFactory,
    SourceFactory,
    UserFactory,
    VerificationFactory,
    VoteFactory,
    act_on,
)

BEGIN = datetime(2025, 3, 1, 8, 0, 0, 123456, tzinfo=UTC)
# Stands in every word, name and address that no export may hold.
SECRET = "motcaché"


def fill() -> None:
    closed = DebateFactory(
        slug="cantines",
        title="Les cantines : « demain »",
        question="D’accord ?\nDites-le.",
        opens_at=BEGIN,
        closes_at=BEGIN + timedelta(days=30),
    )
    started = DebateFactory(
        slug="velos", question="", accepts_sources=False, accepts_votes=False
    )
    upcoming = DebateFactory(slug="avenir", title=f"Avenir {SECRET}", upcoming=True)
    SectionFactory(debate=upcoming, title=SECRET)
    _fill_closed(closed)
    proposal = ProposalFactory(debate=started, language="en")
    cited = closed.contributions.get(origin="capcollectif/opinion/61")
    ArgumentFactory(
        hangs_on=proposal,
        author=proposal.author,
        against=True,
        text=f"Comme #{cited.number} et #{proposal.number}",
    )
    recount(Contribution.objects.values_list("pk", flat=True))
    act_on(*Contribution.objects.all())
    Debate.objects.filter(pk=closed.pk).update(
        closed_at=closed.closes_at + timedelta(hours=9, microseconds=1)
    )


def _fill_closed(debate: Debate) -> None:
    # Positions are not those of the identifiers.
    late = SectionFactory(debate=debate, slug="achats", title="Les achats", position=2)
    early = SectionFactory(debate=debate, slug="menus", title="Les menus", position=1)
    homonyms = [UserFactory(display_name="Claude Martin") for _ in range(2)]
    rich = ProposalFactory(
        debate=debate,
        section=late,
        author=homonyms[0],
        title="Un menu sans viande, « < 3 » 👍",
        text="<p>Oui\u2028et <strong>non</strong>.</p>",
        origin="capcollectif/opinion/61",
        themes=["Écoles", "école", "Alimentation"],
    )
    for position, kind in enumerate(AppendixKind, 3):
        AppendixFactory(proposal=rich, kind=kind, title="Art. 1", position=position)
    AppendixFactory(proposal=rich, title="", text="<p>Sans titre</p>", position=9)
    for choice in (*VoteChoice, VoteChoice.AGREE):
        VoteFactory(proposal=rich, choice=choice)
    ReceivedTotalFactory(contribution=rich, measure=Measure.AGREE, imported=12)
    ReceivedTotalFactory(contribution=rich, measure=Measure.MIXED, imported=1)
    _argue_under(rich, homonyms[1])
    _speak_for_institutions(debate, early)
    _moderate(debate, early)


def _argue_under(proposal: Proposal, author: object) -> None:
    text = "<nom de famille>\n=1+1\u2029@Claude\ttrès\xa0bien"
    argument = ArgumentFactory(hangs_on=proposal, author=author, text=text, title="Et")
    ArgumentSupportFactory(argument=argument)
    ReceivedTotalFactory(contribution=argument, measure=Measure.SUPPORT, imported=7)
    # The same words, later by a microsecond.
    ArgumentFactory(
        hangs_on=proposal,
        author=author,
        text=text,
        against=True,
        language="pt-BR",
        submitted_at=argument.submitted_at + timedelta(microseconds=1),
    )
    own = SourceCategory.objects.create(title="Carnet de bord")
    SourceFactory(hangs_on=argument, author=author, category=own, note="p. 3\np. 4")
    source = SourceFactory(hangs_on=proposal, link="https://exemple.fr/?a=1&b=é")
    ReceivedTotalFactory(contribution=source, measure=Measure.SUPPORT, imported=2)


def _speak_for_institutions(debate: Debate, section: object) -> None:
    known = InstitutionFactory(
        name="Métropole",
        slug="metropole",
        kind=InstitutionKind.LOCAL_AUTHORITY,
        website="https://metropole.example",
        siren="123456789",
    )
    past = VerificationFactory(
        institution=known,
        verified_at=BEGIN - timedelta(days=9),
        revoked_at=BEGIN + timedelta(days=2),
        evidence="Un arrêté\nsigné",
        recorded_by=UserFactory(display_name=SECRET),
    )
    now = VerificationFactory(institution=known, verified_at=BEGIN + timedelta(days=3))
    typist = UserFactory(display_name=SECRET, email=f"{SECRET}@exemple.fr")
    MembershipFactory(user=typist, institution=known, service=SECRET)
    proposal = ProposalFactory(
        debate=debate,
        section=section,
        author=typist,
        institution=known,
        verification=past,
        service="Direction des écoles",
    )
    _answer(proposal, typist, now)
    unknown = InstitutionFactory(name="Collectif", slug="collectif")
    ProposalFactory(debate=debate, author=typist, institution=unknown)
    InstitutionFactory(name=SECRET, slug="muette", verified=True)


def _answer(proposal: Proposal, typist: object, verification: Any) -> None:
    """Before the end, after it, and after the closing."""
    signed = {
        "hangs_on": proposal,
        "author": typist,
        "institution": verification.institution,
        "verification": verification,
    }
    inside = OfficialResponseFactory(
        **signed, submitted_at=BEGIN + timedelta(days=9), is_masked=True
    )
    ResponseJudgementFactory(response=inside, satisfaction="")
    late = OfficialResponseFactory(
        **signed,
        submitted_at=BEGIN + timedelta(days=30, hours=8),
        outcome=Outcome.TRANSFERRED,
        transferred_to="La région « Aura »",
        text=f"<p>Voir #{inside.number}.</p>",
        agent_name="Rosa Martin",
        agent_function="Directrice",
        service="Direction des écoles",
    )
    ResponseJudgementFactory(response=late, is_thanked=False)
    closed = OfficialResponseFactory(**signed, submitted_at=BEGIN + timedelta(days=60))
    words = {"text": f"<p>{SECRET}</p>", "agent_name": SECRET, "agent_function": SECRET}
    hidden = OfficialResponseFactory(
        **signed, **words, hidden=True, submitted_at=closed.submitted_at
    )
    ResponseJudgementFactory(response=hidden)
    OfficialResponseFactory(
        **signed, **words, withdrawn=True, submitted_at=inside.submitted_at
    )


def _moderate(debate: Debate, section: object) -> None:
    own = Ground.objects.create(
        slug="hors-charte", title="Hors charte", title_en="Off", position=3
    )
    words = {"title": SECRET, "text": f"<p>{SECRET}</p>"}
    someone = UserFactory(display_name=SECRET)
    silent = InstitutionFactory(name=SECRET, slug="cachee", verified=True)
    hidden = ProposalFactory(
        debate=debate, section=section, hidden=True, author=someone, **words
    )
    hidden.themes.add(SECRET)
    AppendixFactory(proposal=hidden, text=SECRET)
    VoteFactory(proposal=hidden)
    ReceivedTotalFactory(contribution=hidden)
    under = ArgumentFactory(hangs_on=hidden, author=someone, text=SECRET)
    text = f"{SECRET} #{hidden.number}"
    ArgumentFactory(hangs_on=hidden, author=someone, text=text, hidden=True)
    SourceFactory(hangs_on=under, author=someone, title=SECRET, note=SECRET)
    proposal = ProposalFactory(
        debate=debate, withdrawn=True, author=someone, origin="x/1", **words
    )
    ArgumentFactory(hangs_on=proposal, text="Visible sous une proposition retirée")
    ArgumentFactory(
        hangs_on=proposal, withdrawn=True, author=None, institution=silent, text=SECRET
    )
    argument = ArgumentFactory(
        hangs_on=proposal, hidden=True, ground=own, author=someone, text=SECRET
    )
    SourceFactory(
        hangs_on=argument, author=someone, title=SECRET, link=f"https://{SECRET}.fr"
    )
    ArgumentFactory(hangs_on=proposal, waiting=True, author=someone, text=SECRET)
    ProposalFactory(debate=debate, waiting=True, author=someone, **words)
    ProposalFactory(debate=debate, author=someone, hidden=True, ground=own, **words)
    SourceFactory(hangs_on=proposal, unsigned=True, title="", link="", withdrawn=True)
