"""What is of the same name, and is not the same."""

from accounts.models import Institution
from register.models import Contribution, Section
from tests.exchange.platform import Platform, author, opinion
from tests.factories import InstitutionFactory

VIP = author("Ville de Sainte-Ombre", vip=True)


def in_section(title: str, **fields: object) -> dict[str, object]:
    return opinion(type={"id": 7, "title": "", "subtitle": title}, **fields)


def test_an_institution_of_this_site_does_not_sign_what_a_platform_attested(
    platform: Platform,
) -> None:
    ours = InstitutionFactory(
        name="Ville de Sainte-Ombre", slug="ville-de-sainte-ombre", verified=True
    )

    platform.imports(opinion(author=VIP))

    row = Contribution.objects.get()
    assert row.institution != ours
    assert row.institution.name == ours.name
    assert "origine" in row.verification.attested_by


def test_it_is_found_again_by_the_next_import(platform: Platform) -> None:
    InstitutionFactory(name="Autre", slug="ville-de-sainte-ombre", verified=True)
    file = platform.write(opinion(author=VIP))

    platform.run(file)
    again = platform.run(file)

    assert (again.status, again.counts("proposal")) == (0, [1, 0, 1])
    assert Institution.objects.count() == 2


def test_sections_of_different_titles_are_different_sections(
    platform: Platform,
) -> None:
    long = "Des règles communes pour " + "partager " * 10
    titles = [f"{long}: principes", f"{long}: exceptions", "日本", "中国", "L'eau"]

    platform.imports(*map(in_section, [*titles, "L’eau"]))

    assert set(Section.objects.values_list("title", flat=True)) == set(titles)
    assert set(Contribution.objects.values_list("section__title", flat=True)) == set(
        titles
    )


def test_a_truth_value_is_no_number(platform: Platform) -> None:
    result = platform.imports(opinion(id=True), opinion())

    assert result.status == 1
    assert "id: it is of the wrong type" in result.err
    assert Contribution.objects.count() == 1
