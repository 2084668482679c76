"""Where there is a page, there is a box to search from."""

import pytest

from consultation.models import RESERVED_SLUGS
from tests.factories import ProposalFactory, act_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(page):
    row = ProposalFactory(debate=page.debate, title="Un potager partagé")
    act_on(row)
    return row


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_has_a_box_that_is_a_plain_form(read, proposal, page, prefix):
    for path in ("/", page.url, f"/propositions/{proposal.pk}/", "/contact/"):
        form = read(f"{prefix}{path}").select_one("header form[role=search]")

        assert form["action"] == f"{prefix}/recherche/", path
        assert form["method"] == "get", path
        field = form.select_one("input[name=q]")
        assert form.select_one(f"label[for={field['id']}]").get_text(), path
        assert form.select_one("button[type=submit]").get_text(strip=True), path


def test_a_page_that_does_not_exist_has_one_too(read, page):
    assert read("/rien/", status=404).select_one("header form[role=search]")


def test_the_page_of_results_has_one_box_and_no_second(read, proposal):
    document = read("/en/recherche/?q=potager")

    boxes = document.select("form[role=search]")
    assert len(boxes) == 1
    assert boxes[0].find_parent("main")


def test_a_debate_has_a_box_of_its_own(read, proposal, page):
    form = read(page.url).select_one("main form[role=search]")

    hidden = form.select_one("input[type=hidden]")
    assert (hidden["name"], hidden["value"]) == ("debate", page.debate.slug)
    assert form["aria-label"]


def test_words_typed_anew_are_looked_for_among_what_was_chosen(read, proposal, page):
    slug = page.debate.slug
    form = read(f"/recherche/?q=potager&debate={slug}&kind=proposal").main.form

    sent = {each["name"]: each["value"] for each in form.select("input")}
    assert sent == {"q": "potager", "debate": slug, "kind": "proposal"}


def test_no_page_can_take_its_address():
    assert "recherche" in RESERVED_SLUGS
