from django.urls import re_path

from consultation.paging import NUMBER
from consultation.views import (
    closing,
    contributions,
    decisions,
    drafts,
    feeds,
    nearby,
    notices,
    open_data,
    pages,
    participation,
    people,
    receipts,
    responses,
    search,
    suggestions,
)
from register.enums import Writing

app_name = "consultation"

SLUG = r"[-a-zA-Z0-9_]+"
FILE = r"[-a-zA-Z]+\.[a-z]+"
# What can be done about what bears a number, and the last step of its address.
ACTS = {
    Writing.ARGUE: "argumenter",
    Writing.SOURCE: "ajouter-une-source",
    Writing.VOTE: "voter",
    Writing.SUPPORT: "soutenir",
    Writing.REPORT: "signaler",
}

# In one language each, like the page they belong to.
urlpatterns = [
    re_path(rf"^propositions/({NUMBER})/$", contributions.proposal, name="proposal"),
    re_path(rf"^propositions/({NUMBER})/proches/$", nearby.nearby, name="nearby"),
    re_path(r"^recherche/$", search.search, name="search"),
    # A person's public key may hold slashes, and any other character.
    re_path(r"^auteurs/(.+)/$", people.author, name="author"),
    re_path(r"^institutions/$", people.institutions, name="institutions"),
    re_path(rf"^institutions/({SLUG})/$", people.institution, name="institution"),
    re_path(r"^recherche/suggestions$", suggestions.suggestions, name="suggestions"),
    re_path(rf"^debats/({SLUG})/atom\.xml$", feeds.debate, name="feed"),
    re_path(rf"^debats/({SLUG})/cloture/$", closing.closing, name="closing"),
    re_path(rf"^debats/({SLUG})/cloture/registre\.zip$", closing.seal, name="seal"),
    re_path(rf"^debats/({SLUG})/donnees/$", open_data.of_debate, name="open-data"),
    re_path(
        rf"^consultations/({SLUG})/donnees/$",
        open_data.of_consultation,
        name="open-data-of-all",
    ),
    re_path(rf"^debats/({SLUG})/proposer/$", participation.propose, name="propose"),
    re_path(
        rf"^debats/({SLUG})/proches/$",
        nearby.while_proposing,
        name="while-propose",
    ),
    re_path(
        rf"^contributions/({NUMBER})/deja-dit/$",
        nearby.while_arguing,
        name="while-argue",
    ),
    re_path(rf"^debats/({SLUG})/decisions/$", decisions.register, name="decisions"),
    re_path(rf"^decisions/({NUMBER})/$", decisions.statement, name="statement"),
    re_path(rf"^decisions/({NUMBER})/recours/$", decisions.appeal, name="appeal"),
    re_path(
        rf"^decisions/({NUMBER})/texte/$", decisions.own_words, name="decided-words"
    ),
    re_path(r"^mes-decisions/$", decisions.mine, name="my-decisions"),
    re_path(
        rf"^contributions/({NUMBER})/contenu-illicite/$", notices.notice, name="notice"
    ),
    *(
        re_path(
            rf"^contributions/({NUMBER})/{verb}/$",
            participation.take_part,
            {"writing": writing},
            name=writing.value,
        )
        for writing, verb in ACTS.items()
    ),
    re_path(r"^brouillons/$", drafts.drafts, name="drafts"),
    *(
        re_path(
            rf"^brouillons/{writing.value}/({NUMBER})/$",
            drafts.keep,
            {"writing": writing},
            name=f"keep-{writing.value}",
        )
        for writing in participation.KEPT
    ),
    re_path(
        rf"^contributions/({NUMBER})/retirer/$", participation.withdraw, name="withdraw"
    ),
    re_path(
        rf"^contributions/({NUMBER})/repondre/({SLUG})/$",
        responses.respond,
        name="respond",
    ),
    re_path(rf"^contributions/({NUMBER})/juger/$", responses.judge, name="judge"),
    re_path(rf"^receipts/({NUMBER})/?$", receipts.receipt, name="receipt"),
    re_path(rf"^receipts/({NUMBER})/verifier/$", receipts.check, name="check-receipt"),
    re_path(rf"^receipts/({NUMBER})/fichier/$", receipts.file, name="receipt-file"),
    # Home, consultations and debates; Wagtail has the deeper addresses and its own.
    re_path(r"^(?!_util/)((?:[-\w]+/){0,2})$", pages.page, name="page"),
]

# What people copy, print and cite: bare in French, like every other address.
permalink_patterns = [
    re_path(
        rf"^contributions/({NUMBER})/?$", contributions.permalink, name="permalink"
    ),
]

# Language-neutral: what programs look for at the root of the site.
root_patterns = [
    re_path(r"^robots\.txt$", feeds.robots, name="robots"),
    re_path(r"^sitemap\.xml$", feeds.sitemap_index, name="sitemap"),
    re_path(r"^sitemap-pages\.xml$", feeds.sitemap_of_pages, name="sitemap-pages"),
    re_path(
        rf"^sitemap-propositions-({NUMBER})\.xml$",
        feeds.sitemap_of_proposals,
        name="sitemap-proposals",
    ),
    # Files of data are in every language at once.
    re_path(
        rf"^debats/({SLUG})/donnees/({FILE})$",
        open_data.file_of_debate,
        name="open-data-file",
    ),
    re_path(
        rf"^consultations/({SLUG})/donnees/({FILE})$",
        open_data.file_of_consultation,
        name="open-data-file-of-all",
    ),
]
