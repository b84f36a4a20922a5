"""Lines of the audit trail are added, never changed: kept by the database itself.

Two doors. The actor may become empty when a person is erased (and nothing else of the line may
change with it). And everything is open while a row stands in audit_opening: a restore makes one and
takes it away inside its own transaction.
"""

from django.db import migrations

KEPT = (
    "id",
    "by_a_person",
    "action",
    "object_type",
    "object_id",
    "object_label",
    "before",
    "after",
    "rule_version",
    "reason",
    "at",
)

SQLITE = [
    f"""
    CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_auditentry
    WHEN NOT EXISTS (SELECT 1 FROM audit_opening)
     AND NOT (NEW.actor_id IS NULL AND {" AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in KEPT)})
    BEGIN SELECT RAISE(ABORT, 'audit lines are never updated'); END
    """,
    """
    CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit_auditentry
    WHEN NOT EXISTS (SELECT 1 FROM audit_opening)
    BEGIN SELECT RAISE(ABORT, 'audit lines are never deleted'); END
    """,
]

POSTGRESQL = [
    f"""
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM audit_opening) THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
      END IF;
      IF TG_OP = 'UPDATE' AND NEW.actor_id IS NULL
         AND {" AND ".join(f'NEW."{name}" IS NOT DISTINCT FROM OLD."{name}"' for name in KEPT)} THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'audit lines are never updated or deleted' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse()
    """,
    """
    CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
    """,
]

AWAY = {
    "sqlite": ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"],
    "postgresql": [
        "DROP TRIGGER audit_append_only ON audit_auditentry",
        "DROP TRIGGER audit_no_truncate ON audit_auditentry",
        "DROP FUNCTION audit_refuse()",
    ],
}


def put_up(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)


def take_down(apps, schema_editor):
    for statement in AWAY[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_first")]
    operations = [migrations.RunPython(put_up, take_down)]
