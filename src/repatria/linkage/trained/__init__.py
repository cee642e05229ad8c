"""What has been learned from open names, and from which?

Files made by `tools/linkage/train.py`, never by hand; `card.md` says from what.
"""
