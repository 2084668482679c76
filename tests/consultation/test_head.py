"""What search engines and sites that quote a page read in its head."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from arguments.models import Argument
from consultation.discussion import Author, Utterance
from consultation.head import Head, as_script_data, contribution_head, page_head
from consultation.models import DebatePage
from consultation.templatetags.languages import LanguageLink
from exchange.counters import recount
from proposals.models import Proposal
from tests.factories import ArgumentFactory, ProposalFactory, VoteFactory

SIGNS = (
    "</script>", "</SCRIPT\t", "<script>", "<!--", "-->", "]]>", "<", ">", "&",
    "&quot;", '"', "'", "\\", "\0", "\r\n", "\u2028", "\u2029", "é", "🙂",
)  # fmt: skip
HOSTILE = st.lists(st.sampled_from(SIGNS) | st.text(max_size=4)).map("".join)


def written(head: Head, *languages: LanguageLink) -> BeautifulSoup:
    """The head as a page holds it."""
    html = render_to_string(
        "layout/_head.html",
        {
            "head": head,
            "languages": languages,
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
        },
    )
    return BeautifulSoup(html, "html.parser")


def said(document: BeautifulSoup) -> dict[str, str]:
    return {
        each.get("name") or each["property"]: each["content"]
        for each in document.find_all("meta")
    }


def shown(argument: Argument) -> Utterance:
    if argument.institution:
        return Utterance(argument)
    author = argument.author
    return Utterance(argument, author=Author(author.public_key, author.display_name))


def data(proposal: Proposal, *arguments: Any) -> dict[str, Any]:
    """What is said to machines of a proposal and of its first arguments."""
    head = contribution_head(proposal, map(shown, arguments))
    script = written(head).find("script", type="application/ld+json")
    return json.loads(script.string)


def link(code: str, **facts: bool) -> LanguageLink:
    facts = {"is_current": False, "is_same": True} | facts
    return LanguageLink(code=code, name=code, url=f"/{code}/", **facts)


@example("</script><script>alert(1)</script>")
@example("<!--<script>")
@given(HOSTILE)
def test_no_text_leaves_the_element_that_holds_it(text):
    value = {text: [text, {"text": text}]}
    page = f'<script type="application/ld+json">{as_script_data(value)}</script><p>'

    document = BeautifulSoup(page, "html.parser")

    assert [each.name for each in document.find_all(True)] == ["script", "p"]
    assert json.loads(document.script.string) == value
    assert not set("<>&\u2028\u2029") & set(document.script.string)


@given(HOSTILE)
def test_no_text_leaves_the_attribute_that_holds_it(text):
    head = Head(title=text, description=text, address="/", language="fr", author=text)

    document = written(head)

    assert {each.name for each in document.find_all(True)} == {"meta"}
    assert said(document)["og:title"] == text


def test_a_page_says_its_title_its_place_and_its_languages():
    head = Head("Débat", "Une question.", "/debat/", "fr", feed="/debats/a/atom.xml")

    document = written(head, link("fr", is_current=True), link("en"))

    assert said(document) == {
        "description": "Une question.",
        "og:description": "Une question.",
        "og:title": "Débat",
        "og:type": "website",
        "og:url": f"{settings.SITE_URL}/debat/",
        "og:site_name": settings.SITE_NAME,
        "og:locale": "fr_FR",
        "og:locale:alternate": "en_GB",
    }
    feed = document.find("link", type="application/atom+xml")
    assert feed["rel"] == ["alternate"]
    assert feed["href"] == f"{settings.SITE_URL}/debats/a/atom.xml"
    assert document.find("script") is None


def test_a_page_that_exists_in_one_language_has_no_alternate():
    document = written(Head("a", "", "/", "fr"), link("en", is_same=False))

    assert "og:locale:alternate" not in said(document)
    assert "description" not in said(document)
    assert document.find("link") is None


@pytest.mark.django_db
def test_what_an_editor_wrote_for_search_engines_comes_first(
    page: DebatePage, django_assert_num_queries
):
    page = DebatePage.objects.get(pk=page.pk)

    with django_assert_num_queries(0):
        head = page_head(page, "La question du débat.")
        page.seo_title, page.search_description = "Un titre", "Une description"
        edited = page_head(page, "La question du débat.")

    assert (head.title, head.description) == (page.title, "La question du débat.")
    assert (edited.title, edited.description) == ("Un titre", "Une description")
    assert (head.address, head.language) == (page.url, "fr")


@pytest.mark.django_db
def test_a_proposal_is_described_with_its_first_arguments():
    proposal = ProposalFactory(
        title="Ouvrir le dimanche",
        text="<h3>Pourquoi</h3><p>3 &lt; 5,<br>m<sup>2</sup> &amp; plus.</p>",
    )
    argument = ArgumentFactory(hangs_on=proposal, text="Oui.\n\nVraiment.")
    VoteFactory.create_batch(2, proposal=proposal)
    recount([proposal.pk])
    proposal.refresh_from_db()

    found = data(proposal, argument)

    author = {
        "@type": "Person",
        "name": proposal.author.display_name,
        "url": f"{settings.SITE_URL}/auteurs/{proposal.author.public_key}/",
    }
    assert found == {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "url": f"{settings.SITE_URL}/contributions/{proposal.pk}",
        "headline": "Ouvrir le dimanche",
        "text": "Pourquoi\n3 < 5,\nm2 & plus.",
        "author": author,
        "datePublished": proposal.submitted_at.isoformat(),
        "inLanguage": "fr",
        "commentCount": 1,
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/LikeAction",
            "userInteractionCount": 2,
        },
        "comment": [
            {
                "@type": "Comment",
                "url": f"{settings.SITE_URL}/contributions/{argument.pk}",
                "datePublished": argument.submitted_at.isoformat(),
                "author": author
                | {
                    "name": argument.author.display_name,
                    "url": f"{settings.SITE_URL}/auteurs/{argument.author.public_key}/",
                },
                "text": "Oui.\n\nVraiment.",
            }
        ],
    }


@pytest.mark.django_db
def test_the_head_of_a_proposal_says_who_wrote_it_and_when(django_assert_num_queries):
    proposal = ProposalFactory(institutional=True, text=f"<p>{'un mot ' * 100}</p>")
    arguments = ArgumentFactory.create_batch(2, hangs_on=proposal, institutional=True)

    with django_assert_num_queries(0), translation.override("en"):
        head = contribution_head(proposal, map(shown, arguments))

    meta = said(written(head))
    assert meta["author"] == proposal.institution.name
    assert meta["og:type"] == "article"
    assert meta["og:locale"] == "en_GB"
    assert meta["og:url"] == f"{settings.SITE_URL}/en/propositions/{proposal.pk}/"
    assert meta["article:published_time"].startswith(f"{proposal.submitted_at:%Y-}")
    assert len(meta["description"]) <= 160
    assert head.data["author"]["@type"] == "Organization"
    assert head.data["author"]["url"].endswith(f"/{proposal.institution.slug}/")


@pytest.mark.django_db
def test_at_most_ten_arguments_and_five_thousand_characters_are_repeated():
    proposal = ProposalFactory(text=f"<p>{'a' * 6000}</p>")
    arguments = ArgumentFactory.create_batch(12, hangs_on=proposal, text="b" * 900)

    found = data(proposal, *arguments)

    assert len(found["text"]) == 5000
    assert found["text"].endswith("a…")
    assert [each["url"] for each in found["comment"]] == [
        f"{settings.SITE_URL}/contributions/{each.pk}" for each in arguments[:10]
    ]
    assert {len(each["text"]) for each in found["comment"]} == {500}


@pytest.mark.django_db
def test_nothing_that_was_withdrawn_is_repeated():
    proposal = ProposalFactory()
    withdrawn = ArgumentFactory(hangs_on=proposal, withdrawn=True)
    standing = ArgumentFactory(hangs_on=proposal)

    found = data(proposal, withdrawn, standing)

    assert [each["url"].rpartition("/")[2] for each in found["comment"]] == [
        str(standing.pk)
    ]


@pytest.mark.django_db
def test_the_head_of_a_withdrawn_proposal_holds_none_of_its_words():
    proposal = ProposalFactory(
        withdrawn=True, title="Mon titre", text="<p>Mes mots</p>"
    )

    document = written(contribution_head(proposal, [ArgumentFactory()]))

    assert document.find("script") is None
    assert f"#{proposal.pk}" in said(document)["og:title"]
    for words in ("Mon titre", "Mes mots", proposal.author.display_name):
        assert words not in str(document)
