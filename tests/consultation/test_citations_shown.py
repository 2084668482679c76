"""`#915` typed in a text leads to it, and what is cited says by what."""

import pytest

from register.enums import Status
from register.models import Contribution, Ground
from tests.factories import (
    AppendixFactory,
    ArgumentFactory,
    DebateFactory,
    ProposalFactory,
    SourceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cited(page):
    return ProposalFactory(debate=page.debate)


def links(element) -> dict[str, str]:
    return {each.get_text(): each["href"] for each in element.select(".number")}


def cited_by(document, row) -> list[str]:
    place = document.find(id=f"contribution-{row.pk}")
    if row.kind == "proposal":
        place = document.select_one(".body .ledger__main")
    metas = [e for e in place.select(".meta") if "Citée par" in e.get_text()]
    return [each.get_text() for meta in metas for each in meta.select(".number")]


def test_in_an_argument_a_number_is_a_link(read, page, publish, cited):
    argument = ArgumentFactory(
        hangs_on__debate=page.debate, text=f"Voir #{cited.pk}, et <#{cited.pk}>."
    )
    publish(argument)

    words = read(f"/propositions/{argument.hangs_on_id}/").select_one("#for .prose")

    assert links(words) == {f"#{cited.pk}": f"/contributions/{cited.pk}"}
    assert len(words.select("a")) == 2
    assert words.get_text() == f"Voir #{cited.pk}, et <#{cited.pk}>."


def test_in_a_proposal_a_number_is_a_link_outside_links(read, page, publish, cited):
    n = cited.pk
    proposal = ProposalFactory(
        debate=page.debate,
        text=f'<p>Comme <em>#{n}</em> &amp; <a href="https://exemple.fr/#{n}">#{n}</a>'
        f" mais pas x#{n} ni #{n}e.</p>",
    )
    publish(proposal)

    words = read(f"/propositions/{proposal.pk}/").select_one(".ledger__main > .prose")

    assert len(words.select(".number")) == 1
    assert words.em.a["href"] == f"/contributions/{n}"
    assert words.select("a")[1]["href"] == f"https://exemple.fr/#{n}"


def test_in_the_note_of_a_source_a_number_is_a_link(read, page, publish, cited):
    source = SourceFactory(hangs_on__debate=page.debate, note=f"Citée dans #{cited.pk}")
    publish(source)

    words = read(f"/propositions/{source.hangs_on_id}/").select_one("#sources .prose")

    assert list(links(words)) == [f"#{cited.pk}"]


def test_an_english_page_leads_to_english_pages(read, page, publish, cited):
    argument = ArgumentFactory(hangs_on__debate=page.debate, text=f"#{cited.pk}")
    publish(argument)

    words = read(f"/en/propositions/{argument.hangs_on_id}/").select_one("#for .prose")

    assert list(links(words).values()) == [f"/en/contributions/{cited.pk}"]


def test_what_is_cited_says_by_what(read, page, publish, cited):
    argument = ArgumentFactory(hangs_on=cited, text="Première raison.")
    first = ArgumentFactory(hangs_on=cited, against=True, text=f"Contre #{argument.pk}")
    other = ProposalFactory(debate=page.debate, title=f"#{argument.pk} et #{cited.pk}")
    publish(argument, first, other)

    document = read(f"/propositions/{cited.pk}/")

    assert cited_by(document, argument) == [f"#{first.pk}", f"#{other.pk}"]
    assert cited_by(document, cited) == [f"#{other.pk}"]


def test_a_number_that_nothing_has_is_no_link(read, page, publish):
    argument = ArgumentFactory(hangs_on__debate=page.debate, text="Voir #999999 et #0.")
    publish(argument)

    words = read(f"/propositions/{argument.hangs_on_id}/").select_one("#for .prose")

    assert words.select("a") == []


@pytest.mark.parametrize("status", [Status.HIDDEN, Status.WITHDRAWN])
def test_what_cannot_be_read_neither_cites_nor_is_cited(
    read, page, publish, cited, status
):
    argument = ArgumentFactory(hangs_on=cited, text="Une raison.")
    citing = ProposalFactory(debate=page.debate, text=f"<p>#{argument.pk}</p>")
    publish(argument, citing)
    ground = Ground.objects.first() if status == Status.HIDDEN else None

    rows = Contribution.objects.filter(pk=citing.pk)
    rows.update(status=status, ground=ground)
    assert cited_by(read(f"/propositions/{cited.pk}/"), argument) == []

    rows.update(status=Status.PUBLISHED, ground=None)
    assert cited_by(read(f"/propositions/{cited.pk}/"), argument) == [f"#{citing.pk}"]
    Contribution.objects.filter(pk=argument.pk).update(status=status, ground=ground)
    words = read(f"/propositions/{citing.pk}/").select_one(".ledger__main > .prose")
    assert words.select("a") == []


def test_what_hangs_on_something_hidden_is_cited_no_more(read, page, publish, cited):
    argument = ArgumentFactory(hangs_on=cited)
    citing = ProposalFactory(debate=page.debate, text=f"<p>#{argument.pk}</p>")
    publish(argument, citing)

    Contribution.objects.filter(pk=cited.pk).update(
        status=Status.HIDDEN, ground=Ground.objects.first()
    )

    words = read(f"/propositions/{citing.pk}/").select_one(".ledger__main > .prose")
    assert words.select("a") == []


def test_a_debate_that_has_not_begun_is_not_cited(read, page, publish):
    secret = ProposalFactory(debate=DebateFactory(upcoming=True))
    argument = ArgumentFactory(hangs_on__debate=page.debate, text=f"#{secret.pk}")
    publish(secret, argument)

    words = read(f"/propositions/{argument.hangs_on_id}/").select_one("#for .prose")

    assert words.select("a") == []


def test_what_many_cite_names_the_first_twenty(read, page, publish, cited):
    rows = ProposalFactory.create_batch(
        23, debate=page.debate, text=f"<p>#{cited.pk}</p>"
    )
    publish(*rows)

    document = read(f"/propositions/{cited.pk}/")

    assert cited_by(document, cited) == [f"#{row.pk}" for row in rows[:20]]
    assert "et 3 autres" in document.select_one(".body").get_text()


def test_in_a_text_annexed_to_a_proposal_a_number_is_a_link(read, page, publish, cited):
    proposal = ProposalFactory(debate=page.debate)
    AppendixFactory(proposal=proposal, text=f"<p>Voir #{cited.pk}</p>")
    publish(proposal)

    words = read(f"/propositions/{proposal.pk}/").select_one(".appendix .prose")

    assert list(links(words)) == [f"#{cited.pk}"]
