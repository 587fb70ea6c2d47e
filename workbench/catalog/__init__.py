"""Tables, columns, keys and relations, as the database will hold them, each with its origin."""

import logging

# sqlglot warns on stderr of what it reads as a bare command or cannot print; here that is refused with its own line
logging.getLogger("sqlglot").setLevel(logging.ERROR)
