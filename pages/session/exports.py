"""Tables as files, by their former names."""

from pages.session.table_files import csv_file as csv_bytes
from pages.session.table_files import file_name

__all__ = ["csv_bytes", "file_name"]
