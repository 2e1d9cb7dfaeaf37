#!/bin/sh
# Runs a command in a mount namespace with a /dev of its own that holds /dev/video0.
# Usage: unshare --mount with_webcam.sh FOLDER COMMAND...   (FOLDER: an empty folder to build /dev in)
set -eu
dev="$1/dev"
shift
mkdir -p "$dev"
mount -t tmpfs none "$dev"
while read -r name major minor; do
    mknod -m 666 "$dev/$name" c "$major" "$minor"
done <<NODES
null 1 3
zero 1 5
full 1 7
random 1 8
urandom 1 9
tty 5 0
video0 81 0
NODES
mkdir "$dev/shm" "$dev/pts"
mount -t tmpfs none "$dev/shm"
ln -s /proc/self/fd "$dev/fd"
mount --bind "$dev" /dev
exec "$@"
