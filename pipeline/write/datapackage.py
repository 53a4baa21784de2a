"""The Frictionless data package: what every table and column means, for machines."""

from pipeline import __version__
from pipeline.columns import TABLES, Table
from pipeline.settings import Settings


def datapackage(settings: Settings) -> dict[str, object]:
    """`datapackage.json` (Data Package v1, Tabular profile) as plain values.

    Holds nothing that differs between two runs over the same input. `personal_numbers` says whether personal
    identity numbers were masked, `persons` whether names of people were left out.
    """
    return {
        "profile": "tabular-data-package",
        "name": "namnd-extract",
        "title": "Facts from decisions and agreements of Swedish municipal boards",
        "created_by": f"namnd {__version__}",
        "personal_numbers": "in clear" if settings.recognition.keep_personal_numbers else "masked",
        "persons": "included" if settings.extraction.persons else "left out",
        "resources": [_resource(table) for table in TABLES.values()],
    }


def _resource(table: Table) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [
            {"name": column.name, "type": column.type, "description": column.meaning}
            for column in table.columns
        ],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }
