"""The addresses of the public pages; each begins with the language it is in."""

from django.urls import path, re_path

from repatria.web.public import bulletins, replies, views

urlpatterns = [
    path("", views.front_door, name="public"),
    re_path(
        r"^files/(?P<content>[0-9a-f]{64})\.(?P<ending>html|pdf|json|csv)$",
        bulletins.file,
        name="public-file",
    ),
    path("<slug:language>/", views.home, name="public-home"),
    path("<slug:language>/bulletins/", bulletins.all_bulletins, name="public-bulletins"),
    path("<slug:language>/bulletins/<slug:token>/", bulletins.one_bulletin, name="public-bulletin"),
    path(
        "<slug:language>/bulletins/<slug:token>/<int:version>/changes/",
        bulletins.changes,
        name="public-changes",
    ),
    path("<slug:language>/content/<slug:content>/", bulletins.exact_bulletin, name="public-exact"),
    path("<slug:language>/figures/", views.figures, name="public-figures"),
    path("<slug:language>/figures.csv", views.figures_file, name="public-figures-file"),
    path("<slug:language>/said/", views.said, name="public-said"),
    path("<slug:language>/search/", views.search, name="public-search"),
    path("<slug:language>/promises/", views.promises, name="public-promises"),
    path("<slug:language>/verify/", bulletins.verify, name="public-verify"),
    path("<slug:language>/answer/", replies.answer, name="public-tip"),
    path("<slug:language>/answer/<slug:token>/", replies.answer, name="public-answer"),
    path("<slug:language>/feed.atom", views.feed, name="public-feed"),
]
