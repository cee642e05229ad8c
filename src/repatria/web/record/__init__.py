"""The pages about what was said in public: claims, contradictions, bulletins, families.

Start at `views`. Claims, contradictions and bulletins are public and need no
account; the family page is for one family alone. Not here: composing a bulletin
(`record`), who is told what (`operations`).
"""
