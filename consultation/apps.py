from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationConfig(AppConfig):
    name = "consultation"
    verbose_name = _("consultation")

    def ready(self) -> None:
        from consultation.actions import present_imported_debate
        from journal.actions import subscribe

        subscribe(present_imported_debate)
