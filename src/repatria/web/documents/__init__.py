"""The pages about what parties sign together: the list, one document, its file.

Start at `views`. The pages on which somebody signs stand with what is signed
(`web.exchange`, `web.handover`); what they have in common is `signing` and `content`.
"""
