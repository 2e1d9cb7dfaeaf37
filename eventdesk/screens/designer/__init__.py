"""The badge designer: a layout drawn by eye, edited as the data that it is kept as (decision 0051)."""
