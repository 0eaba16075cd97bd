"""A lookup for long lists of ids: ``filter(client__among=Several(ids))``.

Django's ``in`` takes each id through a dozen steps of Python, for each query of a page anew. This
hands the whole list over as one value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignKey, Lookup, UUIDField

Told = tuple[str, tuple[Any, ...]]
IN_SQLITE = "IN (SELECT value FROM json_each(%s))"
IN_POSTGRESQL = "= ANY(%s)"


class Several:
    """Ids, ready for any number of queries; not a list, which Django would walk through.

    Examples
    --------
    >>> Several([UUID(int=1)]).text
    '["00000000000000000000000000000001"]'
    """

    __slots__ = ("ids", "text")

    def __init__(self, ids: Iterable[UUID]) -> None:
        self.ids = tuple(ids)
        self.text = json.dumps([one.hex for one in self.ids])


@ForeignKey.register_lookup
@UUIDField.register_lookup
class Among(Lookup):
    """``id IN (…)``, with one value for all."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Told:
        """Return it for SQLite."""
        left, given = self._left(compiler, connection)
        return f"{left} {IN_SQLITE}", (*given, self.rhs.text)

    def as_postgresql(self, compiler: Any, connection: Any) -> Told:
        """Return it for PostgreSQL."""
        left, given = self._left(compiler, connection)
        return f"{left} {IN_POSTGRESQL}", (*given, list(self.rhs.ids))

    def _left(self, compiler: Any, connection: Any) -> Told:
        if not self.rhs.ids:
            raise EmptyResultSet
        left, given = self.process_lhs(compiler, connection)
        return left, tuple(given)
