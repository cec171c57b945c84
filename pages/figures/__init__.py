"""Pure functions from tidy frames to plotly figures."""
