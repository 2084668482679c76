from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("search")

    def ready(self) -> None:
        from exchange.recounts import look_also
        from journal.actions import subscribe
        from search import checks  # noqa: F401 - registers itself
        from search.actions import follow, reindex
        from search.differences import wrong_documents

        subscribe(follow)
        look_also(wrong_documents, mend=reindex)
