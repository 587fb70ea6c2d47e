"""One room per target: texts that the real tools run."""
