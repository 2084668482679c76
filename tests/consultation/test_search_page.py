"""What a search finds, as its page shows it."""

import re
from urllib.parse import urlencode

import pytest
from django.conf import settings
from hypothesis import HealthCheck, example, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from register.models import Contribution
from register.text import clean_rich_text
from tests.consultation.costs import queries_of
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    OfficialResponseFactory,
    ProposalFactory,
    SectionFactory,
    SourceFactory,
    act_on,
)

pytestmark = pytest.mark.django_db

SEARCH = "/en/recherche/"


def found(document) -> list[int]:
    """The numbers that are listed as holding all the words, in order."""
    return numbers(document.select_one(".found__list > .rows"))


def partly(document) -> list[int]:
    return numbers(document.select_one(".found__partly"))


def numbers(listed) -> list[int]:
    links = listed.select(".found-row__what .number") if listed else []
    return [int(each.get_text().removeprefix("#")) for each in links]


def heading(document) -> str:
    return document.h1.get_text(strip=True)


@pytest.fixture
def wells(page) -> dict[str, Contribution]:
    """Two proposals and what hangs on one of them, all of wells."""
    dug = ProposalFactory(debate=page.debate, title="Creuser un puits", text="Ici.")
    deep = ProposalFactory(
        debate=page.debate,
        title="Un autre sujet",
        text="Le puits profond de la place, qu’il faut creuser encore.",
        institutional=True,
    )
    against = ArgumentFactory(
        hangs_on=dug, against=True, title="", text="Un puits coûte cher."
    )
    source = SourceFactory(hangs_on=against, title="Le prix d’un puits", note="")
    response = OfficialResponseFactory(
        hangs_on=dug, institution=deep.institution, text="Nous allons creuser ce puits."
    )
    rows = {
        "dug": dug,
        "deep": deep,
        "against": against,
        "source": source,
        "response": response,
    }
    act_on(*rows.values())
    return rows


@pytest.mark.parametrize("address", ["/recherche/", SEARCH])
def test_words_find_every_kind_of_contribution(read, wells, address):
    document = read(f"{address}?q=Puits")

    assert set(found(document)) == {row.number for row in wells.values()}


def test_a_title_that_holds_the_words_comes_before_a_text_that_does(read, wells):
    listed = found(read(f"{SEARCH}?q=puits"))

    assert listed.index(wells["dug"].number) < listed.index(wells["deep"].number)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("puits", "5 results for “puits”"),
        ("profond", "1 result for “profond”"),
        ("montgolfière", "No result for “montgolfière”"),
        ("puits -cher", "4 results for “puits -cher”"),
    ],
)
def test_the_heading_says_how_many_there_are(read, wells, words, said):
    document = read(f"{SEARCH}?q={words}")

    assert heading(document) == said
    assert said in document.title.get_text()


def test_the_words_that_were_looked_for_are_marked(read, wells):
    document = read(f"{SEARCH}?q=creuser")

    row = document.select_one(".found-row")
    assert row.h3.mark.get_text() == "Creuser"
    marks = {each.get_text() for each in document.select(".found-row .prose mark")}
    assert marks == {"creuser"}


def test_a_row_says_what_it_is_who_said_it_when_and_about_what(read, wells):
    document = read(f"{SEARCH}?q=cher")

    row, against = document.select_one(".found-row"), wells["against"]
    assert (
        row.select_one(".said-side--against").get_text().strip() == "Argument against"
    )
    assert row.select_one(".said-side .icon use")["href"] == "#icon-against"
    assert row.h3.a["href"] == f"/en/contributions/{against.number}"
    assert row.h3["lang"] == against.language
    assert against.author.display_name in row.select_one(".signature").get_text()
    assert row.time["datetime"]
    about = row.select_one(".said-about a")
    assert about.get_text().strip() == "Creuser un puits"
    assert against.debate.title in row.get_text()


def test_an_institution_signs_with_its_badge(read, wells):
    document = read(f"{SEARCH}?q=profond")

    signature = document.select_one(".found-row .signature")
    assert wells["deep"].institution.name in signature.get_text()
    assert signature.select_one(".verified")


def test_what_has_no_title_is_not_said_twice(read, wells):
    document = read(f"{SEARCH}?q=cher")

    row = document.select_one(".found-row")
    assert row.h3.get_text().strip() == "Un puits coûte cher."
    assert row.select_one(".prose") is None


def test_what_has_no_title_shows_where_the_words_are(read, page):
    text = "Il y a beaucoup à dire. " * 20 + "Enfin, un moulin."
    argument = ArgumentFactory(hangs_on__debate=page.debate, title="", text=text)
    act_on(argument)

    row = read(f"{SEARCH}?q=moulin").select_one(".found-row")

    assert row.select_one(".prose mark").get_text() == "moulin"


def test_no_word_of_a_citizen_becomes_html(read, page):
    text = "La case <nom de famille> & <script>alert(1)</script> du formulaire"
    proposal = ProposalFactory(
        debate=page.debate,
        title="Ôter <nom de famille>",
        text=clean_rich_text(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}"),
    )
    argument = ArgumentFactory(
        hangs_on=proposal, title="<script>famille</script>", text=text
    )
    act_on(proposal, argument)

    document = read(f"{SEARCH}?q=famille+<b>formulaire</b>")

    assert document.main.find("script") is None
    assert document.main.find("b") is None
    titles = [each.h3.get_text().strip() for each in document.select(".found-row")]
    assert set(titles) == {"Ôter <nom de famille>", "<script>famille</script>"}
    for row in document.select(".found-row"):
        assert row.select_one(".prose").get_text().strip() == text
        assert [each.get_text() for each in row.h3.select("mark")] == ["famille"]


def test_what_holds_part_of_the_words_follows_under_its_own_heading(read, wells):
    document = read(f"{SEARCH}?q=creuser+profond")

    assert found(document) == [wells["deep"].number]
    assert heading(document).startswith("1 result")
    assert set(partly(document)) == {wells["dug"].number, wells["response"].number}


def test_nothing_that_cannot_be_read_is_found(read, page, upcoming_debate):
    rows = [
        ProposalFactory(debate=page.debate, title="Baleine", hidden=True),
        ProposalFactory(debate=page.debate, title="Baleine", withdrawn=True),
        ProposalFactory(debate=page.debate, title="Baleine", waiting=True),
        ProposalFactory(debate=upcoming_debate, title="Baleine"),
    ]
    act_on(*rows)

    document = read(f"{SEARCH}?q=baleine")

    assert heading(document).startswith("No result")
    assert found(document) == []


def test_a_row_that_an_engine_still_has_is_asked_of_the_register_again(read, wells):
    """As when an engine beside the database is late."""
    Contribution.objects.filter(pk=wells["against"].pk).update(status="withdrawn")

    document = read(f"{SEARCH}?q=puits")

    assert wells["against"].number not in found(document)
    assert "coûte" not in document.get_text()


@pytest.mark.parametrize("typed", ["{}", "%23{}", "n°{}", "++{}+"])
def test_a_number_leads_to_the_contribution_that_bears_it(client, wells, typed):
    number = wells["source"].number

    response = client.get(f"{SEARCH}?q={typed.format(number)}")

    assert response.status_code == 302
    assert response.url == f"/en/contributions/{number}"


def test_a_number_leads_to_what_was_hidden_since(client, page):
    number = ProposalFactory(debate=page.debate, hidden=True).number

    assert client.get(f"{SEARCH}?q={number}").status_code == 302


def test_a_number_that_was_never_public_is_looked_for_as_a_word(
    read, page, upcoming_debate
):
    secret = ProposalFactory(debate=upcoming_debate)
    act_on(secret)

    document = read(f"{SEARCH}?q=%23{secret.number}")

    said = document.select_one(".search-notes").get_text()
    assert "has ever had this number in public" in said
    assert "looked for in the words" in said


def test_a_number_that_waits_is_not_said_to_be_nobodys(read, page):
    """Whoever wrote it was given its number."""
    waiting = ProposalFactory(debate=page.debate, waiting=True)

    said = read(f"{SEARCH}?q={waiting.number}").select_one(".search-notes").get_text()
    of_its_address = read(f"/en/contributions/{waiting.number}", status=404).main

    sentence = "No contribution has ever had this number in public."
    assert sentence in said
    assert sentence[1:-1] in of_its_address.get_text()


def test_without_words_everything_can_be_gone_through_the_newest_first(read, wells):
    document = read(SEARCH)

    newest = sorted(wells.values(), key=lambda r: (r.submitted_at, r.number))[::-1]
    assert found(document) == [row.number for row in newest]
    assert not re.search(r"\d", heading(document))


def test_the_next_pages_go_on_where_the_first_ended_and_lead_back(read, page):
    rows = ProposalFactory.create_batch(45, debate=page.debate, title="Des haies")
    act_on(*rows)

    listed, pages = [], 0
    address = "?q=haies"
    while address:
        document = read(f"{SEARCH}{address}")
        listed += found(document)
        following = document.select_one('.pager a[rel="next"]')
        address, pages = following and following["href"], pages + 1

    assert pages == 3
    assert sorted(listed) == sorted(row.number for row in rows)
    first = document.select_one(".pager a")
    assert first["href"] == "?q=haies"


def test_beyond_the_end_the_page_leads_back(read, wells):
    document = read(f"{SEARCH}?q=puits&after=0-0")

    assert found(document) == []
    assert document.select_one(".pager a")["href"] == "?q=puits"


@pytest.mark.parametrize("after", ["x", "1", "1-", "-1", "1-2-3", "1" * 19 + "-1"])
def test_a_place_that_is_none_does_not_exist(read, wells, after):
    read(f"{SEARCH}?q=puits&after={after}", status=404)


def test_a_slip_of_the_keyboard_is_corrected_by_a_link(read, page):
    act_on(ProposalFactory(debate=page.debate, title="Une médiathèque ouverte"))

    link = read(f"{SEARCH}?q=mediathéqe").select_one(".found__nothing .lead a")

    assert link.get_text() == "médiathèque"
    assert heading(read(f"{SEARCH}{link['href']}")).startswith("1 result")


def test_who_finds_nothing_is_told_which_words_nothing_holds(read, wells):
    document = read(f"{SEARCH}?q=puits+zeppelin")

    nothing = document.select_one(".found__nothing")
    assert [each.get_text() for each in nothing.select("q")] == ["zeppelin"]
    assert nothing.select_one('a[href="/en/"]')
    assert len(partly(document)) == 5


def test_words_of_a_debate_to_come_are_said_to_be_nowhere(read, page, upcoming_debate):
    act_on(ProposalFactory(debate=upcoming_debate, title="Zeppelin"))

    document = read(f"{SEARCH}?q=zeppelin+ailleurs")

    said = [each.get_text() for each in document.select(".found__nothing q")]
    assert said == ["zeppelin", "ailleurs"]


def test_a_word_of_a_debate_to_come_corrects_nothing(read, page, upcoming_debate):
    act_on(
        ProposalFactory(debate=upcoming_debate, title="Montgolfière"),
        ProposalFactory(debate=page.debate, title="Parapluie"),
    )

    public, waiting = (
        read(f"{SEARCH}?q={typed}").select_one(".found__nothing .lead")
        for typed in ("paraplvie", "montgolfiare")
    )
    assert public.a.get_text() == "parapluie"
    assert waiting is None


def test_how_words_were_understood_is_said(read, wells):
    document = read(f"{SEARCH}?q=«+un+puits+»+-cher+-profond")

    notes = document.select(".search-notes li")
    assert [each.get_text() for each in notes[0].select("q")] == ["un puits"]
    assert [each.get_text() for each in notes[1].select("q")] == ["cher", "profond"]
    assert set(found(document)) == {wells["dug"].number, wells["source"].number}


def test_what_is_too_long_is_said_to_be_cut(read, wells):
    document = read(f"{SEARCH}?q={'puits+' * 100}")

    assert "too long" in document.select_one(".search-notes").get_text()
    assert len(found(document)) == 5


def test_what_was_typed_stays_in_the_box(read, wells):
    document = read(SEARCH)
    again = read(f'{SEARCH}?q="un+puits"+-l’eau')

    assert document.select_one("main input[type=search]")["value"] == ""
    assert again.select_one("main input[type=search]")["value"] == '"un puits" -l’eau'


def test_what_puts_results_in_order_is_explained_whole(read, wells):
    said = read(f"{SEARCH}?q=puits").select_one(".found__order .meta").get_text()

    for counted in ("most often", "short text", "rare word", "three times"):
        assert counted in said


def sent_by_the_box(document) -> list[tuple[str, str]]:
    """All that its form sends but the words."""
    hidden = document.select("main .search-box input[type=hidden]")
    return [(each["name"], each["value"]) for each in hidden]


def test_other_words_are_looked_for_among_the_same_in_the_same_order(
    client, read, page, wells
):
    section = SectionFactory(debate=page.debate, slug="parcs")
    act_on(ProposalFactory(debate=page.debate, section=section, title="Un puits"))
    slug = page.debate.slug
    chosen = f"debate={slug}&kind=argument&kind=proposal&section=parcs&order=supported"
    document = read(f"{SEARCH}?q=puits&{chosen}")

    sent = [("q", "haies"), *sent_by_the_box(document)]
    response = client.get(f"{SEARCH}?{urlencode(sent)}")

    assert urlencode(sent) == f"q=haies&{chosen}"
    assert response.status_code == 200
    assert response.context["search"].query() == f"?q=haies&{chosen}"


def test_every_debate_that_is_searched_is_searched_for_other_words(read, page, wells):
    other = DebateFactory(open=True, slug="ailleurs").slug
    slugs = sorted([page.debate.slug, other])
    document = read(f"{SEARCH}?q=puits&debate={slugs[0]}&debate={slugs[1]}")

    assert sent_by_the_box(document) == [("debate", slug) for slug in slugs]


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        ("", []),
        ("?q=puits", []),
        ("?q=puits&after=0-0", []),
        ("?order=supported", [("order", "supported")]),
        ("?q=puits&order=newest", [("order", "newest")]),
        ("?order=newest", []),
        ("?q=puits&order=relevance", []),
    ],
)
def test_the_box_hides_nothing_that_goes_without_saying(read, wells, query, sent):
    assert sent_by_the_box(read(f"{SEARCH}{query}")) == sent


def test_a_box_elsewhere_searches_everything_or_its_debate(read, page, wells):
    header = read("/en/").select(".site-header .search-box input")
    in_debate = read(page.url)

    assert [each["name"] for each in header] == ["q"]
    assert sent_by_the_box(in_debate) == [("debate", page.debate.slug)]


def test_an_empty_field_of_a_form_says_nothing(client, page):
    slug = page.debate.slug
    response = client.get(f"{SEARCH}?q=&debate={slug}&kind=")

    assert response.status_code == 302
    assert response.url == f"{SEARCH}?debate={slug}"
    assert client.get(f"{SEARCH}?q=").url == SEARCH


def test_search_engines_are_asked_to_leave_it_and_know_one_address(read, wells):
    document = read(f"{SEARCH}?order=newest&q=puits&other=1")

    assert document.select_one("meta[name=robots]")["content"] == "noindex, nofollow"
    canonical = document.select_one("link[rel=canonical]")["href"]
    assert canonical == f"{settings.SITE_URL}{SEARCH}?q=puits&order=newest"


def test_it_is_known_again_until_somebody_acts(client, page):
    first = client.get(f"{SEARCH}?q=puits")
    again = client.get(f"{SEARCH}?q=puits", headers={"If-None-Match": first["ETag"]})
    act_on(ProposalFactory(debate=page.debate, title="Un puits"))
    after = client.get(f"{SEARCH}?q=puits", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert after.status_code == 200
    assert "max-age=1" in after["Cache-Control"]


def test_it_costs_the_same_for_one_and_for_twenty_of_each_kind(client, page):
    def add(how_many: int) -> None:
        for _ in range(how_many):
            proposal = ProposalFactory(
                debate=page.debate, title="Des haies", institutional=True, themes=["A"]
            )
            argument = ArgumentFactory(hangs_on=proposal, text="Des haies")
            source = SourceFactory(hangs_on=argument, title="Des haies")
            response = OfficialResponseFactory(
                hangs_on=proposal, institution=proposal.institution, text="Des haies"
            )
            act_on(proposal, argument, source, response)

    address = f"{SEARCH}?q=haies"
    add(1)
    for_one = queries_of(client, address)
    add(5)

    assert queries_of(client, address) == for_one
    assert for_one < 30


@trials(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(max_size=80))
@example("\0")
@example("?!… —")
@example("'; DROP TABLE search_posting; --")
@example("<script>alert(1)</script>")
@example('"%" -"_" -% \\')
@example("-")
@example("#999999999999999999")
@example("9" * 40)
@example("a " * 50_000)
@example("é" * 100_000)
@example("\u202e\ufeff👩‍👩‍👧 مرحبا")
def test_whatever_is_typed_the_page_answers(client, wells, typed):
    response = client.get(SEARCH, {"q": typed}, follow=True)

    assert response.status_code == 200, typed
    assert len(response.content) < 300_000


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ED%A0%80", "q=%FF%FE", "debate=%00", "theme=%FF", "q=%"]
)
def test_what_no_keyboard_writes_is_no_fault(client, wells, query):
    assert client.get(f"{SEARCH}?{query}").status_code in {200, 302, 404}


def test_debates_that_no_page_presents_are_found_too(read, wells):
    elsewhere = ProposalFactory(debate=DebateFactory(open=True), title="Un puits")
    act_on(elsewhere)

    assert elsewhere.number in found(read(f"{SEARCH}?q=puits"))
