/* A webcam in user space. Preloaded into a process, it answers for /dev/video0 as a V4L2 driver would
 * that captures MJPEG at 1280x720 and 30 frames a second. The frames are f0000.jpg, f0001.jpg ... of the
 * folder $WEBCAM_FRAMES, over and over. While the file $WEBCAM_FRAMES/unplugged exists the device is
 * gone: open gives ENOENT, and every call on an open one ENODEV, as after pulling the plug. While
 * $WEBCAM_FRAMES/silent exists it stays there and gives no frames, as a hung camera does.
 *
 * One eventfd stands for each opened device: it counts the frames that wait, so that select() and
 * poll() on it work as on the real thing. Used by OpenCV and by Qt; not for production.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { DEVICES = 8, BUFFERS = 8, QUEUE = 64, FRAMES = 4000, WIDTH = 1280, HEIGHT = 720 };
enum { BUFFER_SIZE = WIDTH * HEIGHT * 2, OFFSET = 1 << 22 };
static const long PERIOD_NS = 1000000000L / 30;

struct queue {
    int items[QUEUE];
    unsigned head, tail;
};

struct device {
    int fd, memory, buffers, used;
    volatile int streaming, gone;
    pthread_t feeder;
    void *mapped[BUFFERS];
    unsigned long user[BUFFERS];
    struct v4l2_buffer state[BUFFERS];
    struct queue empty, filled;
};

static struct device devices[DEVICES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned char *frames[FRAMES];
static size_t lengths[FRAMES];
static int frame_count;

static const char *folder(void) {
    const char *name = getenv("WEBCAM_FRAMES");
    return name ? name : ".";
}

static int flagged(const char *flag) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder(), flag);
    return access(path, F_OK) == 0;
}

static void load_frames(void) {
    char path[512];
    for (; frame_count < FRAMES; frame_count++) {
        snprintf(path, sizeof path, "%s/f%04d.jpg", folder(), frame_count);
        FILE *file = fopen(path, "rb");
        if (!file) return;
        fseek(file, 0, SEEK_END);
        size_t length = (size_t)ftell(file);
        rewind(file);
        frames[frame_count] = malloc(length);
        lengths[frame_count] = length;
        if (length > BUFFER_SIZE || fread(frames[frame_count], 1, length, file) != length) abort();
        fclose(file);
    }
}

static void push(struct queue *queue, int item) { queue->items[queue->tail++ % QUEUE] = item; }
static int pop(struct queue *queue) {
    return queue->head == queue->tail ? -1 : queue->items[queue->head++ % QUEUE];
}

static struct device *device_of(int fd) {
    for (int i = 0; i < DEVICES; i++)
        if (devices[i].used && devices[i].fd == fd) return &devices[i];
    return NULL;
}

/* ---- frames at their rate ------------------------------------------------------------------------ */

static void fill(struct device *device, int number) {
    pthread_mutex_lock(&lock);
    int index = pop(&device->empty);
    if (index >= 0) {
        struct v4l2_buffer *buffer = &device->state[index];
        struct timespec now;
        void *target = device->memory == V4L2_MEMORY_USERPTR ? (void *)device->user[index] : device->mapped[index];
        memcpy(target, frames[number % frame_count], lengths[number % frame_count]);
        clock_gettime(CLOCK_MONOTONIC, &now);
        buffer->bytesused = (unsigned)lengths[number % frame_count];
        buffer->sequence = (unsigned)number;
        buffer->timestamp.tv_sec = now.tv_sec;
        buffer->timestamp.tv_usec = now.tv_nsec / 1000;
        push(&device->filled, index);
        eventfd_write(device->fd, 1);
    }
    pthread_mutex_unlock(&lock);
}

static void *feed(void *argument) {
    struct device *device = argument;
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    for (int number = 0; device->streaming; number++) {
        next.tv_nsec += PERIOD_NS;
        if (next.tv_nsec >= 1000000000L) next.tv_nsec -= 1000000000L, next.tv_sec++;
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
        if (flagged("unplugged")) {
            device->gone = 1;
            eventfd_write(device->fd, 1); /* wakes whoever waits, to meet ENODEV */
            return NULL;
        }
        if (!flagged("silent")) fill(device, number);
    }
    return NULL;
}

static void stop_feeding(struct device *device) {
    if (!device->streaming) return;
    device->streaming = 0;
    pthread_join(device->feeder, NULL);
}

/* ---- open, close, map ---------------------------------------------------------------------------- */

static int is_webcam(const char *path) { return path && strcmp(path, "/dev/video0") == 0; }

static int open_webcam(void) {
    if (flagged("unplugged")) {
        errno = ENOENT;
        return -1;
    }
    pthread_mutex_lock(&lock);
    if (!frame_count) load_frames();
    int fd = -1;
    for (int i = 0; i < DEVICES && frame_count && fd < 0; i++)
        if (!devices[i].used) {
            fd = eventfd(0, EFD_SEMAPHORE | EFD_NONBLOCK | EFD_CLOEXEC);
            memset(&devices[i], 0, sizeof devices[i]);
            devices[i].fd = fd;
            devices[i].used = 1;
        }
    pthread_mutex_unlock(&lock);
    if (fd < 0) errno = ENODEV;
    return fd;
}

static mode_t mode_of(int flags, va_list arguments) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

#define REPLACED_OPEN(name)                                            \
    int name(const char *path, int flags, ...) {                       \
        static int (*real)(const char *, int, ...);                    \
        if (!real) real = dlsym(RTLD_NEXT, #name);                     \
        va_list arguments;                                             \
        va_start(arguments, flags);                                    \
        mode_t mode = mode_of(flags, arguments);                       \
        va_end(arguments);                                             \
        return is_webcam(path) ? open_webcam() : real(path, flags, mode); \
    }
#define REPLACED_OPENAT(name)                                          \
    int name(int at, const char *path, int flags, ...) {               \
        static int (*real)(int, const char *, int, ...);               \
        if (!real) real = dlsym(RTLD_NEXT, #name);                     \
        va_list arguments;                                             \
        va_start(arguments, flags);                                    \
        mode_t mode = mode_of(flags, arguments);                       \
        va_end(arguments);                                             \
        return is_webcam(path) ? open_webcam() : real(at, path, flags, mode); \
    }
REPLACED_OPEN(open)
REPLACED_OPEN(open64)
REPLACED_OPENAT(openat)
REPLACED_OPENAT(openat64)
int __open_2(const char *path, int flags) { return open(path, flags); }
int __open64_2(const char *path, int flags) { return open64(path, flags); }

int close(int fd) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "close");
    struct device *device = device_of(fd);
    if (device) {
        stop_feeding(device);
        for (int i = 0; i < BUFFERS; i++) free(device->mapped[i]);
        device->used = 0;
    }
    return real(fd);
}

static void *memory_of(struct device *device, int index) {
    if (!device->mapped[index]) device->mapped[index] = aligned_alloc(4096, BUFFER_SIZE);
    return device->mapped[index];
}

#define REPLACED_MMAP(name, offset_type)                                                  \
    void *name(void *address, size_t length, int access, int flags, int fd, offset_type offset) { \
        static void *(*real)(void *, size_t, int, int, int, offset_type);                 \
        if (!real) real = dlsym(RTLD_NEXT, #name);                                        \
        struct device *device = fd > 0 ? device_of(fd) : NULL;                            \
        if (device) return memory_of(device, (int)(offset / OFFSET));                     \
        return real(address, length, access, flags, fd, offset);                          \
    }
REPLACED_MMAP(mmap, off_t)
REPLACED_MMAP(mmap64, off64_t)

int munmap(void *address, size_t length) {
    static int (*real)(void *, size_t);
    if (!real) real = dlsym(RTLD_NEXT, "munmap");
    for (int k = 0; k < DEVICES; k++)
        for (int i = 0; i < BUFFERS; i++)
            if (address && devices[k].used && devices[k].mapped[i] == address) return 0; /* freed on close */
    return real(address, length);
}

/* ---- the driver's calls -------------------------------------------------------------------------- */

static int describe(struct v4l2_capability *answer) {
    memset(answer, 0, sizeof *answer);
    strcpy((char *)answer->driver, "testcam");
    strcpy((char *)answer->card, "EventDesk Test Webcam");
    strcpy((char *)answer->bus_info, "usb-test-1");
    answer->version = 0x60100;
    answer->device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    answer->capabilities = answer->device_caps | V4L2_CAP_DEVICE_CAPS;
    return 0;
}

static int offer_format(struct v4l2_fmtdesc *answer) {
    if (answer->index || answer->type != V4L2_BUF_TYPE_VIDEO_CAPTURE) return -1;
    answer->flags = V4L2_FMT_FLAG_COMPRESSED;
    answer->pixelformat = V4L2_PIX_FMT_MJPEG;
    strcpy((char *)answer->description, "Motion-JPEG");
    return 0;
}

static int offer_size(struct v4l2_frmsizeenum *answer) {
    if (answer->index) return -1;
    answer->type = V4L2_FRMSIZE_TYPE_DISCRETE;
    answer->discrete.width = WIDTH;
    answer->discrete.height = HEIGHT;
    return 0;
}

static int offer_rate(struct v4l2_frmivalenum *answer) {
    if (answer->index) return -1;
    answer->type = V4L2_FRMIVAL_TYPE_DISCRETE;
    answer->discrete.numerator = 1;
    answer->discrete.denominator = 30;
    return 0;
}

static int offer_input(struct v4l2_input *answer) {
    if (answer->index) return -1;
    memset(answer, 0, sizeof *answer);
    strcpy((char *)answer->name, "camera");
    answer->type = V4L2_INPUT_TYPE_CAMERA;
    return 0;
}

static int settle_format(struct v4l2_format *answer) {
    if (answer->type != V4L2_BUF_TYPE_VIDEO_CAPTURE) return -1;
    memset(&answer->fmt, 0, sizeof answer->fmt);
    answer->fmt.pix.width = WIDTH;
    answer->fmt.pix.height = HEIGHT;
    answer->fmt.pix.pixelformat = V4L2_PIX_FMT_MJPEG;
    answer->fmt.pix.field = V4L2_FIELD_NONE;
    answer->fmt.pix.sizeimage = BUFFER_SIZE;
    answer->fmt.pix.colorspace = V4L2_COLORSPACE_JPEG;
    return 0;
}

static int settle_rate(struct v4l2_streamparm *answer) {
    answer->parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
    answer->parm.capture.timeperframe.numerator = 1;
    answer->parm.capture.timeperframe.denominator = 30;
    return 0;
}

static int give_buffers(struct device *device, struct v4l2_requestbuffers *request) {
    if (request->count > BUFFERS) request->count = BUFFERS;
    device->buffers = (int)request->count;
    device->memory = (int)request->memory;
    memset(&device->empty, 0, sizeof device->empty);
    memset(&device->filled, 0, sizeof device->filled);
    request->capabilities = V4L2_BUF_CAP_SUPPORTS_MMAP | V4L2_BUF_CAP_SUPPORTS_USERPTR;
    return 0;
}

static int show_buffer(struct device *device, struct v4l2_buffer *buffer) {
    if (buffer->index >= (unsigned)device->buffers) return -1;
    buffer->length = BUFFER_SIZE;
    buffer->m.offset = buffer->index * OFFSET;
    return 0;
}

static int take_empty(struct device *device, struct v4l2_buffer *buffer) {
    pthread_mutex_lock(&lock);
    int index = (int)buffer->index;
    device->state[index] = *buffer;
    if (device->memory == V4L2_MEMORY_USERPTR)
        device->user[index] = buffer->m.userptr;
    else
        memory_of(device, index);
    push(&device->empty, index);
    pthread_mutex_unlock(&lock);
    return 0;
}

static int give_filled(struct device *device, struct v4l2_buffer *buffer) {
    eventfd_t waiting;
    if (eventfd_read(device->fd, &waiting) < 0) return -1; /* errno EAGAIN */
    pthread_mutex_lock(&lock);
    int index = pop(&device->filled);
    if (index >= 0) {
        *buffer = device->state[index];
        buffer->index = (unsigned)index;
        buffer->flags = V4L2_BUF_FLAG_DONE | V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
        buffer->length = BUFFER_SIZE;
        if (device->memory == V4L2_MEMORY_USERPTR)
            buffer->m.userptr = device->user[index];
        else
            buffer->m.offset = (unsigned)index * OFFSET;
    }
    pthread_mutex_unlock(&lock);
    if (index < 0) errno = EAGAIN;
    return index < 0 ? -1 : 0;
}

static int start_feeding(struct device *device) {
    if (device->streaming) return 0;
    device->streaming = 1;
    return pthread_create(&device->feeder, NULL, feed, device);
}

static int answer(struct device *device, unsigned long request, void *argument) {
    errno = EINVAL;
    switch (request) {
    case VIDIOC_QUERYCAP: return describe(argument);
    case VIDIOC_ENUM_FMT: return offer_format(argument);
    case VIDIOC_ENUM_FRAMESIZES: return offer_size(argument);
    case VIDIOC_ENUM_FRAMEINTERVALS: return offer_rate(argument);
    case VIDIOC_ENUMINPUT: return offer_input(argument);
    case VIDIOC_G_INPUT: *(int *)argument = 0; return 0;
    case VIDIOC_S_INPUT: return 0;
    case VIDIOC_G_FMT:
    case VIDIOC_S_FMT:
    case VIDIOC_TRY_FMT: return settle_format(argument);
    case VIDIOC_G_PARM:
    case VIDIOC_S_PARM: return settle_rate(argument);
    case VIDIOC_REQBUFS: return give_buffers(device, argument);
    case VIDIOC_QUERYBUF: return show_buffer(device, argument);
    case VIDIOC_QBUF: return take_empty(device, argument);
    case VIDIOC_DQBUF: return give_filled(device, argument);
    case VIDIOC_STREAMON: return start_feeding(device);
    case VIDIOC_STREAMOFF: stop_feeding(device); return 0;
    default: return -1;
    }
}

int ioctl(int fd, unsigned long request, ...) {
    static int (*real)(int, unsigned long, ...);
    if (!real) real = dlsym(RTLD_NEXT, "ioctl");
    va_list arguments;
    va_start(arguments, request);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    struct device *device = device_of(fd);
    if (!device) return real(fd, request, argument);
    if (device->gone) {
        errno = ENODEV;
        return -1;
    }
    return answer(device, request & 0xffffffff, argument);
}
