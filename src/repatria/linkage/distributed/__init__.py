"""How are lists compared that no single machine should hold?

Start at `spark.score_lists_on_spark`. Each step is a function of one block of records
and of what was counted over all of them (`blocks`, `weighing`), so that no cut into
blocks changes a pair or a score. Not here: what names weigh; that is the same engine.
"""
