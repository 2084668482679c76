"""An organiser types, pastes or sends the proposals with which a debate opens."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from proposals.models import Proposal
from register.enums import Status
from register.models import Contribution
from tests.factories import MembershipFactory, ProposalFactory, SectionFactory
from tests.proposals.preparing import prepare

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TYPED = "# Ouvrir\nThèmes : livres\n\nLe **dimanche**.\n# Planter\nDes arbres."


@pytest.fixture
def address(upcoming_debate) -> str:
    return reverse("prepare_proposals", args=(upcoming_debate.pk,))


@pytest.fixture
def preview(desk, address):
    """Send the form for a preview: its page, and what its form would send then."""

    def send_for_preview(text="", **fields):
        data = {"text": text, "language": "fr"} | fields
        response = desk.post(address, data)
        page = BeautifulSoup(response.content, "html.parser")
        given_back = {
            "text": page.find("textarea")["name"] and textarea(page),
            "seen": page.find("input", attrs={"name": "seen"}).get("value", ""),
            "language": "fr",
        }
        return response, page, given_back

    return send_for_preview


def textarea(page):
    return page.find("textarea", attrs={"name": "text"}).get_text().removeprefix("\n")


def file(content: bytes, name: str = "ouverture.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def can_create(page):
    return page.find("button", attrs={"name": "create"}) is not None


def test_what_is_typed_is_shown_first_and_prepared_only_then(desk, address, preview):
    response, page, form = preview(TYPED)

    assert response.status_code == 200
    shown = page.find("section", attrs={"aria-labelledby": "preview"})
    assert "Ouvrir" in shown.get_text()
    assert shown.find("strong", string="dimanche")
    assert not Contribution.objects.exists()

    done = desk.post(address, form | {"create": "yes"}, follow=True)

    one, two = Proposal.objects.order_by("pk")
    assert (one.title, two.text) == ("Ouvrir", "<p>Des arbres.</p>")
    assert [theme.name for theme in one.themes.all()] == ["livres"]
    assert "2 proposals are prepared" in done.content.decode()
    assert f"#{one.pk}" in done.content.decode()


def test_sending_it_twice_prepares_it_once(desk, address, preview):
    _response, _page, form = preview(TYPED)

    for _twice in range(2):
        last = desk.post(address, form | {"create": "yes"}, follow=True)

    assert Proposal.objects.count() == 2
    assert last.status_code == 200


def test_what_was_not_shown_is_not_prepared(desk, address, preview):
    _response, _page, form = preview(TYPED)

    response = desk.post(
        address, form | {"text": TYPED + "\n# Semer\nDu blé.", "create": "yes"}
    )

    assert "Semer" in response.content.decode()
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("titre;texte;themes\nÉté;À l’ombre;école\n".encode(), False),
        ("\ufefftitre,texte\nÉté,À l’ombre\n".encode(), False),
        ("titre;texte\nÉté;À l’ombre\n".encode("cp1252"), True),
        ("# Été\n\nÀ l’ombre".encode(), False),
    ],
)
def test_a_file_is_read_in_its_encoding_and_its_text_stands_in_the_page(
    desk, address, preview, content, said
):
    _response, page, form = preview(file=file(content))

    assert "À l’ombre" in form["text"]
    assert ("Windows-1252" in page.get_text()) is said
    desk.post(address, form | {"create": "yes"})
    row = Proposal.objects.get()
    assert (row.title, row.text) == ("Été", "<p>À l’ombre</p>")


@pytest.mark.parametrize(
    "content",
    [
        "titre;texte\nÉté;À l’ombre".encode("utf-16"),
        b"titre;texte\n\x81\x8d;x",
        b"\x00\x01",
        b"x" * (1024 * 1024 + 1),
        b"  \n",
    ],
    ids=["utf-16", "no encoding", "a program", "too large", "blank"],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(preview, content):
    response, page, _form = preview(file=file(content))

    assert response.status_code == 422
    assert page.select(".error-message")
    assert not can_create(page)


def test_sections_are_found_by_their_names_however_these_are_spelt(
    desk, address, preview, upcoming_debate
):
    section = SectionFactory(debate=upcoming_debate, title="L’École", slug="ecoles")
    text = "titre;partie;texte\nOuvrir;l'ecole;Oui\nPlanter;ecoles;Non"

    _response, _page, form = preview(text)
    desk.post(address, form | {"create": "yes"})

    assert {row.section for row in Proposal.objects.all()} == {section}


def test_every_mistake_is_named_with_its_line_and_the_text_given_back(
    desk, address, preview, upcoming_debate
):
    SectionFactory(debate=upcoming_debate, title="Culture")
    SectionFactory(title="Ailleurs")
    text = (
        "titre;partie;texte;themes\n"
        "Ouvrir;Culture;Oui;livres\n"
        "Planter;Ailleurs;Oui;\n"
        "Semer;;Oui;\n"
        ";Culture;Oui;\n"
        "Récolter;Culture;x;\n"
        "Vendre;Culture;Oui;a,b,c,d,e,f\n"
        "de trop;;;;;\n"
    )

    response, page, form = preview(text)

    assert response.status_code == 200
    mistakes = [
        each.get_text(" ", strip=True) for each in page.select(".help-critical li")
    ]
    assert [mistake.split(":")[0] for mistake in mistakes] == [
        f"Line {n}" for n in range(3, 9)
    ]
    assert "“Ailleurs”" in mistakes[0]
    assert form["text"] == text
    assert not can_create(page)
    assert desk.post(address, form | {"create": "yes"}).status_code == 422
    assert not Contribution.objects.exists()


def test_what_is_prepared_already_is_said_and_left_alone(
    desk, address, preview, organiser, upcoming_debate
):
    preview_form = preview(TYPED)[2]
    desk.post(address, preview_form | {"create": "yes"})

    _response, page, form = preview(TYPED + "\n# Semer\nDu blé.")

    assert page.get_text().count("Prepared already") == 2
    desk.post(address, form | {"create": "yes"})
    assert Proposal.objects.count() == 3


def test_more_than_five_hundred_at_once_are_refused(preview):
    text = "\n".join(f"# Titre {n}\nDu texte." for n in range(501))

    _response, page, _form = preview(text)

    assert "Line 1001" in page.get_text()
    assert not can_create(page)


def test_it_is_signed_by_the_institution_that_the_organiser_chooses(
    desk, address, preview, organiser
):
    membership = MembershipFactory(user=organiser)

    _response, _page, form = preview(TYPED, membership=membership.pk)
    desk.post(address, form | {"membership": membership.pk, "create": "yes"})

    assert {row.institution for row in Proposal.objects.all()} == {
        membership.institution
    }


def test_another_institution_cannot_be_forged(preview):
    response, _page, _form = preview(TYPED, membership=MembershipFactory().pk)

    assert response.status_code == 422


def test_what_is_prepared_is_listed_and_can_be_withdrawn(
    desk, address, organiser, upcoming_debate
):
    (row,) = prepare(upcoming_debate, organiser)
    assert f"#{row.pk}" in desk.get(address).content.decode()

    page = desk.post(address, {"drop": row.pk}, follow=True)

    assert Contribution.objects.get().status == Status.WITHDRAWN
    listed = BeautifulSoup(page.content, "html.parser").find(id="there")
    assert listed is None


@pytest.mark.parametrize("number", ["", "x", "0", "²", "999999999999999999999"])
def test_only_what_is_prepared_here_is_withdrawn_here(desk, address, organiser, number):
    other = ProposalFactory(author=organiser)

    for forged in (number, str(other.pk)):
        assert desk.post(address, {"drop": forged}).status_code == 404

    assert Contribution.objects.get().status == Status.PUBLISHED


def test_the_opening_comes_while_the_page_is_open_and_the_text_is_given_back(
    desk, address, preview, upcoming_debate, at
):
    _response, _page, form = preview(TYPED)
    at(upcoming_debate.opens_at)

    response = desk.post(address, form | {"create": "yes"})

    assert response.status_code == 409
    page = BeautifulSoup(response.content, "html.parser")
    assert textarea(page) == TYPED
    assert not can_create(page)
    assert not Contribution.objects.exists()


def test_the_debate_leads_there_until_it_opens(desk, address, upcoming_debate, at):
    edit = reverse("debates:edit", args=(upcoming_debate.pk,))
    assert address in desk.get(edit).content.decode()

    at(upcoming_debate.opens_at)

    assert address not in desk.get(edit).content.decode()


def test_who_may_not_change_debates_prepares_nothing(client, moderator, address):
    client.force_login(moderator)

    for send in (client.get, client.post):
        assert send(address, {"text": TYPED}).status_code in {302, 403}

    assert Client().get(address).status_code == 302
    assert not Contribution.objects.exists()
