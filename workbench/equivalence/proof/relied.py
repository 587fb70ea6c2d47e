"""Which constraints the answers of z3 relied on: told once a proof has succeeded, for the people who read it."""

from __future__ import annotations

from collections.abc import Iterable

import z3

from workbench.equivalence.proof.instances import unfold
from workbench.equivalence.proof.question import Question, Row
from workbench.equivalence.proof.reasoning import Asked, Reasoner


def relied_on(reasoner: Reasoner) -> tuple[str, ...]:
    """The constraints without which some question of the proof is not answered."""
    return tuple(dict.fromkeys(c for asked in reasoner.answered for c in _needed(reasoner, asked)))


def _needed(reasoner: Reasoner, asked: Asked) -> list[str]:
    """Constraints whose facts contradict the negated goals, none of them superfluous; none where z3 gives up."""
    question = Question(reasoner.catalog, {r: Row(s) for r, s in asked.rows.items()}, tracked=True)
    formulas = asked.formulas(question)
    unfold(question)
    switches = {f"uses{i}": name for i, name in enumerate(question.by_constraint)}
    solver = _solver(reasoner, question, formulas, switches)
    needed = _core(solver, switches)
    for switch in list(needed):
        smaller = [s for s in needed if s != switch]
        if solver.check(*z3.Bools(smaller)) == z3.unsat:
            needed = smaller
    return [switches[s] for s in needed]


def _solver(reasoner: Reasoner, question: Question, formulas: list[str], switches: dict[str, str]) -> z3.Solver:
    """A solver that knows each constraint's facts under a switch of its own."""
    lines = [*question.encoder.script.lines, *(f"(declare-const {switch} Bool)" for switch in switches)]
    lines += [f"(assert {f})" for f in (*formulas, *question.facts, *question.encoder.constants.facts())]
    for switch, name in switches.items():
        lines += [f"(assert (=> {switch} {fact}))" for fact in question.by_constraint[name]]
    solver = z3.SimpleSolver()
    solver.set("rlimit", reasoner.effort.rlimit)
    solver.from_string("\n".join(lines))
    return solver


def _core(solver: z3.Solver, switches: Iterable[str]) -> list[str]:
    """The switches that z3's contradiction turns on, in their order."""
    if solver.check(*z3.Bools(list(switches))) != z3.unsat:
        return []
    core = {str(switch) for switch in solver.unsat_core()}
    return [switch for switch in switches if switch in core]
