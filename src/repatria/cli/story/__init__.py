"""How does a whole exchange go, from the list files to the bulletin?

The story of the demo, step by step, on three installations: each step calls the
same operations as the pages do. The clock is the story's; everything else is
real. Nothing here knows what the result should be. Each chapter is a module.
"""

from repatria.cli.story.agreement import Agreement
from repatria.cli.story.handover import Handover
from repatria.cli.story.lists import Lists
from repatria.cli.story.publicity import Publicity


class Story(Lists, Agreement, Handover, Publicity):
    """The story from its first step to its last; its state is that of `Stage`."""

    __slots__ = ()


__all__ = ["Story"]
