"""What people do with measures: asking and answering, and what is noticed in the answers."""
