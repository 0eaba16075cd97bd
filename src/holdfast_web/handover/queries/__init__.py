"""What pages show of changes of therapist and endings."""
