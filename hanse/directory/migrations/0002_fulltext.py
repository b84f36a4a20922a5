from django.db import migrations


def make(apps, schema_editor):
    from hanse.ports.fulltext import open_fulltext

    open_fulltext().make()


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_first")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
