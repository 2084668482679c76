"""Scripts that help one to write: each only adds to a form that is whole without it."""

import gzip
import json

import pytest
from playwright.sync_api import Error, expect

from tests.e2e.browser import follow
from tests.e2e.test_accessibility import AXE, EVERY_RULE, RUN
from tests.e2e.test_taking_part import PASSWORD

pytestmark = pytest.mark.browser

TEXT = "textarea[name=text]"
CUT = (
    "Le conseil municipal a décidé en mars de fermer la rue aux\n"
    "voitures pendant tout l’été, sans avoir consulté ceux qui y\n"
    "travaillent.\n"
    "\n"
    "Les commerçants du quartier ont demandé une réunion, que la\n"
    "mairie a promise pour le mois de septembre de cette\n"
    "année."
)
WHOLE = (
    "Le conseil municipal a décidé en mars de fermer la rue aux voitures pendant tout"
    " l’été, sans avoir consulté ceux qui y travaillent.\n"
    "\n"
    "Les commerçants du quartier ont demandé une réunion, que la mairie a promise pour"
    " le mois de septembre de cette année."
)
PASTE = """
    (area, said) => {
        const clipboardData = new DataTransfer();
        for (const [type, words] of Object.entries(said)) {
            clipboardData.setData(type, words);
        }
        const paste = { clipboardData, bubbles: true, cancelable: true };
        area.focus();
        if (area.dispatchEvent(new ClipboardEvent("paste", paste))) {
            document.execCommand("insertText", false, said["text/plain"]);
        }
    }
"""
# As Google Docs, Word and LibreOffice put it on the clipboard.
RICH = {
    "docs": (
        (
            '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal">'
            '<h2><span style="font-weight:400">Un titre</span></h2>'
            '<p><span style="font-weight:700">Gras</span><span style="font-weight:400">'
            ' et </span><span style="font-style:italic">penché</span>.</p>'
            "<ul><li><p><span>un</span></p></li><ul><li><p>dessous</p></li></ul></ul></b>"
        ),
        "## Un titre\n\n**Gras** et *penché*.\n\n- un\n  - dessous",
    ),
    "word": (
        (
            "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style><!--"
            " p.MsoNormal {margin:0} --></style></head><body><!--StartFragment-->"
            "<p class=MsoNormal>Une <b style='mso-bidi-font-weight:normal'>rue\n"
            "calme</b>, snake_case #915<o:p></o:p></p>"
            "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
            "<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'>"
            "<![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;</span>"
            "</span><![endif]>Premier</p>"
            "<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'>"
            "<span style='mso-list:Ignore'>o<span>&nbsp;</span></span>Dessous</p>"
            "<p class=MsoNormal>2. ni liste, *ni* marques</p><!--EndFragment--></body>"
        ),
        (
            "Une **rue calme**, snake_case #915\n\n1. Premier\n   - Dessous\n\n"
            "2\\. ni liste, \\*ni\\* marques"
        ),
    ),
    "libreoffice": (
        (
            '<style type="text/css">p { margin: 0 }</style><h1><b>Titre</b></h1>'
            "<p>Une ligne<br/>\nune autre</p><blockquote><p>Cité</p><p>encore</p>"
            '</blockquote><p><a href="https://a.fr/x(1)">lien</a> [a](b) &lt;nom&gt;'
        ),
        (
            "## Titre\n\nUne ligne\nune autre\n\n> Cité\n>\n> encore\n\n"
            "[lien](https://a.fr/x%281%29) [a\\](b) <nom>"
        ),
    ),
}


@pytest.fixture
def page(tab):
    return tab(reduced_motion="reduce")


def log_in(page, site):
    """As somebody whom no other browser test logs in as: their drafts are elsewhere."""
    page.goto(f"{site.url}/accounts/login/")
    page.fill("[name=login]", "samira.haddad@example.org")
    page.fill("[name=password]", PASSWORD)
    follow(page, "main button[type=submit]")


def keep_no_draft(page):
    """What is sent on leaving a page passes by Chromium's emulated lack of network."""
    page.add_init_script("window.fetch = () => Promise.reject(new TypeError())")


def open_proposal_form(page, site):
    page.goto(site("open"))
    follow(page, "main .band a.button")
    return page.locator(TEXT)


def open_argument_form(page, site, side="for"):
    page.goto(site("discussed"))
    link = page.locator(f"#{side} .side__act a").first
    page.goto(site.url + link.get_attribute("href"))
    return page.locator(TEXT)


def test_marks_are_written_and_taken_back_by_keyboard_alone(page, site):
    area = open_proposal_form(page, site)
    area.press_sequentially("Une rue")

    area.press("Control+Shift+ArrowLeft")
    area.press("Control+b")
    expect(area).to_have_value("Une **rue**")
    area.press("Control+z")
    expect(area).to_have_value("Une rue")
    area.press("End")
    area.press("Shift+Tab")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    expect(area).to_have_value("- Une rue")
    expect(area).to_be_focused()
    expect(page.locator(".toolbar button:not([tabindex='-1'])")).to_have_count(1)


@pytest.mark.parametrize("source", RICH)
def test_pasted_rich_text_keeps_its_layout_as_marks(page, site, source):
    complaints = []
    page.on("console", lambda said: complaints.append(said.text))
    html, marked = RICH[source]
    area = open_proposal_form(page, site)

    area.evaluate(PASTE, {"text/html": html, "text/plain": "sans mise en forme"})

    expect(area).to_have_value(marked)
    assert complaints == []
    area.press("Control+z")
    expect(area).to_have_value("")


def test_what_is_pasted_as_plain_text_stays_as_it_is(tab, site):
    page = tab(permissions=["clipboard-read", "clipboard-write"])
    area = open_proposal_form(page, site)
    page.evaluate("""
        () => navigator.clipboard.write([new ClipboardItem({
            "text/html": new Blob(["<b>Gras</b>"], {type: "text/html"}),
            "text/plain": new Blob(["Gras"], {type: "text/plain"}),
        })])
    """)

    area.press("Control+Shift+v")
    expect(area).to_have_value("Gras")
    area.fill("")
    area.press("Control+v")

    expect(area).to_have_value("**Gras**")


@pytest.mark.parametrize("open_form", [open_proposal_form, open_argument_form])
def test_cut_lines_are_joined_when_asked_and_put_back(page, site, open_form):
    area = open_form(page, site)
    offer = page.locator("[data-rejoin] button")

    area.evaluate(PASTE, {"text/plain": CUT})
    expect(area).to_have_value(CUT)
    offer.click()
    expect(area).to_have_value(WHOLE)
    expect(offer).to_be_focused()
    offer.click()

    expect(area).to_have_value(CUT)
    expect(offer).to_have_count(0)


def test_lines_that_are_short_by_themselves_are_left_alone(page, site):
    area = open_argument_form(page, site)

    area.evaluate(PASTE, {"text/plain": "Une rue\nsans voiture\noù l’on joue\n"})

    expect(page.locator("[data-rejoin] button")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_replying_begins_an_argument_with_the_number(tab, site, script):
    page = tab(java_script_enabled=script, reduced_motion="reduce")
    page.goto(site("discussed"))
    link = page.locator("#for article [data-reply]").first
    number = link.get_attribute("data-reply")

    follow(page, f"#for article [data-reply='{number}']")

    assert page.input_value(TEXT) == f"{number} "
    assert page.locator("[name=side]:checked").count() == 0


def test_replying_while_a_form_is_open_writes_the_number_at_the_caret(page, site):
    page.goto(site("discussed"))
    address = page.url
    page.evaluate("""
        () => document.querySelector("#for").insertAdjacentHTML(
            "beforeend", '<form><textarea name="text">Voir là</textarea></form>')
    """)
    link = page.locator("#for article [data-reply]").first
    area = page.locator(TEXT)
    area.evaluate("area => area.setSelectionRange(4, 4)")  # before the space

    link.click()

    expect(area).to_have_value(f"Voir {link.get_attribute('data-reply')} là")
    expect(area).to_be_focused()
    assert page.url == address


def test_without_network_the_page_says_so_and_tries_again(page, site):
    log_in(page, site)
    area = open_argument_form(page, site, side="against")
    kept = page.locator("[data-kept]")
    page.context.set_offline(True)
    area.press_sequentially("Presque")
    expect(kept).to_have_text(kept.get_attribute("data-offline"), timeout=10_000)

    with page.expect_response(lambda answer: "/brouillons/" in answer.url) as answer:
        page.context.set_offline(False)

    assert answer.value.status == 200


def test_a_text_that_the_server_never_had_is_found_again(page, site):
    keep_no_draft(page)
    log_in(page, site)
    area = open_argument_form(page, site)
    address = page.url
    page.context.set_offline(True)
    area.press_sequentially("Perdu ?")
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()

    page.context.set_offline(False)
    page.goto(address)
    expect(area).to_have_value("")
    page.locator("[data-take]").click()

    expect(area).to_have_value("Perdu ?")


def test_what_a_visitor_typed_in_this_tab_is_found_again(page, site):
    area = open_argument_form(page, site)
    area.press_sequentially("Sans compte")

    page.reload()
    page.locator("[data-take]").click()

    expect(area).to_have_value("Sans compte")
    assert page.evaluate("localStorage.length") == 0


def test_what_the_server_keeps_until_one_logs_in_is_kept_there_alone(page, site):
    copies = "Object.keys(sessionStorage).filter(name => name.startsWith('copy:'))"
    open_argument_form(page, site).press_sequentially("Avant la connexion")
    assert len(page.evaluate(copies)) == 1

    follow(page, "main button[type=submit]")

    assert "/accounts/login/" in page.url
    assert page.evaluate(copies) == []


def test_a_copy_is_offered_to_nobody_else_and_goes_at_logout(page, site):
    keep_no_draft(page)
    log_in(page, site)
    open_argument_form(page, site).press_sequentially("À moi seule")
    address = page.url
    copies = "Object.keys(localStorage).filter(name => name.startsWith('copy:')).length"
    assert page.evaluate(copies) == 1

    page.goto(f"{site.url}/accounts/logout/")
    follow(page, "main button[type=submit]")

    assert page.evaluate(copies) == 0
    page.goto(address)
    expect(page.locator("[data-take]")).to_have_count(0)


def test_another_account_erases_what_was_left(page, site):
    keep_no_draft(page)
    log_in(page, site)
    area = open_argument_form(page, site)
    area.press_sequentially("À moi seule")
    page.evaluate("""
        () => {
            const [name] = Object.keys(localStorage);
            const [prefix, owner, ...rest] = name.split(":");
            localStorage[[prefix, "another", ...rest].join(":")] = localStorage[name];
            localStorage.removeItem(name);
        }
    """)

    page.goto(page.url)

    expect(page.locator("[data-take]")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0


def test_a_text_that_was_posted_is_not_offered_again(page, site):
    keep_no_draft(page)
    log_in(page, site)
    area = open_argument_form(page, site)
    address = page.url
    area.press_sequentially("Dit une fois pour toutes.")

    follow(page, "main button[type=submit]")
    page.goto(address)

    expect(page.locator(TEXT)).to_have_value("")
    expect(page.locator("[data-take]")).to_have_count(0)


def test_a_browser_that_keeps_nothing_says_nothing(page, site):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script("""
        for (const name of ["localStorage", "sessionStorage"]) {
            Object.defineProperty(window, name, { get() { throw new Error("none"); } });
        }
    """)
    area = open_argument_form(page, site)

    area.press_sequentially("Une idée")

    expect(area).to_have_value("Une idée")
    assert errors == []


def test_axe_finds_nothing_in_what_is_offered(tab, site):
    page = tab(bypass_csp=True, reduced_motion="reduce")
    area = open_proposal_form(page, site)
    area.evaluate(PASTE, {"text/plain": CUT})
    page.goto(page.url)
    page.locator(TEXT).evaluate(PASTE, {"text/plain": CUT})
    expect(page.locator(".offer button")).to_have_count(3)
    page.add_script_tag(path=AXE)
    found = {}

    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        result = page.evaluate(RUN, EVERY_RULE)
        assert result["passed"] > 5
        found |= {width: result["found"]} if result["found"] else {}

    assert found == {}, json.dumps(found, indent=1)


def test_the_scripts_of_a_form_weigh_less_than_25_kb(page, site):
    open_proposal_form(page, site)

    scripts = page.eval_on_selector_all("script[src]", "all => all.map((s) => s.src)")
    read = [page.request.get(address).body() for address in scripts]
    weight = sum(len(gzip.compress(each)) for each in read)

    assert 1_000 < weight < 25_000
