"""No word of the interface is the same on a French page and on the English one."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from django.conf import settings
from django.test import Client

from exchange.counters import recount
from register.enums import Measure
from register.models import Contribution
from tests.factories import (
    AppendixFactory,
    ArgumentFactory,
    ArgumentSupportFactory,
    ProposalFactory,
    ReceivedTotalFactory,
    SourceFactory,
    VoteFactory,
)

CATALOGUE = Path(settings.BASE_DIR) / "locale/fr/LC_MESSAGES/django.mo"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not CATALOGUE.exists(), reason="no French catalogue yet"),
]

# What people wrote, as the factories make it, and what is the same in both languages.
SAID = re.compile(
    r"Débat \d+|Proposition \d+|Source \d+|Personne \d+|Association \d+|Eau|"
    r"Ouvrir la bibliothèque.*|Le dimanche, les familles.*|Exposé des motifs\.|"
    r"Êtes-vous d’accord.*|Préfecture du Rhône|Récépissé.*|Article de presse|"
    r"exemple\.fr|Français|English|Insultes.*|[^A-Za-zÀ-ÿ]*"
)
# Words that both languages spell alike.
ALIKE = re.compile(
    r"(\d+ )?(arguments?|sources?|contributions?|participants?|votes?)|Consultations?|"
    r"Contributions?|Sources?|Contact|Participant|Source|Association|, source,"
)
ATTRIBUTES = ("aria-label", "title", "alt", "placeholder")


def words(response) -> set[str]:
    document = BeautifulSoup(response.content, "html.parser")
    found = [
        " ".join(text.split())
        for text in document.find_all(string=True)
        if not isinstance(text, PreformattedString) and text.parent.name != "title"
    ]
    found += [tag[name] for name in ATTRIBUTES for tag in document.select(f"[{name}]")]
    found = [text for text in found if text != settings.SITE_NAME]
    return {t for t in found if not SAID.fullmatch(t) and not ALIKE.fullmatch(t)}


def test_french_pages_speak_french_alone(client: Client, page):
    proposal = ProposalFactory(debate=page.debate, institutional=True, themes=["Eau"])
    AppendixFactory(proposal=proposal)
    ReceivedTotalFactory(contribution=proposal, measure=Measure.MIXED)
    VoteFactory(proposal=proposal)
    argument = ArgumentFactory(hangs_on=proposal)
    ArgumentSupportFactory(argument=argument)
    SourceFactory(hangs_on=argument)
    ArgumentFactory(hangs_on=proposal, against=True, withdrawn=True)
    empty = ProposalFactory(debate=page.debate)
    recount(Contribution.objects.values_list("pk", flat=True))

    for address in (
        "/",
        page.get_parent().url,
        page.url,
        f"/propositions/{proposal.pk}/",
        f"/propositions/{proposal.pk}/?order=oldest",
        f"/propositions/{empty.pk}/",
        f"/auteurs/{argument.author.public_key}/",
        f"/institutions/{proposal.institution.slug}/",
        "/institutions/",
        "/contributions/999999",
        "/rien/",
    ):
        french, english = client.get(address), client.get(f"/en{address}")
        assert words(french) & words(english) == set(), address
        assert len(words(french)) > 5
