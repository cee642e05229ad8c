"""What a desk adds to a person's record: particulars, words, visits, duties, numbers.

Start at `views`; `tags` is about blocks of numbers and the tags that units gave.
"""
