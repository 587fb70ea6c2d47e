"""What stands before views: every address requested in Django, beside the generated guard."""
