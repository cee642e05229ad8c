"""Where the pages of work, lists, persons, review and packages are."""

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from repatria.web.account import views as account

urlpatterns = [
    path("", account.home, name="home"),
    path("login/", account.login, name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("language/", set_language, name="set_language"),
]
