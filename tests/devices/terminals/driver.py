"""A till's process that charges once, for tests that kill it: KIND URL, and a line on its input to begin."""

import sys
import threading

from eventdesk.devices.terminals.port import Terminal
from eventdesk.devices.terminals.stripe import StripeTerminal
from eventdesk.devices.terminals.sumup import SumUpTerminal
from tests.devices.terminals.guests import CHARGE, QUICK
from tests.rigs.payments import stripe, sumup


def terminal(kind: str, url: str) -> Terminal:
    if kind == "stripe":
        return StripeTerminal("Front", stripe.KEY, stripe.READER, QUICK, url)
    return SumUpTerminal("Front", sumup.account(url), QUICK, begins=0.5)


if __name__ == "__main__":
    sys.stdin.readline()
    fate = terminal(sys.argv[1], sys.argv[2]).charge(CHARGE, threading.Event()).fate
    sys.stdout.write(f"{fate}\n")
