"""What was heard in a session, from the data that was stored of it, ready for a page.

Nothing is read or coded again: a session is shown as it was when it was read. The drawings have
classes and no style of their own, so that a page may refuse every inline style.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from holdfast.reports.facts import length, notes
from holdfast.reports.from_json import from_data
from holdfast.reports.heard import abstentions
from holdfast.reports.page.over_time import ABOUT, legend, numbers_table
from holdfast.reports.page.transcript import about
from holdfast.reports.picture import draw_picture
from holdfast.reports.record import NOT_ENGLISH, Record
from holdfast_web.engine.findings_lines import (
    filters_of,
    lines_of,
    openings_of,
    parts_of,
    shares_of,
)
from holdfast_web.engine.findings_skills import skills_of
from holdfast_web.engine.findings_view import (
    Answered,
    Filter,
    Line,
    Mark,
    Moment,
    Part,
    Share,
    SkillRow,
)
from holdfast_web.engine.own_words import by_role

__all__ = [
    "Answered",
    "Filter",
    "Findings",
    "FindingsUnreadable",
    "Line",
    "Mark",
    "Moment",
    "Part",
    "Share",
    "SkillRow",
]

NONE = SafeString("")


class FindingsUnreadable(Exception):  # noqa: N818 - a sentence, not a fault
    """Stored data that isn't a record this version can read; the sentence holds none of it."""


@dataclass(frozen=True)  # without slots: each view is made once, when it is asked for
class Findings:
    """What was heard in a session; each view is made when it is first asked for.

    Attributes
    ----------
    record
        As the engine has it. Pages use the views below.
    """

    record: Record = field(repr=False)  # a log must not hold words of a session

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Findings:
        """Return the findings of a session from its stored data.

        Parameters
        ----------
        data
            As ``holdfast.reports.json.as_data`` made it.

        Raises
        ------
        FindingsUnreadable
            If the data has an unknown schema or lacks a part.

        Examples
        --------
        >>> Findings.of({"schema": "none"})
        Traceback (most recent call last):
        ...
        holdfast_web.engine.findings.FindingsUnreadable: The record's schema is 'none'; this \
version reads 'holdfast.record/1'.
        """
        try:
            return cls(by_role(from_data(data)))
        except ValueError as error:
            raise FindingsUnreadable(str(error)) from None

    @classmethod
    def kept(cls, data: Mapping[str, Any] | None) -> Findings | None:
        """Return stored findings; ``None`` where there are none, or this version can't read them.

        Examples
        --------
        >>> Findings.kept(None), Findings.kept({"schema": "none"})
        (None, None)
        """
        if not data:
            return None
        try:
            return cls.of(data)
        except FindingsUnreadable:
            return None

    @cached_property
    def english(self) -> bool:
        """Whether the words look English; of others nothing is heard."""
        return self.record.english

    @property
    def not_english(self) -> str:
        """The sentence that then stands first; ``""`` otherwise."""
        return "" if self.english else NOT_ENGLISH

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line of the session."""
        return lines_of(self.record)

    @cached_property
    def filters(self) -> tuple[Filter, ...]:
        """What one may look for in the lines, with how many lines have it."""
        return filters_of(self.lines)

    @cached_property
    def moments(self) -> tuple[Part, ...]:
        """The lines worth going back to: three parts, kept, missed and to be read again."""
        return parts_of(self.record, self.lines)

    @cached_property
    def openings(self) -> tuple[Answered, ...]:
        """Openings for empathy, and how each was answered."""
        return openings_of(self.record, self.lines)

    @cached_property
    def skills(self) -> tuple[SkillRow, ...]:
        """The skills; rows of a heading lie together, so that a template can regroup them."""
        return skills_of(self.record)

    @property
    def first_skills(self) -> tuple[SkillRow, ...]:
        """Those that are not experimental."""
        return tuple(one for one in self.skills if not one.experimental)

    @property
    def further_skills(self) -> tuple[SkillRow, ...]:
        """Those that are."""
        return tuple(one for one in self.skills if one.experimental)

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """How the talk was shared, the client first."""
        return shares_of(self.record)

    @cached_property
    def picture(self) -> SafeString:
        """The session over time as SVG; ``""`` where the words aren't English."""
        return SafeString(draw_picture(self.record)) if self.english else NONE

    @cached_property
    def legend(self) -> SafeString:
        """What the picture's shapes mean, as a list with the class ``legend``."""
        return SafeString(legend(self.record)) if self.english else NONE

    @cached_property
    def numbers(self) -> SafeString:
        """The picture's numbers as a table, for those who can't see it."""
        return SafeString(numbers_table(self.record)) if self.english else NONE

    @property
    def about_picture(self) -> str:
        """How the picture's feelings are to be read."""
        return ABOUT

    @property
    def abstained_on(self) -> int:
        """On how many lines the coder was not sure enough of what is mainly done or said."""
        return abstentions(self.record.coded)

    @property
    def about_lines(self) -> str:
        """How many lines there are, and on how many the coder abstained, in words."""
        return about(self.record)

    @property
    def accuracy(self) -> Mapping[str, str]:
        """How often the coder is right, a sentence for each code that it is known of."""
        return {code: one.sentence for code, one in self.record.accuracy.items()}

    @property
    def limits(self) -> tuple[str, ...]:
        """What this can't tell, a sentence each."""
        return self.record.limits

    @property
    def versions(self) -> tuple[tuple[str, str], ...]:
        """What made it: pairs of a name and a version."""
        coded = self.record.coded
        software = ((name.capitalize(), one) for name, one in self.record.versions.items())
        return (("Model", coded.model), ("Codebook", coded.codebook), *software)

    @property
    def lasted(self) -> str:
        """From the first time to the last, ``""`` without times."""
        return length(self.record.coded.session) or ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader of the transcript noticed, and how much of it was not coded."""
        return notes(self.record.coded.session)
