"""A draft that several people write: nothing that one of them typed is lost."""

import pytest

from proposals.actions import (
    DraftChanged,
    NotVerified,
    drop_response_draft,
    save_response_draft,
)
from proposals.models import ResponseDraft
from register.actions import NotTheirs
from tests.factories import InstitutionFactory, MembershipFactory, ProposalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def institution(representative):
    return representative.memberships.get().institution


@pytest.fixture
def colleague(institution):
    return MembershipFactory(institution=institution, service="Cabinet").user


@pytest.fixture
def proposal(db):
    return ProposalFactory()


@pytest.fixture
def save(institution, proposal):
    def save_text(author, text, version):
        return save_response_draft(
            author=author,
            institution=institution,
            proposal=proposal,
            fields={"text": text},
            version=version,
        )

    return save_text


def test_members_go_on_with_what_the_others_wrote(save, representative, colleague):
    first = save(representative, "Nous", 0)
    second = save(colleague, "Nous ouvrirons", first.version)

    draft = ResponseDraft.objects.get()
    assert (draft.version, draft.fields) == (second.version, {"text": "Nous ouvrirons"})
    assert draft.edited_by == colleague
    assert second.version > first.version


def test_who_saves_over_a_newer_version_is_given_it(save, representative, colleague):
    first = save(representative, "Nous", 0)
    newer = save(colleague, "Nous ouvrirons", first.version)

    with pytest.raises(DraftChanged) as changed:
        save(representative, "Nous refusons", first.version)

    assert changed.value.draft == newer
    assert ResponseDraft.objects.get().fields == {"text": "Nous ouvrirons"}


def test_who_begins_one_that_a_colleague_began_is_given_it(
    save, representative, colleague
):
    save(colleague, "Nous ouvrirons", 0)

    with pytest.raises(DraftChanged) as changed:
        save(representative, "Nous refusons", 0)

    assert changed.value.draft.fields == {"text": "Nous ouvrirons"}


def test_one_that_is_gone_is_not_begun_again_unasked(save, representative):
    with pytest.raises(DraftChanged) as changed:
        save(representative, "Nous ouvrirons", 4)

    assert changed.value.draft is None


def test_the_same_words_sent_twice_are_saved_once(save, representative):
    first = save(representative, "Nous ouvrirons", 0)

    again = save(representative, "Nous ouvrirons", 0)

    assert again.version == first.version


def test_it_is_thrown_away_as_it_was_read(
    save, institution, proposal, representative, colleague
):
    first = save(representative, "Nous", 0)
    newer = save(colleague, "Nous ouvrirons", first.version)
    where = {"author": representative, "institution": institution, "proposal": proposal}

    with pytest.raises(DraftChanged):
        drop_response_draft(version=first.version, **where)
    assert ResponseDraft.objects.exists()
    drop_response_draft(version=newer.version, **where)

    assert not ResponseDraft.objects.exists()


def test_only_members_of_a_verified_institution_write_one(proposal, stranger):
    member = MembershipFactory(institution=InstitutionFactory())
    institution = member.institution
    said = {"proposal": proposal, "institution": institution, "fields": {}}

    with pytest.raises(NotTheirs):
        save_response_draft(author=stranger, version=0, **said)
    with pytest.raises(NotVerified):
        save_response_draft(author=member.user, version=0, **said)

    assert not ResponseDraft.objects.exists()
