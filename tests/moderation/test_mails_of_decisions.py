"""What authors and reporters receive by mail, read as they would read it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from moderation.actions import (
    Reasons,
    appeal_decision,
    decide_appeal,
    dismiss_reports,
    give_notice,
    hide_contribution,
    mask_passage,
    suspend_author,
    undo_decision,
)
from moderation.actions.announcing import tell_some
from moderation.enums import AppealOutcome
from moderation.models import Announcement
from register.models import Ground
from tests.factories import (
    ArgumentFactory,
    NoticeFactory,
    ProposalFactory,
    ReportFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

FACTS = "Le texte traite <une> personne de « voleuse »."


@pytest.fixture
def author():
    return UserFactory(confirmed=True, locale="en", display_name="Ada")


@pytest.fixture
def row(author):
    return ProposalFactory(author=author, title="La mairie", text="<p>06 12 34</p>")


@pytest.fixture
def reasons():
    return Reasons(ground=Ground.objects.get(slug="insults"), facts=FACTS)


def bodies():
    """Every mail that left, the last one last: its subject, its text and its HTML."""
    for each in Announcement.objects.filter(finished_at=None):
        tell_some(announcement_id=each.pk)
    for message in mail.outbox:
        print(message.to, message.subject, message.body, sep="\n", end="\n-----\n")
    return mail.outbox


def test_a_statement_says_all_that_article_17_asks_for(moderator, row, reasons):
    decision = hide_contribution(actor=moderator, contribution=row, reasons=reasons)

    (message,) = bodies()
    assert message.to == [row.author.email]
    assert f"#{row.pk}" in message.subject
    for said in (
        f"contribution #{row.pk} is hidden since ",
        FACTS,
        "Insults or personal attacks",
        "articles 29 to 33",
        "breach of the law",
        "own initiative",
        "nothing was decided by automated means",
        "No end is set",
        f"until {timezone.localtime(decision.appealed_until).day} ",
        f"/en/decisions/{decision.pk}/",
        "before a court",
        "out-of-court dispute settlement body",
    ):
        assert said in " ".join(message.body.split()), said
    assert "Mourad" not in message.body
    assert "<time" not in message.body
    assert "provisional" not in message.body
    assert "&lt;une&gt;" in message.alternatives[0][0]


def test_a_statement_of_the_charter_does_not_speak_of_the_law(moderator, row):
    ground = Ground.objects.get(slug="off-topic")

    hide_contribution(
        actor=moderator, contribution=row, reasons=Reasons(ground=ground, facts=FACTS)
    )

    assert "breach of this site’s charter" in bodies()[0].body


def test_it_says_whether_somebody_had_reported_it(moderator, row, reasons):
    ReportFactory(contribution=row)

    hide_contribution(actor=moderator, contribution=row, reasons=reasons)

    said = next(each.body for each in bodies() if each.to == [row.author.email])
    assert "Somebody had reported this contribution" in said
    assert "own initiative" not in said


def test_it_says_that_it_is_provisional(moderator, author, reasons):
    row = ProposalFactory(author=author, institutional=True)

    hide_contribution(actor=moderator, contribution=row, reasons=reasons)

    assert "It is provisional" in bodies()[0].body


def test_a_suspension_says_until_when(moderator, row, reasons):
    until = timezone.now() + timedelta(days=7)

    suspend_author(actor=moderator, contribution=row, reasons=reasons, until=until)

    (message,) = bodies()
    assert message.subject.endswith("Your account is suspended")
    assert f"to {timezone.localtime(until).day}\xa0" in message.body


def test_a_masked_passage_is_not_quoted_by_mail(moderator, row, reasons):
    mask_passage(actor=moderator, contribution=row, reasons=reasons, passage="06 12 34")

    (message,) = bodies()
    assert "A passage of your contribution" in message.body
    assert "06 12 34" not in message.body


@pytest.mark.parametrize("kind", ["hide", "mask", "suspend"])
def test_an_author_is_told_that_a_decision_has_ended(moderator, row, reasons, kind):
    about = {"actor": moderator, "contribution": row, "reasons": reasons}
    until = timezone.now() + timedelta(days=7)
    act, more = {
        "hide": (hide_contribution, {}),
        "mask": (mask_passage, {"passage": "06 12 34"}),
        "suspend": (suspend_author, {"until": until}),
    }[kind]
    decision = act(**about, **more)

    undoing = undo_decision(actor=moderator, decision=decision)

    told = bodies()[-1].body
    assert f"/en/decisions/{undoing.pk}/" in told
    ends = {"hide": "shown again", "mask": "was masked", "suspend": "suspension"}
    assert ends[kind] in told


@pytest.mark.parametrize("outcome", AppealOutcome)
def test_an_appeal_is_acknowledged_then_answered(
    moderator, organiser, row, reasons, outcome
):
    decision = hide_contribution(actor=moderator, contribution=row, reasons=reasons)
    appeal = appeal_decision(author=row.author, decision=decision, text="Un roman.")

    decide_appeal(
        actor=organiser, appeal=appeal, outcome=outcome, answer="Nous avons relu."
    )

    _statement, received, *_undone, answered = bodies()
    assert f"appeal against decision no. {decision.pk}" in received.body
    assert "Nous avons relu." in answered.body
    assert outcome.value in answered.body
    assert ("before a court" in answered.body) == (outcome == AppealOutcome.REJECTED)


def test_those_below_are_told_their_own_numbers_and_where_their_text_is(
    moderator, row, reasons
):
    below = UserFactory(confirmed=True, locale="en")
    argument = ArgumentFactory(hangs_on=row, author=below)
    source = SourceFactory(hangs_on=ArgumentFactory(hangs_on=row), author=below)
    decision = hide_contribution(actor=moderator, contribution=row, reasons=reasons)
    told = [each for each in bodies() if each.to == [below.email]]
    undo_decision(actor=moderator, decision=decision)
    told_again = [each for each in bodies() if each.to == [below.email]]

    assert len(told) == 1
    for number in (argument.pk, source.pk):
        assert f"#{number} " in told[0].body
        assert f"/en/contributions/{number}" in told[0].body
    with override("en"):
        words = reverse("consultation:decided-words", args=(decision.pk,))
    assert words in told[0].body
    assert FACTS not in told[0].body
    assert len(told_again) == 2
    assert "comes back with it" in told_again[1].body


@pytest.mark.parametrize("kind", ["dismiss", "hide"])
def test_who_reported_is_answered_and_never_reads_the_statement(
    moderator, row, reasons, kind
):
    person = UserFactory(confirmed=True, locale="en")
    ReportFactory(contribution=row, reporter=person)
    notice = NoticeFactory(contribution=row, language="en")
    act = {"dismiss": dismiss_reports, "hide": hide_contribution}[kind]

    act(actor=moderator, contribution=row, reasons=reasons)

    said = {each.to[0]: each.body for each in bodies()}
    for address in (person.email, notice.notifier_email):
        assert f"contribution #{row.pk}" in said[address]
        assert "Nothing is changed" in said[address] or "is hidden" in said[address]
        assert FACTS not in said[address]
        assert row.author.display_name not in said[address]
    assert "before a court" in said[notice.notifier_email]
    assert "before a court" not in said[person.email]


def test_the_acknowledgement_of_a_notice_holds_nothing_that_was_typed(row):
    give_notice(
        contribution=row,
        name="https://publicite.example",
        email="Victime@Exemple.fr",
        text="Achetez https://publicite.example",
        language="en",
    )

    (message,) = bodies()
    assert message.to == ["victime@exemple.fr"]
    assert f"#{row.pk}" in message.body
    assert "publicite" not in message.body + str(message.alternatives)
