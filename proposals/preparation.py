"""What an organiser types to open a debate with, and what would come of it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proposals.actions import Prepared, prepared_words
from proposals.forms import ProposalForm
from proposals.typed import Problem, Typed, read_typed
from register.forms import WritingForm
from register.models import Debate, Section
from register.text import LINE_BREAK, folded

LARGEST_FILE = 1024 * 1024
PROPOSALS_AT_MOST = 500


class PreparationForm(WritingForm):
    """Several proposals at once, typed or as a file, all in one name."""

    key = None

    text = forms.CharField(
        label=gettext_lazy("Proposals"),
        required=False,
        strip=False,
        max_length=LARGEST_FILE,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "true"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        help_text=gettext_lazy(
            "A table (.csv) or a text (.md, .txt) of 1 MB at most. It takes the place"
            " of what is typed above."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.md,.txt"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of these proposals"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
    )
    # Of the text whose preview was on the page, so that nothing else is published.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    is_windows_1252 = False

    def clean_file(self) -> str:
        """What the file says, or an empty string."""
        file = self.cleaned_data["file"]
        return self._text_of(file) if file else ""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        said["text"] = LINE_BREAK.sub("\n", said.get("file") or said.get("text", ""))
        if not said["text"].strip() and not self.errors:
            self.add_error("text", _("Type or paste proposals, or choose a file."))
        return said

    def _text_of(self, file: UploadedFile) -> str:
        """Spreadsheets of Windows often write in its own encoding."""
        if file.size is None or file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 1 MB."))
        data = file.read()
        try:
            text: str = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
            self.is_windows_1252 = True
        if "\0" in text or "\ufffd" in text:
            raise forms.ValidationError(
                _("This file cannot be read: save it as text in UTF-8.")
            )
        return text


@dataclass(frozen=True)
class Previewed:
    """A proposal as it would be, and what is typed that is not so."""

    typed: Typed
    prepared: Prepared | None
    problems: list[Problem]
    is_there: bool = False


@dataclass
class Preview:
    """All that would be prepared, and every reason why nothing would be."""

    digest: str
    proposals: list[Previewed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def prepared(self) -> list[Prepared]:
        new = (each for each in self.proposals if not each.is_there)
        return [each.prepared for each in new if each.prepared]

    @property
    def is_right(self) -> bool:
        return bool(self.prepared) and not self.problems


def preview_of(text: str, debate: Debate) -> Preview:
    """What would come of a text. Nothing is written."""
    reading = read_typed(text)
    preview = Preview(digest=hashlib.sha256(text.encode()).hexdigest())
    preview.problems = list(reading.problems)
    if len(reading.proposals) > PROPOSALS_AT_MOST:
        over = reading.proposals[PROPOSALS_AT_MOST]
        sentence = _("Five hundred proposals at most are prepared at once.")
        preview.problems.append(Problem(over.line, sentence))
        return preview
    preview.proposals = list(_previewed(reading.proposals, debate))
    for each in preview.proposals:
        preview.problems += each.problems
    preview.problems.sort(key=lambda problem: problem.line)
    return preview


def _previewed(proposals: list[Typed], debate: Debate) -> Iterator[Previewed]:
    sections = {
        name: section
        for section in debate.sections.all()
        for name in (section.slug, folded(section.title))
    }
    there = prepared_words(debate)
    for typed in proposals:
        section = sections.get(folded(typed.section))
        form = _filled_in(typed, section, debate)
        problems = list(_problems(typed, section, form))
        if problems:
            yield Previewed(typed, None, problems)
            continue
        prepared = _prepared(form)
        is_there = prepared.place_and_words in there
        there.add(prepared.place_and_words)
        yield Previewed(typed, prepared, [], is_there)


def _filled_in(typed: Typed, section: Section | None, debate: Debate) -> ProposalForm:
    """The form that anybody proposes by: the same is asked of all."""
    data = {
        "key": str(uuid4()),
        "section": str(section.pk) if section else "",
        "title": typed.title,
        "text": typed.text,
        "themes": typed.themes,
    }
    return ProposalForm(data, target=debate)


def _problems(
    typed: Typed, section: Section | None, form: ProposalForm
) -> Iterator[Problem]:
    if typed.section.strip() and not section:
        sentence = _("This debate has no section “%(name)s”.")
        yield Problem(typed.line, sentence % {"name": typed.section.strip()})
        form.errors.pop("section", None)
    for sentences in form.errors.values():
        for sentence in sentences:
            yield Problem(typed.line, str(sentence))


def _prepared(form: ProposalForm) -> Prepared:
    said = form.cleaned_data
    return Prepared(
        title=said["title"],
        text=form.html,
        section=said.get("section"),
        themes=said["themes"],
    )
