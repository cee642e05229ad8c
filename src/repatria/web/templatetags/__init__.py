"""What templates may call. Start at `repatria`."""
