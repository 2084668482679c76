"""Institutions: what is attested of them, what was said in their name."""

from datetime import UTC, datetime

import pytest

from accounts.enums import InstitutionKind
from accounts.models import Institution
from tests.consultation.conftest import Read
from tests.consultation.costs import queries_of
from tests.factories import (
    ArgumentFactory,
    InstitutionFactory,
    ProposalFactory,
    SourceFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def metropole() -> Institution:
    return InstitutionFactory(
        name="Métropole des Trois-Vallées",
        slug="metropole",
        kind=InstitutionKind.LOCAL_AUTHORITY,
        website="https://www.metropole.example/accueil",
        siren="123456789",
        verified=True,
    )


def names(document) -> list[str]:
    return [each.get_text(strip=True) for each in document.select(".row__title")]


def numbers(document) -> list[int]:
    return [int(each.get_text()[1:]) for each in document.select(".number--margin")]


# The page of one.


def test_it_says_what_the_institution_is(read: Read, metropole):
    document = read("/en/institutions/metropole/")

    text = document.main.get_text(" ")
    assert document.h1.get_text() == "Métropole des Trois-Vallées"
    assert "Local authority" in text
    assert "123\u202f456\u202f789" in text
    link = document.find("a", string="www.metropole.example".removeprefix("www."))
    assert link["href"] == "https://www.metropole.example/accueil"


@pytest.mark.parametrize("website", ["javascript:alert(1)", "metropole.example", ""])
def test_only_a_web_address_becomes_a_link(read: Read, metropole, website):
    Institution.objects.update(website=website)

    document = read("/institutions/metropole/")

    assert document.select(".identity a") == []


def test_it_says_who_attested_what_and_when(read: Read, metropole):
    metropole.verifications.update(
        verified_at=datetime(2025, 3, 1, 12, tzinfo=UTC),
        attested_by="Préfecture",
        evidence="Un arrêté\nsigné",
        recorded_by=UserFactory(display_name="Agent secret"),
    )

    document = read("/en/institutions/metropole/")

    proof = document.select_one(".verification").get_text(" ")
    assert "Attested by Préfecture on 1\xa0March 2025" in proof
    assert "Un arrêté" in proof
    assert "Agent secret" not in document.get_text()
    assert "Verified account" in document.select_one(".attested__badge").get_text()


def test_a_revoked_attestation_stays_with_its_dates_and_is_no_badge(read: Read):
    verification = VerificationFactory(
        institution__slug="office",
        verified_at=datetime(2025, 3, 1, 12, tzinfo=UTC),
        revoked_at=datetime(2025, 6, 2, 12, tzinfo=UTC),
    )

    document = read("/en/institutions/office/")

    proof = document.select_one(".verification")
    assert "Revoked on" in proof.get_text(" ")
    assert proof.time["datetime"] == "2025-06-02"
    assert verification.evidence in proof.get_text()
    assert document.select(".attested__badge") == []
    assert "Verified account" not in document.get_text()


def test_after_a_revocation_another_attestation_gives_the_badge_back(read: Read):
    old = VerificationFactory(institution__slug="office", revoked=True)
    VerificationFactory(institution=old.institution, verified_at=old.revoked_at)

    document = read("/institutions/office/")

    assert len(document.select(".verification")) == 2
    assert len(document.select(".attested__badge")) == 1


def test_of_an_unverified_one_nothing_looks_like_a_badge(read: Read):
    ProposalFactory(institution=InstitutionFactory(slug="collectif"))

    document = read("/en/institutions/collectif/")

    assert "account not verified" in document.main.get_text()
    assert "Verified account" not in document.get_text()
    assert document.select(".verified, .attested__badge, .icon--verified") == []


def test_it_names_each_service_that_spoke_once(read: Read, metropole):
    for service in ("Écoles", "Voirie", "Eaux", "Voirie"):
        ProposalFactory(institution=metropole, service=service)
    ProposalFactory(institution=metropole)
    ProposalFactory(institution=metropole, service="Service caché", hidden=True)

    document = read("/institutions/metropole/")

    services = document.select(".identity div")[-1].select("dd")
    assert [each.get_text() for each in services] == ["Eaux", "Écoles", "Voirie"]
    assert "Service caché" not in document.get_text()


def test_it_shows_what_was_said_in_its_name_and_never_who_typed(
    read: Read, metropole, participant
):
    own = ProposalFactory(author=participant)
    theirs = ProposalFactory(
        author=participant, institution=metropole, service="Voirie"
    )
    ArgumentFactory(institution=metropole, author=None)

    document = read("/en/institutions/metropole/")

    assert numbers(document) == [theirs.pk]
    kinds = [each.get_text() for each in document.select(".kinds a")]
    assert kinds == ["1 proposal", "1 argument"]
    assert "Voirie" in document.select_one("article.row").get_text()
    assert participant.display_name not in document.get_text()
    assert f"#{own.pk}" not in document.get_text()


def test_verified_and_silent_it_has_a_page_that_says_so(read: Read, metropole):
    document = read("/institutions/metropole/")

    assert len(document.select("main .empty")) == 1


@pytest.mark.parametrize("trait", ["hidden", "waiting", "withdrawn"])
def test_one_that_nobody_verified_and_nobody_reads_has_no_page(read: Read, trait):
    institution = InstitutionFactory(slug="inconnue", name="Nom tu")
    ProposalFactory(institution=institution, **{trait: True})

    read("/institutions/inconnue/", status=404)
    assert "Nom tu" not in read("/institutions/").get_text()


def test_one_that_speaks_in_a_debate_to_come_has_no_page_yet(
    read: Read, upcoming_debate
):
    institution = InstitutionFactory(slug="pressee")
    ProposalFactory(institution=institution, debate=upcoming_debate)

    read("/institutions/pressee/", status=404)
    assert names(read("/institutions/")) == []


def test_search_engines_may_keep_it(read: Read, metropole):
    assert read("/institutions/metropole/").find("meta", {"name": "robots"}) is None


# The directory.


def test_it_lists_who_spoke_and_who_is_verified(read: Read, metropole):
    ProposalFactory.create_batch(2, institution=InstitutionFactory(name="Collectif"))
    ProposalFactory(institution=metropole, hidden=True)
    InstitutionFactory(name="Muette")

    document = read("/en/institutions/")

    rows = {
        each.h2.get_text(): " ".join(each.get_text(" ").split())
        for each in document.select("article.row")
    }
    assert list(rows) == ["Collectif", "Métropole des Trois-Vallées"]
    assert "Association" in rows["Collectif"]
    assert "account not verified 2 contributions" in rows["Collectif"]
    assert "Verified account 0 contributions" in rows["Métropole des Trois-Vallées"]


def test_it_is_in_the_order_of_the_alphabet_whatever_the_accents(read: Read):
    for name in ("Zone", "Œuvre", "école", "Ets Dubois", "Éclat", "avenir", "Oiseaux"):
        InstitutionFactory(name=name, verified=True)

    listed = names(read("/institutions/"))

    assert listed == [
        "avenir",
        "Éclat",
        "école",
        "Ets Dubois",
        "Œuvre",
        "Oiseaux",
        "Zone",
    ]


def test_each_row_leads_to_the_institution(read: Read, metropole):
    row = read("/en/institutions/").select_one("article.row")

    links = [each["href"] for each in row.find_all("a")]
    assert links == [
        "/en/institutions/metropole/",
        "/en/institutions/metropole/#verifications",
    ]
    assert read("/institutions/metropole/").find(id="verifications")


def test_an_empty_directory_says_so(read: Read):
    assert len(read("/institutions/").select("main .empty")) == 1


def test_every_page_leads_to_it(read: Read):
    links = read("/en/").select("footer a")

    assert "/en/institutions/" in [each["href"] for each in links]


# What they cost.


def test_the_directory_costs_the_same_for_one_and_for_fifty(client):
    ProposalFactory(institutional=True)
    for_one = queries_of(client, "/institutions/")

    ProposalFactory.create_batch(49, institutional=True)

    assert queries_of(client, "/institutions/") == for_one
    assert for_one < 15


@pytest.mark.parametrize("kind", ["proposal", "argument", "source"])
def test_an_institution_costs_the_same_for_one_and_for_fifty(client, metropole, kind):
    factory = {
        "proposal": ProposalFactory,
        "argument": ArgumentFactory,
        "source": SourceFactory,
    }[kind]
    address = f"/institutions/metropole/?kind={kind}"
    factory(institution=metropole, service="Voirie")
    for_one = queries_of(client, address)

    factory.create_batch(49, institution=metropole)

    assert queries_of(client, address) == for_one
    assert for_one < 15
