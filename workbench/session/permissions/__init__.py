"""Who may do what: the rules beside their TypeScript, asked of both systems."""
