"""What the C-NIP's scales are: their range, how many answers, and from where a wish is strong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from holdfast.instruments import load_instrument

FORM = "c-nip"
HIGHEST_ANSWER = 3


@dataclass(frozen=True, slots=True)
class WishScale:
    """One scale.

    Attributes
    ----------
    name
        As the form has it.
    reach
        How far it reaches to either side of nought: three for each answer.
    strong_from, strong_to
        At or above, and at or below which a wish is strong (the form's tentative cut-offs).
    """

    name: str
    reach: float
    strong_from: float
    strong_to: float

    def is_strong(self, value: float) -> bool:
        """Say whether a wish is strong."""
        return value >= self.strong_from or value <= self.strong_to

    def of_ticked(self, ticked: float) -> float:
        """Return where one answer of −3 to 3 lies on the scale: ``ticked / 3 · reach``.

        It is what the scale comes to when every answer is that one.

        Examples
        --------
        >>> wish_scales()["past"].of_ticked(-2)
        -6.0
        """
        return ticked / HIGHEST_ANSWER * self.reach


@cache
def wish_scales() -> Mapping[str, WishScale]:
    """Return the scales by name, in the form's order.

    Examples
    --------
    >>> scales = wish_scales()
    >>> list(scales), scales["past"].reach, scales["support"].is_strong(-4)
    (['directiveness', 'intensity', 'past', 'support'], 9, True)
    """
    found = {}
    for one in load_instrument(FORM).scales:
        above = min(cut.at for cut in one.cutoffs if cut.above)
        below = max(cut.at for cut in one.cutoffs if not cut.above)
        found[one.name] = WishScale(one.name, one.highest, above, below)
    return found
