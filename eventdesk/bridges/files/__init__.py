"""Guest lists in files: CSV and XLSX, in and out."""
