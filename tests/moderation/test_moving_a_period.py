"""An organiser moves the period of a debate by a form, and who took part is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.enums import StaffGroup
from journal.models import JournalEntry
from moderation.actions import move_and_announce
from moderation.actions.announcing import tell_some
from moderation.models import Announcement
from register.actions import NotTheirs
from register.models import Debate, PeriodMove
from tests.factories import DebateFactory, ProposalFactory, UserFactory
from tests.moderation.seats import seated, staff

pytestmark = pytest.mark.django_db

MOTIVE = "La salle est prise ce jour-là."
NOON = datetime(2027, 1, 10, 12, tzinfo=UTC)


@pytest.fixture
def organiser():
    return staff(StaffGroup.ORGANISERS)


@pytest.fixture
def client(organiser):
    return seated(organiser)


@pytest.fixture
def now(at):
    at(NOON)
    return NOON


@pytest.fixture
def debate(now):
    """Open for ten days more."""
    return DebateFactory(
        opens_at=now - timedelta(days=10), closes_at=now + timedelta(days=10)
    )


def address(debate, end="") -> str:
    return f"/admin/debates/{debate.pk}/period/{end}"


def typed(instant: datetime) -> str:
    """As the clocks of Paris show it."""
    return f"{timezone.localtime(instant):%Y-%m-%d %H:%M}"


def period(debate) -> tuple[datetime, datetime]:
    row = Debate.objects.get(pk=debate.pk)
    return row.opens_at, row.closes_at


def send(client, debate, **fields):
    return client.post(address(debate), {"motive": MOTIVE} | fields)


def test_the_end_moves_with_a_motive_and_it_is_journalled(client, organiser, debate):
    later = NOON + timedelta(days=20)

    send(client, debate, closes_at=typed(later))

    assert period(debate) == (debate.opens_at, later)
    assert PeriodMove.objects.get().motive == MOTIVE
    assert JournalEntry.objects.get(act="period_moved").actor == organiser
    logged = ModelLogEntry.objects.get(action="moderation.period_moved")
    assert (logged.user, logged.object_id) == (organiser, str(debate.pk))
    assert logged.data["motive"] == MOTIVE
    history = client.get(f"/admin/debates/history/{debate.pk}/").content.decode()
    assert "period moved" in history.lower()


def test_everybody_who_took_part_is_told_both_ends_and_why(client, debate, mailoutbox):
    author = UserFactory(confirmed=True, locale="en")
    ProposalFactory(debate=debate, author=author)

    send(client, debate, closes_at=typed(NOON + timedelta(days=20)))
    tell_some(announcement_id=Announcement.objects.get().pk)

    (mail,) = mailoutbox
    assert mail.to == [author.email]
    for said in (MOTIVE, "20 January 2027", "30 January 2027", debate.title):
        assert said in mail.body.replace("\xa0", " ")


@pytest.mark.parametrize(("hours", "accepted"), [(24, True), (23, False), (-1, False)])
def test_an_earlier_end_is_announced_a_day_ahead(client, debate, hours, accepted):
    earlier = NOON + timedelta(hours=hours)

    answer = send(client, debate, closes_at=typed(earlier))

    assert (period(debate)[1] == earlier) == accepted
    if not accepted:
        assert answer.status_code == 422
        assert answer.context["form"].errors["closes_at"]
        assert MOTIVE in answer.content.decode()


def test_an_end_that_is_near_can_be_put_off_at_once(client, now):
    debate = DebateFactory(
        opens_at=now - timedelta(days=1), closes_at=now + timedelta(hours=1)
    )

    send(client, debate, closes_at=typed(now + timedelta(hours=2)))

    assert period(debate)[1] == now + timedelta(hours=2)


REFUSED = {
    "an hour that does not exist": {"closes_at": "2027-03-28 02:30"},
    "an hour that exists twice": {"closes_at": "2027-10-31 02:30"},
    "no date at all": {"closes_at": "bientôt"},
    "no end": {"closes_at": ""},
    "no motive": {"closes_at": "2027-03-01 00:00", "motive": "   "},
    "the present end": {"closes_at": typed(NOON + timedelta(days=10))},
}


@pytest.mark.parametrize("fields", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_moved_is_refused_with_a_sentence(client, debate, fields):
    before = period(debate)

    answer = send(client, debate, **fields)

    assert answer.status_code == 422
    assert any(answer.context["form"].errors.values())
    assert period(debate) == before


def test_before_the_opening_both_ends_move(client, now):
    debate = DebateFactory(
        opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=9)
    )
    opens_at, closes_at = now + timedelta(days=2), now + timedelta(days=12)

    send(client, debate, opens_at=typed(opens_at), closes_at=typed(closes_at))

    assert period(debate) == (opens_at, closes_at)


@pytest.mark.parametrize("opens_at", [NOON - timedelta(hours=1), NOON])
def test_a_debate_does_not_open_in_the_past(client, now, opens_at):
    debate = DebateFactory(
        opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=9)
    )
    before = period(debate)

    answer = send(client, debate, opens_at=typed(opens_at), closes_at=typed(before[1]))

    assert answer.context["form"].errors["opens_at"]
    assert period(debate) == before


def test_the_opening_of_an_open_debate_stays_whatever_is_forged(client, debate):
    later = NOON + timedelta(days=20)

    send(client, debate, opens_at="2027-01-11 00:00", closes_at=typed(later))

    assert period(debate) == (debate.opens_at, later)


def test_an_earlier_end_is_cancelled_with_a_motive(client, debate):
    first_end = debate.closes_at
    send(client, debate, closes_at=typed(NOON + timedelta(days=2)))
    assert address(debate, "cancel/") in client.get(address(debate)).content.decode()

    client.post(address(debate, "cancel/"), {"motive": "La salle est libre."})

    assert period(debate)[1] == first_end
    last = PeriodMove.objects.latest("pk")
    assert last.motive == "La salle est libre."
    assert "cancel/" not in client.get(address(debate)).content.decode()


def test_cancelling_asks_for_a_motive(client, debate):
    send(client, debate, closes_at=typed(NOON + timedelta(days=2)))

    answer = client.post(address(debate, "cancel/"), {"motive": ""})

    assert answer.status_code == 422
    assert period(debate)[1] == NOON + timedelta(days=2)


def test_a_later_end_has_nothing_to_cancel(client, debate):
    later = NOON + timedelta(days=20)
    send(client, debate, closes_at=typed(later))

    client.post(address(debate, "cancel/"), {"motive": MOTIVE})

    assert period(debate)[1] == later


def test_what_has_ended_is_not_opened_again(client, now):
    debate = DebateFactory(ended=True, closes_at=now - timedelta(hours=1))
    before = period(debate)

    answers = [
        send(client, debate, closes_at=typed(now + timedelta(days=3))),
        client.post(address(debate, "cancel/"), {"motive": MOTIVE}),
    ]
    page = client.get(address(debate)).content.decode()

    assert period(debate) == before
    assert [answer.status_code for answer in answers] == [409, 302]
    assert "does not open again" in page
    assert 'name="closes_at"' not in page


def test_an_end_brought_forward_is_not_cancelled_once_it_came(client, at, debate):
    end = NOON + timedelta(days=2)
    send(client, debate, closes_at=typed(end))

    at(end)
    client.post(address(debate, "cancel/"), {"motive": MOTIVE})

    assert period(debate)[1] == end


def test_the_moves_made_stand_on_the_page(client, debate):
    send(client, debate, closes_at=typed(NOON + timedelta(days=20)))

    assert MOTIVE in client.get(address(debate)).content.decode()


def test_opening_the_page_moves_nothing(client, debate):
    before = period(debate)

    for end in ("", "cancel/"):
        client.get(address(debate, end), {"closes_at": "2027-06-01 00:00"})

    assert period(debate) == before
    assert not PeriodMove.objects.exists()


def test_only_organisers_move_a_period(debate, participant):
    before = period(debate)

    for person in (staff(), participant):
        client = seated(person)
        answers = [
            client.get(address(debate)),
            send(client, debate, closes_at="2027-06-01 00:00"),
            client.post(address(debate, "cancel/"), {"motive": MOTIVE}),
        ]
        assert {answer.status_code for answer in answers} <= {302, 403}
        with pytest.raises(NotTheirs):
            move_and_announce(
                debate=debate,
                opens_at=debate.opens_at,
                closes_at=NOON + timedelta(days=20),
                motive=MOTIVE,
                actor=person,
            )

    assert period(debate) == before
    assert not Announcement.objects.exists()


def test_the_page_of_a_debate_leads_to_its_period_until_its_end(client, debate, at):
    edit = f"/admin/debates/edit/{debate.pk}/"

    before = client.get(edit).content.decode()
    at(debate.closes_at)
    after = client.get(edit).content.decode()

    assert address(debate) in before
    assert address(debate) not in after
