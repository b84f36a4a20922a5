"""The table behind the default cache, in which rate limits are counted for all processes.

The columns are those of Django's DatabaseCache (`createcachetable`), frozen here.
"""

from django.db import migrations

TABLE = """
CREATE TABLE hanse_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires {instant} NOT NULL
)
"""
INSTANT = {"sqlite": "datetime", "postgresql": "timestamp with time zone"}


def put_up(apps, schema_editor):
    schema_editor.execute(TABLE.format(instant=INSTANT[schema_editor.connection.vendor]))
    schema_editor.execute("CREATE INDEX hanse_cache_expires ON hanse_cache (expires)")


def take_down(apps, schema_editor):
    schema_editor.execute("DROP TABLE hanse_cache")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_first")]
    operations = [migrations.RunPython(put_up, take_down)]
