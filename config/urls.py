from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts import urls as accounts_urls
from accounts.views import log_in_to_admin
from consultation import urls as consultation_urls

handler400 = "consultation.views.errors.bad_request"
handler403 = "consultation.views.errors.forbidden"
handler404 = "consultation.views.errors.not_found"
handler429 = "accounts.views.too_many_requests"
handler500 = "consultation.views.errors.server_error"

urlpatterns = [
    path(f"{settings.ADMIN_PATH}login/", log_in_to_admin),
    path(settings.ADMIN_PATH, include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(consultation_urls.root_patterns)),
    *i18n_patterns(
        path("", include(consultation_urls.permalink_patterns)),
        path("", include(accounts_urls.allauth_patterns)),
        path("", include(accounts_urls)),
        path("", include(consultation_urls)),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
