"""Fields whose values are sealed in the database and plain in the program.

A row with such fields has a ``client_id`` (a client's own row: ``id``) and a key that is known
before it is saved (a UUID). Values open when they are first read, so a list that shows none of
them decrypts nothing.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db import models

from holdfast_web.vault.cipher import open_sealed, seal
from holdfast_web.vault.keys import key_of
from holdfast_web.vault.models import Purpose


class Sealed(bytes):
    """A value as it lies in the database."""


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """Any value that JSON can hold (text, numbers, lists, dictionaries), sealed.

    Parameters
    ----------
    purpose
        Which of the client's keys seals it.
    """

    def __init__(self, *args: Any, purpose: str = Purpose.RECORD, **kwargs: Any) -> None:
        self.purpose = purpose
        kwargs["editable"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Tell migrations how the field was made."""
        name, path, args, kwargs = super().deconstruct()
        if self.purpose != Purpose.RECORD:
            kwargs["purpose"] = str(self.purpose)
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        """Add the field, and the attribute that opens its value."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opening(self))

    def from_db_value(self, value: bytes | None, *_: Any) -> Sealed | None:
        """Keep what comes from the database sealed until somebody reads it."""
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002
        """Seal the value for the database."""
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        key = key_of(self.client_of(model_instance), self.purpose)
        return Sealed(seal(key, json.dumps(value).encode(), self.place_of(model_instance)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Refuse to write or to look for what isn't sealed, as ``update()`` would.

        Raises
        ------
        TypeError
            For a plain value.
        """
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is sealed: change it on the row, and save the row.")
        return super().get_db_prep_value(value, connection, prepared)

    def client_of(self, row: models.Model) -> UUID:
        """Return whose key seals a row."""
        found = getattr(row, "client_id", None) or row.pk
        assert isinstance(found, UUID)  # noqa: S101 - a row without one is a mistake of ours
        return found

    def place_of(self, row: models.Model) -> str:
        """Return where a row's value stands."""
        return f"{row._meta.label_lower}.{self.name}:{row.pk}"

    def open_value(self, value: bytes | memoryview | None, client_id: UUID, pk: UUID) -> Any:
        """Open a value that was read without its row, as ``values_list`` does for long lists."""
        if value is None:
            return None
        place = f"{self.model._meta.label_lower}.{self.name}:{pk}"
        return json.loads(open_sealed(key_of(client_id, self.purpose), bytes(value), place))


def sealed_field(model: type[models.Model], name: str) -> SealedField:
    """Return a sealed field of a model, to open values that were read without their rows."""
    field = model._meta.get_field(name)
    assert isinstance(field, SealedField)  # noqa: S101 - a mistake of ours
    return field


class _Opening:
    """Opens a sealed value when it is first read."""

    def __init__(self, field: SealedField) -> None:
        self.field = field

    def __get__(self, row: models.Model | None, owner: type | None = None) -> Any:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            row.refresh_from_db(fields=[name])
        value = row.__dict__[name]
        if isinstance(value, Sealed):
            key = key_of(self.field.client_of(row), self.field.purpose)
            value = json.loads(open_sealed(key, value, self.field.place_of(row)))
            row.__dict__[name] = value
        return value

    def __set__(self, row: models.Model, value: Any) -> None:
        row.__dict__[self.field.attname] = value
