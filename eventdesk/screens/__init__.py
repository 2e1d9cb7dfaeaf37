"""What people see: PySide6 widgets, one folder a mode, over one bridge to the engine."""
