"""The whole venue on one page: is every desk ready, how fast do guests go in, what do desks do, who calls."""
