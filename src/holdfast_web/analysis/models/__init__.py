"""Rows: transcripts, analyses, corrections, and what is shown of them to whom."""

from holdfast_web.analysis.models.analyses import Analysis
from holdfast_web.analysis.models.corrections import Correction, ReadThrough, Tally
from holdfast_web.analysis.models.refusals import SessionRefusal
from holdfast_web.analysis.models.shown import Excerpt, LineComment, SessionShare
from holdfast_web.analysis.models.threads import ThreadAnswer
from holdfast_web.analysis.models.transcripts import Transcript

__all__ = [
    "Analysis",
    "Correction",
    "Excerpt",
    "LineComment",
    "ReadThrough",
    "SessionRefusal",
    "SessionShare",
    "Tally",
    "ThreadAnswer",
    "Transcript",
]
