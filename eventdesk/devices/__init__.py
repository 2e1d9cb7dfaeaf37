"""Cameras, code readers, hand scanners and printers, each with states and callbacks, none with a widget."""
