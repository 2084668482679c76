from django.urls import re_path

from consultation.paging import NUMBER
from consultation.views import contributions

app_name = "consultation"

# In one language each, like the page they belong to.
urlpatterns = [
    re_path(rf"^propositions/({NUMBER})/$", contributions.proposal, name="proposal"),
]

# Language-neutral: what people copy, print and cite.
permalink_patterns = [
    re_path(
        rf"^contributions/({NUMBER})/?$", contributions.permalink, name="permalink"
    ),
]
