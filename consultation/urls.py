from django.urls import path, re_path

from consultation import views

app_name = "consultation"

# In one language each, like the page they belong to.
urlpatterns = [
    path("propositions/<int:number>/", views.proposal, name="proposal"),
]

# Language-neutral: what people copy, print and cite.
permalink_patterns = [
    re_path(r"^contributions/(\d{1,18})/?$", views.permalink, name="permalink"),
]
