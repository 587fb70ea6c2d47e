"""Django queries as Django compiled them, with the facts that SQL loses."""
