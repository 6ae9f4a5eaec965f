"""What is kept: accounts, saved briefs with their versions, and the log of who read what."""
