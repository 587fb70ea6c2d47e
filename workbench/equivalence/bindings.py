"""What a parameter stands for: a value, or a free parameter that both sides share by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlglot import exp

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.equivalence.literals import literal
from workbench.equivalence.walking import ByType
from workbench.values import Wire


@dataclass(frozen=True, slots=True)
class Shared:
    """A parameter that stays free: any value, the same wherever this name stands. ``value`` is one to try first."""

    name: str
    value: Wire = None


BOUND = "bound"  # marks the literal of a bound value: its cast says its type, and is in no text

Binding: TypeAlias = Wire | Shared


def substitute(kinds: ByType, bindings: Sequence[Binding] | None, side: str) -> None:
    """Put literals in the place of bound parameters; free ones are ``exp.Parameter`` named by number or shared name."""
    lists: dict[tuple[int, str], list[tuple[exp.Expr, exp.Expr]]] = {}
    for node in (*kinds.get(exp.Parameter, ()), *kinds.get(exp.Placeholder, ())):
        meant = _meant(_number(node, side), bindings, side)
        if node.index is None:
            node.replace(meant)
        else:
            lists.setdefault((id(node.parent), str(node.arg_key)), []).append((node, meant))
    for (_, part), changes in lists.items():
        _rewrite(changes[0][0].parent, part, changes)


def _meant(number: int, bindings: Sequence[Binding] | None, side: str) -> exp.Expr:
    if bindings is None:
        return exp.Parameter(this=exp.Literal.number(number))
    if not 1 <= number <= len(bindings):
        raise _refuse(side, f"${number}", f"the query has this parameter and {len(bindings)} values")
    value = bindings[number - 1]
    return exp.Parameter(this=exp.Var(this=value.name)) if isinstance(value, Shared) else _bound(value)


def _rewrite(parent: exp.Expr | None, part: str, changes: Sequence[tuple[exp.Expr, exp.Expr]]) -> None:
    """Put new items into a list at once: ``replace`` goes through the whole list for each."""
    assert parent is not None
    listed = list(parent.args[part])
    for node, meant in changes:
        assert node.index is not None
        listed[node.index] = meant
    parent.set(part, listed)


def _bound(value: Wire) -> exp.Expr:
    written = literal(value)
    written.meta[BOUND] = True
    return written


def value_of(binding: Binding) -> Wire:
    """The wire value to execute with."""
    return binding.value if isinstance(binding, Shared) else binding


def _number(node: exp.Expr, side: str) -> int:
    name = node.name.removeprefix("p")
    if not name.isdigit():
        thing = f":{name}" if name not in ("", "?") else "%s or ?"
        raise _refuse(side, thing, "a placeholder without values: numbered ones ($1, $2 …) may go without")
    if not 1 <= int(name) <= _MOST:
        raise _refuse(side, f"${name}", f"not a parameter: PostgreSQL numbers them from 1 to {_MOST}")
    return int(name)


_MOST = 65_535  # the protocol counts a statement's parameters in 16 bits


def _refuse(side: str, thing: str, fact: str) -> WorkbenchError:
    return WorkbenchError(Diagnostic("query.parameters", Origin(side), thing, fact, fidelity=Fidelity.ERROR))
