"""Requests that no page of ours sends break nothing, and do nothing without right.

What is typed reaches the database, which has its own limits: those tests run on each.
"""

from urllib.parse import urlencode

import pytest
from allauth.usersessions.models import UserSession
from django.urls import reverse

from accounts.models import User
from consultation.drafts import PENDING
from consultation.participation import PARTICIPATIONS
from consultation.views.participation import KEPT
from register.enums import Status, Writing
from register.models import Contribution, Debate
from tests.consultation.forgeries import (
    NAMES,
    ODD,
    ROUTES,
    TYPED,
    Sender,
    World,
    bodies,
    make_world,
    turned,
)
from tests.consultation.traces import but_drafts, rows, wrongs
from tests.factories import SectionFactory
from tests.test_conventions import sample

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world(participant: User, stranger: User) -> World:
    return make_world(participant, stranger)


def test_no_address_breaks_on_odd_fields(world):
    """Every field takes odd values in turn, while other odd ones are in the others."""
    sender = Sender(world.participant)
    before = rows()

    for place, route in enumerate(ROUTES):
        address = sample(route, world.open[Writing.ARGUE])
        if sender.form(address, {}, "no field") == 405:
            continue
        # Of allauth's forms, which have tests of their own, a quarter.
        step = 4 if route.startswith("accounts/") else 1
        for shift, name in list(enumerate(ODD))[place % step :: step]:
            fields = dict(zip(NAMES, turned(shift), strict=True))
            sender.form(address, fields, name)
        # Some of these addresses log one out.
        sender.client.force_login(world.participant)

    assert sender.broken == []
    assert wrongs(before, world.participant, world.debate) == []


def test_a_form_that_is_right_but_for_one_field_does_no_harm(world):
    sender = Sender(world.participant)
    before = rows()

    for writing in PARTICIPATIONS:
        address = world.address(writing)
        for left_out in world.valid(writing):
            fields = world.valid(writing)
            del fields[left_out]
            sender.form(address, fields, f"no {left_out}")
        for field in TYPED & world.valid(writing).keys():
            for seed, (name, odd) in enumerate(ODD.items()):
                fields = world.valid(writing, f"{field}{seed}") | {field: odd}
                sender.form(address, fields, f"{field}: {name}")

    assert sender.broken == []
    assert wrongs(before, world.participant, world.debate) == []


@pytest.mark.once
def test_no_address_breaks_on_what_is_no_form(world):
    sender, stopped = Sender(world.participant), Sender(enforce_csrf_checks=True)
    before = rows()

    for name, kind, body in bodies(world):
        for writing in PARTICIPATIONS:
            sender.send(world.address(writing), body, kind, name)
            stopped.send(world.address(writing), body, kind, f"stopped: {name}")
        for writing in KEPT:
            sender.send(world.keeping(writing), body, kind, f"kept: {name}")

    assert sender.broken + stopped.broken == []
    assert wrongs(before, world.participant, world.debate) == []


@pytest.mark.once
def test_an_odd_form_that_is_stopped_at_the_door_is_given_back(world):
    """The token is missing: the page gives back whatever came in its place."""
    sender = Sender(world.participant, enforce_csrf_checks=True)
    before = rows()

    for writing in PARTICIPATIONS:
        for shift, name in enumerate(ODD):
            fields = dict(zip(NAMES, turned(shift), strict=True))
            assert sender.form(world.address(writing), fields, name) == 403

    assert but_drafts(before, world.participant) == []


@pytest.mark.once
def test_no_address_breaks_on_half_of_a_character(world):
    sender = Sender(world.participant)
    stopped = Sender(world.participant, enforce_csrf_checks=True)
    fields = dict.fromkeys(NAMES, "a\ud800b")

    for route in ROUTES:
        address = sample(route, world.open[Writing.ARGUE])
        sender.escaped(address, fields, "no address")
        sender.client.force_login(world.participant)
    for writing in PARTICIPATIONS:
        sender.escaped(world.address(writing), world.valid(writing) | fields)
        stopped.escaped(world.address(writing), fields, "stopped")

    assert sender.broken + stopped.broken == []


def test_a_draft_is_kept_whatever_is_typed_in_it(world):
    sender = Sender(world.participant)
    before = rows()

    for writing in KEPT:
        for field in TYPED & world.valid(writing).keys():
            for name, odd in ODD.items():
                fields = world.valid(writing) | {field: odd}
                status = sender.form(world.keeping(writing), fields, name)
                assert status == 200, (writing, field, name)

    assert sender.broken == []
    assert but_drafts(before, world.participant) == []
    assert world.participant.drafts.count() == len(KEPT)


@pytest.mark.once
@pytest.mark.parametrize("who", ["visitor", "newcomer", "participant"])
def test_nothing_is_done_at_a_number_at_which_nothing_may_be(world, who):
    """Also when the form names what is open beside it, in fields or in the address."""
    person = getattr(world, who, None)
    sender = Sender(person)
    before = rows()
    names = ("target", "hangs_on", "hangs_on_id", "proposal", "number", "pk")
    lies = dict.fromkeys(names, world.open[Writing.ARGUE])
    lies |= {
        "debate": world.debate.pk,
        "debate_id": world.debate.pk,
        "status": "published",
    }
    query = urlencode(lies)

    statuses = set()
    for place, number in enumerate(world.barred):
        for writing in set(PARTICIPATIONS) - {Writing.PROPOSE}:
            if writing == Writing.REPORT and number in world.ended:
                continue
            forged = world.valid(writing, place) | lies
            address = f"{world.address(writing, number)}?{query}"
            statuses.add(sender.form(address, forged))
        withdraw = reverse("consultation:withdraw", args=(number,))
        statuses.add(sender.form(withdraw, lies))
    for debate in Debate.objects.exclude(pk=world.debate.pk):
        address = reverse("consultation:propose", args=(debate.slug,))
        statuses.add(sender.form(address, world.valid(Writing.PROPOSE) | lies))

    assert sender.broken == []
    assert statuses <= {302, 403, 404, 409, 422}
    assert but_drafts(before, person) == []


def test_a_visitor_leaves_nothing_but_a_draft_of_nobody(world):
    sender = Sender()
    before = rows()

    for writing in PARTICIPATIONS:
        sender.form(world.address(writing), world.valid(writing))

    assert sender.broken == []
    assert but_drafts(before, None) == []
    assert len(sender.client.session[PENDING]) == len(PARTICIPATIONS)


def test_who_is_not_confirmed_changes_nothing_that_others_see(world):
    sender = Sender(world.newcomer)
    before = rows()

    for writing in PARTICIPATIONS:
        sender.form(world.address(writing), world.valid(writing))

    theirs = Contribution.objects.filter(author=world.newcomer)
    assert set(theirs.values_list("status", flat=True)) == {Status.WAITING}
    assert wrongs(before, world.newcomer, world.debate) == []
    assert not world.newcomer.votes.exists()


def test_other_peoples_keys_and_ids_open_nothing(world):
    """Their draft, the key of what they posted, whom they speak for, their session."""
    sender = Sender(world.participant)
    argue = world.address(Writing.ARGUE)
    session = UserSession.objects.create(user=world.other, ip="127.0.0.1")
    section = SectionFactory().pk
    before = rows()

    for key in (world.draft.key, world.posted):
        forged = world.valid(Writing.ARGUE) | {"key": key}
        sender.form(reverse("consultation:drafts"), {"key": key})
        sender.form(world.keeping(Writing.ARGUE), forged)
        sender.form(f"{argue}?draft={key}", forged | {"text": ""})
        sender.form(argue, forged)
    spoken_for = world.valid(Writing.ARGUE, 2) | {"membership": world.membership}
    sender.form(argue, spoken_for)
    elsewhere = world.valid(Writing.PROPOSE) | {"section": section}
    sender.form(world.address(Writing.PROPOSE), elsewhere)
    for number in world.open.values():
        sender.form(reverse("consultation:withdraw", args=(number,)), {})
    sender.form(reverse("accounts:end-session", args=(session.pk,)), {})

    assert sender.broken == []
    assert wrongs(before, world.participant, world.debate) == []
    theirs = Contribution.objects.filter(author=world.participant)
    assert not theirs.exclude(institution=None, section=None).exists()
    assert UserSession.objects.filter(pk=session.pk).exists()
