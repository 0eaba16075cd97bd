"""LOINC codes: the check digit that tells a real one from a slip of the pen."""

from __future__ import annotations

import re

_CODE = re.compile(r"([0-9]{1,7})-([0-9])")
_ANSWER = re.compile(r"LA[0-9]{1,7}-[0-9]")


def is_valid(code: str) -> bool:
    """Return whether a LOINC code has the right check digit.

    The digit is that of the Luhn algorithm (mod 10), as the LOINC Users' Guide has it.

    Parameters
    ----------
    code
        ``"44249-1"``.

    Examples
    --------
    >>> is_valid("44249-1"), is_valid("70274-5")
    (True, False)
    """
    found = _CODE.fullmatch(code)
    return found is not None and check_digit(found[1]) == int(found[2])


def is_answer(code: str) -> bool:
    """Return whether a code has the form of a LOINC answer, whose digit follows no public rule.

    Examples
    --------
    >>> is_answer("LA6568-5"), is_answer("44249-1")
    (True, False)
    """
    return _ANSWER.fullmatch(code) is not None


def check_digit(digits: str) -> int:
    """Return the mod-10 check digit of some digits.

    Examples
    --------
    >>> check_digit("44261")
    6
    """
    doubled = "".join(
        str(int(digit) * (2 if place % 2 == 0 else 1))
        for place, digit in enumerate(reversed(digits))
    )
    return -sum(map(int, doubled)) % 10
