"""The report of a delivery as one page that opens without a server."""
