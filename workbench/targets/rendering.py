"""What a target writes: texts with their way back to the Django code they came from, and what could not be written."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.diagnostic import Diagnostic, Origin


@dataclass(frozen=True)
class Artifact:
    """One generated file. ``origins`` maps line numbers (from 1) to the Django code behind them."""

    path: str
    language: str  # "typescript" | "sql" | "json" | …
    text: str
    origins: dict[int, Origin] = field(default_factory=dict)


@dataclass(frozen=True)
class Rendering:
    """All that one target wrote for one subject."""

    artifacts: tuple[Artifact, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    def artifact(self, path: str) -> Artifact:
        """The artifact of that path; KeyError where there is none."""
        for artifact in self.artifacts:
            if artifact.path == path:
                return artifact
        raise KeyError(path)
