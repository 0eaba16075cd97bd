"""Who may do what with intakes, matching and reviews, and why not."""
