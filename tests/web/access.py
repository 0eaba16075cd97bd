"""Who may open which address: the one table. What isn't in it fails a test.

An address belongs to the client whose rows it leads to. "May open" means: may know that it is
there; a rule may still say "not now". To everybody else it is a 404, and whoever isn't signed in
is led to the sign-in. ``python -m docs.pages`` writes it to docs/reference/access.md.
"""

from __future__ import annotations

OWNER, SUPERVISOR = "owner", "supervisor"
THERAPIST, OTHER_THERAPIST = "therapist", "other_therapist"
CLIENT, OTHER_CLIENT = "client_person", "other_client_person"
NOBODY = "signed_out"
PEOPLE = {
    OWNER: "owner",
    SUPERVISOR: "supervisor with a share",
    THERAPIST: "the client’s therapist",
    OTHER_THERAPIST: "another therapist",
    CLIENT: "the client",
    OTHER_CLIENT: "another client",
    NOBODY: "not signed in",
}
"""Everybody, by the names that the tests' cast has for them."""

the_owner = frozenset({OWNER})
the_therapist = frozenset({THERAPIST})
therapists = frozenset({THERAPIST, OTHER_THERAPIST})
staff = therapists | {OWNER, SUPERVISOR}
shared = frozenset({THERAPIST, SUPERVISOR})
deputy = frozenset({THERAPIST, OWNER})
the_client = frozenset({CLIENT})
clients = frozenset({CLIENT, OTHER_CLIENT})
signed_in = staff | clients
anybody = signed_in | {NOBODY}

RECORD = "clients/<uuid:client_id>/"
AGREEMENT = f"{RECORD}agreement/"
SESSION = f"{RECORD}sessions/<uuid:session_id>/"
SIGNAL = f"{RECORD}signals/<uuid:signal_id>/"
RUPTURE = f"{RECORD}ruptures/<uuid:rupture_id>/"

ACCESS: dict[str, dict[str, frozenset[str]]] = {
    "For everybody": {
        "": signed_in,
        "help/": anybody,
        "expect/": anybody,
        "help-for/<slug:problem>/": anybody,
        "invitation/<str:token>/": anybody,
        # In a browser where somebody has signed in, a link for the waiting room stays shut.
        "w/<str:token>/": anybody,
        "waiting-room/thanks/": anybody,
        "begin/": anybody,
        # The person's own link; where somebody has signed in, it stays shut.
        "i/<str:token>/": anybody,
        "i/<str:token>/result/": anybody,
        "i/<str:token>/people/": anybody,
        "i/<str:token>/<slug:step>/": anybody,
    },
    "The client’s own pages": {
        "me/course/": clients,
        "me/goals/": clients,
        "me/goals/<uuid:goal_id>/": the_client,
        "me/helps/": clients,
        "me/helps/<uuid:help_id>/": the_client,
        "me/reviews/": clients,
        "me/reviews/<uuid:review_id>/": the_client,
        "me/expect/": clients,
        "me/more/": clients,
        "me/intake/": clients,
        "me/intake/result/": clients,
        "me/intake/<slug:step>/": clients,
        "me/people/": clients,
        # It is there only for somebody who has no therapist yet and was answered that it begins.
        "me/people/<uuid:person_id>/choose/": frozenset[str](),
        "me/contact/": clients,
        "me/opened/": clients,
        "me/export/": clients,
        "me/not-right/": clients,
        "me/not-right/<slug:wants>/": clients,
        "me/not-right/<uuid:concern_id>/": the_client,
        "me/sheets/<uuid:sheet_id>/": the_client,
        "me/sheets/<uuid:sheet_id>/kept/": the_client,
        "me/sheets/<uuid:sheet_id>/thanks/": the_client,
        "me/sessions/": clients,
        "me/sessions/erase/": clients,
        "me/sessions/<uuid:session_id>/": the_client,
        "me/sessions/<uuid:session_id>/refuse/": the_client,
        "me/sessions/<uuid:session_id>/take-back/": the_client,
        "me/session-shares/<uuid:session_share_id>/agree/": the_client,
        "me/session-shares/<uuid:session_share_id>/decline/": the_client,
        "me/shares/": clients,
        "me/shares/<uuid:share_id>/agree/": the_client,
        "me/shares/<uuid:share_id>/close/": the_client,
        "me/agreement/": clients,
        "me/agreement/versions/": clients,
        "me/agreement/versions/<uuid:version_id>/": the_client,
        "me/agreement/<uuid:version_id>/accept/": the_client,
        "me/agreement/<uuid:version_id>/ask/<slug:clause>/": the_client,
        "me/agreement/<uuid:version_id>/decline/": the_client,
        "me/agreement/<uuid:version_id>/it-stays/": the_client,
        "me/agreement/<uuid:version_id>/take-back/": the_client,
        "me/agreement/questions/<uuid:question_id>/": the_client,
        "me/agreement/change/": clients,
        "me/agreement/change/<slug:clause>/": clients,
        "me/agreement/change/<slug:clause>/leave/": clients,
        "me/agreement/change/drop/": clients,
        "me/agreement/consent/<slug:kind>/": clients,
    },
    "One client’s record": {
        RECORD: the_therapist,
        f"{RECORD}show/": the_therapist,
        f"{RECORD}show/done/": the_therapist,
        f"{RECORD}goals/": shared,
        f"{RECORD}goals/<uuid:goal_id>/": the_therapist,
        f"{RECORD}reviews/": the_therapist,
        f"{RECORD}reviews/<uuid:review_id>/": the_therapist,
        f"{RECORD}helps/": shared,
        f"{RECORD}helps/<uuid:help_id>/": the_therapist,
        f"{RECORD}concerns/": the_therapist,
        f"{RECORD}concerns/<uuid:concern_id>/": the_therapist,
        f"{RECORD}private-note/": the_therapist,
        f"{RECORD}shares/": the_therapist,
        f"{RECORD}shares/<uuid:share_id>/close/": the_therapist,
        "supervision/<uuid:client_id>/": frozenset({SUPERVISOR}),
    },
    "Its sessions": {
        f"{RECORD}sessions/plan/": the_therapist,
        SESSION: the_therapist,
        f"{SESSION}after/": the_therapist,
        f"{SESSION}after/kept/": the_therapist,
        f"{SESSION}again/": the_therapist,
        f"{SESSION}cancelled/": the_therapist,
        f"{SESSION}change/": the_therapist,
        f"{SESSION}missed/": the_therapist,
        f"{SESSION}note/": the_therapist,
        f"{SESSION}private-note/": the_therapist,
        "sessions/<uuid:session_id>/held/": the_therapist,
    },
    "What was said in a session": {
        f"{SESSION}transcript/": the_therapist,
        f"{SESSION}transcript/roles/": the_therapist,
        f"{SESSION}transcript/lines/<int:line>/": the_therapist,
        f"{SESSION}transcript/remove/": the_therapist,
        f"{SESSION}analysis/": the_therapist,
        f"{SESSION}analysis/transcript/": the_therapist,
        f"{SESSION}analysis/start/": the_therapist,
        f"{SESSION}analysis/cancel/": the_therapist,
        f"{SESSION}analysis/progress/": the_therapist,
        f"{SESSION}analysis/lines/<int:line>/": the_therapist,
        f"{SESSION}analysis/read-through/": the_therapist,
        f"{SESSION}threads/<int:line>/": the_therapist,
        f"{RECORD}skills/": the_therapist,
        f"{RECORD}threads/": the_therapist,
        f"{SESSION}show/": the_therapist,
        f"{SESSION}shares/": the_therapist,
        f"{SESSION}shares/<uuid:session_share_id>/close/": the_therapist,
        "supervision/sessions/<uuid:session_share_id>/": shared,
        "supervision/sessions/<uuid:session_share_id>/comments/": shared,
    },
    "Its questionnaires": {
        f"{RECORD}asked/": the_therapist,
        f"{RECORD}asked/<uuid:assignment_id>/end/": the_therapist,
        f"{RECORD}links/<uuid:link_id>/": the_therapist,
        f"{RECORD}sheets/<uuid:sheet_id>/": the_therapist,
        f"{RECORD}sheets/<uuid:sheet_id>/link/": the_therapist,
        f"{RECORD}sheets/<uuid:sheet_id>/withdraw/": the_therapist,
    },
    "Its signals": {
        f"{RECORD}signals/": shared,
        SIGNAL: shared,
        f"{SIGNAL}answer/": the_therapist,
        f"{SIGNAL}close/": the_therapist,
        f"{SIGNAL}rupture/": the_therapist,
        f"{RECORD}ruptures/": shared,
        f"{RECORD}ruptures/new/": the_therapist,
        RUPTURE: shared,
        f"{RUPTURE}resolved/": the_therapist,
        f"{RUPTURE}step/": the_therapist,
        f"{RECORD}safety/": the_therapist,
        # The owner is the practice's deputy here.
        "safety/<uuid:answer_id>/": deputy,
    },
    "Its messages": {
        "me/messages/": clients,
        "me/messages/new/": clients,
        "me/messages/write/": clients,
        "me/messages/draft/": clients,
        "me/messages/<uuid:thread_id>/": the_client,
        "me/messages/<uuid:thread_id>/new/": the_client,
        "me/messages/<uuid:thread_id>/draft/": the_client,
        "me/messages/files/<uuid:attachment_id>/": the_client,
        "me/messages/take-back/<uuid:message_id>/": the_client,
        f"{RECORD}messages/": the_therapist,
        f"{RECORD}messages/new/": the_therapist,
        f"{RECORD}messages/write/": the_therapist,
        f"{RECORD}messages/draft/": the_therapist,
        f"{RECORD}messages/<uuid:thread_id>/": the_therapist,
        f"{RECORD}messages/<uuid:thread_id>/new/": the_therapist,
        f"{RECORD}messages/<uuid:thread_id>/draft/": the_therapist,
        f"{RECORD}messages/files/<uuid:attachment_id>/": the_therapist,
        f"{RECORD}messages/take-back/<uuid:message_id>/": the_therapist,
        f"{RECORD}messages/settled/<uuid:message_id>/": the_therapist,
        "messages/": therapists,
        "messages/new/": therapists,
    },
    "Its working agreement": {
        AGREEMENT: shared,
        f"{AGREEMENT}versions/": shared,
        # What is proposed and not accepted is between the two.
        f"{AGREEMENT}versions/<uuid:version_id>/": the_therapist,
        f"{AGREEMENT}<uuid:version_id>/accept/": the_therapist,
        f"{AGREEMENT}<uuid:version_id>/ask/<slug:clause>/": the_therapist,
        f"{AGREEMENT}<uuid:version_id>/decline/": the_therapist,
        f"{AGREEMENT}<uuid:version_id>/it-stays/": the_therapist,
        f"{AGREEMENT}<uuid:version_id>/take-back/": the_therapist,
        f"{AGREEMENT}questions/<uuid:question_id>/": the_therapist,
        f"{AGREEMENT}change/": the_therapist,
        f"{AGREEMENT}change/<slug:clause>/": the_therapist,
        f"{AGREEMENT}change/<slug:clause>/leave/": the_therapist,
        f"{AGREEMENT}change/drop/": the_therapist,
    },
    "Changes of therapist, and endings": {
        "me/change/": clients,
        "me/change/tell/": clients,
        "me/change/who/": clients,
        "me/change/passes/": clients,
        "me/change/agree/": clients,
        "me/change/not-now/": clients,
        "me/change/take-back/": clients,
        "me/ending/": clients,
        # The client lets their therapist know of the change here.
        f"{RECORD}hand-over/": the_therapist,
        f"{RECORD}ending/": the_therapist,
        "hand-overs/": therapists | {OWNER},
        # The client has agreed: whoever comes next settles it, or the practice.
        "hand-overs/<uuid:hand_over_id>/": frozenset({OWNER, OTHER_THERAPIST}),
        "practice/changes/": the_owner,
        "practice/changes/<uuid:care_id>/": the_owner,
    },
    "The practice’s people": {
        "clients/new/": therapists,
        "consents/": therapists,
        "my/coder/": therapists,
        "my/profile/": therapists,
        "my/coder/corrections.jsonl": therapists,
        # One's own, and nobody else's: there is no address of somebody else's.
        "my/skills/": therapists,
        "sessions/": therapists,
        "safety/": therapists | {OWNER},
        "inbox/": therapists | {OWNER},
        # Said to the practice: the deputy reads it, the therapist doesn't.
        "inbox/<uuid:concern_id>/": the_owner,
        # The client's therapist is named here to read what people tell who ask for help.
        "intakes/": the_therapist,
        "intakes/invite/": therapists | {OWNER},
        "intakes/<uuid:intake_id>/": the_therapist,
        **{
            f"intakes/<uuid:intake_id>/{way}/": frozenset[str]()
            for way in ("close", "seen", "take")
        },
        "emergency/": staff,
        "emergency/<uuid:access_id>/": the_owner,
    },
    "Running the practice": {
        f"practice/{name}": the_owner
        for name in (
            "agreement/",
            "agreement/<slug:clause>/",
            "agreement/<slug:clause>/put-back/",
            "agreement/preview/",
            "audit/",
            "audit/check/",
            "care/<uuid:care_id>/",
            "close/<uuid:client_id>/",
            "coder/",
            "erase/<uuid:client_id>/",
            "intake/",
            "invitations/<uuid:invitation_id>/",
            "people/",
            "people/<uuid:person_id>/",
            "records/",
            "settings/",
            "settings/country/",
            "settings/crisis/",
            "waiting/",
        )
    },
}
"""Who may open what, by address."""

OWN_ACCOUNT = "account/"
"""Addresses that begin so are django-allauth's: everybody's own account, nothing of a record."""


ABOUT = """\
Made from the table that the tests hold the practice to (`tests/web/access.py`): every address there
is, opened by every kind of person. An address that isn't in the table fails the tests, so a new
page can't be forgotten. ● may open it; to everybody else it does not exist, and whoever isn't
signed in is led to the sign-in.

The supervisor has a share that both agreed to. The owner is the practice's deputy. In an emergency
somebody of the practice may open a record for an hour, with a reason; the owner and the client are
told. One's own account (`account/…`) is everybody's own.""".splitlines()


def who_may_open() -> dict[str, frozenset[str]]:
    """Return the table without its headings."""
    return {route: who for part in ACCESS.values() for route, who in part.items()}


def access_page() -> str:
    """Return the table as a page."""
    lines = [
        "# Who may open which page",
        "",
        *ABOUT,
    ]
    for title, part in ACCESS.items():
        lines += ["", f"## {title}", "", "| Address | " + " | ".join(PEOPLE.values()) + " |"]
        lines.append("|---|" + ":-:|" * len(PEOPLE))
        for route, who in sorted(part.items()):
            cells = " | ".join("●" if one in who else " " for one in PEOPLE)
            lines.append(f"| `/{_plain(route)}` | {cells} |")
    return "\n".join(lines) + "\n"


def _plain(route: str) -> str:
    """Return an address without the kinds of its arguments."""
    for kind in ("uuid:", "slug:", "str:", "int:"):
        route = route.replace(f"<{kind}", "<")
    return route
