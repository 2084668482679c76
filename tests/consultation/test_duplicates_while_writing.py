"""What others said already is shown to whoever writes it again, and blocks nobody."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from arguments.models import Argument
from consultation.views import nearby
from register.models import Draft
from tests.factories import ArgumentFactory, DebateFactory, ProposalFactory, act_on

pytestmark = pytest.mark.django_db

TITLE = "Ouvrir la bibliothèque municipale le dimanche matin toute l’année"
REASON = "Les familles qui travaillent viendraient enfin à la bibliothèque"
ALONE = {"X-Form-Alone": "1"}


def published(factory=ProposalFactory, **fields):
    row = factory(**fields)
    act_on(row)
    return row


@pytest.fixture(autouse=True)
def _others(page):
    """Words are rare among others only."""
    for title in ("Planter des tilleuls", "Baisser le prix du bus", "Éteindre la nuit"):
        published(title=title, text=f"<p>{title}.</p>", debate=page.debate)


@pytest.fixture
def proposal(page):
    return published(title=TITLE, debate=page.debate)


@pytest.fixture
def argument(proposal):
    return published(ArgumentFactory, hangs_on=proposal, text=REASON)


@pytest.fixture
def logged_in(client, participant):
    client.force_login(participant)
    return client


def address(name, about):
    return reverse(f"consultation:{name}", args=(about,))


def typed(**fields):
    return {"key": str(uuid4()), "side": "for", "text": REASON, **fields}


def proposed(**fields):
    words = {"title": TITLE, "text": "Le dimanche.", "themes": ""}
    return {"key": str(uuid4()), **words, **fields}


def document(response):
    return BeautifulSoup(response.content, "html.parser")


def shown(response):
    """Numbers, in their order."""
    found = document(response).select(".said-before__number")
    return [int(each.text.removeprefix("#")) for each in found]


def test_what_was_argued_already_is_shown_once_before_it_is_posted(logged_in, argument):
    where = address("argue", argument.hangs_on_id)
    form = typed()

    first = logged_in.post(where, form)
    assert not Argument.objects.exclude(pk=argument.pk).exists()
    told = document(first).select_one("[name=told]")["value"]
    second = logged_in.post(where, form | {"told": told})

    assert (first.status_code, shown(first)) == (200, [argument.pk])
    assert document(first).find("textarea").string.strip() == REASON
    assert document(first).select_one("[name=key]")["value"] == form["key"]
    assert second.status_code == 303
    assert Argument.objects.exclude(pk=argument.pk).get().text == REASON


def test_each_can_be_supported_instead_in_another_tab(logged_in, argument):
    where = address("argue", argument.hangs_on_id)

    links = document(logged_in.post(where, typed())).select(".said-before__acts a")

    assert [each["href"] for each in links] == [address("support", argument.pk)]
    assert {each["target"] for each in links} == {"_blank"}


def test_the_same_side_comes_first_and_other_proposals_do_not_count(
    client, argument, page
):
    against = published(
        ArgumentFactory, hangs_on=argument.hangs_on, text=REASON, against=True
    )
    published(ArgumentFactory, hangs_on__debate=page.debate, text=REASON)
    where = address("while-argue", argument.hangs_on_id)

    for_first = client.post(where, {"side": "for", "text": REASON})
    against_first = client.post(where, {"side": "against", "text": REASON})

    assert shown(for_first) == [argument.pk, against.pk]
    assert shown(against_first) == [against.pk, argument.pk]


def test_nothing_changes_where_nothing_is_close(logged_in, argument):
    where = address("argue", argument.hangs_on_id)

    response = logged_in.post(where, typed(text="Le chauffage coûterait trop cher."))

    assert response.status_code == 303


def test_a_proposal_is_compared_where_one_sees_it_before_publishing(
    logged_in, proposal, page
):
    where = address("propose", page.debate.slug)
    form = proposed()

    seen = logged_in.post(where, form | {"preview": "1"})
    told = document(seen).select_one("[name=told]")["value"]
    posted = logged_in.post(where, form | {"told": told})

    links = document(seen).select(".said-before__acts a")
    assert shown(seen) == [proposal.pk]
    assert [each["href"] for each in links] == [
        address("vote", proposal.pk),
        address("argue", proposal.pk),
    ]
    assert posted.status_code == 303


def test_a_proposal_of_a_debate_that_is_over_is_shown_without_acts(client, page):
    over = published(title=TITLE, debate=DebateFactory(ended=True))

    response = client.post(address("while-propose", page.debate.slug), proposed())

    assert shown(response) == [over.pk]
    assert not document(response).select(".said-before__acts a")
    assert over.debate.title in document(response).text


def test_what_one_said_oneself_is_not_shown(logged_in, participant, proposal):
    published(ArgumentFactory, hangs_on=proposal, text=REASON, author=participant)

    response = logged_in.post(address("argue", proposal.pk), typed())

    assert response.status_code == 303


def test_a_form_sent_twice_is_posted_once_and_not_compared_with_itself(
    logged_in, proposal
):
    where, form = address("argue", proposal.pk), typed()

    answers = [logged_in.post(where, form) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert Argument.objects.count() == 1


def test_who_might_be_too_late_by_then_is_not_asked_to_look(logged_in, argument, at):
    at(argument.debate.closes_at - timedelta(minutes=9))

    response = logged_in.post(address("argue", argument.hangs_on_id), typed())

    assert response.status_code == 303


def test_a_visitor_is_shown_it_and_then_led_to_log_in(client, argument):
    where, form = address("argue", argument.hangs_on_id), typed()

    first = client.post(where, form)
    second = client.post(where, form | {"told": "1"})

    assert shown(first) == [argument.pk]
    assert second.status_code == 302
    assert Draft.objects.get().fields["text"] == REASON


def test_the_form_alone_comes_back_with_it_where_one_reads(logged_in, argument):
    where = address("argue", argument.hangs_on_id)

    response = logged_in.post(where, typed(), headers=ALONE)

    assert shown(response) == [argument.pk]
    assert document(response).select_one("[data-inline-form] [name=told]")


def test_what_is_hidden_is_not_shown(logged_in, proposal):
    published(ArgumentFactory, hangs_on=proposal, text=REASON, hidden=True)

    response = logged_in.post(address("argue", proposal.pk), typed())

    assert response.status_code == 303


def test_a_few_letters_are_compared_with_nothing(logged_in, proposal):
    published(ArgumentFactory, hangs_on=proposal, text="Bibliothèque !")
    where = address("argue", proposal.pk)

    response = logged_in.post(where, typed(text="Bibliothèque !"))

    assert response.status_code == 303


def test_a_comparison_that_fails_costs_nobody_their_act(
    logged_in, argument, monkeypatch
):
    def fail(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(nearby, "said_before", fail)

    response = logged_in.post(address("argue", argument.hangs_on_id), typed())

    assert response.status_code == 303


def test_whoever_was_told_costs_no_comparison(logged_in, proposal):
    where = address("argue", proposal.pk)

    def compared(**fields):
        with CaptureQueriesContext(connection) as captured:
            assert logged_in.post(where, typed(**fields)).status_code == 303
        asked = [each["sql"] for each in captured if each["sql"].startswith("SELECT")]
        return [each for each in asked if "search_posting" in each]

    assert compared()
    assert not compared(told="1")


def test_what_a_visitor_types_is_compared_and_not_kept(client, argument):
    where = address("while-argue", argument.hangs_on_id)

    response = client.post(where, {"side": "for", "text": REASON})

    assert shown(response) == [argument.pk]
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert not Draft.objects.exists()


def test_nothing_is_answered_where_nothing_is_close_or_nothing_can_be_posted(
    client, argument, page, at
):
    where = address("while-argue", argument.hangs_on_id)

    far = client.post(where, {"text": "Le chauffage coûterait trop cher."})
    unknown = client.post(address("while-argue", 999_999), {"text": REASON})
    at(page.debate.closes_at)
    over = client.post(where, {"text": REASON})

    answers = (far, unknown, over)
    assert [(each.status_code, each.content) for each in answers] == [(200, b"")] * 3


def test_another_site_cannot_have_it_compared(argument):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(
        address("while-argue", argument.hangs_on_id), {"text": REASON}
    )

    assert response.status_code == 403


def test_a_form_says_where_the_script_asks(logged_in, argument, page):
    number, slug = argument.hangs_on_id, page.debate.slug
    asks = {
        address("argue", number): [address("while-argue", number)],
        address("propose", slug): [address("while-propose", slug)],
        address("source", number): [],
        address("report", number): [],
    }

    for where, expected in asks.items():
        places = document(logged_in.get(where)).select("[data-said-before]")
        assert [each["data-said-before"] for each in places] == expected, where


def test_one_sentence_is_said_aloud_and_not_the_whole_list(logged_in, client, argument):
    """Else whoever listens while writing hears the list again at each change."""
    where = address("argue", argument.hangs_on_id)
    before = document(logged_in.get(where))
    after = document(logged_in.post(where, typed()))

    for form in (before, after):
        panel = form.select_one("[data-said-before]")
        assert not panel.find_parents(attrs={"aria-live": True})
        assert not panel.find_parents(attrs={"role": ["status", "alert", "log"]})
        assert not form.select("[aria-live][data-said-before]")
        aloud = panel.find_parent("form").select("[data-said-aloud]")
        assert [(each["role"], each.text) for each in aloud] == [("status", "")]


def test_how_many_are_alike_is_said_in_words(client, argument):
    def said():
        where = address("while-argue", argument.hangs_on_id)
        return document(client.post(where, {"text": REASON})).section["data-how-many"]

    one = said()
    published(ArgumentFactory, hangs_on=argument.hangs_on, text=REASON)
    two = said()

    assert one.startswith("1 ")
    assert two.startswith("2 ")
    assert one.removeprefix("1") != two.removeprefix("2")


def test_what_comes_back_to_be_looked_at_is_a_draft_until_it_is_posted(
    logged_in, participant, argument
):
    form = typed()
    place = address("argue", argument.hangs_on_id)

    logged_in.post(place, form)
    kept = Draft.objects.get(owner=participant)
    logged_in.post(place, form | {"told": "1"})

    assert kept.fields["text"] == REASON
    assert not Draft.objects.exists()
    assert Argument.objects.filter(author=participant).count() == 1


def test_a_visitor_who_was_told_is_not_asked_again_after_logging_in(
    client, participant, argument
):
    place = address("argue", argument.hangs_on_id)
    form = typed()
    assert shown(client.post(place, form)) == [argument.pk]

    sent = client.post(place, form | {"told": "1"})

    assert "told%3D1" in sent["Location"]
    back = client.get(place + "?told=1")
    assert document(back).select_one("[name=told]")
