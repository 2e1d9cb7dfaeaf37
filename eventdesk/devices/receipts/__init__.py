"""Receipt printers and the drawers that hang on them."""
