"""Names are found by key and ranked by sound, numbers by their beginning.

Rows that were folded before hold no sound until `repatria rebuild`: until then they are
found by their keys alone, numbers not at all.
"""

from django.db import migrations, models


def added(name: str, length: int) -> migrations.AddField:
    """A column that is empty in rows folded before."""
    return migrations.AddField(
        "searchkey",
        name,
        models.CharField(max_length=length, default=""),
        preserve_default=False,
    )


def index(model: str, name: str, *fields: str) -> migrations.AddIndex:
    """An index of a page's filter, in the order of the page."""
    return migrations.AddIndex(model, models.Index(fields=list(fields), name=name))


class Migration(migrations.Migration):
    """Columns and an index of the table of search keys; indexes of filtered pages."""

    dependencies = [("store", "0006_review")]
    operations = [
        added("about", 8),
        added("sound", 24),
        added("script", 4),
        migrations.RunSQL(
            "UPDATE search_key SET about = "
            "CASE WHEN subject LIKE 'person:%' THEN 'person' ELSE 'line' END",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveIndex("searchkey", "search_key_ix"),
        migrations.AddIndex(
            "searchkey",
            models.Index(
                fields=["seen_by", "about", "key", "sound", "script"],
                name="search_word_ix",
                opclasses=["varchar_pattern_ops"] * 5,
            ),
        ),
        index("linerow", "line_status_ix", "seen_by", "list_subject", "status"),
        migrations.RemoveIndex("personrow", "person_name_ix"),
        index("personrow", "person_order_ix", "seen_by", "sorted_by", "subject"),
        index("personrow", "person_custody_ix", "seen_by", "custody", "sorted_by", "subject"),
        index("personrow", "person_category_ix", "seen_by", "category", "sorted_by", "subject"),
    ]
