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
        from search.served import rebuild_if_any, wrong_on_the_server

        subscribe(follow)
        look_also(wrong_documents, mend=reindex)
        look_also(wrong_on_the_server, mend=rebuild_if_any)
