"""Cameras and what may stand in for one: a device, a film, a folder of pictures, a stream's address."""
