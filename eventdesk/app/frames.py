"""The camera's frames on their way to whichever views want them."""

from eventdesk.devices.codes.values import Image
from eventdesk.screens.checkin.camera_view import CameraView


class Frames:
    """`views` is replaced as a whole, so that the camera's thread may read it at any time."""

    def __init__(self) -> None:
        self.views: tuple[CameraView, ...] = ()

    def __call__(self, frame: Image, _captured: float) -> None:
        for view in self.views:
            if view.isVisible():
                view.offer(frame)
