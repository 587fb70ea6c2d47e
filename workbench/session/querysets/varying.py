"""The values of a call site in both statements: each is one free parameter, wherever the two hold it.

Which positions hold it is seen, not assumed: both sides are compiled again with another value in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.equivalence import Shared
from workbench.equivalence.bindings import Binding
from workbench.queries.comparing import canonical
from workbench.queries.query import Query
from workbench.runtime.observation import Compiled
from workbench.targets.drizzle.queries.rendering import Variant
from workbench.values import Wire

Typed = tuple[Wire, ...]


@dataclass(frozen=True)
class Bindings:
    """What the parameters of both sides stand for: values, and parameters that may hold any value."""

    django: tuple[Binding, ...]
    drizzle: tuple[Binding, ...]

    @property
    def free(self) -> bool:
        """Whether any parameter may hold any value."""
        return any(isinstance(each, Shared) for each in self.django)


def bindings(
    query: Query,
    compiled: Compiled,
    variants: Sequence[Variant],
    compile: Callable[[str], Compiled],
    typed: Callable[[Compiled], Typed],
) -> Bindings:
    """Free parameters for the values that both sides hold in the same forms."""
    django: list[Binding] = list(query.parameters)
    drizzle: list[Binding] = list(typed(compiled))
    for variant in variants:
        other = compile(variant.code)
        changed = typed(other)
        left = _held(query.parameters, variant.stand_in.parameters)
        right = _held(typed(compiled), changed)
        if other.sql != compiled.sql or set(left.values()) != set(right.values()):
            continue  # they hold it in different forms: then it stays the value that stands in
        forms = list(dict.fromkeys(left.values()))
        names = {form: variant.name + (f"_{index + 1}" if len(forms) > 1 else "") for index, form in enumerate(forms)}
        for side, held in ((django, left), (drizzle, right)):
            for position, form in held.items():
                side[position] = Shared(names[form], side[position])
    return Bindings(tuple(django), tuple(drizzle))


def _held(values: Sequence[Wire], others: Sequence[Wire]) -> dict[int, str]:
    """Positions where the two differ, each with both values as one text: equal texts are one form of the value."""
    return {
        position: f"{_form(value)} | {_form(other)}"
        for position, (value, other) in enumerate(zip(values, others, strict=True))
        if value != other
    }


def _form(value: Wire) -> str:
    """A number is the same number in every type."""
    found = canonical(value)
    return str(found[1]) if isinstance(found, list) and found[0] in ("number", "text") else repr(found)
