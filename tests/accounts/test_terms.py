"""The charter, the licence and the privacy notice: versions that stay."""

from datetime import timedelta

import pytest
from django.conf import settings

from accounts.actions import add_terms
from accounts.enums import SLUGS, TermsKind
from accounts.models import Terms, TermsAreAppendOnly
from journal.clock import database_now
from tests.accounts.conftest import document

pytestmark = pytest.mark.django_db


def add(kind=TermsKind.CHARTER, at=None, text="<p>Nouveau.</p>") -> Terms:
    return add_terms(
        kind=kind, in_force_at=at or database_now(), text_fr=text, text_en="<p>New.</p>"
    )


def test_a_new_site_has_the_three_texts_in_both_languages():
    texts = Terms.objects.in_force(database_now())

    assert [each.kind for each in texts] == sorted(TermsKind)
    assert all(len(each.text_fr) > 500 < len(each.text_en) for each in texts)


@pytest.mark.parametrize("slug", SLUGS.values())
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_has_an_address_that_says_its_version_and_date(client, prefix, slug):
    for address in (f"/textes/{slug}/", f"/textes/{slug}/1/"):
        answer = client.get(prefix + address)

        assert answer.status_code == 200
        assert len(document(answer).find_all("h1")) == 1
        assert not answer.cookies
        assert not answer.has_header("Vary")


def test_an_earlier_version_is_read_at_its_address_for_ever(client):
    first = client.get("/textes/charte/1/").content

    add()

    assert b"Nouveau." in client.get("/textes/charte/").content
    assert b"Nouveau." in client.get("/textes/charte/2/").content
    assert b"Nouveau." not in client.get("/textes/charte/1/").content
    first_words = document(client.get("/textes/charte/1/")).select_one(".prose")
    assert first_words.get_text() in first.decode() or first_words


def test_a_version_to_come_is_not_in_force_before_its_hour(client, at):
    now = database_now()
    coming = add(at=now + timedelta(days=7))

    assert coming not in Terms.objects.in_force(now)
    assert coming in Terms.objects.in_force(coming.in_force_at)
    assert b"Nouveau." not in client.get("/textes/charte/").content


@pytest.mark.parametrize("address", ["/textes/rien/", "/textes/charte/9/"])
def test_there_is_nothing_at_another_address(client, address):
    assert client.get(address).status_code == 404


def test_a_version_is_neither_changed_nor_removed():
    terms = Terms.objects.first()

    for act in (
        terms.save,
        terms.delete,
        Terms.objects.all().delete,
        lambda: Terms.objects.update(text_fr="x"),
    ):
        with pytest.raises(TermsAreAppendOnly):
            act()


def sent(**typed: str) -> dict[str, str]:
    draft = (
        '{"blocks": [{"key": "a", "text": "%s", "type": "unstyled"}], "entityMap": {}}'
    )
    return {
        "kind": "charter",
        "in_force_at": "2100-01-01 00:00",
        "text_fr": draft % "Deuxième version",
        "text_en": draft % "Second version",
    } | typed


def test_an_administrator_adds_a_version_and_edits_none(client, organiser):
    client.force_login(organiser)
    first = Terms.objects.get(kind="charter")

    client.post("/admin/terms/new/", sent())

    second = Terms.objects.get(kind="charter", version=2)
    assert "Deuxième version" in second.text_fr
    for view in ("edit", "delete"):
        client.post(f"/admin/terms/{view}/{first.pk}/", sent())
    assert Terms.objects.get(pk=first.pk).text_fr == first.text_fr
    assert client.get(f"/admin/terms/inspect/{first.pk}/").status_code == 200
    assert client.get("/admin/terms/").status_code == 200


@pytest.mark.parametrize("at", ["2001-01-01 00:00", ""])
def test_a_version_that_would_be_in_force_already_is_refused(client, organiser, at):
    client.force_login(organiser)

    client.post("/admin/terms/new/", sent(in_force_at=at))

    assert Terms.objects.count() == 3


def test_a_moderator_does_not_write_them(client, moderator):
    client.force_login(moderator)

    client.post("/admin/terms/new/", sent())

    assert Terms.objects.count() == 3


def test_what_would_act_in_a_page_is_taken_out_of_a_text(client, organiser):
    from accounts.texts import clean_terms

    cleaned = clean_terms(
        '<p onclick="x()">a<script>b</script><a href="javascript:x">c</a>'
    )

    assert cleaned == "<p>a<a>c</a></p>"
    assert settings.DEMO
