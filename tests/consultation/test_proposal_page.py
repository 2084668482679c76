"""A proposal with what hangs on it: every count equals what is listed under it."""

import pytest
from bs4 import BeautifulSoup

from exchange.counters import recount
from register.enums import Measure
from register.models import Contribution
from tests.consultation.conftest import Read
from tests.factories import (
    AppendixFactory,
    ArgumentFactory,
    ArgumentSupportFactory,
    ProposalFactory,
    ReceivedTotalFactory,
    SourceFactory,
    VerificationFactory,
    VoteFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PARTS = ("for", "against", "sources")


def counts(document: BeautifulSoup) -> dict[str, int]:
    """What the heading of each part announces."""
    return {
        part: int(document.select_one(f"#{part} h2").get_text(strip=True).split()[0])
        for part in PARTS
    }


def listed(document: BeautifulSoup) -> dict[str, int]:
    """How many items with words stand directly in each part."""
    return {
        part: sum(
            each.find_parent("article", class_="utterance") is None
            and not each.select(":scope > .withdrawn")
            for each in document.select(f"#{part} article.utterance")
        )
        for part in PARTS
    }


def open_proposal(read: Read, proposal, language: str = "en") -> BeautifulSoup:
    recount(Contribution.objects.values_list("pk", flat=True))
    prefix = "/en" if language == "en" else ""
    return read(f"{prefix}/propositions/{proposal.pk}/")


def test_every_count_equals_what_is_listed(read: Read):
    proposal = ProposalFactory()
    for side in (False, True):
        for trait in (None, None, "hidden", "withdrawn", "waiting", "unsigned"):
            traits = {trait: True} if trait else {}
            argument = ArgumentFactory(hangs_on=proposal, against=side, **traits)
            SourceFactory(hangs_on=argument)
            SourceFactory(hangs_on=proposal, **traits)
    ArgumentFactory(hangs_on=proposal)

    document = open_proposal(read, proposal)

    assert counts(document) == {"for": 3, "against": 2, "sources": 4}
    assert listed(document) == counts(document)


def test_a_count_leads_to_its_part(read: Read):
    proposal = ProposalFactory()
    ArgumentFactory(hangs_on=proposal)

    document = open_proposal(read, proposal)

    links = {each["href"]: each.get_text(strip=True) for each in document.select("a")}
    assert links["#for"] == "1 for"
    assert links["#against"] == "0 against"
    assert links["#sources"] == "0 sources"
    assert all(document.find(id=part) for part in PARTS)


def test_parts_without_anything_say_so(read: Read):
    document = open_proposal(read, ProposalFactory())

    assert "No argument for this proposal." in document.select_one("#for").get_text()
    against = document.select_one("#against").get_text()
    assert "No argument against this proposal." in against
    assert "No source for this proposal." in document.select_one("#sources").get_text()
    assert "Nobody has voted on this proposal." in document.get_text()


def test_each_argument_stands_on_its_side_with_its_sources_newest_first(read: Read):
    proposal = ProposalFactory()
    first, second = ArgumentFactory.create_batch(2, hangs_on=proposal)
    other = ArgumentFactory(hangs_on=proposal, against=True)
    source = SourceFactory(hangs_on=second)

    document = open_proposal(read, proposal)

    def ids(selector: str) -> list[str]:
        return [each["id"] for each in document.select(selector)]

    assert ids("#for > ol > li > article") == [
        f"contribution-{each.pk}" for each in (second, first)
    ]
    assert ids("#against > ol > li > article") == [f"contribution-{other.pk}"]
    assert ids(f"#contribution-{second.pk} article") == [f"contribution-{source.pk}"]


def test_a_withdrawn_argument_keeps_its_place_without_its_words(read: Read):
    argument = ArgumentFactory(withdrawn=True, title="Un titre", text="Mes mots")
    source = SourceFactory(hangs_on=argument, title="Le rapport de la ville")

    document = open_proposal(read, argument.hangs_on)

    place = document.find(id=f"contribution-{argument.pk}")
    assert "Withdrawn by its author" in place.get_text()
    assert f"#{argument.pk}" in place.get_text()
    assert place.find(id=f"contribution-{source.pk}").find(string=source.title)
    for words in (argument.title, argument.text, argument.author.display_name):
        assert words not in str(document)


def test_a_withdrawn_proposal_keeps_what_others_said_under_it(read: Read):
    proposal = ProposalFactory(
        withdrawn=True, title="Mon titre", text="<p>Mes mots</p>", themes=["Eau vive"]
    )
    AppendixFactory(proposal=proposal, text="<p>Mon annexe</p>")
    argument = ArgumentFactory(hangs_on=proposal, text="Les mots d’autrui")

    document = open_proposal(read, proposal)

    assert argument.text in document.get_text()
    assert counts(document)["for"] == 1
    for words in ("Mon titre", "Mes mots", "Eau vive", "Mon annexe"):
        assert words not in str(document)
    assert proposal.author.display_name not in str(document)


def test_the_appendices_are_shown_in_full(read: Read):
    appendix = AppendixFactory(title="Article 3", text="<p>Un <em>mot</em> & deux</p>")

    section = open_proposal(read, appendix.proposal).select_one("section.appendix")

    assert section.h3.get_text() == "Article 3"
    assert section.select_one(".prose em").get_text() == "mot"


def test_imported_totals_are_counted_and_labelled(read: Read):
    proposal = ProposalFactory()
    ReceivedTotalFactory(contribution=proposal, measure=Measure.AGREE, imported=1200)
    VoteFactory.create_batch(2, proposal=proposal)
    VoteFactory(proposal=proposal, choice=Measure.MIXED.value)

    votes = open_proposal(read, proposal).select_one(".votes")

    figures = [each.get_text(strip=True) for each in votes.select(".votes__count")]
    assert figures == ["1,202", "1", "0"]
    imported = votes.select(".votes__imported")
    assert len(imported) == 1
    assert "1,200" in imported[0].get_text()
    assert "1,203 votes in all" in votes.get_text()


def test_supports_are_counted_imported_ones_included(read: Read):
    argument = ArgumentFactory()
    ReceivedTotalFactory(contribution=argument, measure=Measure.SUPPORT, imported=7)
    ArgumentSupportFactory(argument=argument)

    place = open_proposal(read, argument.hangs_on).select_one("article.utterance")

    assert "8 people" in place.get_text()
    assert "7 carried over" in place.get_text()


def test_an_institution_signs_alone_and_its_badge_says_who_attests_it(read: Read):
    proposal = ProposalFactory(institutional=True)
    verification = proposal.institution.verification_in_force
    unverified = ArgumentFactory(hangs_on=proposal, institutional=True)
    unverified.verification = None
    unverified.save()

    document = open_proposal(read, proposal)

    badge = document.select_one("header .verified").get_text()
    assert verification.attested_by in badge
    assert verification.evidence in badge
    assert proposal.author.display_name not in document.get_text()
    other = document.find(id=f"contribution-{unverified.pk}")
    assert unverified.institution.name in other.get_text()
    assert other.select(".verified") == []


def test_a_revoked_verification_still_shows_on_what_it_covered(read: Read):
    revoked = VerificationFactory(revoked=True)
    proposal = ProposalFactory(
        institution=revoked.institution, verification=revoked, author=None
    )

    badge = open_proposal(read, proposal).select_one("header .verified")

    assert "The attestation was revoked on" in badge.get_text()


@pytest.mark.parametrize("trait", ["hidden", "waiting", "unsigned"])
def test_a_proposal_that_cannot_be_read_has_no_page(read: Read, trait: str):
    proposal = ProposalFactory(**{trait: True})

    read(f"/propositions/{proposal.pk}/", status=404)


@pytest.mark.parametrize("number", [0, 999_999, 10**18, 10**30, "9" * 5000, "x", "1.5"])
def test_an_unknown_number_has_no_page(read: Read, db, number):
    read(f"/propositions/{number}/", status=404)


def test_the_number_of_an_argument_is_not_that_of_a_proposal(read: Read):
    argument = ArgumentFactory()

    read(f"/propositions/{argument.pk}/", status=404)


def test_a_proposal_of_a_debate_without_a_page_can_be_read(read: Read):
    proposal = ProposalFactory()

    assert proposal.title in open_proposal(read, proposal, "fr").h1.get_text()
