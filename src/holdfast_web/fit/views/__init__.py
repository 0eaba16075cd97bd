"""Pages of intakes, matching and reviews."""
