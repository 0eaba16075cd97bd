"""Pages of goals and of what helps: the client's own, and beside it their therapist's."""
