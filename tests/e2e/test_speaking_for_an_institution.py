"""From an invitation by mail to an argument that an institution signs."""

import re

import pytest

from tests.e2e.browser import follow
from tests.e2e.test_accessibility import AXE, EVERY_RULE, RUN
from tests.e2e.test_taking_part import PASSWORD, open_form, send

pytestmark = pytest.mark.browser

ORGANISER = "claire.montreuil@example.org"
INSTITUTION = "Belrive Métropole"
LINK = re.compile(r"/invitations/[-\w]+/")


def fill_in_log_in(page, person):
    page.fill("[name=login]", person)
    page.fill("[name=password]", PASSWORD)
    follow(page, "main button[type=submit]")


def invite(page, site, person, service):
    """What an organiser does in the admin."""
    page.goto(f"{site.url}/accounts/login/?next=/admin/institutions/")
    fill_in_log_in(page, ORGANISER)
    follow(page, f"main tbody a:has-text('{INSTITUTION}')")
    follow(page, "main a[href*='/invite/']")
    page.fill("[name=email]", person)
    page.fill("[name=service]", service)
    follow(page, "main form .button[type=submit]")


def link_received(site, person):
    """In the last invitation: the demonstration has mailed other things too."""
    files = sorted(site.mails.iterdir(), key=lambda file: file.stat().st_mtime)
    texts = [file.read_text() for file in files]
    links = [LINK.search(text) for text in texts if f"To: {person}" in text]
    return [link[0] for link in links if link][-1]


@pytest.mark.parametrize(
    ("person", "words", "width", "with_script"),
    [
        ("camille.rousseau@example.org", "Nos ateliers manquent.", 390, False),
        ("collectif.quai-aux-laines@example.org", "La digue prime.", 1280, True),
    ],
)
def test_who_is_invited_accepts_and_argues_in_its_name(
    tab, site, person, words, width, with_script
):
    service = f"Service {width}"
    invite(tab(), site, person, service)
    page = tab(
        java_script_enabled=with_script,
        viewport={"width": width, "height": 844},
        reduced_motion="reduce",
    )

    page.goto(site.url + link_received(site, person))
    follow(page, "main .acts a")
    fill_in_log_in(page, person)
    assert INSTITUTION in page.locator("h1").inner_text()
    follow(page, "main form.form button")
    assert service in page.locator("main .entries").inner_text()

    page.goto(site("discussed"))
    open_form(page, "#against .side__act a")
    spoken_for = page.locator("[name=membership] option", has_text=service)
    page.select_option("[name=membership]", spoken_for.get_attribute("value"))
    page.fill("textarea[name=text]", words)
    send(page)

    posted = page.locator(".utterance:target")
    assert words in posted.text_content()
    assert INSTITUTION in posted.locator(".signature__name").text_content()
    assert service in posted.locator(".signature__service").text_content()
    assert posted.locator(".verified summary").inner_text().strip()


def test_axe_finds_nothing_on_an_invitation_whoever_opens_it(tab, site):
    person = "samira.haddad@example.org"
    invite(tab(), site, person, "Direction de l’eau")
    page = tab(bypass_csp=True, reduced_motion="reduce")
    found = {}

    for reader in (None, "camille.rousseau@example.org", person):
        if reader:
            page.context.clear_cookies()
            page.goto(f"{site.url}/accounts/login/")
            fill_in_log_in(page, reader)
        page.goto(site.url + link_received(site, person))
        page.add_script_tag(path=AXE)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            overflow = "document.documentElement.scrollWidth > innerWidth"
            assert not page.evaluate(overflow)
            result = page.evaluate(RUN, EVERY_RULE)
            assert result["passed"] > 5
            if result["found"]:
                found[reader, width] = result["found"]

    assert found == {}
