"""Notices of illegal content, by anyone with an address and without an account."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from django.utils.translation import override

from moderation.actions import give_notice
from moderation.actions.notices import NOTICES_AN_HOUR, NOTICES_OF_AN_ADDRESS
from moderation.models import Report
from register.actions import TargetGone, TooMany
from tests.factories import ArgumentFactory, NoticeFactory, ProposalFactory

TEXT = "Ces mots appellent à brûler la mairie."


def address(row):
    with override("en"):
        return reverse("consultation:notice", args=(row.pk,))


def typed(**fields):
    return {
        "text": TEXT,
        "name": "Nina Petit",
        "email": "Nina@Exemple.fr",
        "good_faith": "on",
        **fields,
    }


def main(response):
    return BeautifulSoup(response.content, "html.parser").main


def give(row, **said):
    return give_notice(
        contribution=row,
        **{"name": "Nina", "email": "nina@exemple.fr", "text": TEXT, "language": "fr"}
        | said,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("period", ["open", "ended", "closed"])
def test_a_visitor_gives_notice_and_is_answered_at_once(client, period):
    row = ProposalFactory(**{f"debate__{period}": True})

    response = client.post(address(row), typed())

    report = Report.objects.get()
    assert (report.reporter, report.text) == (None, TEXT)
    assert (report.notifier_name, report.notifier_email, report.language) == (
        "Nina Petit",
        "nina@exemple.fr",
        "en",
    )
    assert report.ground.slug == "unlawful"
    assert [each.to for each in mail.outbox] == [["nina@exemple.fr"]]
    assert response.status_code == 200
    assert "Your notice is received" in main(response).get_text()


@pytest.mark.django_db
def test_sent_twice_it_is_one_notice_and_one_mail(client):
    row = ProposalFactory()

    for _ in range(2):
        assert client.post(address(row), typed()).status_code == 200

    assert Report.objects.count() == len(mail.outbox) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "é" * 2001},
        {"name": ""},
        {"name": "n" * 151},
        {"email": "nina"},
        {"email": ""},
        {"good_faith": ""},
    ],
)
def test_what_is_wrong_comes_back_as_it_was_typed(client, wrong):
    row, fields = ProposalFactory(), typed() | wrong

    response = client.post(address(row), fields)

    assert response.status_code == 422
    assert main(response).textarea.get_text().strip() == fields["text"]
    assert main(response).find(id="id_email").get("value", "") == fields["email"]
    assert not Report.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("trait", ["hidden", "withdrawn", "waiting"])
def test_of_what_cannot_be_read_no_notice_is_given(client, trait):
    row = ArgumentFactory(**{trait: True})

    shown = client.get(address(row))
    response = client.post(address(row), typed())

    assert (shown.status_code, response.status_code) == (404, 404)
    assert TEXT in main(response).textarea.string
    with pytest.raises(TargetGone):
        give(row)
    assert not Report.objects.exists()


@pytest.mark.django_db
def test_what_a_program_fills_in_is_kept_and_sends_no_mail(client):
    client.post(address(ProposalFactory()), typed(website="https://exemple.fr"))

    assert Report.objects.count() == 1
    assert mail.outbox == []


@pytest.mark.django_db
def test_an_address_gives_so_many_notices_an_hour(client):
    for row in ProposalFactory.create_batch(NOTICES_OF_AN_ADDRESS):
        give(row)
    row = ProposalFactory()

    response = client.post(address(row), typed())

    assert response.status_code == 429
    assert TEXT in main(response).textarea.string
    assert re.search(r"\d\d:\d\d", main(response).select_one(".error-summary").text)
    assert give(row, email="autre@exemple.fr")


@pytest.mark.django_db
def test_the_site_takes_so_many_notices_an_hour(at):
    row = ProposalFactory()
    notice = NoticeFactory(contribution=row)
    NoticeFactory.create_batch(NOTICES_AN_HOUR - 1, contribution=row)
    at(notice.reported_at)

    with pytest.raises(TooMany):
        give(row)


@pytest.mark.django_db
def test_the_form_to_report_leads_there(client):
    row = ProposalFactory()
    with override("en"):
        report = reverse("consultation:report", args=(row.pk,))

    page = main(client.get(report))

    assert page.find("a", href=address(row))
    assert "without an account" in page.get_text()


@pytest.mark.django_db
def test_a_page_opened_too_long_ago_gives_the_words_back(client):
    client.handler.enforce_csrf_checks = True

    response = client.post(address(ProposalFactory()), typed())

    assert response.status_code == 403
    assert TEXT in main(response).textarea.string
