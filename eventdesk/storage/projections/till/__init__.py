"""What the till's facts come to: receipts, payments, shifts, seats, vouchers, gift cards."""
