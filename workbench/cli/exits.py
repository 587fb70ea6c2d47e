"""Exit codes: 0 holds · 1 something differs or fails · 2 bad input or usage · 3 our own fault."""

HOLDS, DIFFERS, BAD_INPUT, OUR_FAULT = 0, 1, 2, 3
INTERRUPTED = 130  # 128 + SIGINT, as shells count
