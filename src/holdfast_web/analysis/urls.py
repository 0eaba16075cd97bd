"""Addresses of transcripts and findings."""

from __future__ import annotations

from django.urls import URLPattern, path

from holdfast_web.analysis.views import (
    agreement,
    bringing,
    consents,
    correcting,
    mine,
    reading,
    session_page,
    sharing,
    showing,
    skills,
    speaking,
    threads,
)

app_name = "analysis"
RECORD = "clients/<uuid:client_id>/"
SESSION = f"{RECORD}sessions/<uuid:session_id>/"
SHARED = "supervision/sessions/<uuid:session_share_id>/"
MINE = "me/sessions/<uuid:session_id>/"
MY_SHARE = "me/session-shares/<uuid:session_share_id>/"

read = [
    path(f"{SESSION}analysis/start/", reading.start, name="start"),
    path(f"{SESSION}analysis/cancel/", reading.cancel, name="cancel"),
    path(f"{SESSION}analysis/progress/", reading.progress, name="progress"),
]
brought = [
    path(f"{SESSION}transcript/", bringing.bring, name="bring"),
    path(f"{SESSION}transcript/roles/", speaking.roles, name="roles"),
    path(f"{SESSION}transcript/lines/<int:line>/", speaking.mend, name="mend_line"),
    path(f"{SESSION}transcript/remove/", bringing.remove, name="remove"),
]
pages = [
    path(f"{SESSION}analysis/", session_page.findings, name="findings"),
    path(f"{SESSION}analysis/transcript/", session_page.lines, name="lines"),
]
corrected = [
    path(f"{SESSION}analysis/lines/<int:line>/", correcting.correct, name="correct"),
    path(f"{SESSION}analysis/read-through/", correcting.read_through, name="read_through"),
    path("my/coder/", agreement.coder, name="coder"),
    path("my/coder/corrections.jsonl", agreement.export, name="export"),
    path("practice/coder/", agreement.practice_coder, name="practice_coder"),
]
over_sessions = [
    path(f"{RECORD}skills/", skills.skills, name="skills"),
    path(f"{RECORD}threads/", threads.threads, name="threads"),
    path(f"{SESSION}threads/<int:line>/", threads.answer, name="thread"),
    path("my/skills/", skills.mine, name="my_skills"),
]
shown = [
    path(f"{SESSION}show/", showing.show, name="show"),
    path(f"{SESSION}shares/", sharing.shares, name="shares"),
    path(f"{SESSION}shares/<uuid:session_share_id>/close/", sharing.close, name="close_share"),
    path(SHARED, sharing.shared, name="shared_session"),
    path(f"{SHARED}comments/", sharing.comment, name="comment"),
    path("consents/", consents.consents, name="consents"),
]
own = [
    path("me/sessions/", mine.sessions, name="my_sessions"),
    path(MINE, mine.session, name="my_session"),
    path(f"{MINE}refuse/", mine.refuse, name="refuse"),
    path(f"{MINE}take-back/", mine.take_back, name="take_refusal_back"),
    path(f"{MY_SHARE}agree/", mine.agree, name="agree_to_session"),
    path(f"{MY_SHARE}decline/", mine.decline, name="decline_session"),
]
urlpatterns: list[URLPattern] = [*brought, *pages, *read, *corrected, *over_sessions, *shown, *own]
