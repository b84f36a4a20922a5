from django.db import migrations

EXAMPLES = {
    "electric-mobility": [
        "Electric mobility",
        [
            ["Ores and metals", ["B07", "C24"]],
            ["Chemicals for batteries", ["C20"]],
            ["Cells, motors and cables", ["C27"]],
            ["Electronics", ["C26"]],
            ["Vehicles", ["C29"]],
            ["Trade and repair", ["G45"]],
            ["Recovery of materials", ["E38"]],
        ],
    ],
    "building-with-wood": [
        "Building with wood",
        [
            ["Wood products", ["C16"]],
            ["Furniture and fittings", ["C31"]],
            ["Planning", ["M71"]],
            ["Construction of buildings", ["F41"]],
            ["Finishing trades", ["F43"]],
        ],
    ],
    "circular-textiles": [
        "Textiles in a circle",
        [
            ["Fibres and chemicals", ["C20"]],
            ["Textiles", ["C13"]],
            ["Clothing and leather", ["C14", "C15"]],
            ["Machines for textiles", ["C28"]],
            ["Trade", ["G46", "G47"]],
            ["Collection and recovery", ["E38"]],
        ],
    ],
}


def make(apps, schema_editor):
    chains = apps.get_model("chains", "ValueChain")
    for slug, (name, drawn) in EXAMPLES.items():
        chains.objects.update_or_create(slug=slug, defaults={"name": name, "drawn": drawn})


def remove(apps, schema_editor):
    apps.get_model("chains", "ValueChain").objects.filter(slug__in=EXAMPLES).delete()


class Migration(migrations.Migration):
    dependencies = [("chains", "0001_first")]
    operations = [migrations.RunPython(make, remove)]
