"""Pages of changes of therapist and endings."""
