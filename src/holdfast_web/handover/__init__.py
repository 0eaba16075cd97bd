"""A change of therapist without shame, and endings."""
