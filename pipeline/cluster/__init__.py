"""Workers on other machines: a Dask cluster behind the same seam as the processes of this machine.

A worker is given what to do and where the file lies, never the file; what comes back are packed rows and
texts. Files and the page store are read from paths that all machines see. A worker that has other code,
another Tesseract or another view of the disk would make other tables, so it is refused.
"""

from pipeline.cluster.hands import Hands, joined

__all__ = ["Hands", "joined"]
