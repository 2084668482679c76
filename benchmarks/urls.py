"""The site's addresses, and before them those of the two references."""

from django.urls import path

from benchmarks import references
from config import urls as site_urls
from config.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("reference/trivial", references.trivial),
    path("reference/ordinary/<slug:slug>", references.ordinary),
    *site_urls.urlpatterns,
]
