from django.urls import re_path

from consultation.paging import NUMBER
from consultation.views import contributions, feeds, pages, people

app_name = "consultation"

SLUG = r"[-a-zA-Z0-9_]+"

# In one language each, like the page they belong to.
urlpatterns = [
    re_path(rf"^propositions/({NUMBER})/$", contributions.proposal, name="proposal"),
    # A person's public key may hold slashes, and any other character.
    re_path(r"^auteurs/(.+)/$", people.author, name="author"),
    re_path(r"^institutions/$", people.institutions, name="institutions"),
    re_path(rf"^institutions/({SLUG})/$", people.institution, name="institution"),
    # Home, consultations and debates; Wagtail has the deeper addresses and its own.
    re_path(r"^(?!_util/)((?:[-\w]+/){0,2})$", pages.page, name="page"),
    re_path(rf"^debats/({SLUG})/atom\.xml$", feeds.debate, name="feed"),
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
]
