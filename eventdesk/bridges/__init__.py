"""Other ticketing systems and files: guests in, guests and admissions out."""
