from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "hanse.commons.audit"
    label = "audit"
