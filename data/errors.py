"""What can go wrong with a log or a store; each message says what happened and what to do."""


class SendlogError(Exception):
    """The common root, so that the doors can show one sentence instead of a traceback."""


class StoreLocked(SendlogError):
    """Another process holds the store file open."""


class StoreTooNew(SendlogError):
    """The store was written by a newer Sendlog, or with another DuckDB's hash function."""


class StoreUnreadable(SendlogError):
    """The store path does not hold a DuckDB database, or cannot be written."""


class LogUnreadable(SendlogError):
    """The file is empty, missing, or cannot be decompressed."""


class LogRefused(SendlogError):
    """The file is readable but is no log that Sendlog knows, or an option contradicts it."""


class DeliveryNotFound(SendlogError):
    """The store holds no such delivery."""


class ImportCancelled(SendlogError):
    """The analyst stopped the import; nothing of the file is kept."""
