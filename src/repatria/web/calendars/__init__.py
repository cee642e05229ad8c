"""What is due, and what is overdue? Start at `views`."""
