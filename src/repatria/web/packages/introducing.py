"""First contact: a peer's keyring is taken in once its fingerprint was compared aloud.

The fingerprint of the file is not shown: whoever could copy it would not compare. What the
other party reads aloud is typed, by its digits or its words, and must be that of the file.
"""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repatria.ledger.fingerprint import is_read_aloud
from repatria.ledger.keyring import Keyring, read_keyring
from repatria.operations.access import introduce_peer
from repatria.terms import IntegrityError, Role
from repatria.web.access import Request
from repatria.web.acts import Act, Said, act_for, files_sent, sent, written
from repatria.wiring.desks import desk_for

INTRODUCES = (Role.REGISTRAR, Role.INTERMEDIARY)
MOST_BYTES = 1_048_576


class KeyringForm(forms.Form):
    """The keyring file of another party, and what that party read aloud."""

    title = forms.CharField(
        label=gettext_lazy("How the party is called"),
        help_text=gettext_lazy("As people call it; it stands on every page."),
        max_length=200,
    )
    file = forms.FileField(
        label=gettext_lazy("Its keyring file"),
        help_text=gettext_lazy("Such as south.keyring; handed over at the meeting."),
    )
    read_aloud = forms.CharField(
        label=gettext_lazy("The fingerprint as the other party reads it aloud"),
        help_text=gettext_lazy(
            "All its digits or all its words, typed as you hear them. It is not shown here: "
            "the other party reads it from its own page of keys."
        ),
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_file(self) -> Keyring:
        """The keyring in the file."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This is no keyring; it is far too large."))
        try:
            return read_keyring(file.read().decode("utf-8", "replace").strip(), place="keyring")
        except IntegrityError:
            raise forms.ValidationError(_("This is no keyring, or it was changed.")) from None

    def clean(self) -> dict[str, Any]:
        """The same, if the fingerprint is that of the file."""
        said = super().clean() or {}
        known, typed = said.get("file"), said.get("read_aloud")
        if known is not None and typed and not is_read_aloud(typed, known.digest):
            self.add_error(
                "read_aloud",
                _("NOT THE SAME. Go no further: this may be somebody else's key."),
            )
        return said


@act_for(*INTRODUCES)
def introduce(request: Request) -> Act:
    """Take in the keyring of another party, at a first meeting."""
    form = KeyringForm(sent(request), files_sent(request))

    def do(said: Said) -> HttpResponse:
        known: Keyring = said["file"]
        desk = desk_for(request.viewer)
        introduce_peer(desk, party=known.party, title=said["title"], keyring=known)
        return written(request, _("The party is known from now on."), "packages")

    return Act(
        title=_("Introduce a party"),
        button=_("Note its keys"),
        back=reverse("packages"),
        back_words=_("Packages"),
        lead=_(
            "At a first meeting, or over a line on which you know the voice. From then on, "
            "packages of this party are checked against these keys."
        ),
        form=form,
        do=do,
        beside={"peer-is-ourselves": "file", "peer-key-differs": "file"},
    )
