"""Organisers give a debate its sections, and put them in order."""

import pytest
from django.urls import reverse

from accounts.enums import StaffGroup
from journal.models import JournalEntry
from register.actions import SectionIsUsed, arrange_sections
from register.gate import NotAccepted
from register.models import Section
from tests.factories import ProposalFactory, SectionFactory
from tests.moderation.seats import seated, staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def address(debate) -> str:
    return reverse("debates:sections", args=(debate.pk,))


@pytest.fixture
def client():
    return seated(staff(StaffGroup.ORGANISERS))


@pytest.fixture
def debate(upcoming_debate):
    for position, title in enumerate(["Lire", "Prêter"], 1):
        SectionFactory(debate=upcoming_debate, title=title, position=position)
    return upcoming_debate


def send(client, debate, **changes):
    """The form as it stands, with `changes`: `title_0`, `ORDER_1`, `DELETE_0`."""
    form = client.get(address(debate)).context["form"]
    data = {}
    for each in [form.management_form, *form.forms]:
        for field in each:
            value = field.value()
            if value not in (None, False):
                data[field.html_name] = value
    for name, value in changes.items():
        field, _, line = name.rpartition("_")
        data[f"{form.prefix}-{line}-{field}"] = value
    return client.post(address(debate), data)


def titles(debate) -> list[str]:
    return [each.title for each in debate.sections.all()]


def test_a_section_is_added_with_an_address_of_its_own(client, debate):
    send(client, debate, title_2="L’accueil des enfants")

    assert titles(debate) == ["Lire", "Prêter", "L’accueil des enfants"]
    assert debate.sections.last().slug == "l-accueil-des-enfants"


def test_two_names_with_one_address_have_two(client, debate):
    send(client, debate, title_2="Été", title_3="Ete")

    slugs = [each.slug for each in debate.sections.all()][2:]
    assert slugs == ["ete", "ete-2"]


def test_sections_are_put_in_another_order_again_and_again(client, debate):
    for expected in (["Prêter", "Lire"], ["Lire", "Prêter"]) * 3:
        send(client, debate, ORDER_0="2", ORDER_1="1")
        assert titles(debate) == expected


def test_a_section_is_renamed_and_keeps_its_address(client, debate):
    slug = debate.sections.first().slug

    send(client, debate, title_0="Lire et écouter")

    assert titles(debate) == ["Lire et écouter", "Prêter"]
    assert debate.sections.first().slug == slug


def test_an_empty_section_is_removed(client, debate):
    send(client, debate, DELETE_0="on")

    assert titles(debate) == ["Prêter"]


@pytest.mark.parametrize("trait", ["published", "hidden", "withdrawn", "waiting"])
def test_one_in_which_something_stands_is_not(client, debate, trait):
    traits = {} if trait == "published" else {trait: True}
    ProposalFactory(debate=debate, section=debate.sections.first(), **traits)

    answer = send(client, debate, DELETE_0="on")

    assert answer.status_code == 422
    assert "contributions stand in it" in answer.content.decode()
    assert titles(debate) == ["Lire", "Prêter"]


def test_nor_is_one_in_which_something_was_posted_meanwhile(client, debate, organiser):
    section = debate.sections.first()
    ProposalFactory(debate=debate, section=section)

    with pytest.raises(SectionIsUsed):
        arrange_sections(debate=debate, sections=[], removed=[section], actor=organiser)


@pytest.mark.parametrize("title", ["Lire", "  Lire ", "x" * 256])
def test_a_name_that_cannot_be_is_refused_with_a_sentence(client, debate, title):
    answer = send(client, debate, title_2=title)

    assert answer.status_code == 422
    assert titles(debate) == ["Lire", "Prêter"]


def test_while_the_debate_is_open_names_under_which_something_stands_stay(
    client, open_debate
):
    used = SectionFactory(debate=open_debate, title="Lire", position=1)
    ProposalFactory(debate=open_debate, section=used)
    SectionFactory(debate=open_debate, title="Prêter", position=2)

    send(client, open_debate, title_0="Autre", title_1="Emprunter", title_2="Venir")

    assert titles(open_debate) == ["Lire", "Emprunter", "Venir"]


def test_after_the_end_nothing_changes(client, ended_debate, organiser):
    section = SectionFactory(debate=ended_debate, title="Lire")

    answer = send(client, ended_debate, title_0="Autre", title_1="Venir")

    assert answer.status_code == 409
    assert titles(ended_debate) == ["Lire"]
    with pytest.raises(NotAccepted):
        arrange_sections(debate=ended_debate, sections=[section], actor=organiser)


def test_it_is_journalled_and_told_in_the_history(client, debate):
    send(client, debate, title_2="Venir")

    entry = JournalEntry.objects.get(act="debate_changed")
    assert entry.facts == {"debate": debate.slug, "changed": ["sections"]}
    history = client.get(reverse("debates:history", args=(debate.pk,)))
    assert str(entry.actor) in history.content.decode()


def test_only_organisers_arrange_them(debate, participant):
    for person in (staff(), participant):
        page = seated(person)
        assert page.get(address(debate)).status_code in {302, 403}
        assert page.post(address(debate), {}).status_code in {302, 403}

    assert Section.objects.count() == 2
