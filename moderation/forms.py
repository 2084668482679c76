from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.capcollectif.reader import HIDDEN_GROUND
from moderation.models import REPORT_MAX_LENGTH
from register.forms import KeyedForm, WordsField
from register.models import Ground

# The charter says by itself what is wrong with the others; what is unlawful, and why,
# has to be said (article 16 of Regulation (EU) 2022/2065 on digital services).
EXPLAINED_GROUNDS = frozenset({"unlawful"})


class ReportForm(KeyedForm):
    """What is wrong with a contribution, for the moderators alone."""

    ground = forms.ModelChoiceField(
        label=_("What is wrong with it"),
        # What a platform of origin hid is a ground of imports alone.
        queryset=Ground.objects.exclude(slug=HIDDEN_GROUND),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose one of these grounds.")},
    )
    text = WordsField(
        label=_("What the moderators should know"),
        help_text=_(
            "Which words, and why, in %(most)s characters at most. Needed when you"
            " report unlawful content."
        )
        % {"most": "2\u202f000"},
        required=False,
        max_length=REPORT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "data-counts": REPORT_MAX_LENGTH}),
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        ground = said.get("ground")
        needs_words = ground and ground.slug in EXPLAINED_GROUNDS
        if needs_words and said.get("text") == "":
            self.add_error("text", _("Say what is unlawful in it, and why."))
        return said
