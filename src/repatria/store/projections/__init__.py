"""What follows from what was said, as rows that can be searched and sorted?

Each projection is a pure fold of the statements about one subject, made anew
whenever one is added: so rebuilt always equals incremental. Rows are folded once
for each label that reads here, from the statements meant for that label.
"""

from repatria.store.projections.engine import project, rebuild, table_digests
from repatria.store.projections.projection import Projection

__all__ = ["Projection", "project", "rebuild", "table_digests"]
