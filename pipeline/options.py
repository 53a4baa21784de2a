"""What several commands can be told, each with its help."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.launch import LogFormat

Inputs = Annotated[
    list[str] | None,
    typer.Argument(help="Files or folders, searched recursively; or their URLs.", show_default="data/raw"),
]
Output = Annotated[str, typer.Option("--output", "-o", help="Folder for the tables, or its URL.")]
File = Annotated[Path, typer.Argument(help="One document.")]
Workers = Annotated[int | None, typer.Option(min=0, help="Processes; 0 means one per core.")]
SettingsFile = Annotated[Path | None, typer.Option("--settings", help="TOML file (docs/settings.md).")]
Keep = Annotated[bool, typer.Option("--keep-personal-numbers", help="Leave personal numbers unmasked.")]
NoPersons = Annotated[bool, typer.Option("--no-persons", help="Leave out the names of people.")]
PageTimeout = Annotated[float | None, typer.Option(min=1, help="Seconds that one page may take.")]
MemoryLimit = Annotated[
    int | None,
    typer.Option(min=100, help="Megabytes that a worker and all it starts may use for a document."),
]
Copies = Annotated[list[Path], typer.Argument(help="Files or folders, searched recursively.")]
CopyFolder = Annotated[Path, typer.Option("--output", "-o", help="Folder for the copies.")]
AsPdf = Annotated[bool, typer.Option("--pdf", help="NAME.searchable.pdf: the text unseen over the scan.")]
AsAlto = Annotated[bool, typer.Option("--alto", help="NAME.alto.xml: words and places as ALTO 4.")]
AsHocr = Annotated[bool, typer.Option("--hocr", help="NAME.hocr: words and places as hOCR.")]
Force = Annotated[bool, typer.Option("--force", help="Write over copies that are there already.")]
Prune = Annotated[bool, typer.Option("--prune", help="Take out the rows of files that are gone.")]
Codes = Annotated[list[str], typer.Option("--code", help="An error code; may be given several times.")]
Folder = Annotated[str, typer.Argument(help="Output folder of a run, or its URL.", show_default=True)]
Scheduler = Annotated[
    str | None,
    typer.Option(help="Dask scheduler, tcp://HOST:8786; or local, for a cluster on this machine."),
]
Metrics = Annotated[
    str | None,
    typer.Option("--metrics-port", help="Figures for Prometheus at PORT of this machine, or at HOST:PORT."),
]
Log = Annotated[LogFormat, typer.Option("--log-format", help="What stderr is written as.")]
Timings = Annotated[Path | None, typer.Option(help="Write the seconds of each page to this CSV file.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"namnd {__version__}")
        raise typer.Exit


VersionFlag = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
]
