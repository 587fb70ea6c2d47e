"""What a field says of itself, as values of a record's types: a project may write ``blank=1`` or a lazy comment."""


def _whole(value):
    """Django writes a size into the SQL as it is given: a number, or its digits."""
    return int(value) if str(value).isdigit() else None


def _text(value):
    return None if value is None else str(value)


# the record's key, Django's attribute, and what makes the one of the other
_ATTRIBUTES = (
    ("null", "null", bool),
    ("blank", "blank", bool),
    ("primary_key", "primary_key", bool),
    ("unique", "unique", bool),
    ("db_index", "db_index", bool),
    ("max_length", "max_length", _whole),
    ("max_digits", "max_digits", _whole),
    ("decimal_places", "decimal_places", _whole),
    ("auto_now", "auto_now", bool),
    ("auto_now_add", "auto_now_add", bool),
    ("collation", "db_collation", _text),
    ("comment", "db_comment", _text),
    ("size", "size", _whole),
)


def attributes(*keys):
    """Those of the table that a record needs, in its order."""
    rows = {row[0]: row for row in _ATTRIBUTES}
    return tuple(rows[key] for key in keys)


def facts(field, rows=_ATTRIBUTES):
    """All of them; an attribute that the field, or an older Django, does not have is as one not given."""
    return {key: read(getattr(field, name, None)) for key, name, read in rows}
