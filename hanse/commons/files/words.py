from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    PDF = "pdf", _("PDF document")
    PNG = "png", _("PNG picture")
    JPEG = "jpeg", _("JPEG picture")
    XLSX = "xlsx", _("Excel workbook")
    CSV = "csv", _("table of comma-separated values")
    JSON = "json", _("JSON file")
    PARQUET = "parquet", _("Parquet file")
    ZIP = "zip", _("ZIP archive")


ENDINGS = {
    Kind.PDF: {".pdf"},
    Kind.PNG: {".png"},
    Kind.JPEG: {".jpg", ".jpeg"},
    Kind.XLSX: {".xlsx"},
    Kind.CSV: {".csv", ".tsv", ".txt"},
    Kind.JSON: {".json"},
    Kind.PARQUET: {".parquet"},
    Kind.ZIP: {".zip"},
}
