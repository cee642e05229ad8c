"""What may be read, by whom?

One module a noun. The viewer is always the first parameter, so that scoping
cannot be forgotten; what is not his is as if it were not there.
"""
