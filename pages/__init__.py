"""What people see: read the filters, ask analytics, draw."""
