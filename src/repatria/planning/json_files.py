"""What does a file of JSON hold that somebody else may have written?"""

import json


def json_in(content: bytes, unreadable: type[ValueError]) -> object:
    """The values that a file holds.

    Args:
        content: of the file.
        unreadable: what is raised where it is no JSON, with the line.
    """
    try:
        document: object = json.loads(content)
    except (ValueError, RecursionError) as error:
        place = f"line {error.lineno}: " if isinstance(error, json.JSONDecodeError) else ""
        msg = f"{place}is not JSON in UTF-8"
        raise unreadable(msg) from error
    return document
