"""Rows: changes of therapist, endings."""

from holdfast_web.handover.models.changes import HandOver
from holdfast_web.handover.models.endings import Ending

__all__ = ["Ending", "HandOver"]
