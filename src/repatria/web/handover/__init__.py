"""The pages about the handover: manifests, the line itself, receipts.

Start at `views` (the board and the signatures), then `line` (the page for a
phone at the crossing point). Not here: the rules (`handover`, `operations`).
"""
