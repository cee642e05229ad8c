"""The addresses of the pages about packages."""

from django.urls import path

from repatria.web.packages import forks, inbox, introducing, outbox, overview

urlpatterns = [
    path("packages/", overview.overview, name="packages"),
    path("packages/make/", overview.make, name="package-make"),
    path("packages/give-back/", overview.give_back, name="package-give-back"),
    path("packages/introduce/", introducing.introduce, name="peer-introduce"),
    path("packages/our-keyring/", overview.our_keyring, name="our-keyring"),
    path("packages/inbox/", inbox.inbox, name="package-inbox"),
    path("packages/inbox/export/", inbox.export, name="package-inbox-export"),
    path("packages/inbox/upload/", inbox.upload, name="package-upload"),
    path("packages/inbox/<slug:digest>/", inbox.preview, name="package-preview"),
    path("packages/inbox/<slug:digest>/accept/", inbox.accept, name="package-accept"),
    path("packages/inbox/<slug:digest>/refuse/", inbox.refuse, name="package-refuse"),
    path("packages/inbox/<slug:digest>/remove/", inbox.remove, name="package-remove"),
    path("packages/outbox/", outbox.outbox, name="package-outbox"),
    path("packages/outbox/export/", outbox.export, name="package-outbox-export"),
    path("packages/outbox/<slug:digest>/", outbox.made, name="package-made"),
    path("packages/outbox/<slug:digest>/file/", outbox.file, name="package-file"),
    path("packages/outbox/<slug:digest>/revoke/", outbox.revoke, name="package-revoke"),
    path("packages/passed/", outbox.passed, name="packages-passed"),
    path("packages/passed/export/", outbox.passed_export, name="packages-passed-export"),
    path("packages/forks/<slug:party>/", forks.fork, name="package-fork"),
    path("packages/forks/<slug:party>/evidence/", forks.evidence_file, name="fork-evidence"),
]
