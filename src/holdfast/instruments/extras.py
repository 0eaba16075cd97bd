"""Packages that not everybody needs: what is missing says how to get it."""

from __future__ import annotations

from importlib.util import find_spec

from holdfast.errors import HoldfastError

EXTRAS = {
    "fhir": ("fhir.resources",),
    "parquet": ("pyarrow",),
    "statistics": ("statsmodels",),
    "corpus": ("pyarrow", "fsspec"),
    "cluster": ("pyarrow", "fsspec", "ray"),
}
"""The packages that each extra brings."""


class MissingExtra(HoldfastError):  # noqa: N818 - what happened, in words
    """Something was asked for that needs a package that is not installed."""


def need(package: str, extra: str) -> None:
    """Refuse with the command that cures it if a package is not installed.

    Examples
    --------
    >>> need("json", "fhir")
    >>> need("no_such_package", "fhir")
    Traceback (most recent call last):
    ...
    holdfast.instruments.extras.MissingExtra: This needs the package no_such_package, which is \
not installed. Run: pip install 'holdfast[fhir]'
    """
    if not _there(package):
        raise MissingExtra(
            f"This needs the package {package}, which is not installed. "
            f"Run: pip install 'holdfast[{extra}]'"
        )


def installed(extra: str) -> bool:
    """Return whether an extra is installed.

    Raises
    ------
    KeyError
        If there is no such extra.

    Examples
    --------
    >>> isinstance(installed("fhir"), bool)
    True
    """
    return all(map(_there, EXTRAS[extra]))


def _there(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:  # the parent of a dotted name is missing
        return False
