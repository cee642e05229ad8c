"""What was said, by whom, in what order, signed?

Start at `statement` (the unit), `log` (the order), `package` (what travels) and
`verification` (believing nobody). One file per kind of statement is in `kinds`.
Not here: what statements mean together; that is for the rooms that fold them.
"""
