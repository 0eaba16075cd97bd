"""When a rule fires. What is not known never fires one, except where a rule asks for just that."""

from __future__ import annotations

from dataclasses import dataclass

from holdfast_web.fit.assessment.facts import Facts


@dataclass(frozen=True, slots=True)
class Score:
    """A total or a single answer reaches a number, or stays below one."""

    name: str
    at_least: float | None = None
    below: float | None = None

    def holds(self, facts: Facts) -> bool:
        """Say whether it holds.

        Examples
        --------
        >>> Score("phq-9", at_least=16).holds(Facts({"phq-9": 16})), Score("phq-9").holds(Facts())
        (True, False)
        """
        value = facts.scores.get(self.name)
        if value is None:
            return False
        enough = self.at_least is None or value >= self.at_least
        return enough and (self.below is None or value < self.below)

    def names(self) -> tuple[str, ...]:
        """Return what it rests on."""
        return (self.name,)

    def words(self) -> str:
        """Return it in words, for the table of rules."""
        bounds = (("at least", self.at_least), ("below", self.below))
        told = " and ".join(f"{word} {bound:g}" for word, bound in bounds if bound is not None)
        return f"`{self.name}` {told or 'answered'}"


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody said yes, or no, to a question of ours."""

    name: str
    answer: bool = True

    def holds(self, facts: Facts) -> bool:
        """Say whether it holds."""
        return facts.flags.get(self.name) is self.answer

    def names(self) -> tuple[str, ...]:
        """Return what it rests on."""
        return (self.name,)

    def words(self) -> str:
        """Return it in words, for the table of rules."""
        return f"`{self.name}` {'yes' if self.answer else 'no'}"


@dataclass(frozen=True, slots=True)
class Open:
    """A question was left open, or a total can't be made."""

    name: str

    def holds(self, facts: Facts) -> bool:
        """Say whether it holds."""
        return facts.is_open(self.name)

    def names(self) -> tuple[str, ...]:
        """Return what it rests on."""
        return (self.name,)

    def words(self) -> str:
        """Return it in words, for the table of rules."""
        return f"`{self.name}` left open"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something is among what brings somebody, or is what matters most."""

    name: str
    main: bool = False

    def holds(self, facts: Facts) -> bool:
        """Say whether it holds."""
        return self.name == facts.main if self.main else self.name in facts.problems

    def names(self) -> tuple[str, ...]:
        """Return what it rests on."""
        return (self.name,)

    def words(self) -> str:
        """Return it in words, for the table of rules."""
        return f"{self.name.replace('_', ' ')} {'matters most' if self.main else 'named'}"


@dataclass(frozen=True, slots=True)
class Several:
    """Any, all or none of several conditions."""

    of: tuple[Condition, ...]
    kind: str

    def holds(self, facts: Facts) -> bool:
        """Say whether it holds."""
        held = [one.holds(facts) for one in self.of]
        return {"any": any(held), "all": all(held), "none": not any(held)}[self.kind]

    def names(self) -> tuple[str, ...]:
        """Return what it rests on, each once."""
        return tuple(dict.fromkeys(name for one in self.of for name in one.names()))

    def words(self) -> str:
        """Return it in words, for the table of rules."""
        joined = {"any": " or ", "all": " and ", "none": " nor "}[self.kind]
        told = joined.join(one.words() for one in self.of)
        return f"not: {told}" if self.kind == "none" else f"({told})" if len(self.of) > 1 else told


Condition = Score | Told | Open | Problem | Several
