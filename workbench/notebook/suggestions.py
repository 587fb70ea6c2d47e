"""What can stand at the cursor of a Django expression: models, managers, methods, fields along relations, lookups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from workbench.inspection.records import Inspection, ModelRecord
from workbench.notebook.vocabulary import EXPRESSIONS, LOOKUPS, METHODS


@dataclass(frozen=True)
class Suggestions:
    """Completions for the expressions of one project."""

    inspection: Inspection

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Labels of all models that are written as classes."""
        return tuple(sorted(model.label for model in self.inspection.models if not model.auto_created))

    @cached_property
    def _models(self) -> dict[str, ModelRecord]:
        return {model.label: model for model in self.inspection.models}

    @cached_property
    def _classes(self) -> dict[str, ModelRecord]:
        return {model.name: model for model in reversed(self.inspection.models) if not model.auto_created}

    def at(self, text: str, token: str) -> list[str]:
        """Whole tokens that may take the place of ``token``, the end of ``text``, sorted."""
        head, dot, fragment = token.rpartition(".")
        if dot:
            return [f"{head}.{name}" for name in self._members(text, head) if name.startswith(fragment)]
        model = self._asked(text)
        names = self.path(model.label, token) if model else []
        if "__" not in token:
            names += [*self._classes, *EXPRESSIONS]
        return sorted({name for name in names if name.startswith(token)})

    def path(self, label: str, fragment: str) -> list[str]:
        """Field paths from a model that continue ``fragment``; lookups where the path has reached a column."""
        *walked, last = fragment.split("__")
        current: str | None = label
        for name in walked:
            steps = self._steps(current) if current else {}
            if name not in steps:
                return []
            current = steps[name]
        names = self._steps(current) if current else LOOKUPS
        return ["__".join([*walked, name]) for name in names if name.startswith(last)]

    def _asked(self, text: str) -> ModelRecord | None:
        """The model of the innermost call that is still open where ``text`` ends."""
        for found in reversed(list(re.finditer(r"\b([A-Z]\w*)\.\w+", text))):
            rest = text[found.end() :]
            if found[1] in self._classes and rest.count("(") > rest.count(")"):
                return self._classes[found[1]]
        return None

    def _members(self, text: str, head: str) -> list[str]:
        if head in self._classes:
            return sorted(manager.name for manager in self._classes[head].managers)
        known = [name for name in re.findall(r"\b([A-Z]\w*)\.\w+", text) if name in self._classes]
        managers = self._classes[known[-1]].managers if known else []
        return sorted({*METHODS, *(method for manager in managers for method in manager.methods)})

    def _steps(self, label: str) -> dict[str, str | None]:
        """Names that may follow in a path from this model, to the label they lead to (None: a column)."""
        family = self._family(label)
        fields = [field for member in family for field in self._models[member].fields]
        forward = {field.name: field.relation.to if field.relation else None for field in fields}
        backward = {
            field.relation.query_name: other.label
            for other in self.inspection.models
            for field in other.fields
            if field.relation and field.relation.query_name and field.relation.to in family
            if not other.proxy and (field.relation.accessor or field.relation.parent_link)
        }
        return {**backward, **forward, "pk": None}

    def _family(self, label: str) -> set[str]:
        """The model, the one it is a proxy of, and its parents in other tables: their fields are its fields."""
        model = self._models[label]
        direct = {model.concrete or label, *model.parents} - {label}
        return {label}.union(*(self._family(member) for member in direct))
