"""What a corpus needs beyond the base install, said in one sentence when it is missing."""

from __future__ import annotations

from holdfast.instruments.extras import need


def need_tables() -> None:
    """Refuse with the cure if Parquet can't be read and written.

    Examples
    --------
    >>> need_tables()
    """
    need("pyarrow", "corpus")


def need_storage() -> None:
    """Refuse with the cure if object storage can't be reached.

    Examples
    --------
    >>> need_storage()
    """
    need("fsspec", "corpus")


def need_cluster() -> None:
    """Refuse with the cure if Ray is not installed."""
    need("ray", "cluster")
