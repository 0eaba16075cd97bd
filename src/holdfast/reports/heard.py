"""What the coder heard in an utterance, asked for in the report's own terms."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from holdfast.codebooks.codebook import load_codebook
from holdfast.coding.codes import Code, CodedSession
from holdfast.reports.accuracy import Accuracy
from holdfast.reports.feelings import feelings_at, in_words
from holdfast.session import Role, Utterance

MAIN = {Role.THERAPIST: "behaviour", Role.CLIENT: "talk"}
SHOWN_ELSEWHERE = frozenset(
    {"behaviour", "reflection", "question", "input", "talk", "emotions", "feeling", "response"}
)
NO_TAG = SHOWN_ELSEWHERE | {"uptake"}
"""Codes that are shown in another way, and uptake: an amount, rather than a yes or no."""

FINER = 3
"""How many of the model's finer codes a line shows, the likeliest; all are in the record."""

SAID_BY = {"reassurance": "premature_reassurance"}
"""Codes that are left out where another says the same, and which words it is about."""

STRAINS = ("withdrawal", "confrontation")
BARE = frozenset({"present", "yes", "true"})
UNKNOWN: Mapping[str, Accuracy] = MappingProxyType({})
CAUTION = " (experimental)"


@dataclass(frozen=True, slots=True)
class Tag:
    """A code as it is shown beside a line.

    Attributes
    ----------
    kind
        What a reader may filter by: ``"reflection"``, ``"question"``, ``"input"``,
        ``"feeling"``, ``"talk"``, ``"strain"`` or ``"other"``; on the page also ``"opening"``,
        ``"missed"`` and ``"unsure"``.
    text
        Its words.
    code, value
        The code's name and its label; ``""`` where the kind of what was heard is unsure.
    p
        How likely the label is; ``None`` for rules.
    unsure
        Whether it is only the coder's likeliest guess.
    """

    kind: str
    text: str
    code: str = ""
    value: str = ""
    p: float | None = None
    unsure: bool = False


def heard_kind(coded: CodedSession, index: int, name: str) -> str | None:
    """Return the kind of reflection, question or input heard, ``""`` where its kind is unsure.

    ``None`` means that none was heard.
    """
    code = coded.codes[index].get(name)
    if code is None:
        return "" if coded.value(index, "behaviour") == name else None
    if not isinstance(code.value, str):
        return None
    return "" if code.unsure else code.value


def abstained(coded: CodedSession, index: int) -> bool:
    """Whether the coder abstained on what the utterance mainly does."""
    role = coded.session.utterances[index].role
    code = coded.codes[index].get(MAIN.get(role, "")) if role else None
    return code is not None and code.unsure


def abstentions(coded: CodedSession) -> int:
    """Return on how many utterances the coder abstained."""
    return sum(abstained(coded, index) for index in range(len(coded.session)))


def tags_at(
    coded: CodedSession,
    index: int,
    leave_out: Collection[str] = (),
    accuracy: Mapping[str, Accuracy] = UNKNOWN,
) -> tuple[Tag, ...]:
    """Return the tags of an utterance, in reading order, without the codes to leave out.

    A finer code of the model's is called experimental unless ``accuracy`` bears it out.
    """
    return (
        *_skill_tags(coded, index),
        *_feeling_tags(coded, index),
        *_talk_tags(coded, index),
        *_other_tags(coded.codes[index], leave_out, accuracy),
    )


def _skill_tags(coded: CodedSession, index: int) -> list[Tag]:
    kinds = ((name, heard_kind(coded, index, name)) for name in ("reflection", "question", "input"))
    codes = coded.codes[index]
    doubted = _doubted(codes)
    return [
        Tag(
            kind=name,
            text=_perhaps(_title(name, kind), name == doubted),
            code=name,
            value=kind,
            p=single(codes.get(name)) if kind else _as_main(codes, name),
            unsure=name == doubted,
        )
        for name, kind in kinds
        if kind is not None
    ]


def _as_main(codes: Mapping[str, Code], name: str) -> float | None:
    """Return how likely a behaviour is the main one, where it is held to be."""
    behaviour = codes.get("behaviour")
    return single(behaviour) if behaviour is not None and behaviour.value == name else None


def single(code: Code | None) -> float | None:
    """Return a code's probability, ``None`` where it has none or one for each of its labels.

    Examples
    --------
    >>> single(Code("talk", "change", 0.7)), single(Code("emotions", ("joy",), (0.4,)))
    (0.7, None)
    """
    return None if code is None or isinstance(code.p, tuple) else code.p


def _feeling_tags(coded: CodedSession, index: int) -> list[Tag]:
    felt = feelings_at(coded, index)
    code = coded.codes[index].get("emotions") if felt else None
    if code is None:
        return []
    each = code.p if isinstance(code.p, tuple) else ()
    likely = dict(zip(_values(code), each, strict=False))
    return [
        Tag("feeling", in_words(one), "emotions", one, likely.get(one, single(code)))
        for one in felt
    ]


def _doubted(codes: Mapping[str, Code]) -> str | None:
    """Return the main behaviour that is only the coder's likeliest guess."""
    behaviour = codes.get("behaviour")
    return str(behaviour.value) if behaviour is not None and behaviour.unsure else None


def _perhaps(title: str, doubted: bool) -> str:
    return f"Perhaps: {title.lower()}" if doubted else title


def _talk_tags(coded: CodedSession, index: int) -> list[Tag]:
    talk = coded.value(index, "talk")
    if not isinstance(talk, str) or talk == "neutral":
        return []
    return [Tag("talk", _title("talk", talk), "talk", talk, single(coded.codes[index].get("talk")))]


def _other_tags(
    codes: Mapping[str, Code], leave_out: Collection[str], accuracy: Mapping[str, Accuracy]
) -> list[Tag]:
    shown = [code for code in _others(codes) if code.name not in leave_out]
    finer = sorted((code for code in shown if code.by == "model"), key=_likely, reverse=True)
    return [
        Tag(
            kind="strain" if code.name in STRAINS else "other",
            text=_other_words(code, accuracy),
            code=code.name,
            value=" ".join(_values(code)),
            p=single(code),
        )
        for code in shown
        if code not in finer[FINER:]
    ]


def _others(codes: Mapping[str, Code]) -> list[Code]:
    """Return the other codes that were heard, in the codebook's order."""
    places = codebook_places()
    heard = {name: code for name, code in codes.items() if code.heard}
    others = [
        code
        for name, code in heard.items()
        if name not in NO_TAG and SAID_BY.get(name) not in heard
    ]
    return sorted(others, key=lambda code: places.get(code.name, len(places)))


@cache
def codebook_places() -> Mapping[str, int]:
    """Return the place of each code in the codebook, in its order."""
    return MappingProxyType({one.name: at for at, one in enumerate(load_codebook().codes)})


def _likely(code: Code) -> float:
    return max(code.p, default=0.0) if isinstance(code.p, tuple) else code.p or 0.0


def _other_words(code: Code, accuracy: Mapping[str, Accuracy]) -> str:
    title = _title(code.name, "")
    kinds = [
        _title(code.name, one).lower() + caution(code, one, accuracy)
        for one in _values(code)
        if one not in BARE and one != code.name
    ]
    return f"{title}: {', '.join(kinds)}" if kinds else title + caution(code, "", accuracy)


def caution(code: Code, label: str, accuracy: Mapping[str, Accuracy]) -> str:
    """Return the mark of a model's code that too little speaks for; ``""`` where enough does.

    Examples
    --------
    >>> code = Code("insight", "present", 0.8)
    >>> caution(code, "present", {}), caution(code, "present", {"insight": Accuracy("Often.")})
    (' (experimental)', '')
    """
    known = accuracy.get(f"{code.name}:{label}") or accuracy.get(code.name)
    borne_out = known is not None and not known.experimental
    return CAUTION if code.by == "model" and not borne_out else ""


def _values(code: Code) -> tuple[str, ...]:
    return (code.value,) if isinstance(code.value, str) else code.value or ()


@cache
def _title(name: str, value: str) -> str:
    """Return the codebook's words for a value, or for the code where no value is known."""
    definition = next((code for code in load_codebook().codes if code.name == name), None)
    if definition is None:
        return (value or name).replace("_", " ").capitalize()
    known = next((one for one in definition.values if one.name == value), None)
    if known is not None:
        return known.title
    return value.replace("_", " ").capitalize() or definition.title


def name_of(utterance: Utterance) -> str:
    """Return the speaker's name for a screen, or the role's where there is no name.

    Examples
    --------
    >>> name_of(Utterance(index=0, speaker=None, text="Hm.", line=1, role=Role.CLIENT))
    'Client'
    """
    if utterance.speaker:
        return utterance.speaker
    return utterance.role.value.capitalize() if utterance.role else "Unknown speaker"


def name_of_role(coded: CodedSession, role: Role) -> str:
    """Return the name of the first speaker with a role, or the role itself."""
    said = coded.session.said_by(role)
    return name_of(said[0]) if said else f"The {role.value}"
