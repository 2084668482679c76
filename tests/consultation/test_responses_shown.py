"""What institutions answer is read above everything else that is said."""

from datetime import timedelta

import pytest
from django.db import transaction

from moderation.actions import Reasons, hide_contribution
from proposals.actions import judge_response
from proposals.enums import Outcome, Satisfaction
from register.enums import Status
from register.models import Contribution, Ground
from tests.consultation.costs import queries_of
from tests.factories import (
    ArgumentFactory,
    InstitutionFactory,
    MembershipFactory,
    OfficialResponseFactory,
    ProposalFactory,
    ResponseDraftFactory,
    ResponseJudgementFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def proposal(page, participant):
    return ProposalFactory(debate=page.debate, author=participant)


def address(proposal):
    return f"/en/propositions/{proposal.pk}/"


def words(tag):
    return tag.get_text(" ", strip=True)


def test_a_proposal_that_nobody_answered_says_so(read, proposal):
    section = read(address(proposal)).select_one("#responses")

    assert "No institution has answered this proposal yet." in words(section)


def test_a_response_says_what_becomes_of_the_proposal_who_answers_and_when(
    read, proposal, publish
):
    row = OfficialResponseFactory(
        hangs_on=proposal,
        outcome=Outcome.TRANSFERRED,
        transferred_to="Région Rivelle",
        service="Direction de la lecture",
        agent_name="Rosa Martin",
        agent_function="Directrice",
    )
    ResponseJudgementFactory(response=row, satisfaction=Satisfaction.PARTLY)
    publish(row)

    document = read(address(proposal))

    said = words(document.select_one(f"#contribution-{row.pk}"))
    for expected in (
        "Not ours: transferred",
        "Région Rivelle",
        row.institution.name,
        "Verified account",
        "Direction de la lecture",
        "Rosa Martin",
        "Directrice",
        f"#{row.pk}",
        "dimanche dès janvier",
        "The author of the proposal: thank you ; answers the question: partly",
    ):
        assert expected in said
    assert row.author.display_name not in document.get_text()


def test_responses_stand_above_the_arguments_the_newest_first(read, proposal, publish):
    argument = ArgumentFactory(hangs_on=proposal)
    first = OfficialResponseFactory(hangs_on=proposal)
    last = OfficialResponseFactory(
        hangs_on=proposal, submitted_at=proposal.debate.closes_at + timedelta(days=9)
    )
    publish(argument, first, last)

    document = read(address(proposal))

    shown = [each["id"] for each in document.select("main article[id]")]
    assert shown == [f"contribution-{row.pk}" for row in (last, first, argument)]
    assert "2 official responses" in words(document.select_one(".band .counts"))


def test_a_withdrawn_response_keeps_its_place_and_is_not_counted(read, proposal):
    OfficialResponseFactory(hangs_on=proposal)
    row = OfficialResponseFactory(hangs_on=proposal, withdrawn=True, text="<p>Tu.</p>")

    document = read(address(proposal))

    assert "Withdrawn" in words(document.select_one(f"#contribution-{row.pk}"))
    assert "Tu." not in document.get_text()
    assert words(document.select_one("#responses h2")) == "1 official response"


def test_a_hidden_response_vanishes_everywhere_and_its_number_answers(
    client, read, proposal, page, publish, moderator
):
    row = OfficialResponseFactory(hangs_on=proposal, text="<p>Propos secret.</p>")
    publish(proposal, row)
    places = [
        address(proposal),
        f"/en{page.url}",
        f"/en/institutions/{row.institution.slug}/",
        f"/en/debats/{page.debate.slug}/atom.xml",
    ]
    before = [client.get(each).content.decode() for each in places]
    assert all("Accepted" in each for each in before)

    hide_contribution(
        actor=moderator,
        contribution=row,
        reasons=Reasons(ground=Ground.objects.get(slug="insults"), facts="Insulte."),
    )

    shown = [client.get(each).content.decode() for each in places]
    assert not any("Accepted" in each or "Propos secret" in each for each in shown)
    read(f"/en/contributions/{row.pk}", status=410)


def test_the_number_of_a_response_leads_to_it_on_the_page_of_its_proposal(
    client, proposal
):
    row = OfficialResponseFactory(hangs_on=proposal)

    response = client.get(f"/contributions/{row.pk}")

    expected = f"/propositions/{proposal.pk}/#contribution-{row.pk}"
    assert (response.status_code, response.url) == (302, expected)


def test_a_number_that_a_response_names_is_a_link_and_says_by_what_it_is_named(
    read, proposal, publish
):
    argument = ArgumentFactory(hangs_on=proposal)
    row = OfficialResponseFactory(
        hangs_on=proposal, text=f"<p>Comme le dit #{argument.pk}.</p>"
    )
    publish(row)

    document = read(address(proposal))

    link = document.select_one(f"#contribution-{row.pk} .prose a")
    assert link.get_text() == f"#{argument.pk}"
    named = document.select_one(f"#contribution-{argument.pk}")
    assert f"#{row.pk}" in named.get_text()


def test_a_page_read_without_a_session_offers_to_answer_to_nobody(
    client, proposal, representative
):
    OfficialResponseFactory(hangs_on=proposal)

    content = client.get(address(proposal)).content.decode()

    assert "/repondre/" not in content
    assert "/juger/" not in content
    assert "csrf" not in content


def test_members_of_a_verified_institution_are_offered_to_answer(
    client, read, proposal, representative, stranger
):
    institution = representative.memberships.get().institution
    MembershipFactory(user=representative, institution=InstitutionFactory())
    MembershipFactory(user=representative, institution=institution, service="Cabinet")

    def offered(person):
        client.force_login(person)
        return read(address(proposal)).select("#responses a[href*='/repondre/']")

    (link,) = offered(representative)
    assert link["href"].endswith(f"/{proposal.pk}/repondre/{institution.slug}/")
    assert words(link) == f"Answer in the name of {institution.name}"
    ResponseDraftFactory(institution=institution, proposal=proposal)
    assert words(offered(representative)[0]).startswith("Go on with the response")
    assert offered(stranger) == []


def test_the_author_alone_is_offered_to_judge(client, read, proposal, stranger):
    OfficialResponseFactory(hangs_on=proposal)

    def offered(person):
        client.force_login(person)
        return read(address(proposal)).select("a[href*='/juger/']")

    assert len(offered(proposal.author)) == 1
    assert offered(stranger) == []


def test_answering_and_judging_change_what_a_cache_keeps(client, proposal, publish):
    publish(proposal)
    first = client.get(address(proposal))["ETag"]
    row = OfficialResponseFactory(hangs_on=proposal)
    publish(row)
    second = client.get(address(proposal))["ETag"]

    judge_response(
        author=proposal.author,
        response=row,
        is_thanked=True,
        satisfaction=Satisfaction.YES,
    )

    third = client.get(address(proposal))["ETag"]
    assert len({first, second, third}) == 3


def test_a_proposal_costs_the_same_for_no_response_and_for_twenty(client, proposal):
    for_none = queries_of(client, address(proposal))

    for row in OfficialResponseFactory.create_batch(20, hangs_on=proposal):
        ResponseJudgementFactory(response=row)

    assert queries_of(client, address(proposal)) == for_none


def test_the_list_of_a_debate_says_what_becomes_of_what_was_answered(
    client, read, page, proposal, publish
):
    for outcome in (Outcome.ACCEPTED, Outcome.REFUSED, Outcome.REFUSED):
        OfficialResponseFactory(hangs_on=proposal, outcome=outcome)
    other = ProposalFactory(debate=page.debate, title="Sans réponse")
    OfficialResponseFactory(hangs_on=other, outcome=Outcome.PARTLY, hidden=True)
    publish(*Contribution.objects.all())

    document = read(f"/en{page.url}")

    (answered,) = document.select(".answered")
    assert words(answered) == "Official response: Refused · Accepted"
    assert "3 official responses" in words(document.select_one(".band .counts"))
    link = document.select_one(".filters__answered a")
    only = read(f"/en{page.url}{link['href'].partition('#')[0]}")
    assert len(only.select(".rows .row")) == 1
    assert "Sans réponse" not in only.get_text()


def test_a_list_costs_the_same_whatever_was_answered(client, page):
    proposals = ProposalFactory.create_batch(5, debate=page.debate)
    for_none = queries_of(client, page.url)

    for each in proposals:
        OfficialResponseFactory.create_batch(3, hangs_on=each)

    assert queries_of(client, page.url) == for_none


def test_an_institution_shows_its_responses_and_what_authors_said_of_them(
    read, proposal, publish
):
    institution = InstitutionFactory(verified=True)
    rows = OfficialResponseFactory.create_batch(
        3, hangs_on=proposal, institution=institution
    )
    ResponseJudgementFactory(response=rows[0])
    ResponseJudgementFactory(response=rows[1], is_thanked=False)
    publish(*rows)

    document = read(f"/en/institutions/{institution.slug}/")

    figures = words(document.select_one(".response-figures"))
    assert figures.startswith("3 official responses")
    assert "2 answer the question" in figures
    assert "1 thanked" in figures
    assert len(document.select(".rows .row")) == 3
    assert f"About proposal #{proposal.pk}" in document.get_text()


def test_machines_are_told_of_the_responses_in_plain_words(read, proposal):
    row = OfficialResponseFactory(
        hangs_on=proposal, text="<p>Oui &amp; <em>vite</em></p>"
    )

    document = read(address(proposal))

    data = document.find("script", type="application/ld+json").string
    assert '"commentCount":1' in data
    assert row.institution.name in data
    assert "vite" in data
    assert "<em>" not in data


def test_a_response_to_what_was_withdrawn_stays_readable(read, proposal):
    row = OfficialResponseFactory(hangs_on=proposal)
    with transaction.atomic():
        Contribution.objects.filter(pk=proposal.pk).update(status=Status.WITHDRAWN)

    document = read(address(proposal))

    assert "dès janvier" in words(document.select_one(f"#contribution-{row.pk}"))
