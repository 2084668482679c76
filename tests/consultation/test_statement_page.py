"""The address of a decision: all of it for its author, the public line for others."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.translation import override

from moderation.actions import (
    Reasons,
    decide_appeal,
    hide_contribution,
    mask_passage,
    suspend_author,
)
from moderation.enums import AppealOutcome, DecisionKind
from moderation.models import Appeal
from moderation.models.decisions import APPEAL_PERIOD
from register.models import Ground
from tests.consultation.conftest import follow_up
from tests.factories import (
    AppealFactory,
    ArgumentFactory,
    DecisionFactory,
    ProposalFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

FACTS = "Le texte traite une personne de « voleuse »."


@pytest.fixture
def author():
    return UserFactory(confirmed=True, display_name="Ada")


@pytest.fixture
def row(author):
    row = ArgumentFactory(author=author, text="Mes mots à moi, 06 12 34 56.")
    follow_up(row)
    return row


@pytest.fixture
def decision(moderator, row):
    return hide_contribution(actor=moderator, contribution=row, reasons=reasons())


def reasons():
    return Reasons(ground=Ground.objects.get(slug="insults"), facts=FACTS)


def to(name, decision):
    with override("en"):
        return reverse(f"consultation:{name}", args=(decision.pk,))


def main(response):
    return BeautifulSoup(response.content, "html.parser").main


def appeal(client, decision, text="C’était un personnage de roman."):
    return client.post(to("appeal", decision), {"text": text})


def test_its_author_reads_all_of_it_whatever_became_of_their_words(
    client, author, decision
):
    client.force_login(author)

    said = main(client.get(to("statement", decision))).get_text()

    for words in (FACTS, "Mes mots à moi", "Insults", "articles 29 to 33", "a court"):
        assert words in said
    assert "breach of the law" in said
    assert "Mourad" not in said


def test_its_author_reads_it_while_suspended(client, moderator, author, row):
    decision = suspend_author(
        actor=moderator,
        contribution=row,
        reasons=reasons(),
        until=row.debate.closes_at,
    )
    client.force_login(author)

    page = main(client.get(to("statement", decision)))

    assert FACTS in page.get_text()
    assert appeal(client, decision).status_code == 303


@pytest.mark.parametrize("who", ["a visitor", "somebody else"])
def test_others_read_the_public_line_alone(client, stranger, decision, who):
    if who == "somebody else":
        client.force_login(stranger)

    response = client.get(to("statement", decision))

    said = main(response).get_text()
    for words in (f"#{decision.contribution_id}", "Insults", "Moderator", "Hidden"):
        assert words in said
    for words in (FACTS, "Mes mots", "Ada", "Mourad"):
        assert words not in response.content.decode()
    assert not main(response).form


def test_a_suspension_names_no_contribution_in_public(client, moderator, row):
    decision = suspend_author(
        actor=moderator,
        contribution=row,
        reasons=reasons(),
        until=row.debate.closes_at,
    )

    said = main(client.get(to("statement", decision))).get_text()

    assert "Author suspended" in said
    assert f"#{row.pk}" not in said


def test_who_wrote_the_original_of_a_masked_passage_reads_it_here_alone(
    client, moderator, author, row
):
    decision = mask_passage(
        actor=moderator, contribution=row, reasons=reasons(), passage="06 12 34 56"
    )
    public = client.get(to("statement", decision)).content.decode()
    client.force_login(author)

    said = main(client.get(to("statement", decision))).get_text()

    assert "Mes mots à moi, 06 12 34 56." in said
    assert "06 12" not in public


def test_one_downloads_what_one_wrote_and_nobody_else_does(
    client, author, moderator, stranger
):
    above = ProposalFactory(author=author, title="Au-dessus", text="<p>Tout.</p>")
    below = ArgumentFactory(hangs_on=above, author=stranger, text="Au-dessous.")
    ArgumentFactory(hangs_on=above, text="D’un autre.")
    decision = hide_contribution(actor=moderator, contribution=above, reasons=reasons())
    address = to("decided-words", decision)
    assert "login" in client.get(address).url

    client.force_login(stranger)
    theirs = client.get(address)
    page = main(client.get(to("statement", decision)))
    client.force_login(author)
    own = client.get(address)
    client.force_login(UserFactory(confirmed=True))

    assert theirs.content.decode() == f"#{below.pk}\n\nAu-dessous.\n"
    assert theirs["Content-Disposition"].startswith("attachment")
    assert page.find("a", href=address)
    assert f"#{below.pk}" in page.get_text()
    assert own.content.decode() == f"#{above.pk}\n\nAu-dessus\n\nTout.\n"
    assert client.get(address).status_code == 404


def test_an_appeal_is_received_and_shown_with_its_answer(
    client, author, organiser, decision
):
    client.force_login(author)

    response = appeal(client, decision)
    waiting = main(client.get(response.url)).get_text()
    held = Appeal.objects.get()
    decide_appeal(
        actor=organiser, appeal=held, outcome=AppealOutcome.REJECTED, answer="Relu."
    )
    answered = main(client.get(response.url)).get_text()

    assert (response.status_code, response.url) == (303, to("statement", decision))
    assert held.text == "C’était un personnage de roman."
    assert held.text in waiting
    assert "It has waited for 1 minute" in " ".join(waiting.split())
    assert "Relu." in answered
    assert "Rejected" in answered


def test_the_usual_delay_is_told_when_there_is_one(client, author, decision):
    client.force_login(author)
    before = main(client.get(to("statement", decision))).get_text()
    for days in (2, 4, 30):
        AppealFactory(
            outcome=AppealOutcome.REJECTED,
            answer="Relu.",
            decided_at=decision.decided_at,
            appealed_at=decision.decided_at - timedelta(days=days),
        )

    after = main(client.get(to("statement", decision))).get_text()

    assert "Usual time" not in before
    assert "Usual time for an answer: 4 days" in after


@pytest.mark.parametrize("text", ["", "é" * 4001])
def test_an_appeal_that_is_wrong_comes_back_as_it_was_typed(
    client, author, decision, text
):
    client.force_login(author)

    response = appeal(client, decision, text)

    assert response.status_code == 422
    assert main(response).textarea.get_text().strip() == text
    assert not Appeal.objects.exists()


def test_another_appeal_or_a_late_one_is_refused_and_keeps_its_words(
    client, author, moderator, row, decision, at
):
    client.force_login(author)
    appeal(client, decision)
    again = appeal(client, decision, "D’autres mots.")
    other = hide_contribution(
        actor=moderator,
        contribution=ProposalFactory(author=author),
        reasons=reasons(),
    )
    at(other.decided_at + APPEAL_PERIOD)
    late = appeal(client, other, "Trop tard.")

    for response, words in ((again, "D’autres mots."), (late, "Trop tard.")):
        assert response.status_code == 409
        assert main(response).select_one("#appeal textarea").string.strip() == words
        assert not main(response).select_one("#appeal button")
    assert Appeal.objects.get().text == "C’était un personnage de roman."


def test_whose_session_ended_gets_their_words_back(client, decision):
    response = appeal(client, decision)

    assert response.status_code == 403
    assert main(response).textarea.string.strip() == "C’était un personnage de roman."
    assert FACTS not in response.content.decode()
    assert not Appeal.objects.exists()


def test_whose_page_is_too_old_gets_their_words_back(author, decision, client):
    client.force_login(author)
    client.handler.enforce_csrf_checks = True

    response = appeal(client, decision)

    assert response.status_code == 403
    assert main(response).textarea.string.strip() == "C’était un personnage de roman."


def test_nobody_appeals_for_somebody_else(client, stranger, decision):
    client.force_login(stranger)

    assert appeal(client, decision).status_code == 403
    assert not Appeal.objects.exists()


def test_one_finds_the_decisions_about_oneself_and_no_others(client, author, decision):
    other = DecisionFactory()
    dismissed = DecisionFactory(
        kind=DecisionKind.DISMISS, contribution=decision.contribution
    )
    client.force_login(author)

    with override("en"):
        page = main(client.get(reverse("consultation:my-decisions")))

    links = {each["href"] for each in page.find_all("a")}
    assert to("statement", decision) in links
    assert not {to("statement", other), to("statement", dismissed)} & links
