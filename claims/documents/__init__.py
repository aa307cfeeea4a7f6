"""Files → `Document`.

`read` streams the articles of files, folders and standard input. What cannot be read becomes a line in the list of
problems, and the rest of the batch goes on.
"""

from __future__ import annotations

from claims.documents.article import make_document
from claims.documents.reader import Reading, Records, read

__all__ = ["Reading", "Records", "make_document", "read"]
