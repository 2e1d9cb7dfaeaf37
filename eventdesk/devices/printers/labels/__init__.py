"""Label printers that are spoken to directly, without a print system: Zebra (ZPL) and Brother QL."""
