"""Forms for changes of therapist and endings."""
