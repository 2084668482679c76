"""Texts annexed to a proposal: a law as it is, and the law as it would become."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultation.differences import Change, Paragraph, Piece, differences, is_changed
from consultation.paragraphs import Run
from proposals.enums import AppendixKind
from proposals.models import Appendix

register = template.Library()

LAWS = {AppendixKind.LAW_IN_FORCE, AppendixKind.LAW_PROPOSED}


@dataclass(frozen=True)
class Comparison:
    """A text of law in force, and the one proposed in its place."""

    in_force: Appendix
    proposed: Appendix

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        return differences(self.in_force.text, self.proposed.text)

    @property
    def is_changed(self) -> bool:
        return is_changed(self.paragraphs)

    @property
    def title(self) -> str:
        return self.proposed.title or self.in_force.title

    @property
    def texts(self) -> tuple[Appendix, Appendix]:
        return self.in_force, self.proposed


@register.filter
def compared(appendices: Iterable[Appendix]) -> list[Appendix | Comparison]:
    """Appendices in order, a text of law and the one proposed beside it as one.

    Where they are odd in number, a text proposed before the others stands alone: one
    that changes no law in force comes before those that do.
    """
    shown: list[Appendix | Comparison] = []
    for run in _runs_of_laws(appendices):
        if len(run) % 2 and run[0].kind == AppendixKind.LAW_PROPOSED:
            shown.append(run.pop(0))
        while len(run) > 1:
            shown.append(_comparison(run.pop(0), run.pop(0)))
        shown += run
    return shown


def _runs_of_laws(appendices: Iterable[Appendix]) -> list[list[Appendix]]:
    """Split so that in each part texts in force and texts proposed take turns."""
    runs: list[list[Appendix]] = []
    for each in appendices:
        if runs and {runs[-1][-1].kind, each.kind} == LAWS:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _comparison(one: Appendix, other: Appendix) -> Comparison:
    if one.kind == AppendixKind.LAW_IN_FORCE:
        return Comparison(in_force=one, proposed=other)
    return Comparison(in_force=other, proposed=one)


@register.simple_tag
def marked(paragraphs: Sequence[Paragraph]) -> SafeString:
    """A text with what was removed and what was added, shown and said to be so."""
    marks = {
        Change.KEPT: ("", ""),
        Change.REMOVED: _mark("del", _("start of a removal"), _("end of a removal")),
        Change.ADDED: _mark("ins", _("start of an addition"), _("end of an addition")),
    }
    html = "".join(_paragraph(each, marks) for each in paragraphs)
    # Words are escaped run by run; tags and marks come from lists of ours.
    return mark_safe(html)  # noqa: S308


def _mark(tag: str, start: str, end: str) -> tuple[str, str]:
    """What stands before and after words, for those who look and those who listen."""
    said = '<span class="visually-hidden" lang="{}">{}</span>'
    language = get_language()
    return (
        f"<{tag}>{format_html(said, language, f'{start} ')}",
        f"{format_html(said, language, f' {end}')}</{tag}>",
    )


def _paragraph(paragraph: Paragraph, marks: dict[Change, tuple[str, str]]) -> str:
    words = "".join(_marked(piece, *marks[piece.change]) for piece in paragraph.pieces)
    if paragraph.marker:
        words = f'<span class="differences__marker">{paragraph.marker}</span> {words}'
    return f'<p class="differences__{paragraph.kind}">{words}</p>'


def _marked(piece: Piece, start: str, end: str) -> str:
    """The blanks before marked words are not part of the mark."""
    html = "".join(_styled(run) for run in piece.runs)
    words = html.lstrip()
    return f"{html[: len(html) - len(words)]}{start}{words}{end}"


def _styled(run: Run) -> str:
    html = escape(run.text)
    for style in reversed(run.styles):
        html = f"<{style}>{html}</{style}>"
    return html
