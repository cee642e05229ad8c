"""What readers wrote: read, decided about, and only then published."""
