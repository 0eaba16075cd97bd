"""What people do with changes of therapist and endings."""
