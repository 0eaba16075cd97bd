"""What is clinical is sealed in the database, with a key of the client's own."""

from __future__ import annotations

import pytest

from holdfast_web.care.models import Client
from holdfast_web.lib.refusals import Unscoped
from holdfast_web.vault.cipher import CannotOpen
from holdfast_web.vault.fields import Sealed
from holdfast_web.vault.keys import destroy_keys
from tests.web.conftest import Cast


def raw(client: Client) -> Sealed:
    """Return the name as it lies in the database."""
    found: Sealed = Client._base_manager.values_list("name", flat=True).get(pk=client.pk)
    return found


def test_a_name_is_readable_in_the_program_and_not_in_the_database(cast: Cast) -> None:
    client = Client.objects.seen_by(cast.therapist).get()
    assert client.name == "Cleo Client"
    assert b"Cleo" not in raw(client)


def test_a_value_moved_to_another_row_does_not_open(cast: Cast) -> None:
    Client._base_manager.filter(pk=cast.other_client.pk).update(name=raw(cast.client))
    moved = Client.objects.seen_by(cast.other_therapist).get()
    with pytest.raises(CannotOpen):
        _ = moved.name


def test_without_its_key_nothing_opens(cast: Cast) -> None:
    destroy_keys(cast.client.pk)
    with pytest.raises(CannotOpen, match="destroyed"):
        _ = Client.objects.seen_by(cast.therapist).get().name


def test_clinical_rows_are_refused_to_a_query_that_names_no_viewer(cast: Cast) -> None:
    with pytest.raises(Unscoped, match="without a viewer"):
        list(Client.objects.all())
    with pytest.raises(Unscoped):
        Client.objects.count()


def test_a_plain_value_cannot_be_written_past_the_seal(cast: Cast) -> None:
    with pytest.raises(TypeError, match="sealed"):
        Client.objects.seen_by(cast.therapist).update(name="Plain")
