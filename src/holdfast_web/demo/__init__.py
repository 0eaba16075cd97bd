"""An invented practice to look at: people, sessions, ratings from a seeded generator."""
