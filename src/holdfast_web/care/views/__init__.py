"""Pages of care: invitations, people, the practice, emergencies."""
