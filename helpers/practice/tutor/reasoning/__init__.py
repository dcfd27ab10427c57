"""Questions that have one right answer, and the slips that a model makes when it answers them at once."""
