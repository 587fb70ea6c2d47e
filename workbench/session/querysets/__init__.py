"""One queryset or write on its way: compiled, translated, run on both sides, judged."""
