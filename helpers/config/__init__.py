"""What the learner set, in the environment or in `.env`: read, checked, saved."""
