"""The drawer and what was sold: shifts, counts, reports, sales and refunds."""
