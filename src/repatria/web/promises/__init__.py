"""What was promised, and what each side signed for."""
