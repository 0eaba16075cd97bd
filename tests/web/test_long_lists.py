"""Long lists: ids that are asked for at once, addresses worked out once, dates said once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from holdfast_web.care.models import CareRelationship, Client
from holdfast_web.lib.addresses import address_of_each
from holdfast_web.lib.among import Several
from holdfast_web.lib.templatetags.holdfast import clock, date_in_words
from tests.web.conftest import Cast


def test_exactly_the_rows_of_a_list_are_found_by_their_own_id_and_by_their_client(
    cast: Cast,
) -> None:
    both = Several((cast.client.pk, cast.other_client.pk, uuid4()))
    one = Several([cast.client.pk])
    clients = Client.objects.for_the_practice("a test")
    assert set(clients.filter(pk__among=both)) == {cast.client, cast.other_client}
    assert list(clients.filter(pk__among=one)) == [cast.client]
    assert list(CareRelationship.objects.filter(client__among=one)) == [cast.care]
    assert list(clients.exclude(pk__among=both)) == []


def test_an_empty_list_finds_nobody_and_asks_nothing(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    clients = Client.objects.for_the_practice("a test")
    with django_assert_num_queries(0):
        assert list(clients.filter(pk__among=Several(()))) == []


def test_the_address_of_each_row_is_the_one_that_it_has(cast: Cast) -> None:
    client, session = cast.client.pk, uuid4()
    address_of = address_of_each("encounters:session", client)
    assert address_of(session) == reverse("encounters:session", args=(client, session))
    assert address_of_each("dashboards:relationship")(client) == f"/clients/{client}/"


def test_dates_and_times_are_said_plainly() -> None:
    assert date_in_words(date(2026, 11, 3), "l j F") == "Tuesday 3 November"
    moment = timezone.make_aware(datetime(2026, 1, 7, 9, 5))  # noqa: DTZ001 - made aware here
    assert clock(moment) == "9:05"
