"""What pages show of intakes, matching and reviews."""
