"""The tills' account as PDF, for an accountant: tables and plots by reportlab, names of any script by Qt."""
