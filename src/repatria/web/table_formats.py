"""In which form does a reader want a table?"""

from repatria.web.access import Request
from repatria.web.exports import TableFormat


def asked_format(request: Request) -> TableFormat:
    """The form that a button or an address names; CSV for anything else."""
    asked = (request.POST or request.GET).get("format", "")
    return TableFormat(asked) if asked in set(TableFormat) else TableFormat.CSV
