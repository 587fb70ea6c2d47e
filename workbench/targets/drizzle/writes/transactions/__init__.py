"""Writes of several statements as one ``db.transaction(async (tx) => { … })``."""
