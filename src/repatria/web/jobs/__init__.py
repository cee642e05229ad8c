"""Long work that goes on beside the pages: how far it is, and what came of it. Start at `views`."""
