"""Where the pages of work, lists, persons and review are."""

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from repatria.web.account import views as account
from repatria.web.calendars import acts as calendar_acts
from repatria.web.calendars import views as calendars
from repatria.web.erasures import views as erasures
from repatria.web.keys import views as keys
from repatria.web.lists import answering, dialogue, importing, locking, matching
from repatria.web.lists import views as lists
from repatria.web.persons import views as persons
from repatria.web.review import contradictions as together
from repatria.web.review import views as review

urlpatterns = [
    path("", account.home, name="home"),
    path("login/", account.login, name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    # It decides about nothing but words, so that no page needs a cookie to offer it.
    path("language/", csrf_exempt(require_POST(set_language)), name="set_language"),
    path("lists/", lists.all_lists, name="lists"),
    path("lists/import/", importing.import_list, name="list-import"),
    path("lists/import/apply/", importing.apply, name="list-import-apply"),
    path("lists/import/unreadable/", importing.unreadable, name="list-import-unreadable"),
    path("lists/match/", matching.match_files, name="list-match"),
    path("lists/<slug:token>/", lists.one_list, name="list"),
    path("lists/<slug:token>/export/", lists.export, name="list-export"),
    path("lists/<slug:token>/compare/", lists.compare, name="list-compare"),
    path("lists/<slug:token>/answer/", answering.answer, name="list-answer"),
    path("lists/<slug:token>/suggested/", answering.suggested, name="list-suggested"),
    path("lists/<slug:token>/dialogue/", dialogue.dialogue, name="list-dialogue"),
    path("lists/<slug:token>/changes/export/", dialogue.changes_export, name="changes-export"),
    path("lists/<slug:token>/check/", dialogue.check, name="list-check"),
    path("lists/<slug:token>/found/", dialogue.found, name="list-found"),
    path("lists/<slug:token>/found/export/", dialogue.found_export, name="list-found-export"),
    path("lists/<slug:token>/check/answers/", dialogue.answers, name="list-check-answers"),
    path("lists/<slug:token>/remark/", dialogue.remark, name="list-remark"),
    path("lists/<slug:token>/locks/", locking.locks, name="list-locks"),
    path("lists/<slug:token>/lock/", locking.lock, name="list-lock"),
    path("lists/<slug:token>/sign/", dialogue.sign, name="list-sign"),
    path("due/", calendars.due, name="due"),
    path("due/open/", calendar_acts.open_page, name="calendar-open"),
    path("due/duties/done/", calendar_acts.duties_done, name="duties-done"),
    path("due/duties/export/", calendars.duties_export, name="duties-export"),
    path("due/export/", calendars.export, name="due-export"),
    path("due/<slug:token>/<slug:step>/", calendar_acts.deliver_page, name="step-deliver"),
    path("lists/<slug:token>/lines/<slug:line_token>/", lists.one_line, name="line"),
    path("persons/", persons.all_of_them, name="persons"),
    path("persons/export/", persons.export, name="persons-export"),
    path("persons/<slug:token>/", persons.one, name="person"),
    path("persons/<slug:token>/erase/", erasures.erase_person, name="person-erase"),
    path("erasures/", erasures.all_erasures, name="erasures"),
    path("lists/<slug:token>/repeats/", together.repeats, name="list-repeats"),
    path("review/", review.queue, name="review"),
    path("review/export/", review.export, name="review-export"),
    path("review/contradictions/", together.contradictions, name="review-contradictions"),
    path("review/lines/<slug:left>/<slug:right>/", review.two_lines, name="pair-lines"),
    path("review/<slug:token>/", review.one_pair, name="pair"),
    path("review/<slug:token>/decide/", review.decide, name="pair-decide"),
    path("keys/", keys.all_keys, name="keys"),
]
