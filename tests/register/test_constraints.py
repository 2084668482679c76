from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from register.enums import Status
from register.models import (
    Contribution,
    ContributionTheme,
    Draft,
    Ground,
    PeriodMove,
    Submission,
    Theme,
)
from tests.constraints import Breaks, assert_refused, cases
from tests.factories import (
    ArgumentFactory,
    CitationFactory,
    DebateFactory,
    InstitutionFactory,
    ProposalFactory,
    ReceivedTotalFactory,
    SectionFactory,
    TallyFactory,
    UserFactory,
    VerificationFactory,
)


def change(row, **fields):
    Contribution.objects.filter(pk=row.pk).update(**fields)


def twice_in_a_debate(**fields):
    section = SectionFactory(**fields)
    SectionFactory(debate=section.debate, **fields)


def one_theme_twice():
    proposal = ProposalFactory(themes=["Eau"])
    link = proposal.theme_links.get()
    ContributionTheme.objects.create(content_object=proposal, tag=link.tag)


def one_origin_twice():
    first = ProposalFactory(origin="capcollectif/opinion/61")
    ProposalFactory(debate=first.debate, origin=first.origin)


def one_citation_twice():
    first = CitationFactory()
    CitationFactory(citing=first.citing, cited=first.cited)


def citing_itself():
    proposal = ProposalFactory()
    CitationFactory(citing=proposal, cited=proposal)


def one_tally_twice(**fields):
    first = TallyFactory(**fields)
    TallyFactory(debate=first.debate, **fields)


def one_measure_twice():
    first = ReceivedTotalFactory()
    ReceivedTotalFactory(contribution=first.contribution, measure=first.measure)


def argument_on_itself():
    argument = ArgumentFactory()
    change(argument, hangs_on=argument.pk)


def argument_on_a_later_number():
    argument, later = ArgumentFactory(), ProposalFactory()
    change(argument, hangs_on=later.pk)


def status_before_submission():
    row = ProposalFactory()
    change(row, status_at=row.submitted_at - timedelta(microseconds=1))


def closed_before_its_end():
    now = timezone.now()
    DebateFactory(closes_at=now, closed_at=now - timedelta(microseconds=1))


def closes_when_it_opens():
    now = timezone.now()
    DebateFactory(opens_at=now, closes_at=now)


def ground():
    return Ground.objects.first()


def one_form_twice():
    author, key = UserFactory(), uuid4()
    for proposal in ProposalFactory.create_batch(2):
        Submission.objects.create(
            author=author,
            key=key,
            contribution=proposal.contribution,
            submitted_at=proposal.submitted_at,
        )


def moved(**fields):
    debate, now = DebateFactory(), timezone.now()
    PeriodMove.objects.create(
        **{
            "debate": debate,
            "moved_at": now,
            "opens_at_before": debate.opens_at,
            "closes_at_before": debate.closes_at,
            "opens_at": debate.opens_at,
            "closes_at": debate.closes_at,
            "motive": "Une panne.",
        }
        | fields
    )


def draft_of_a_poem():
    Draft.objects.create(key=uuid4(), writing="poem", target=1, saved_at=timezone.now())


BREAKS: Breaks = {
    "debate_lets_everybody_speak": [lambda: DebateFactory(hourly_limit=0)],
    "one_submission_per_form": [one_form_twice],
    "period_is_moved_for_a_motive": [lambda: moved(motive="")],
    "moved_period_ends_after_it_opens": [
        lambda: moved(
            opens_at=timezone.now(), closes_at=timezone.now() - timedelta(hours=1)
        )
    ],
    "draft_is_of_something_that_is_written": [draft_of_a_poem],
    "debate_ends_after_it_opens": [closes_when_it_opens],
    "debate_is_closed_after_its_end": [closed_before_its_end],
    "debate_has_a_title": [lambda: DebateFactory(title="")],
    "one_section_per_address_in_a_debate": [lambda: twice_in_a_debate(slug="eau")],
    "one_section_per_title_in_a_debate": [lambda: twice_in_a_debate(title="Eau")],
    "one_section_per_position_in_a_debate": [lambda: twice_in_a_debate(position=1)],
    "one_theme_once_per_contribution": [one_theme_twice],
    "one_theme_however_it_is_spelt": [
        lambda: Theme.objects.bulk_create(
            [Theme(name=name, slug=name, key="eau") for name in ("Eau", "EAU")]
        )
    ],
    "numbers_begin_at_one": [
        lambda: ProposalFactory(number=0),
        lambda: ProposalFactory(number=-1),
    ],
    "contribution_kind_is_known": [lambda: change(ArgumentFactory(), kind="poem")],
    "contribution_status_is_known": [lambda: ProposalFactory(status="lost")],
    "only_proposals_hang_on_nothing": [
        lambda: change(ArgumentFactory(), hangs_on=None),
        lambda: ProposalFactory(hangs_on=ProposalFactory()),
    ],
    "contribution_hangs_on_an_earlier_number": [
        argument_on_itself,
        argument_on_a_later_number,
    ],
    "hidden_contributions_and_no_others_have_a_ground": [
        lambda: ProposalFactory(status=Status.HIDDEN),
        lambda: ProposalFactory(ground=ground()),
        lambda: ProposalFactory(withdrawn=True, ground=ground()),
    ],
    "status_changes_after_submission": [status_before_submission],
    "only_institutions_have_services_and_verifications": [
        lambda: ProposalFactory(service="Voirie"),
        lambda: ProposalFactory(verification=VerificationFactory()),
    ],
    "contribution_has_a_language": [lambda: ProposalFactory(language="")],
    "one_contribution_per_origin_in_a_debate": [one_origin_twice],
    "one_citation_of_each_by_each": [one_citation_twice],
    "no_contribution_cites_itself": [citing_itself],
    "one_tally_per_part_of_a_kind_in_a_section": [
        lambda: one_tally_twice(section=SectionFactory())
    ],
    "one_tally_per_part_of_a_kind_outside_sections": [one_tally_twice],
    "tally_is_never_negative": [lambda: TallyFactory(count=-1)],
    "one_received_total_per_measure": [one_measure_twice],
    "received_measure_is_known": [lambda: ReceivedTotalFactory(measure="stars")],
    "received_totals_are_not_zero": [
        lambda: ReceivedTotalFactory(imported=0, carried=0)
    ],
}


@pytest.mark.parametrize(("name", "break_it"), cases(BREAKS))
def test_the_database_refuses_what_breaks(db, name, break_it):
    assert_refused(name, break_it)


def test_origins_are_unique_only_inside_their_debate(db):
    origin = "capcollectif/opinion/61"

    assert (
        ProposalFactory(origin=origin).debate != ProposalFactory(origin=origin).debate
    )


def test_a_service_speaks_for_its_institution(db):
    proposal = ProposalFactory(institution=InstitutionFactory(), service="Voirie")

    assert proposal.service == "Voirie"
