"""What all pages share: the open store, the filters in the URL."""
