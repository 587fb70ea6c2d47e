"""What holds for given rows: hypotheses, constraints and finitely many instances of nested EXISTS, decided by z3.

Only consequences are ever added, so an unsatisfiable negated goal is a proof. EXISTS gives a witness row of its own
(under its truth); every row at hand that satisfies a body makes its EXISTS true. Constraints are stated of each row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import z3

from workbench.catalog.table import Catalog
from workbench.equivalence.proof.instances import unfold
from workbench.equivalence.proof.question import Question, Row, Sign
from workbench.equivalence.proof.smt import Formula, conjunction, negation
from workbench.equivalence.proof.terms import FALSE, TRUE, Agg, Expr, Source

Goal: TypeAlias = Expr | tuple[Expr, Expr]


@dataclass
class Effort:
    """Bounds that do not depend on the machine: z3's resource units a question, and the number of questions."""

    rlimit: int = 2_000_000
    questions: int = 160
    asked: int = 0
    expired: Callable[[], bool] = lambda: False  # the clock's fuse, for a caller's budget

    def spent(self) -> bool:
        """Whether no further question may be asked."""
        return self.asked >= self.questions or self.expired()


@dataclass(frozen=True)
class Asked:
    """A question: do these hypotheses about these rows imply the goals, given equal aggregates?"""

    rows: dict[int, Source]
    hypotheses: list[Expr]
    goals: list[Goal]
    equal: tuple[tuple[Agg, Agg], ...] = ()

    def formulas(self, question: Question) -> list[Formula]:
        """The hypotheses and the negated goals: a contradiction is an answer yes."""
        given = [question.true(h) for h in self.hypotheses]
        given += [_identical(question, left, right) for left, right in self.equal]
        wanted = [
            _identical(question, *g) if isinstance(g, tuple) else question.true(g, Sign.FALSE) for g in self.goals
        ]
        return [*given, negation(conjunction(*wanted))]


@dataclass
class Reasoner:
    """Asks whether goals follow from hypotheses about rows, within the effort allowed."""

    catalog: Catalog
    effort: Effort = field(default_factory=Effort)
    answered: list[Asked] = field(default_factory=list)  # the questions answered yes, by z3

    def implies(
        self,
        rows: dict[int, Source],
        hypotheses: list[Expr],
        goals: list[Goal],
        equal: tuple[tuple[Agg, Agg], ...] = (),
    ) -> bool:
        """Whether every goal holds (a pair: both values are the same) of any such rows; False also means unknown."""
        given = dict.fromkeys(hypotheses)
        open_goals = [g for g in goals if not _plain(g, given)]
        if not open_goals or FALSE in given:
            return True
        if self.effort.spent():
            return False
        asked = Asked(rows, list(given), open_goals, equal)
        question = Question(self.catalog, {r: Row(s) for r, s in rows.items()})
        found = self._contradictory(question, asked.formulas(question))
        if found:
            self.answered.append(asked)
        return found

    def _contradictory(self, question: Question, formulas: list[Formula]) -> bool:
        """Whether the formulas contradict each other, first alone, then with all that is known of their atoms."""
        if self._unsatisfiable(question, formulas):
            return True
        unfold(question)
        facts = [*question.facts, *(f for facts in question.by_constraint.values() for f in facts)]
        return bool(facts) and self._unsatisfiable(question, [*formulas, *facts])

    def _unsatisfiable(self, question: Question, formulas: list[Formula]) -> bool:
        encoder = question.encoder
        asserted = (f"(assert {f})" for f in (*formulas, *encoder.constants.facts()))
        solver = z3.SimpleSolver()
        solver.set("rlimit", self.effort.rlimit)
        solver.from_string("\n".join([*encoder.script.lines, *asserted]))
        self.effort.asked += 1
        return bool(solver.check() == z3.unsat)


def _identical(question: Question, left: Expr, right: Expr) -> Formula:
    question.mention(left)
    question.mention(right)
    return question.encoder.identical(left, right)


def _plain(goal: Goal, given: dict[Expr, None]) -> bool:
    """Whether a goal needs no thought: a hypothesis itself, or a value compared with itself."""
    return goal[0] == goal[1] if isinstance(goal, tuple) else goal == TRUE or goal in given
