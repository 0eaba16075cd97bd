"""The pages of therapists, supervisors and owners."""
