"""What people do with intakes, matching and reviews."""
