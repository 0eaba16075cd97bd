"""Forms for intakes, matching and reviews."""
