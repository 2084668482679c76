from django.urls import URLPattern, path
from wagtail import hooks

from proposals.views import prepare


@hooks.register("register_admin_urls")
def register_preparation() -> list[URLPattern]:
    return [path("debates/<int:pk>/prepare/", prepare, name="prepare_proposals")]
