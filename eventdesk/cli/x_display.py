"""The few things that are asked of an X server: who manages its windows, and whether it goes dark."""

import ctypes
from ctypes import byref, c_int, c_long, c_ubyte, c_ulong, c_void_p
from ctypes.util import find_library
from typing import Any

ANY_TYPE = 0
MOST_LONGS = 256


class Display:
    """A connection of its own; close it."""

    def __init__(self, x11: Any, handle: int) -> None:
        self._x11, self._handle = x11, handle
        self._root = x11.XDefaultRootWindow(c_void_p(handle))

    @classmethod
    def opened(cls) -> "Display | None":
        """None where no X server answers, or its library is not here."""
        try:
            x11: Any = ctypes.CDLL(find_library("X11") or "libX11.so.6")
        except OSError:
            return None
        x11.XOpenDisplay.restype = c_void_p
        x11.XDefaultRootWindow.restype = c_ulong
        x11.XInternAtom.restype = c_ulong
        handle = x11.XOpenDisplay(None)
        return cls(x11, handle) if handle else None

    def close(self) -> None:
        self._x11.XCloseDisplay(c_void_p(self._handle))

    def window_manager(self) -> str | None:
        """Its name, as it tells it; None where none runs (EWMH, _NET_SUPPORTING_WM_CHECK)."""
        found = self._property(self._root, "_NET_SUPPORTING_WM_CHECK")
        if len(found) < ctypes.sizeof(c_ulong):
            return None
        window = c_ulong.from_buffer_copy(found).value
        return self._property(window, "_NET_WM_NAME").decode(errors="replace")

    def blanks(self) -> bool:
        """Whether the screen saver darkens the screen, or power management does."""
        timeout, interval, prefer, allow = c_int(), c_int(), c_int(), c_int()
        self._x11.XGetScreenSaver(
            c_void_p(self._handle), byref(timeout), byref(interval), byref(prefer), byref(allow)
        )
        return timeout.value > 0 or self._dpms()

    def _dpms(self) -> bool:
        try:
            ext: Any = ctypes.CDLL(find_library("Xext") or "libXext.so.6")
        except OSError:
            return False
        first, error, level, on = c_int(), c_int(), ctypes.c_ushort(), c_ubyte()
        handle = c_void_p(self._handle)
        if not ext.DPMSQueryExtension(handle, byref(first), byref(error)):
            return False
        ext.DPMSInfo(handle, byref(level), byref(on))
        return bool(on.value)

    def _property(self, window: int, name: str) -> bytes:
        atom = self._x11.XInternAtom(c_void_p(self._handle), name.encode(), 0)
        kind, form = c_ulong(), c_int()
        count, left, data = c_ulong(), c_ulong(), ctypes.POINTER(c_ubyte)()
        self._x11.XGetWindowProperty(
            c_void_p(self._handle),
            c_ulong(window),
            c_ulong(atom),
            c_long(0),
            c_long(MOST_LONGS),
            c_int(0),
            c_ulong(ANY_TYPE),
            byref(kind),
            byref(form),
            byref(count),
            byref(left),
            byref(data),
        )
        if not data:
            return b""
        size = {8: 1, 16: 2, 32: ctypes.sizeof(c_long)}.get(form.value, 0) * count.value
        found = bytes(data[:size])
        self._x11.XFree(data)
        return found
