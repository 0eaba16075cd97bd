"""Clinical rows that can't be asked for without saying who looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models

from holdfast_web.accounts.models import Person
from holdfast_web.care.parts import Part
from holdfast_web.lib.refusals import Unscoped

if TYPE_CHECKING:
    from uuid import UUID

Row = TypeVar("Row", bound=models.Model)


class ClinicalRows(models.QuerySet[Row]):
    """A query that refuses to run until it is told for whom it asks."""

    scoped = False

    def seen_by(self, viewer: Person, *, of: UUID | None = None) -> Self:
        """Return the rows whose record is open to somebody.

        Parameters
        ----------
        viewer
            Who looks.
        of
            One client, whose rows alone are asked for: a list of all of them costs more.
        """
        path = getattr(self.model, "path_to_client", "client")
        part = self._part()
        # Access is found in clients' own rows, which stand on this module.
        from holdfast_web.care.access import is_open, open_to

        if of is None:
            rows = self.filter(**{f"{path}__among": open_to(viewer, part)})
        else:
            rows = self.filter(**{path: of}) if is_open(viewer, of, part) else self.none()
        rows = rows._of_this_care(viewer)
        rows.scoped = True
        return rows

    def _of_this_care(self, viewer: Person) -> Self:
        """Leave out what is kept back from whoever works with a client after somebody else."""
        kept_back = getattr(self.model, "kept_back", None)
        hidden = kept_back.hidden_from(viewer) if kept_back is not None else None
        return self if hidden is None else self.exclude(hidden)

    def for_the_practice(self, why: str) -> Self:
        """Return rows for work that shows them to nobody: a deadline, an export, an erasure.

        Parameters
        ----------
        why
            What it is for; a test lists every use.
        """
        if not why:
            raise Unscoped("Say what the rows are needed for.")
        rows = self.all()
        rows.scoped = True
        return rows

    def _part(self) -> Part:
        part = getattr(self.model, "part", None)
        if not isinstance(part, Part):
            raise Unscoped(f"{self.model.__name__} does not say which part of a record it is.")
        return part

    def _clone(self) -> Self:
        made: Self = super()._clone()  # type: ignore[misc]
        made.scoped = self.scoped
        return made

    def _need_scope(self) -> None:
        if not self.scoped:
            raise Unscoped(
                f"{self.model.__name__} was asked for without a viewer. "
                "Write .seen_by(viewer), or .for_the_practice('why')."
            )

    def _fetch_all(self) -> None:
        self._need_scope()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        """Walk through the rows."""
        self._need_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        """Count the rows."""
        self._need_scope()
        return super().count()

    def exists(self) -> bool:
        """Say whether there is a row."""
        self._need_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return sums and the like."""
        self._need_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Change the rows."""
        self._need_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove the rows."""
        self._need_scope()
        return super().delete()


ClinicalManager = models.Manager.from_queryset(ClinicalRows)
