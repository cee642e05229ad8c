"""Who must be told when an installation was stolen?"""

import csv
import shutil

from exchange import copy_of
from repatria.cli.cast import INTERMEDIARY


def test_everybody_whose_name_lay_there_and_every_family_is_on_the_list(
    repatria, finished_exchange, tmp_path
):
    stolen = copy_of(finished_exchange[0] / INTERMEDIARY, tmp_path / "restored")
    ended = repatria("exposed", tmp_path / "told.csv", "--home", stolen)
    assert ended.code == 0
    with (tmp_path / "told.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    families = [row for row in rows if row["what"] == "family"]
    persons = [row for row in rows if row["what"] == "person"]
    assert families
    assert all(row["name"] and row["relation"] for row in families)
    assert len({row["id"] for row in persons}) == len(persons) > 34
    told = {request for row in persons for request in row["told_through"].split()}
    assert told <= {row["id"] for row in families}
    assert told, "whoever was told about a person is named beside him"
    assert repatria("exposed", tmp_path / "told.csv", "--home", stolen).code != 0, (
        "never over a file"
    )
    shutil.rmtree(stolen)
