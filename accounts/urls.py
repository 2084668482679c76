"""Below /accounts/, allauth's pages and ours; below /textes/, what one accepts."""

from allauth.account import views as allauth
from django.db import transaction
from django.urls import include, path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("accounts/", views.home, name="home"),
    path("accounts/name/", views.edit, name="edit"),
    path("accounts/sessions/<int:pk>/end/", views.end_session, name="end-session"),
    path("textes/<slug:slug>/", views.terms, name="terms"),
    path("textes/<slug:slug>/<int:version>/", views.terms, name="terms"),
]

# Whatever marks an address as confirmed does so in one transaction with what follows
# from it. No password is hashed there, which would keep others from writing.
allauth_patterns = [
    path(
        "accounts/confirm-email/",
        transaction.atomic(allauth.email_verification_sent),
        name="account_email_verification_sent",
    ),
    path(
        "accounts/login/code/confirm/",
        transaction.atomic(allauth.confirm_login_code),
        name="account_confirm_login_code",
    ),
    path(
        "accounts/password/reset/confirm/",
        transaction.atomic(allauth.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path("accounts/", include("allauth.urls")),
]
