"""The pages for everybody: no account, no cookie, nothing from elsewhere.

Every page says in its address in which language it is, so that it is the same
for all who ask for it and any cache may keep it.
"""
