"""In which form does a reader want a table?"""

from repatria.web.access import Request
from repatria.web.exports import TableFormat


def asked_format(request: Request) -> TableFormat:
    """The form a posted button names; CSV for anything else."""
    asked = request.POST.get("format", "")
    return TableFormat(asked) if asked in set(TableFormat) else TableFormat.CSV
