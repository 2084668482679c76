"""Who works in the admin, and what each group may do there."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from accounts.enums import StaffGroup
from accounts.models import User
from register.models import Debate
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    InstitutionFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PEOPLE = ("organiser", "moderator", "participant")
# For each right: whether the organiser, the moderator and the participant have it.
RIGHTS = {
    "wagtailadmin.access_admin": (True, True, False),
    "accounts.view_institution": (True, True, False),
    "accounts.add_institution": (True, False, False),
    "accounts.change_institution": (True, False, False),
    "accounts.delete_institution": (False, False, False),
    "accounts.add_verification": (True, False, False),
    "accounts.change_verification": (True, False, False),
    "accounts.delete_verification": (False, False, False),
    "accounts.add_invitation": (True, False, False),
    "accounts.view_membership": (True, False, False),
    "accounts.delete_membership": (True, False, False),
    "accounts.add_terms": (True, False, False),
    "accounts.change_user": (False, False, False),
    "accounts.add_user": (False, False, False),
    "auth.change_group": (False, False, False),
    "register.add_debate": (True, False, False),
    "register.change_debate": (True, False, False),
    "register.view_debate": (True, True, False),
    "register.delete_debate": (False, False, False),
    "register.change_section": (True, False, False),
    "register.add_ground": (True, False, False),
    "register.change_ground": (True, False, False),
    "register.view_ground": (True, True, False),
    "register.delete_ground": (False, False, False),
    "register.add_periodmove": (True, False, False),
    "moderation.add_decision": (True, True, False),
    "moderation.view_decision": (True, True, False),
    "moderation.change_decision": (False, False, False),
    "moderation.delete_decision": (False, False, False),
    "moderation.change_appeal": (True, True, False),
    "moderation.add_closing": (True, True, False),
    "register.view_contribution": (True, True, False),
    "register.change_contribution": (False, False, False),
    "search.view_demand": (True, False, False),
    "wagtailcore.change_site": (False, False, False),
}
TYPED = {
    "title": "Nos rues",
    "slug": "nos-rues",
    "question": "Êtes-vous d’accord ?",
    "opens_at": "2090-01-01 00:00",
    "closes_at": "2090-02-01 00:00",
}


def member_of(group: StaffGroup) -> User:
    """By the group alone: neither a superuser nor marked as staff."""
    user = UserFactory(display_name=group.name)
    user.groups.set(user.groups.model.objects.filter(name=group))
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.fixture
def people(db, participant) -> dict[str, User]:
    return {
        "organiser": member_of(StaffGroup.ORGANISERS),
        "moderator": member_of(StaffGroup.MODERATORS),
        "participant": participant,
    }


@pytest.fixture
def log_in(client: Client, people):
    def log_in_as(name: str) -> Client:
        client.force_login(people[name])
        return client

    return log_in_as


@pytest.mark.parametrize("right", RIGHTS)
def test_each_group_has_the_rights_of_its_work_and_no_other(people, right):
    had = tuple(people[name].has_perm(right) for name in PEOPLE)

    assert had == RIGHTS[right]


def test_wagtails_own_groups_are_gone(db):
    groups = User.groups.field.related_model.objects.values_list("name", flat=True)

    assert set(groups) == set(StaffGroup)


def addresses() -> dict[str, str]:
    """What organisers open, each with a row to work on."""
    institution = InstitutionFactory()
    revocable = VerificationFactory()
    return {
        "institutions": reverse("institutions:index"),
        "institution": reverse("institutions:inspect", args=(institution.pk,)),
        "add institution": reverse("institutions:add"),
        "edit institution": reverse("institutions:edit", args=(institution.pk,)),
        "verify": reverse("institutions:verify", args=(institution.pk,)),
        "revoke": reverse("institutions:revoke", args=(revocable.pk,)),
        "invite": reverse("institutions:invite", args=(institution.pk,)),
        "cancel": reverse("institutions:cancel", args=(InvitationFactory().pk,)),
        "end": reverse("institutions:end", args=(MembershipFactory().pk,)),
        "debates": reverse("debates:index"),
        "add debate": reverse("debates:add"),
        "edit debate": reverse("debates:edit", args=(DebateFactory().pk,)),
        "sections": reverse("debates:sections", args=(DebateFactory().pk,)),
        "period": reverse("move_period", args=(DebateFactory().pk,)),
        "desk": reverse("desk:index"),
        "item": reverse("desk:item", args=(ArgumentFactory().pk,)),
        "decisions": reverse("decisions:index"),
        "grounds": reverse("grounds:index"),
        "add ground": reverse("grounds:add"),
        "terms": reverse("terms:index"),
        "add terms": reverse("terms:add"),
        "pages": reverse("wagtailadmin_explore_root"),
        "documents": reverse("wagtaildocs:index"),
        "accounts": reverse("wagtailusers_users:index"),
        "groups": reverse("wagtailusers_groups:index"),
        "mail": reverse("mail:index"),
        "sites": reverse("wagtailsites:index"),
    }


OPEN_TO_MODERATORS = {
    "institutions",
    "institution",
    "debates",
    "desk",
    "item",
    "decisions",
    "grounds",
}
OPEN_TO_NEITHER = {"accounts", "groups", "mail", "sites"}


@pytest.mark.parametrize("name", ["organiser", "moderator"])
def test_each_opens_the_pages_of_its_work_and_no_other(log_in, name):
    client, places = log_in(name), addresses()
    allowed = OPEN_TO_MODERATORS
    if name == "organiser":
        allowed = places.keys() - OPEN_TO_NEITHER

    opened = {
        place for place, url in places.items() if client.get(url).status_code == 200
    }

    # The tree of pages opens for everybody in the admin, and shows each their own.
    assert opened - {"pages"} == allowed - {"pages"}


def test_an_organiser_frames_a_debate_and_publishes_its_page(log_in, send, page):
    client = log_in("organiser")
    send(reverse("debates:add"), **TYPED)
    debate = Debate.objects.get(slug="nos-rues")
    place = ("consultation", "debatepage", page.get_parent().pk)

    send(
        reverse("wagtailadmin_pages:add", args=place),
        title="Nos rues",
        slug="nos-rues",
        debate=str(debate.pk),
        **{"action-publish": "action-publish"},
    )

    assert client.get(debate.pages.get(locale=page.locale).url).status_code == 200


def test_a_moderator_changes_no_page(log_in, page):
    client = log_in("moderator")
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))

    response = client.post(address, {"title": "Autre", "action-publish": "1"})

    page.refresh_from_db()
    assert response.status_code in {302, 403}
    assert page.title != "Autre"


@pytest.mark.parametrize("name", ["organiser", "moderator"])
def test_outside_the_demonstration_each_needs_a_second_factor(log_in, settings, name):
    client = log_in(name)
    assert client.get("/admin/").status_code == 200

    settings.DEMO = False

    assert client.get("/admin/").url == "/accounts/2fa/totp/activate/"


def test_a_moderator_sees_neither_members_nor_the_addresses_invited(log_in):
    membership = MembershipFactory(user__display_name="Rosa")
    invitation = InvitationFactory(institution=membership.institution)
    address = reverse("institutions:inspect", args=(membership.institution.pk,))

    seen = {name: log_in(name).get(address).content.decode() for name in PEOPLE[:2]}

    for private in ("Rosa", invitation.email):
        assert private in seen["organiser"]
        assert private not in seen["moderator"]
