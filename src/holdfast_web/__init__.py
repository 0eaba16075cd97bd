"""The practice: a place where client and therapist look after the relationship (Django)."""
