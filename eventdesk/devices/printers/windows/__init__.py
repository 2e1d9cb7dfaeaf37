"""The print queues of Windows: its spooler (winspool.drv) and its drawing (gdi32.dll), through ctypes."""
