"""Why an expression of the user cannot be compiled."""

FILE = "<queryset>"  # the name under which Python knows the expression's text


class Rejected(Exception):
    """The expression cannot be compiled; carries the diagnostic that says why."""

    def __init__(self, diagnostic):
        super().__init__(diagnostic["fact"])
        self.diagnostic = diagnostic


class NothingWritten(Rejected):
    """It was taken for a write, and is none."""
