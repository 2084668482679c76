"""Forms by which organisers frame debates: their sections, the charter's clauses."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from register.forms import TitleField
from register.models import Debate, Ground, Section

# Where what has no place yet is put.
LAST = 1_000_000


class GroundForm(WagtailAdminModelForm):
    """A clause of the charter. Its address stays: the record names it by that."""

    class Meta:
        model = Ground
        fields = (
            "title",
            "title_en",
            "slug",
            "basis",
            "basis_en",
            "is_law",
            "is_given",
            "position",
        )
        widgets = dict.fromkeys(("basis", "basis_en"), forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].disabled = self.instance.pk is not None


class SectionForm(forms.ModelForm):
    """A heading of a debate. `has_begun` is asked of the debate, not of the form."""

    title = TitleField(label=_("Name"))

    class Meta:
        model = Section
        fields = ("title",)

    def __init__(self, *args: Any, has_begun: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What was said under one heading was not said under another.
        self.fields["title"].disabled = has_begun and self.is_used

    @property
    def is_used(self) -> bool:
        """Of a section `with_count` of what stands in it."""
        return bool(getattr(self.instance, "contribution_count", 0))


class SectionsOfADebate(forms.BaseInlineFormSet):
    """All the sections of a debate, in their order, and lines to add some."""

    def add_fields(self, form: SectionForm, index: int | None) -> None:
        super().add_fields(form, index)
        order, delete = form.fields["ORDER"], form.fields["DELETE"]
        order.label, delete.label = gettext("Place"), gettext("Remove")
        order.widget.attrs["min"] = 1

    def clean(self) -> None:
        super().clean()
        used = [each for each in self.deleted_forms if each.is_used]
        for form in used:
            form.add_error(
                None,
                gettext("“%(section)s” cannot be removed: contributions stand in it.")
                % {"section": form.instance},
            )
        if used:
            raise forms.ValidationError(
                gettext("Only a section in which nothing stands can be removed.")
            )

    def in_order(self) -> list[Section]:
        """The sections that stay, as they are to be read; new ones last."""
        kept = [
            form
            for form in self.forms
            if form not in self.deleted_forms
            and (form.instance.pk or form.cleaned_data.get("title"))
        ]
        kept.sort(key=lambda form: form.cleaned_data.get("ORDER") or LAST)
        return [form.instance for form in kept]

    def removed(self) -> list[Section]:
        return [form.instance for form in self.deleted_forms if form.instance.pk]


SECTIONS = forms.inlineformset_factory(
    Debate,
    Section,
    form=SectionForm,
    formset=SectionsOfADebate,
    extra=3,
    can_order=True,
    can_delete=True,
)
