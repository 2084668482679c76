"""A person's page: what they said in their own name, and nothing else of them."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from register.enums import Status
from register.models import Contribution, Ground
from tests.consultation.conftest import Read
from tests.consultation.costs import queries_of
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    InstitutionFactory,
    ProposalFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def page_of(person: User) -> str:
    return reverse("consultation:author", args=(person.public_key,))


def hide(row: Contribution) -> None:
    row.status, row.ground = Status.HIDDEN, Ground.objects.first()
    row.save()


def numbers(document) -> list[int]:
    return [int(each.get_text()[1:]) for each in document.select(".number--margin")]


def test_it_names_the_person_and_counts_what_they_said(read: Read, participant):
    ProposalFactory.create_batch(2, author=participant)
    ArgumentFactory(author=participant)
    ArgumentFactory()

    document = read("/en" + page_of(participant))

    assert document.h1.get_text() == "Paul"
    kinds = [each.get_text() for each in document.select(".kinds a")]
    assert kinds == ["2 proposals", "1 argument"]


def test_it_says_since_when_by_their_first_contribution(read: Read, participant):
    debate = DebateFactory()
    ProposalFactory.create_batch(2, author=participant, debate=debate)
    first = Contribution.objects.order_by("submitted_at").first()

    day = read(page_of(participant)).select_one(".band time")

    assert day["datetime"] == f"{timezone.localtime(first.submitted_at):%Y-%m-%d}"


@pytest.mark.parametrize(
    ("query", "index"),
    [("", 0), ("?kind=proposal", 0), ("?kind=argument", 1), ("?kind=source", 2)],
)
def test_it_shows_one_kind_at_a_time(read: Read, participant, query, index):
    rows = [
        factory(author=participant)
        for factory in (ProposalFactory, ArgumentFactory, SourceFactory)
    ]

    document = read(page_of(participant) + query)

    assert numbers(document) == [rows[index].pk]


def test_without_a_proposal_it_begins_with_the_arguments(read: Read, participant):
    argument = ArgumentFactory(author=participant)

    assert numbers(read(page_of(participant))) == [argument.pk]


def test_a_kind_of_which_there_is_none_is_said_to_be_empty(read: Read, participant):
    ArgumentFactory(author=participant)

    document = read(page_of(participant) + "?kind=source")

    assert len(document.select("main .empty")) == 1


@pytest.mark.parametrize("query", ["?kind=vote", "?after=x", "?after=999999"])
def test_an_address_that_means_nothing_is_not_found(read: Read, participant, query):
    ProposalFactory(author=participant)

    read(page_of(participant) + query, status=404)


def test_an_argument_says_its_side_and_what_it_is_about(read: Read, participant):
    proposal = ProposalFactory(title="Planter des tilleuls")
    ArgumentFactory(hangs_on=proposal, author=participant, against=True)

    row = read("/en" + page_of(participant)).select_one("article.row")

    text = " ".join(row.get_text(" ").split())
    assert "Argument against" in text
    assert f"About proposal #{proposal.pk}: Planter des tilleuls" in text
    assert proposal.debate.title in text


def test_a_source_under_an_argument_is_about_the_proposal_above(
    read: Read, participant
):
    proposal = ProposalFactory(title="Planter des tilleuls")
    argument = ArgumentFactory(hangs_on=proposal)
    SourceFactory(hangs_on=argument, author=participant)

    row = read(page_of(participant)).select_one("article.row")

    assert "Planter des tilleuls" in row.get_text()


def test_an_argument_without_a_title_is_known_by_its_first_words(
    read: Read, participant
):
    ArgumentFactory(author=participant, text="Le <nom de famille>\ncompte " + "a " * 99)

    title = read(page_of(participant)).select_one(".row__title").get_text()

    assert title.startswith("Le <nom de famille> compte a a")
    assert title.endswith("…")


@pytest.mark.parametrize("trait", ["withdrawn", "unsigned"])
def test_the_title_of_a_proposal_that_cannot_be_read_is_not_shown(
    read: Read, participant, trait
):
    proposal = ProposalFactory(title="Titre retiré", **{trait: True})
    ArgumentFactory(hangs_on=proposal, author=participant)

    document = read(page_of(participant))

    assert "Titre retiré" not in document.get_text()
    assert f"#{proposal.pk}" in document.main.get_text()


def test_every_row_leads_to_the_permanent_address(read: Read, participant):
    row = ArgumentFactory(author=participant)

    link = read(page_of(participant)).select_one(".row__title a")

    assert link["href"] == f"/contributions/{row.pk}"


# Who speaks for an institution is never public.


def test_what_they_said_for_an_institution_is_not_there(read: Read, representative):
    institution = representative.memberships.get().institution
    own = ProposalFactory(author=representative)
    theirs = ProposalFactory(author=representative, institution=institution)
    ArgumentFactory(author=representative, institution=institution)

    document = read(page_of(representative))

    assert numbers(document) == [own.pk]
    assert f"#{theirs.pk}" not in document.get_text()
    assert [each.get_text() for each in document.select(".kinds a")] == [
        "1 proposition"
    ]
    assert institution.name not in document.get_text()
    assert "Direction du numérique" not in document.get_text()


def test_who_spoke_for_institutions_alone_has_no_page(read: Read, representative):
    institution = representative.memberships.get().institution
    ProposalFactory(author=representative, institution=institution)

    read(page_of(representative), status=404)


def test_no_address_tells_whose_a_number_is(client, participant, representative):
    debate = DebateFactory()
    ProposalFactory(author=participant, debate=debate)
    hidden = [
        ProposalFactory(author=participant, debate=debate, hidden=True),
        ProposalFactory(debate=debate, hidden=True),
        ProposalFactory(author=participant, debate=debate, institutional=True),
        ProposalFactory(debate=debate, institutional=True),
    ]

    answers = [
        client.get(page_of(participant), {turn: row.pk}).status_code
        for turn in ("after", "before")
        for row in hidden
    ]

    assert set(answers) == {200}


# Nothing but what readers may read.


@pytest.mark.parametrize("trait", ["hidden", "waiting", "withdrawn"])
def test_who_has_nothing_to_read_has_no_page(read: Read, participant, trait):
    ProposalFactory(author=participant, **{trait: True})

    read(page_of(participant), status=404)


def test_who_spoke_in_no_debate_that_has_begun_has_no_page(
    read: Read, participant, upcoming_debate
):
    ProposalFactory(author=participant, debate=upcoming_debate)

    read(page_of(participant), status=404)


def test_an_unknown_person_has_no_page(read: Read, stranger):
    read(page_of(stranger), status=404)
    read("/auteurs/personne/", status=404)


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_no_hidden_word_is_there_nor_what_hung_on_it(read: Read, participant, depth):
    proposal = ProposalFactory(author=participant, title="Mots tus")
    argument = ArgumentFactory(hangs_on=proposal, author=participant, text="Mots tus")
    source = SourceFactory(hangs_on=argument, author=participant, title="Mots tus")
    ProposalFactory(author=participant)
    hide([proposal, argument, source][depth])

    shown = [
        read(f"{page_of(participant)}?kind={kind}")
        for kind in ("proposal", "argument", "source")
    ]

    for document in shown[depth:]:
        assert "Mots tus" not in document.get_text()
        assert len(document.select(".kinds a")) == max(1, depth)


def test_neither_address_nor_account_is_told(client, participant):
    ProposalFactory(author=participant)

    shown = client.get(page_of(participant)).content.decode()

    assert participant.email not in shown
    assert "@" not in shown


def test_search_engines_are_told_to_keep_nothing_of_it(read: Read, participant):
    ProposalFactory(author=participant)

    robots = read(page_of(participant)).find("meta", attrs={"name": "robots"})

    assert robots["content"] == "noindex"


# Page after page.


def test_each_contribution_stands_on_one_page_newest_first(read: Read, participant):
    debate = DebateFactory()
    rows = ProposalFactory.create_batch(45, author=participant, debate=debate)

    address, seen, back = page_of(participant), [], []
    while address:
        document = read(address)
        seen += numbers(document)
        further = document.select_one('.pager a[rel="next"]')
        back.append(document.select_one('.pager a[rel="prev"]'))
        address = further and page_of(participant) + further["href"]

    assert seen == sorted((row.pk for row in rows), reverse=True)
    assert back[0] is None
    second = read(page_of(participant) + back[2]["href"])
    assert numbers(second) == seen[20:40]


def test_the_pages_of_a_kind_lead_to_others_of_the_same(read: Read, participant):
    proposal = ProposalFactory(author=participant)
    ArgumentFactory.create_batch(21, author=participant, hangs_on=proposal)

    document = read(page_of(participant) + "?kind=argument")
    further = document.select_one('.pager a[rel="next"]')["href"]

    assert len(numbers(read(page_of(participant) + further))) == 1
    assert "kind=argument" in further


def test_one_part_of_a_list_has_one_canonical_address(read: Read, participant):
    proposal = ProposalFactory(author=participant)
    ArgumentFactory(author=participant, hangs_on=proposal)

    def canonical(query: str) -> str:
        link = read(page_of(participant) + query).find("link", rel="canonical")
        return link["href"].removeprefix(settings.SITE_URL + page_of(participant))

    assert canonical("") == canonical("?kind=proposal&x=1") == ""
    assert canonical("?kind=argument") == "?kind=argument"
    assert canonical(f"?after={proposal.pk}") == f"?after={proposal.pk}"


@pytest.mark.parametrize(
    "key",
    [
        "demo/claude",
        "capcollectif/eau/a-1",
        "a b",
        "a//b",
        "é/ü?#&=",
        "<b>",
        "50%",
        "a.b",
    ],
)
def test_a_key_may_hold_any_character(read: Read, key):
    person = UserFactory(public_key=key, imported=True)
    ProposalFactory(author=person)

    for language in ("", "/en"):
        document = read(language + page_of(person))
        assert document.h1.get_text() == person.display_name


@pytest.mark.parametrize("kind", ["proposal", "argument", "source"])
def test_it_costs_the_same_for_one_and_for_fifty(client, participant, kind):
    factory = {
        "proposal": ProposalFactory,
        "argument": ArgumentFactory,
        "source": SourceFactory,
    }[kind]
    address = f"{page_of(participant)}?kind={kind}"
    factory(author=participant)
    for_one = queries_of(client, address)

    factory.create_batch(49, author=participant)

    assert queries_of(client, address) == for_one
    assert for_one < 15


def test_homonyms_have_a_page_each(read: Read):
    people = [UserFactory(display_name="Claude Martin") for _ in range(2)]
    rows = [ProposalFactory(author=person) for person in people]

    shown = [numbers(read(page_of(person))) for person in people]

    assert shown == [[row.pk] for row in rows]


def test_an_institution_of_the_same_key_is_something_else(read: Read):
    InstitutionFactory(slug="claude", verified=True)

    read("/auteurs/claude/", status=404)


@pytest.mark.parametrize("key", ["%00", "a%00b"])
def test_a_key_that_no_database_holds_leads_nowhere(read: Read, key):
    read(f"/auteurs/{key}/", status=404)
