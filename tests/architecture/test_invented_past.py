"""Only the demo dates events back."""

from __future__ import annotations

from .sources import ROOT


def test_only_the_demo_invents_a_past() -> None:
    web = ROOT / "src" / "holdfast_web"
    users = {
        path.relative_to(web).parts[0]
        for path in web.rglob("*.py")
        if "invented_at" in path.read_text(encoding="utf-8")
    }
    assert users == {"audit", "demo"}
