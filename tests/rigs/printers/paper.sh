#!/bin/sh
# Called by ippeveprinter with a document. What lies in $RIG_PRINTER/paper afterwards came out.
# While a file named for one of IPP's reasons lies in $RIG_PRINTER/wrong, the printer waits for a person. A job
# that is canceled meanwhile is let go of, as real printers do (ippeveprinter itself would wait for this script),
# unless a file named stubborn lies there. The printer is wrong even then: what it told is kept in
# $RIG_PRINTER/told until it is right again. A job by the name of "mended" has no page: only jobs can tell
# ippeveprinter how the printer is.
set -e
here=$(dirname "$0")
canceled() {
    [ -e "$RIG_PRINTER/stubborn" ] && return 1
    ipptool -d job="$IPP_JOB_ID" "ipp://localhost:$RIG_PORT/ipp/print" "$here/job_reasons.test" 2>/dev/null |
        grep -q processing-to-stop-point
}
tell_what_is_right() {
    for reason in $(ls "$RIG_PRINTER/told"); do
        if [ ! -e "$RIG_PRINTER/wrong/$reason" ]; then
            echo "STATE: -$(cat "$RIG_PRINTER/told/$reason")" >&2
            rm "$RIG_PRINTER/told/$reason"
        fi
    done
}
let_go() {
    # ippeveprinter begins no job, not even "mended", while this one is told.
    if [ -e "$RIG_PRINTER/told/media-empty-error" ]; then
        printf 'STATE: -media-empty-error\nSTATE: +media-needed-error\n' >&2
        echo media-needed-error >"$RIG_PRINTER/told/media-empty-error"
    fi
    exit 0
}
tell_what_is_right
[ "$IPP_JOB_NAME" = mended ] && exit 0
for reason in $(ls "$RIG_PRINTER/wrong"); do
    echo "STATE: +$reason" >&2
    echo "$reason" >"$RIG_PRINTER/told/$reason"
    while [ -e "$RIG_PRINTER/wrong/$reason" ]; do
        canceled && let_go
        tell_what_is_right
        sleep 0.05
    done
done
tell_what_is_right
count=$(ls "$RIG_PRINTER/paper" | wc -l)
cp "$1" "$RIG_PRINTER/unfinished"
mv "$RIG_PRINTER/unfinished" "$RIG_PRINTER/paper/$(printf %03d "$count").${CONTENT_TYPE##*/}"
