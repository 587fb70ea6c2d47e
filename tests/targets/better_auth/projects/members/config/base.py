"""What all settings of the club share."""

SESSION_COOKIE_AGE = 3600
SESSION_COOKIE_SAMESITE = "Strict"
