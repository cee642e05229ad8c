"""Which lists are there, what is answered to each line, and how does a list come in?

Start at `views`; `answering` says what a party holds, `importing` takes a file.
"""
