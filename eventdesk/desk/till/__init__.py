"""The till at a desk: carts, payments, shifts, and what is given back."""
