"""Displays, magics and widgets."""
