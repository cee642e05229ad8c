"""The pages about who is exchanged for whom: terms and plans.

Start at `views`. Not here: computing a plan (`planning`), the handover itself
(`web.handover`).
"""
