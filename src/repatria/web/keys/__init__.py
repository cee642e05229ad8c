"""The page on which everybody at the desk reads whose keys are whose."""
