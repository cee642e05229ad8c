"""Django settings and urls; nothing is decided here."""
