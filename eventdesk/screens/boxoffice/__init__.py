"""The box office: sell, take money, hand out."""
