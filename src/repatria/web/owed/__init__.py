"""Who is kept back for proceedings, and who is held again after a release? Start at `views`."""
