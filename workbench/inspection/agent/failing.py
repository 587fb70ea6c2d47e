"""AgentError: a failure whose facts the workbench turns into a diagnostic."""


class AgentError(Exception):
    """``kind`` is stable (the client's table reads it); ``facts`` are plain JSON (file, line, variable …)."""

    def __init__(self, kind, message, **facts):
        super().__init__(message)
        self.kind, self.message, self.facts = kind, message, facts

    def as_dict(self):
        return dict(self.facts, kind=self.kind, message=self.message)
