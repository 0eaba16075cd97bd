"""Instruments: questionnaires as data, one interpreter for all, and what a change means."""

from holdfast.instruments.definition import (
    Checked,
    Instrument,
    InstrumentError,
    Item,
    Licence,
    Options,
    Safety,
    Source,
    Worse,
)
from holdfast.instruments.library import (
    instrument_names,
    load_instrument,
    load_wording,
    load_wordings,
    practice_folder,
)
from holdfast.instruments.reading import read_definition
from holdfast.instruments.scales import (
    Band,
    ChangeRule,
    Condition,
    Criterion,
    Cutoff,
    Level,
    Reliability,
    Sample,
    Scale,
    reliable_points,
)
from holdfast.instruments.score import (
    AnswerError,
    Finding,
    SafetyFlag,
    ScaleScore,
    Score,
    safety_flags,
    score,
)
from holdfast.instruments.wording import Labels, Wording
from holdfast.instruments.wording_reading import read_wording

__all__ = [
    "AnswerError",
    "Band",
    "ChangeRule",
    "Checked",
    "Condition",
    "Criterion",
    "Cutoff",
    "Finding",
    "Instrument",
    "InstrumentError",
    "Item",
    "Labels",
    "Level",
    "Licence",
    "Options",
    "Reliability",
    "Safety",
    "SafetyFlag",
    "Sample",
    "Scale",
    "ScaleScore",
    "Score",
    "Source",
    "Wording",
    "Worse",
    "instrument_names",
    "load_instrument",
    "load_wording",
    "load_wordings",
    "practice_folder",
    "read_definition",
    "read_wording",
    "reliable_points",
    "safety_flags",
    "score",
]
