"""The pages that present consultations and their debates. The debates are data."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from journal.clock import database_now
from register.models import Debate

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


# First steps of addresses that no page can take.
RESERVED_SLUGS = frozenset(
    {"_util", "accounts", "admin", "auteurs", "brouillons", "contributions", "debats"}
    | {"documents", "en", "institutions", "invitations", "media", "propositions"}
    | {"receipts", "recherche", "static", "textes"}
)

# The admin shows a preview in a frame of its own.
in_a_frame_of_ours = csp_replace({"frame-ancestors": [SELF]})


class PreviewedAsServed:
    """A draft's preview in the admin is what visitors would get."""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        request.at = database_now()  # as `consultation.views.pages.page` does
        return in_a_frame_of_ours(self.serve)(request)


class UnderHome(PreviewedAsServed):
    """Its address begins as those of the site itself do, and must be none of them."""

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError(
                {"slug": _("The site itself uses this address: choose another.")}
            )


class HomePage(PreviewedAsServed, Page):
    """The site's first page, one in each language."""

    introduction = RichTextField(
        _("introduction"), blank=True, features=RICH_TEXT_FEATURES
    )

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    # What was said stays public: no page offers to expire, or to be read by some only.
    settings_panels = []
    private_page_options: list[str] = []
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["consultation.ConsultationPage", "consultation.InformationPage"]

    class Meta:
        verbose_name = _("home page")

    def serve(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        from consultation.views.pages import home

        return home(request, request.at, self)


class ConsultationPage(UnderHome, Page):
    """What a public body asks about, in one or several debates."""

    introduction = RichTextField(
        _("introduction"), blank=True, features=RICH_TEXT_FEATURES
    )
    legal_basis = RichTextField(
        _("legal basis"), blank=True, features=RICH_TEXT_FEATURES
    )
    contact = RichTextField(_("contact"), blank=True, features=RICH_TEXT_FEATURES)

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("legal_basis"),
        FieldPanel("contact"),
    ]
    settings_panels = []
    private_page_options: list[str] = []
    parent_page_types = ["consultation.HomePage"]
    subpage_types = ["consultation.DebatePage"]

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")

    def serve(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        from consultation.views.pages import consultation

        return consultation(request, request.at, self)


class InformationPage(UnderHome, Page):
    """What a public site must say of itself; the foot of every page leads to it."""

    body = RichTextField(_("text"), features=RICH_TEXT_FEATURES)

    content_panels = [*Page.content_panels, FieldPanel("body")]
    settings_panels = []
    private_page_options: list[str] = []
    parent_page_types = ["consultation.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")

    def serve(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        from consultation.views.information import information

        return information(request, request.at, self)


class DebatePage(PreviewedAsServed, Page):
    """Presents one debate in one language. Holds no date, no state, no counter."""

    debate = models.ForeignKey(
        Debate,
        verbose_name=_("debate"),
        on_delete=models.PROTECT,
        related_name="pages",
    )
    introduction = RichTextField(
        _("introduction"), blank=True, features=RICH_TEXT_FEATURES
    )
    thanks = models.CharField(
        _("thanks"),
        max_length=300,
        blank=True,
        help_text=_(
            "A sentence to those who took part, shown once the debate is over."
            " A standard one is shown when this is empty."
        ),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("debate"),
        FieldPanel("introduction"),
        FieldPanel("thanks"),
    ]
    settings_panels = []
    private_page_options: list[str] = []
    parent_page_types = ["consultation.ConsultationPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("debate page")
        verbose_name_plural = _("debate pages")

    def clean(self) -> None:
        """One debate has one page in a language, and a page keeps its debate."""
        super().clean()
        if self.debate_id is None:
            return
        held = DebatePage.objects.filter(pk=self.pk).values_list("debate", flat=True)
        if self.pk and held and held[0] != self.debate_id:
            raise ValidationError(
                {"debate": _("A page keeps the debate it was made for.")}
            )
        twins = DebatePage.objects.filter(debate=self.debate_id, locale=self.locale_id)
        if twins.exclude(pk=self.pk).exists():
            raise ValidationError(
                {"debate": _("Another page presents this debate in this language.")}
            )

    def serve(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        from consultation.views.pages import debate

        return debate(request, request.at, self)
