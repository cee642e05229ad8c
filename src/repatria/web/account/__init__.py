"""How does somebody come in, and what waits for him?

Start at `views.home`. Not here: who may open which page (see `web.access`).
"""
