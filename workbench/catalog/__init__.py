"""Tables, columns, keys and relations, as the database will hold them, each with its origin."""
