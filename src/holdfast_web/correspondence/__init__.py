"""Messages between client and therapist, within what they agreed."""
