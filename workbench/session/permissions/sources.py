"""Where a rule stands on both sides: its text, with file and line."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.policies.policy import Policies
from workbench.targets.rendering import Rendering
from workbench.targets.rules.app_module import Rule
from workbench.targets.rules.render import FOLDER
from workbench.targets.rules.table import rule_text


@dataclass(frozen=True)
class Sources:
    """Finds the texts of a project's rules."""

    policies: Policies
    rendering: Rendering

    def python(self, rule: Rule) -> str:
        """``processn/rules.py:7: is_member & member_can_change``."""
        permission = rule.permission
        text = rule_text(permission.rule, self.policies) if permission.rule else "granted in general"
        return f"{permission.origin}: {text}" if permission.origin else text

    def typescript(self, rule: Rule) -> str:
        """``permissions/processn.ts:90: projectRules.add(…)``."""
        path = f"{FOLDER}/{rule.permission.name.partition('.')[0]}.ts"
        first = rule.text.splitlines()[0]
        lines = self.rendering.artifact(path).text.splitlines()
        return f"{path}:{lines.index(first) + 1}: {' '.join(line.strip() for line in rule.text.splitlines())}"
