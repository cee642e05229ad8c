"""Who has to be forgotten, and who has done so? Start at `views`."""
