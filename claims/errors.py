"""Every error that `claims` raises on purpose.

    ClaimsError                     anything a user or a program may want to catch
    ├── UsageError                  the call itself is wrong (unknown option value, bad id)          exit 2
    ├── InputError                  a file, a folder or a record cannot be read as an article        exit 3
    ├── SettingsError               settings contradict each other or are missing                    exit 2
    ├── ResourceError               a prompt, schema or SQL file of the installation is missing      exit 70
    ├── StoreError                  the DuckDB file cannot be opened, read or written                exit 4
    │   ├── StoreLocked             another process holds the store
    │   └── StoreVersionError       the store was written by a newer version
    ├── ModelError                  the endpoint failed                                              exit 5
    │   ├── ModelUnavailable        no connection, 5xx, time-out, after all retries
    │   ├── ModelRefused            key rejected, quota spent, model unknown: retrying cannot help
    │   ├── IncompleteAnswer        cut, empty, refused or filtered answer; JSON of another schema
    │   └── BudgetExceeded          the next call would pass --max-cost or --max-tokens
    ├── ClusterError                the engine that runs the work on many machines failed            exit 6
    ├── MissingExtra                an optional package is needed: the message names the extra       exit 2
    └── Unfinished                  the batch ended, but not all that was asked for is done          exit 1

Messages are one line: what is wrong, where, and what to do.
"""

from __future__ import annotations


class ClaimsError(Exception):
    """Root of the hierarchy. `exit_code` is what the command line ends with."""

    exit_code = 1


class UsageError(ClaimsError):
    """The call itself is wrong."""

    exit_code = 2


class SettingsError(ClaimsError):
    """Settings contradict each other or are missing."""

    exit_code = 2


class MissingExtra(ClaimsError):
    """An optional package is needed."""

    exit_code = 2


class InputError(ClaimsError):
    """A file, folder or record cannot be read as an article."""

    exit_code = 3


class StoreError(ClaimsError):
    """The DuckDB file cannot be opened, read or written."""

    exit_code = 4


class StoreLocked(StoreError):
    """Another process holds the store."""


class StoreVersionError(StoreError):
    """The store was written by a newer version of this program."""


class ModelError(ClaimsError):
    """The endpoint failed. `kind` is the short name that the ledger keeps (see `claims.llm.failures.Kind`)."""

    exit_code = 5
    kind: str = "error"
    retry_after: float | None = None  # seconds, as the endpoint asked
    attempts: int = 1  # of the request that failed


class ModelUnavailable(ModelError):
    """No connection, 5xx or time-out, after all retries."""


class ModelRefused(ModelError):
    """The key is wrong, the quota is spent or the model is unknown: retrying cannot help."""


class IncompleteAnswer(ModelError):
    """A cut, empty, refused or filtered answer, or JSON of another schema."""


class BudgetExceeded(ModelError):
    """The next call would pass the limit on cost or tokens."""


class ResourceError(ClaimsError):
    """A file of the installation is missing."""

    exit_code = 70


class ClusterError(ClaimsError):
    """The engine that runs the work on many machines failed."""

    exit_code = 6


class Unfinished(ClaimsError):
    """The batch ended, but not all that was asked for is done."""
