"""A record with something in every place: made by the actions that people use, nothing faked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from holdfast_web.accounts.models import Person
from holdfast_web.agreements.actions import (
    accept,
    agree_to_share,
    answer_question,
    ask_about,
    begin_agreement,
    give_consent,
    offer_share,
    propose,
    save_change,
)
from holdfast_web.analysis.actions.bringing import bring_transcript, set_roles
from holdfast_web.analysis.actions.correcting import correct_code, read_through
from holdfast_web.analysis.actions.mending import mend_line
from holdfast_web.analysis.actions.reading import start_analysis
from holdfast_web.analysis.actions.showing import Chosen, show_to_client
from holdfast_web.analysis.actions.supervising import (
    agree_to_session,
    comment_on_line,
    offer_session,
)
from holdfast_web.analysis.actions.threads import answer_thread
from holdfast_web.analysis.reader import read_next
from holdfast_web.care.models import CareRelationship, Client, Practice
from holdfast_web.care.parts import OPENS, Way
from holdfast_web.correspondence.actions.drafting import save_draft
from holdfast_web.correspondence.actions.marking import read_messages
from holdfast_web.correspondence.actions.writing import send_message
from holdfast_web.correspondence.kinds import Enclosed
from holdfast_web.correspondence.letter import Letter
from holdfast_web.correspondence.models import Attachment
from holdfast_web.encounters.actions import plan_session, write_note, write_private_note
from holdfast_web.encounters.models import Session
from holdfast_web.fit.actions.beginning import begin_own_intake
from holdfast_web.fit.actions.reviews import Words, open_review, settle_review, write_review
from holdfast_web.fit.actions.telling import disagree, hand_in_intake, tell
from holdfast_web.fit.assessment import Facts
from holdfast_web.fit.models import Proposal
from holdfast_web.fit.opening import Door
from holdfast_web.fit.pages import pages_for
from holdfast_web.goals.actions import add_goal, add_help, say_progress, say_tried
from holdfast_web.inbox.actions import answer_concern, say_concern, see_concern
from holdfast_web.measures.actions.asking import (
    assign_instrument,
    hand_in,
    hold_session,
    make_link,
)
from holdfast_web.measures.actions.noticing import (
    acknowledge_safety,
    add_step,
    answer_signal,
    close_signal,
    log_rupture,
)
from holdfast_web.measures.models import SafetyAnswer, Sheet, Signal
from holdfast_web.portal.actions import set_contact
from tests.web.agreeing import FILLED, reachable
from tests.web.changing import Parting
from tests.web.conftest import Cast
from tests.web.intaking import opened_by
from tests.web.ratings import all_at, phq9
from tests.web.writing import A_MINUTE, last_open

WHY = "a test"
PHONE = "01632 960 963"
RATINGS = (9, 9, 8, 3)
"""A course that falls: it signals."""
Say = Callable[[str], str]


@dataclass
class Record:
    """What there is in a record: rows by the names that addresses have for their ids."""

    client: Client
    therapist: Person
    rows: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.rows[name]


def plainly(place: str) -> str:
    """Return words for a place."""
    return f"Some words about {place}."


def full_record(cast: Cast, care: CareRelationship | None = None, say: Say = plainly) -> Record:
    """Fill a client's record in every place where somebody can write.

    Parameters
    ----------
    cast
        Everybody.
    care
        Whose; the cast's own client without it.
    say
        Makes the words for a place; each place gets its own.
    """
    care = care or cast.care
    made = _Making(cast, care, say)
    made.agree()
    made.meet()
    made.talk()
    made.notice()
    made.grow()
    made.look()
    made.speak_up()
    made.part()
    made.ask_for_help()
    made.find()
    made.write()
    return made.record


class _Making:
    def __init__(self, cast: Cast, care: CareRelationship, say: Say) -> None:
        self.cast, self.care, self.say_so = cast, care, say
        self.client = care.client
        self.therapist = care.therapist
        assert self.client.person is not None
        self.person: Person = self.client.person
        self.record = Record(self.client, self.therapist)
        self.rows = self.record.rows
        self.rows |= {"client": self.client, "care": care, "person": self.person}

    def say(self, place: str) -> str:
        self.record.words[place] = self.say_so(place)
        return self.record.words[place]

    def agree(self) -> None:
        reachable()
        first = {"own_words": self.say("a clause")}
        version = begin_agreement(
            by=self.therapist, care=self.care, changes={**FILLED, "sessions": first}
        )
        question = ask_about(
            by=self.person, version=version, clause="fees", words=self.say("a question")
        )
        answer_question(by=self.therapist, question=question, words=self.say("an answer"))
        version = accept(by=self.person, version=version)
        for kind in ("recording", "analysis", "supervision"):
            self.rows["consent"] = give_consent(
                by=self.person, client=self.client, kind=kind, given=True
            )
        told: dict[str, Any] = {
            "by": self.therapist,
            "client": self.client,
            "supervisor": self.cast.supervisor,
            "parts": [str(part) for part in sorted(OPENS[Way.SHARE])],
            "ends_at": timezone.now() + timedelta(days=30),
        }
        share = offer_share(**told, purpose=self.say("a purpose"))
        self.rows["share"] = agree_to_share(by=self.person, share=share)
        self.rows["offer"] = offer_share(**told, purpose=self.say("another purpose"))
        self.rows["version"] = propose(
            by=self.person,
            client=self.client,
            changes={"cancellation": {"own_words": self.say("a change")}},
            note=self.say("a note beside a change"),
            based_on=version,
        )
        self.rows["question"] = ask_about(
            by=self.person,
            version=self.rows["version"],
            clause="contact",
            words=self.say("an open question"),
        )
        self.rows["draft"] = save_change(
            by=self.therapist,
            client=self.client,
            clause="reviews",
            change={"own_words": self.say("a draft")},
            edition=0,
        )

    def meet(self) -> None:
        count = len(RATINGS)
        assign_instrument(by=self.therapist, client=self.client, instrument="phq-9")
        for place, value in enumerate(RATINGS):
            session = self._session(timezone.now() - timedelta(days=7 * (count - place)))
            self._answer(session, value, place)
        last = self.rows["held"] = session
        self.rows["note"] = write_note(
            by=self.therapist, session=last, words=self.say("a session note"), edition=0
        )
        write_private_note(
            by=self.therapist,
            client=self.client,
            session=last,
            words=self.say("a private note"),
            edition=0,
        )
        write_private_note(
            by=self.therapist,
            client=self.client,
            words=self.say("thoughts of the whole"),
            edition=0,
        )
        self.rows["open_session"] = hold_session(
            by=self.therapist, session=self._planned(timezone.now() - timedelta(hours=2))
        )
        self.rows["session"] = self._planned(timezone.now() + timedelta(days=3))
        self.rows["sheet"] = self._sheet("check-in", session=self.rows["open_session"])
        self.rows["guess"] = self._sheet(
            "check-in", session=self.rows["open_session"], respondent="therapist"
        )
        self.rows["link"], self.rows["token"] = make_link(
            by=self.therapist, sheet=self.rows["sheet"]
        )
        self.rows["assignment"] = assign_instrument(
            by=self.therapist, client=self.client, instrument="gad-7", every_sessions=4
        )

    def talk(self) -> None:
        told: dict[str, Any] = {"by": self.therapist}
        session = self.rows["held"]
        speakers = ("Tessa", "Cleo", self.say("a speaker"))
        lines = [
            json.dumps(
                {"speaker": speakers[place % 3], "text": self.say(f"a line of talk {place}")}
            )
            for place in range(6)
        ]
        data = "\n".join(lines).encode()
        transcript = bring_transcript(**told, session=session, name="a.jsonl", data=data)
        roles = dict(zip(speakers, ("therapist", "client", "other"), strict=True))
        transcript = set_roles(**told, transcript=transcript, roles=roles, edition=1)
        self.rows["transcript"] = mend_line(
            **told,
            transcript=transcript,
            line=1,
            text=self.say("a mended line"),
            speaker="Cleo",
            edition=transcript.edition,
        )
        self.rows["analysis"] = start_analysis(**told, transcript=self.rows["transcript"])
        read_next()
        read = {**told, "transcript": self.rows["transcript"]}
        read["analysis_id"] = self.rows["analysis"].pk
        self.rows["correction"] = correct_code(
            **read, utterance=0, code="behaviour", label="question"
        )
        read_through(**read, first=0, last=2)
        thread = {**told, "transcript": self.rows["transcript"], "utterance": 1}
        self.rows["thread"] = answer_thread(**thread, answer="not_now")
        self.show(self.rows["transcript"])

    def show(self, transcript: Any) -> None:
        told: dict[str, Any] = {"by": self.therapist, "transcript": transcript}
        chosen = Chosen((0, 1), self.say("a thread"), self.say("a note to the client"))
        self.rows["excerpt"] = show_to_client(**told, chosen=chosen, edition=0)
        told |= {
            "supervisor": self.cast.supervisor,
            "ends_at": timezone.now() + timedelta(days=30),
        }
        share = offer_session(**told, lines=(0, 3), purpose=self.say("a purpose of lines"))
        share = agree_to_session(by=self.person, share=share)
        self.rows["session_share"] = share
        self.rows["session_offer"] = offer_session(
            **told, lines=(0, 5), purpose=self.say("a purpose of a session")
        )
        self.rows["comment"] = comment_on_line(
            by=self.cast.supervisor, share=share, utterance=1, words=self.say("a comment")
        )

    def notice(self) -> None:
        sheet = self._sheet("phq-9")
        answers = phq9(14, item9=2)
        hand_in(by=self.person, sheet=sheet, answers=answers, edition=sheet.edition)
        self.rows["answer"] = SafetyAnswer.objects.for_the_practice(WHY).get(sheet=sheet)
        notes = SafetyAnswer.objects.for_the_practice(WHY).filter(client=self.client)
        for answer in notes.exclude(sheet=sheet):
            acknowledge_safety(by=self.therapist, answer=answer, done=self.say("what was done"))
        first, *others = Signal.objects.for_the_practice(WHY).filter(client=self.client)
        first = answer_signal(
            by=self.therapist,
            signal=first,
            intent=self.say("an intent"),
            by_when=timezone.localdate() + timedelta(days=7),
            edition=first.edition,
        )
        close_signal(
            by=self.therapist,
            signal=first,
            outcome=self.say("an outcome"),
            edition=first.edition,
        )
        self.rows["signal"] = others[0]
        rupture = log_rupture(
            by=self.therapist,
            client=self.client,
            what=self.say("a rupture"),
            kind="withdrawal",
            session_number=len(RATINGS),
            signal=others[0],
        )
        self.rows["rupture"] = add_step(
            by=self.therapist, rupture=rupture, words=self.say("a step"), edition=rupture.edition
        )

    def grow(self) -> None:
        goal = add_goal(by=self.person, client=self.client, words=self.say("a goal"))
        self.rows["goal"] = say_progress(
            by=self.person, goal=goal, value=4, words=self.say("progress"), edition=goal.edition
        )
        helps = add_help(by=self.therapist, client=self.client, words=self.say("what helps"))
        self.rows["help"] = say_tried(
            by=self.person,
            help=helps,
            helped=True,
            words=self.say("how it went"),
            edition=helps.edition,
        )

    def look(self) -> None:
        review = open_review(by=self.person, client=self.client)
        told: dict[str, Any] = {"review": review, "edition": 0}
        for person, place in ((self.person, "a look"), (self.therapist, "a therapist’s look")):
            words = Words({"helping": self.say(place)}, done=True)
            write_review(by=person, words=words, **told)
        told = {"choice": "change", "words": self.say("what was settled"), "edition": 1}
        self.rows["review"] = settle_review(by=self.person, review=review, **told)

    def speak_up(self) -> None:
        told: dict[str, Any] = {"by": self.person, "client": self.client}
        concern = say_concern(**told, wants="talk", words=self.say("a concern"), to_practice=False)
        see_concern(by=self.therapist, concern=concern)
        answer_concern(by=self.therapist, concern=concern, words=self.say("an answer to a concern"))
        self.rows["concern"] = say_concern(
            **told, wants="someone", words=self.say("a concern for the practice"), to_practice=True
        )
        self.rows["own_concern"] = say_concern(
            **told, wants="talk", words=self.say("another concern"), to_practice=False
        )
        set_contact(**told, no_email=False, phone=PHONE)

    def part(self) -> None:
        """Change to the other therapist, agreed and not settled; and look back on the work."""
        others = (self.cast.other_therapist, self.cast.therapist)
        to = next(one for one in others if one != self.therapist)
        parting = Parting(self.care, self.person, to, self.say)
        self.rows["hand_over"] = parting.changes()
        self.rows["ending"] = parting.ends()

    def write(self) -> None:
        """Write to each other, at an hour at which messages are read."""
        at = last_open(self.client)
        file = Enclosed("a letter.txt", "text/plain", self.say("a file").encode())
        first = Letter(
            self.say("a message"), about=self.say("a subject"), files=(file,), at=at - A_MINUTE
        )
        message = send_message(by=self.person, client=self.client, letter=first)
        self.rows |= {"message": message, "conversation": message.thread}
        self.rows["attachment"] = Attachment.objects.for_the_practice(WHY).get(message=message)
        told: dict[str, Any] = {"client": self.client, "thread": message.thread}
        read_messages(by=self.therapist, client=self.client, messages=[message.pk])
        answer = Letter(self.say("an answer to a message"), at=at)
        self.rows["answered_message"] = send_message(by=self.therapist, letter=answer, **told)
        save_draft(by=self.person, words=self.say("a message not sent"), **told)
        begun = {"words": self.say("a beginning"), "about": self.say("a subject not sent")}
        save_draft(by=self.therapist, client=self.client, thread=None, **begun)

    def ask_for_help(self) -> None:
        opened_by(Practice.objects.get(), self.cast.therapist)
        begin_own_intake(by=self.person, client=self.client)
        door = Door(self.person)
        for key in ("brings", "hopes"):
            page = next(one for one in pages_for(Facts()) if one.key == key)
            tell(door=door, page=page, answers={key: self.say(f"an intake: {key}")}, edition=0)
        intake = hand_in_intake(door=door)
        self.rows["intake"] = disagree(
            door=door, words=self.say("a disagreement"), edition=intake.edition
        )

    def find(self) -> None:
        """Propose somebody: who has a therapist isn't proposed another by any action."""
        proposal = Proposal(
            client=self.client,
            therapist=self.therapist,
            reasons=[self.say("a reason why two fit")],
            source="waiting_list",
            state="confirmed",
        )
        proposal.save()
        self.rows["proposal"] = proposal

    def _session(self, starts_at: Any) -> Session:
        return hold_session(by=self.therapist, session=self._planned(starts_at))

    def _planned(self, starts_at: Any) -> Session:
        return plan_session(by=self.therapist, client=self.client, starts_at=starts_at)

    def _answer(self, session: Session, value: int, place: int) -> None:
        guess = self._sheet("check-in", session=session, respondent="therapist")
        words = {"note": self.say(f"a guess {place}")}
        hand_in(
            by=self.therapist,
            sheet=guess,
            answers={**all_at(8), **words},
            edition=guess.edition,
        )
        sheet = self._sheet("check-in", session=session)
        uncomfortable = 2 if value < 5 else 0
        words = {"note": self.say(f"a check-in {place}")}
        hand_in(
            by=self.person,
            sheet=sheet,
            answers={**all_at(value), **words, "uncomfortable": uncomfortable},
            edition=sheet.edition,
        )

    def _sheet(self, instrument: str, **told: Any) -> Sheet:
        rows = Sheet.objects.for_the_practice(WHY).select_related("client", "session")
        found: Sheet = rows.filter(
            client=self.client, instrument=instrument, **{"respondent": "client", **told}
        ).latest("due_at")
        return found
