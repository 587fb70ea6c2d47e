"""What Django itself reports of the project: the agent runs in its interpreter, the client reads its records."""
