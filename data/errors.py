"""What can go wrong with a log or a store; each message says what happened and what to do."""

from collections.abc import Sequence


class SendlogError(Exception):
    """The common root, so that the doors can show one sentence instead of a traceback."""


class StoreLockedError(SendlogError):
    """Another process holds the store file open."""


class StoreVersionError(SendlogError):
    """The store was written by another version of Sendlog, or under another DuckDB's hash function."""


class StoreUnreadableError(SendlogError):
    """The store path does not hold a DuckDB database, or cannot be written."""


class StoreNotFoundError(SendlogError):
    """There is no store where one is to be read."""


class LogUnreadableError(SendlogError):
    """The file is empty, missing, or cannot be decompressed."""


class LogRefusedError(SendlogError):
    """The file is readable but is no log that Sendlog knows, or an option contradicts it."""


class LogUnrecognisedError(LogRefusedError):
    """The file is of no format that Sendlog knows, but perhaps a table, whose columns can be given a meaning."""

    def __init__(self, message: str, columns: Sequence[str]) -> None:
        super().__init__(message)
        self.columns = tuple(columns)


class StoreFailedError(SendlogError):
    """DuckDB could not do what it was asked, such as for lack of memory or disk."""


class DeliveryNotFoundError(SendlogError):
    """The store holds no such delivery."""


class ImportCancelledError(SendlogError):
    """The analyst stopped the import; nothing of the file is kept."""


class NoDeliveryFeedbackError(SendlogError):
    """The log cannot answer in a mode that counts acceptances."""


class SourceNotFoundError(SendlogError):
    """The store holds no such source."""
