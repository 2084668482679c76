"""What people typed reads back as they typed it, and does nothing else."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from consultation.templatetags.texts import excerpt, plain_text, rich_text, web_host
from register.text import clean_rich_text, clean_text
from tests.consultation.conftest import Read
from tests.factories import (
    AppendixFactory,
    ArgumentFactory,
    ProposalFactory,
    SectionFactory,
    SourceFactory,
    VerificationFactory,
)

# What the head says to machines is data, and tested in test_head.py.
SCRIPT = "script:not([type='application/ld+json'], [src^='/static/js/'])"
HARMFUL = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=alert(1)>"
    "{{ 7|add:7 }}{% now 'Y' %}"
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed", ["<nom de famille>", "3 < 5 && 5 > 3", "a &amp; b 🙂"]
)
def test_signs_that_html_uses_read_back_as_typed(read: Read, typed: str):
    argument = ArgumentFactory(text=typed, title=typed, author__display_name=typed)
    source = SourceFactory(hangs_on=argument, title=typed, note=typed)

    document = read(f"/propositions/{argument.hangs_on_id}/")

    of_argument = document.find(id=f"contribution-{argument.pk}")
    assert of_argument.h3.get_text() == typed
    assert of_argument.select_one(".utterance__words").get_text() == typed
    assert of_argument.select_one(".signature__name").get_text() == typed
    of_source = document.find(id=f"contribution-{source.pk}")
    assert of_source.a.get_text() == typed
    assert of_source.select_one(".utterance__words").get_text() == typed


@pytest.mark.django_db
def test_the_title_of_the_tab_reads_back_as_typed(read: Read):
    proposal = ProposalFactory(title="</title><script>3 < 5</script>")

    document = read(f"/propositions/{proposal.pk}/")

    assert document.title.get_text().startswith(proposal.title)
    assert document.h1.get_text() == proposal.title


@pytest.mark.django_db
def test_a_script_in_any_field_does_nothing(client, page):
    verification = VerificationFactory(
        attested_by=HARMFUL, evidence=HARMFUL, institution__name=HARMFUL
    )
    proposal = ProposalFactory(
        debate=page.debate,
        title=HARMFUL,
        text=clean_rich_text(f"<p>{HARMFUL}</p>"),
        institution=verification.institution,
        verification=verification,
        service=HARMFUL,
        section=SectionFactory(debate=page.debate, title=HARMFUL),
        themes=[HARMFUL[:100]],
        language='"><b>'[:8],
    )
    AppendixFactory(proposal=proposal, title=HARMFUL, text=clean_rich_text(HARMFUL))
    argument = ArgumentFactory(
        hangs_on=proposal, title=HARMFUL, text=HARMFUL, author__display_name=HARMFUL
    )
    SourceFactory(hangs_on=argument, title=HARMFUL, note=HARMFUL)
    page.debate.title = page.debate.question = page.title = HARMFUL
    page.debate.save()
    page.save_revision().publish()

    for address in ("/", page.url, f"/propositions/{proposal.pk}/"):
        content = client.get(address).content.decode()
        document = BeautifulSoup(content, "html.parser")
        assert document.select(f"{SCRIPT}, img, b") == []
        handlers = [name for tag in document.find_all() for name in tag.attrs]
        assert not any(name.startswith("on") for name in handlers)
        assert "alert(1)" in content


@pytest.mark.django_db
def test_the_link_of_a_source_lends_it_no_weight(read: Read):
    source = SourceFactory(link='https://exemple.fr/?a=1&b="><script>')

    link = read(f"/propositions/{source.hangs_on_id}/").select_one(".source__title a")

    assert link["href"] == source.link
    assert set(link["rel"]) >= {"nofollow", "ugc", "noopener"}


def test_an_address_in_a_text_becomes_a_safe_link():
    html = plain_text("Voir https://exemple.fr/a?b=1&c=2, puis (http://x.fr/y_(z)).")

    links = BeautifulSoup(html, "html.parser").find_all("a")

    assert [each["href"] for each in links] == [
        "https://exemple.fr/a?b=1&c=2",
        "http://x.fr/y_(z)",
    ]
    assert all(each["rel"] == ["nofollow", "ugc", "noopener"] for each in links)


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "https://",
        "http://<script>",
        "ftp://exemple.fr",
    ],
)
def test_what_is_no_address_of_the_web_becomes_no_link(typed: str):
    html = plain_text(typed)

    document = BeautifulSoup(html, "html.parser")
    assert document.select(f"a, {SCRIPT}") == []
    assert document.get_text() == typed


@given(st.text())
def test_plain_text_reads_back_whatever_was_typed(typed: str):
    try:
        kept = clean_text(typed)
    except ValueError:
        return

    document = BeautifulSoup(str(plain_text(kept)), "html.parser")

    assert {tag.name for tag in document.find_all()} <= {"p", "br", "a"}
    for tag in document.find_all(["p", "br"]):
        tag.insert_after("\n")
    assert document.get_text().split() == kept.split()


@given(st.text(alphabet="<>&\"' ahttps:/.pbr=#;\n") | st.text())
def test_an_excerpt_and_a_host_are_made_of_anything(typed: str):
    assert len(excerpt(typed)) <= 260
    assert isinstance(web_host(typed), str)


def test_an_excerpt_of_one_long_word_is_its_beginning():
    assert excerpt("a" * 500) == "a" * 259 + "…"
    assert excerpt("<p>un " + "a" * 500) == "un…"


@pytest.mark.parametrize(
    "address", ["https://exemple.fr/?<a href=", "https://exemple.fr/'<a href='"]
)
def test_an_address_that_looks_like_a_tag_stays_an_address(address: str):
    kept = clean_rich_text(f'<p><a href="{address}">ici</a></p>')

    shown = BeautifulSoup(rich_text(kept), "html.parser")

    assert len(shown.find_all("a")) == 1
    assert set(shown.a.attrs) == {"rel", "href"}
    assert shown.get_text() == "ici"


def test_paragraphs_and_lines_are_kept():
    assert plain_text("un\ndeux\n\n \ntrois") == "<p>un<br>deux</p><p>trois</p>"
