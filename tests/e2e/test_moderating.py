"""From a notice to its register, from an end to a seal: what each role does, in French.

Every journey leaves the demonstration as open, and as readable, as it found it.
"""

import re
import subprocess
import sys
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.utils import timezone

from tests.e2e.browser import follow
from tests.e2e.test_accessibility import AXE, EVERY_RULE, RUN
from tests.e2e.test_taking_part import PERSON, fill_in_log_in

pytestmark = pytest.mark.browser

MODERATOR = "yann.legoff@example.org"
ORGANISER = "claire.montreuil@example.org"
REPRESENTATIVE = "samira.haddad@example.org"
INSTITUTION = "Belrive Métropole"
STATEMENT = re.compile(r"/decisions/\d+/")


@pytest.fixture(params=[1280, 390], ids=["wide", "narrow"])
def width(request):
    return request.param


@pytest.fixture
def somebody(tab, site, width):
    """Log somebody in, in a browser of their own, and open a page there."""

    def log_in(person, place):
        page = tab(viewport={"width": width, "height": 844}, reduced_motion="reduce")
        page.goto(f"{site.url}/accounts/login/?next={place}")
        fill_in_log_in(page, person)
        return page

    return log_in


@pytest.fixture
def visitor(tab, width):
    """Nobody in particular; on the narrow screen, without a script."""
    return tab(
        viewport={"width": width, "height": 844}, java_script_enabled=width > 390
    )


def press(page, name):
    follow(page, page.get_by_role("button", name=name, exact=True))


def go_to(page, name):
    follow(page, page.locator("main").get_by_role("link", name=name))


def last_mail(site, person, link):
    """What a link in the last mail to somebody leads to, of those that have one."""
    files = sorted(site.mails.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    texts = [file.read_text() for file in files]
    found = [link.search(text) for text in texts if f"To: {person}" in text]
    return [each[0] for each in found if each][-1]


def shown(page):
    """What the page says was done: in the admin or outside it."""
    return page.locator(".messages, main [role=status]").first.inner_text()


def test_what_is_hidden_upon_a_notice_comes_back_upon_an_appeal(
    somebody, visitor, site, width
):
    contested = site("contested")
    number = contested.rpartition("/")[2]
    visitor.goto(f"{contested}/contenu-illicite/")
    visitor.fill("[name=text]", f"Ce prix est faux, vu à {width}.")
    visitor.fill("[name=name]", "Une passante")
    visitor.fill("[name=email]", "passante@example.org")
    visitor.check("[name=good_faith]")
    follow(visitor, "main form.form button[type=submit]")
    assert "Votre notification est reçue" in visitor.locator("h1").inner_text()

    # A moderator is told how many wait, reads what was reported, and hides it.
    moderator = somebody(MODERATOR, "/admin/")
    waiting = moderator.locator(".w-panel--dashboard a[href='/admin/desk/']")
    assert re.match(r"\d+ contributions attendent", waiting.inner_text())
    follow(moderator, waiting)
    follow(moderator, f"main a[href='/admin/desk/{number}/']")
    assert f"vu à {width}." in moderator.locator("main").inner_text()
    follow(moderator, "main a[href$='/hide/']")
    moderator.get_by_label("Publicité ou contenu répété").check()
    moderator.fill("[name=facts]", f"Un prix, à {width}.")
    press(moderator, "Masquer cette contribution")
    assert "La contribution est masquée" in shown(moderator)
    assert visitor.goto(contested).status == 410

    # Its author reads why, and contests it.
    author = somebody(PERSON, last_mail(site, PERSON, STATEMENT))
    read = author.locator("main").inner_text()
    assert f"Un prix, à {width}." in read
    assert "Publicité ou contenu répété" in read
    author.fill("#appeal textarea", "Le prix est celui de la vitrine.")
    press(author, "Envoyer mon recours")
    assert "Votre recours est reçu." in shown(author)

    # Somebody else answers; everybody reads the words again, and what was decided.
    organiser = somebody(ORGANISER, f"/admin/desk/{number}/")
    go_to(organiser, "Décider du recours")
    organiser.check("[name=outcome][value=granted]")
    organiser.fill("[name=answer]", "Vous avez raison.")
    press(organiser, "Envoyer la réponse")
    assert "Le recours est tranché" in shown(organiser)
    assert visitor.goto(contested).status == 200
    visitor.goto(site("open"))
    go_to(visitor, "Décisions de la modération")
    assert "Recours : Accordé" in plain(visitor.locator("main .rows").inner_text())
    author.goto(f"{site.url}/mes-decisions/")
    assert "Rétablie" in author.locator("main .rows").inner_text()


def plain(text):
    """With the blanks of any typewriter."""
    return " ".join(text.split())


def test_an_end_is_brought_forward_in_public_and_put_back(
    somebody, visitor, site, width
):
    organiser = somebody(ORGANISER, "/admin/debates/")
    go_to(organiser, "Des rues et des places pour tout le monde")
    follow(organiser, organiser.get_by_role("link", name="Déplacer la période"))
    closes_at = timezone.localtime() + timedelta(days=3)
    organiser.fill("[name=closes_at]", f"{closes_at:%Y-%m-%d} 12:00")
    organiser.fill("[name=motive]", f"Le conseil se réunit plus tôt ({width}).")
    # By the keyboard: the calendar that opens over the form is none of its concern.
    with organiser.expect_navigation():
        organiser.get_by_role("button", name="Déplacer la période").press("Enter")
    assert "La période est déplacée" in shown(organiser)
    visitor.goto(site("open"))
    assert f"se réunit plus tôt ({width})." in visitor.locator("main").text_content()

    go_to(organiser, "Annuler la fin avancée")
    organiser.fill("[name=motive]", f"Il attendra ({width}).")
    press(organiser, "Annuler la fin avancée")

    assert "La période est déplacée" in shown(organiser)
    assert organiser.get_by_role("link", name="Annuler la fin avancée").count() == 0
    visitor.goto(site("open"))
    assert f"Il attendra ({width})." in visitor.locator("main").text_content()


def test_a_moderator_closes_what_has_ended_and_everybody_reads_the_minutes(
    somebody, site, width
):
    moderator = somebody(MODERATOR, "/admin/debates/")
    row = moderator.locator("main tr", has_text=f"Un débat terminé, {width}")
    follow(moderator, row.get_by_role("link", name="non clos"))
    assert "Rien n’est en attente" in moderator.locator("main").inner_text()
    moderator.fill("[name=motive]", "Le délai est passé.")
    press(moderator, "Clore définitivement le débat")
    assert "Le débat est clos, et son registre est scellé." in shown(moderator)

    go_to(moderator, "Procès-verbal et registre scellé")

    assert "Le délai est passé." in moderator.locator("main").inner_text()


def test_an_institution_answers_from_one_draft_and_the_author_says_what_it_is_worth(
    somebody, site, width
):
    proposal = site("own").removeprefix(site.url)
    member = somebody(REPRESENTATIVE, proposal)
    go_to(member, f"Répondre au nom de {INSTITUTION}")
    member.check("[name=outcome][value=partly]")
    member.fill("[name=text]", f"Le samedi seulement ({width}).")
    press(member, "Enregistrer le brouillon partagé")
    assert "Le brouillon partagé est enregistré." in shown(member)

    # Whoever else speaks for it goes on.
    colleague = somebody(ORGANISER, proposal)
    go_to(colleague, f"Reprendre la réponse de {INSTITUTION}")
    typed = colleague.input_value("[name=text]")
    assert typed == f"Le samedi seulement ({width})."
    colleague.fill("[name=text]", f"{typed} Le marché reste.")
    press(colleague, "Aperçu")
    assert "Le marché reste." in colleague.locator(".preview").inner_text()
    press(colleague, "Publier la réponse")
    posted = colleague.locator(":target")
    assert "Le marché reste." in posted.inner_text()
    assert INSTITUTION in posted.inner_text()

    author = somebody(PERSON, proposal)
    author.goto(colleague.url)
    follow(author, author.locator(":target a[href*='/juger/']"))
    author.check("[name=is_thanked]")
    author.check("[name=satisfaction][value=partly]")
    press(author, "Envoyer")
    judged = plain(author.locator(":target .judgement").inner_text())
    assert "merci" in judged
    assert "en partie" in judged


def test_anybody_reads_what_was_decided_and_checks_the_record_offline(
    visitor, site, tmp_path
):
    visitor.goto(site("ended"))
    go_to(visitor, "Décisions de la modération")
    go_to(visitor, re.compile(r"^N. \d+.: Masquée"))
    assert "Données personnelles" in visitor.locator("main").inner_text()

    visitor.goto(site("ended"))
    go_to(visitor, "procès-verbal et le registre scellé")
    root = visitor.locator("main pre, main samp, main code").first.inner_text()
    record = downloaded(visitor, "Télécharger le registre scellé", tmp_path)
    checked = subprocess.run(
        [sys.executable, "verify_seal.py"],
        cwd=next(record.rglob("verify_seal.py")).parent,
        capture_output=True,
        check=False,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "intact" in checked.stdout
    assert root.split()[-1] in checked.stdout

    visitor.goto(site("ended"))
    go_to(visitor, "Données ouvertes")
    data = downloaded(visitor, "Tout télécharger (zip)", tmp_path)
    assert {"datapackage.json", "arguments.csv"} <= {
        file.name for file in data.rglob("*")
    }


@pytest.mark.parametrize("person", [PERSON, REPRESENTATIVE])
def test_axe_finds_nothing_on_what_only_one_person_reads(tab, site, person):
    page = tab(bypass_csp=True, reduced_motion="reduce")
    page.goto(f"{site.url}/accounts/login/")
    fill_in_log_in(page, person)
    mine = [site("appealed"), f"{site.url}/mes-decisions/"]
    theirs = [f"{site.url}{answering(site)}"]
    found = {}

    for address in mine if person == PERSON else theirs:
        assert page.goto(address).status == 200
        page.add_script_tag(path=AXE)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            result = page.evaluate(RUN, EVERY_RULE)
            assert result["passed"] > 5
            if result["found"]:
                found[address, width] = result["found"]

    assert found == {}


def answering(site):
    """Where an institution answers the proposal of the person."""
    number = site("own").rstrip("/").rpartition("/")[2]
    return f"/contributions/{number}/repondre/belrive-metropole/"


def downloaded(page, name, tmp_path):
    """The folder that a zip holds, once it is there and unpacked."""
    with page.expect_download() as begun:
        page.get_by_role("link", name=name).click()
    folder = tmp_path / begun.value.suggested_filename.removesuffix(".zip")
    with ZipFile(begun.value.path()) as file:
        file.extractall(folder)
    return folder
