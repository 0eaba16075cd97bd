from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import holdfast.roles
from holdfast.roles.words import normalised


def test_no_role_word_stands_on_two_sides() -> None:
    tables = tomllib.loads(Path(holdfast.roles.__file__).with_name("words.toml").read_text("utf-8"))
    sides = Counter(
        word
        for table in tables.values()
        for word in {normalised(one) for kind in table.values() for one in kind}
    )
    assert [word for word, times in sides.items() if times > 1] == []
