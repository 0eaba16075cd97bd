"""Check-ins and questionnaires: sent, answered, scored; signals, safety answers, ruptures."""
