"""Trajectories as JSON: ratings, signals with their figures, change by every rule."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from holdfast.trajectories.rules import rule
from holdfast.trajectories.signals import Signal
from holdfast.trajectories.trajectory import CaseTrajectories, Trajectory

FORMAT = "holdfast trajectories 1"


def render_json(cases: tuple[CaseTrajectories, ...]) -> str:
    """Return all clients' trajectories as JSON.

    Examples
    --------
    >>> import json
    >>> json.loads(render_json(()))
    {'format': 'holdfast trajectories 1', 'clients': []}
    """
    whole = {"format": FORMAT, "clients": [_case(one) for one in cases]}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _case(case: CaseTrajectories) -> dict[str, Any]:
    return {
        "client": case.client,
        "safety": [{"session": session, **asdict(flag)} for session, flag in case.safety],
        "trajectories": [_trajectory(one) for one in case.trajectories],
    }


def _trajectory(one: Trajectory) -> dict[str, Any]:
    change = one.change
    return {
        "instrument": one.instrument.label,
        "status": one.instrument.status,
        "lowest": one.course.lowest,
        "highest": one.course.highest,
        "ratings": [asdict(rating) for rating in one.course.ratings],
        "signals": [_signal(signal) for signal in one.signals],
        "episodes": [asdict(episode) for episode in one.episodes],
        "gap": asdict(one.gap) if one.gap else None,
        "change": None
        if change is None
        else {
            "before": change.before,
            "after": change.after,
            "improvement": change.improvement,
            "significance": one.significance.value if one.significance else None,
            "rules": {
                verdict.rule.name: {
                    "threshold": verdict.rule.threshold,
                    "direction": verdict.direction.value,
                }
                for verdict in change.verdicts
            },
        },
        "expected": [asdict(band) if band else None for band in one.bands],
    }


def _signal(signal: Signal) -> dict[str, Any]:
    told = rule(signal.name)
    return {
        "name": signal.name,
        "session": signal.session,
        "attention": signal.attention,
        "reason": signal.reason,
        "figures": dict(signal.figures),
        "card": told.card,
        "source": told.source,
        "not_meaning": told.not_meaning,
    }
