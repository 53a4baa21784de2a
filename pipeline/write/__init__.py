"""The output folder: tables, page texts, data package. Only the parent process writes.

Every file is written aside and renamed, so that half a table never stands under its name.
"""

from pipeline.write.folder import OutputFolder
from pipeline.write.texts import packed_text

__all__ = ["OutputFolder", "packed_text"]
