#!/bin/sh
# Called by ippeveprinter with a document. What lies in $RIG_PRINTER/paper afterwards came out.
# While a file named for one of IPP's reasons lies in $RIG_PRINTER/wrong, the printer waits for a person. A job
# that is canceled meanwhile is let go of, as real printers do; ippeveprinter itself would wait for this script.
set -e
here=$(dirname "$0")
canceled() {
    ipptool -d job="$IPP_JOB_ID" "ipp://localhost:$RIG_PORT/ipp/print" "$here/job_reasons.test" 2>/dev/null |
        grep -q processing-to-stop-point
}
for reason in $(ls "$RIG_PRINTER/wrong"); do
    echo "STATE: +$reason" >&2
    while [ -e "$RIG_PRINTER/wrong/$reason" ]; do
        if canceled; then
            echo "STATE: -$reason" >&2
            exit 0
        fi
        sleep 0.05
    done
    echo "STATE: -$reason" >&2
done
count=$(ls "$RIG_PRINTER/paper" | wc -l)
cp "$1" "$RIG_PRINTER/unfinished"
mv "$RIG_PRINTER/unfinished" "$RIG_PRINTER/paper/$(printf %03d "$count").${CONTENT_TYPE##*/}"
