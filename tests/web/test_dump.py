from __future__ import annotations

from tests.web.conftest import Cast
from tests.web.record import full_record


def test_x(cast: Cast) -> None:
    one = full_record(cast)
    print(one.words)
    full_record(cast, cast.other_care)
