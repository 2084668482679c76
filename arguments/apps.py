from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArgumentsConfig(AppConfig):
    name = "arguments"
    verbose_name = _("arguments")
