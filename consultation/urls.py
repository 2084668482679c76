from django.urls import re_path

from consultation import views
from consultation.paging import NUMBER

app_name = "consultation"

# In one language each, like the page they belong to.
urlpatterns = [
    re_path(rf"^propositions/({NUMBER})/$", views.proposal, name="proposal"),
]

# Language-neutral: what people copy, print and cite.
permalink_patterns = [
    re_path(rf"^contributions/({NUMBER})/?$", views.permalink, name="permalink"),
]
