"""The proposals that are like the one that is read."""

import pytest
from django.urls import reverse

from register.models import Ground
from tests.consultation.costs import queries_of
from tests.factories import DebateFactory, ProposalFactory, act_on

pytestmark = pytest.mark.django_db

TITLE = "Ouvrir la bibliothèque municipale le dimanche matin toute l’année"
OTHER = "Tracer des pistes cyclables protégées le long des boulevards"


def published(**fields):
    row = ProposalFactory(**fields)
    act_on(row)
    return row


@pytest.fixture
def proposal(page):
    """Among others: words are rare or usual by how many hold them."""
    for title in ("Planter des tilleuls", "Baisser le prix du bus", "Éteindre la nuit"):
        published(title=title, text=f"<p>{title}.</p>", debate=page.debate)
    return published(title=TITLE, debate=page.debate)


@pytest.fixture
def where(proposal):
    return reverse("consultation:nearby", args=(proposal.pk,))


def listed(document):
    links = document.select("[data-nearby-list] a")
    return [int(each["href"].split("/")[-2]) for each in links]


def test_its_page_leads_to_what_is_like_it_and_no_further_query(read, proposal, where):
    document = read(reverse("consultation:proposal", args=(proposal.pk,)))

    assert [each["href"] for each in document.select("a[data-nearby]")] == [where]


def test_what_is_like_it_is_listed_and_not_what_is_about_something_else(
    read, proposal, where
):
    twin = published(title=TITLE, debate=proposal.debate)
    published(title=OTHER, text="<p>Pour les enfants.</p>", debate=proposal.debate)

    assert listed(read(where)) == [twin.pk]


def test_four_at_most_and_those_of_the_same_debate_first_when_as_close(
    read, proposal, where
):
    elsewhere = [published(title=TITLE, debate=DebateFactory()) for _ in range(3)]
    here = [published(title=TITLE, debate=proposal.debate) for _ in range(2)]

    document = read(where)

    expected = [row.pk for row in here + elsewhere]
    assert listed(document) == expected[:4]
    items = document.select("[data-nearby-list] li")
    named = [elsewhere[0].debate.title in each.text for each in items]
    assert named == [False, False, True, False]


def test_where_nothing_is_close_there_is_no_list(read, where):
    document = read(where)

    assert document.select_one(".empty")
    assert not document.select("[data-nearby-list]")


def test_what_is_hidden_leaves_the_list_and_its_kept_copies(client, proposal, where):
    twin = published(title=TITLE, debate=proposal.debate)
    kept = client.get(where)
    assert twin.title.encode() in kept.content
    twin.status, twin.ground = "hidden", Ground.objects.get(slug="insults")
    twin.save()
    act_on(twin)

    again = client.get(where, headers={"If-None-Match": kept["ETag"]})

    assert again.status_code == 200
    assert f"/propositions/{twin.pk}/".encode() not in again.content


def test_the_page_is_the_same_for_all_and_known_again(client, where):
    first = client.get(where)

    again = client.get(where, headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "public, max-age=1"
    assert not first.cookies
    assert again.status_code == 304


def test_the_address_of_what_nobody_can_read_leads_nowhere(read):
    hidden = published(title=TITLE, hidden=True)
    upcoming = published(title=TITLE, debate=DebateFactory(upcoming=True))

    for row in (hidden, upcoming):
        read(reverse("consultation:nearby", args=(row.pk,)), status=404)


def test_it_costs_the_same_for_one_and_for_twenty(client, proposal, where):
    published(title=TITLE, debate=proposal.debate)
    for_one = queries_of(client, where)

    for _ in range(19):
        published(title=TITLE, debate=DebateFactory())

    assert queries_of(client, where) == for_one < 25
