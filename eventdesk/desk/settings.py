"""The desk-local settings: their keys, their defaults, what each means. Kept by `PutSetting`."""

from typing import Any, Final

LANGUAGE: Final = "language"
THEME: Final = "theme"
SCALE: Final = "scale"
TOUCH: Final = "touch"
SOUNDS: Final = "sounds"
CAMERA_SOURCE: Final = "camera.source"
CAMERA_MIRRORED: Final = "camera.mirrored"
PRINTER: Final = "printer"
LAYOUT: Final = "badge.layout"
SCANNER_PREFIX: Final = "scanner.prefix"
SCANNER_SUFFIX: Final = "scanner.suffix"
STATION: Final = "station"
CODE_FORMATS: Final = "codes.formats"
AUTO_PRINT: Final = "print.auto"
MAY_FORCE: Final = "rights.force"
DOOR: Final = "door"
CLAIM_MS: Final = "sync.claim_ms"
LOCK_AFTER_H: Final = "sync.lock_after_h"
CLOCK_ERROR_MS: Final = "sync.clock_error_ms"
PAIRING: Final = "sync.pairing"
HUB: Final = "sync.hub"
PIN_TRIES: Final = "staff.tries"
TILL_LOG: Final = "till.log"
TILL_DRAWER: Final = "till.drawer"
RECEIPT_PRINTER: Final = "till.receipts"
RECEIPT_AUTO: Final = "till.receipts.auto"
TICKETS_AS: Final = "till.tickets"
SHEET_PRINTER: Final = "till.tickets.printer"
TERMINALS: Final = "till.terminals"
CUSTOMER_DISPLAY: Final = "till.display"
PRINT_ROUTES: Final = "print.routes"
PRINTERS: Final = "printers"
LABELS_LEFT: Final = "printers.left"
TAKE_OVER: Final = "print.take_over"
KIOSK: Final = "kiosk"
KIOSK_TRIES: Final = "kiosk.tries"
KIOSK_UNFINISHED: Final = "kiosk.unfinished"
KIOSK_PAYMENTS: Final = "kiosk.payments"
TURNSTILE: Final = "turnstile"
PRETIX: Final = "pretix"
LOCK_ORDERED: Final = "order.lock"
ORDERS_DONE: Final = "order.done"
TRAINING: Final = "till.training"
TRAINING_CARDS: Final = "training.cards"

# Whoever lets a desk in relies on these.
LIMITS: Final = frozenset({CLAIM_MS, LOCK_AFTER_H})
# A training has a terminal of its own, and no desk becomes one.
FIXED_IN_TRAINING: Final = frozenset({TERMINALS})

# "theme" is system, light or dark; "scale" a percentage (80 to 200); "touch" makes controls a finger
# high; "camera.source" a device number, a film, a folder or an address, empty for no camera; "printer" a
# queue's name, empty for none; "badge.layout" the layout for products without one of their own;
# "codes.formats" the symbologies of this event's tickets (`devices.codes.values.Symbology`); "print.auto"
# prints a badge with each first entry where a printer is set; "rights.force" lets this desk overrule a
# refusal (a desk without staff of its own and never paired); "door" is where the desk stood last.
# "sync.claim_ms" is how long a scan waits for the upstream's word, 0: never; "sync.lock_after_h" how long
# a desk works alone before it locks itself, 0: for ever; "sync.clock_error_ms" how far this computer's
# clock was ahead at the last contact; "sync.pairing" whom the desk is paired with (`upstream/pairing.py`);
# "sync.hub" the port that this desk serves as a hub, None: it does not; "staff.tries" wrong PINs.
# "till.log" is the event that is sold for, "till.drawer" the drawer's name; "till.receipts" the address of
# the receipt printer (`devices/receipts`), empty for none, ".auto" prints with each sale; "till.tickets" how
# tickets are handed out: receipt, badge, a4 or none, ".printer" the queue for sheets, empty for the badges';
# "till.terminals" the card terminals (`devices/terminals`); "till.display" the screen that faces the guest,
# empty for none; "print.routes" and "printers" are docs/decisions/0052-printers.md's, "printers.left" the
# labels left by printer, "print.take_over" lets a printer take over what stands still at its neighbour;
# "order.lock" is until when a supervisor has locked this desk (None: not), "order.done" the orders that it
# has carried out, with their ends;
# "till.training" is set in a training database, and nowhere else; "training.cards" is what its made-up
# card terminal answers.
DEFAULTS: Final[dict[str, Any]] = {
    LANGUAGE: "",
    THEME: "system",
    SCALE: 100,
    TOUCH: False,
    SOUNDS: True,
    CAMERA_SOURCE: "0",
    CAMERA_MIRRORED: True,
    PRINTER: "",
    LAYOUT: "card",
    SCANNER_PREFIX: "",
    SCANNER_SUFFIX: "",
    STATION: "",
    CODE_FORMATS: ["QRCode"],
    AUTO_PRINT: True,
    MAY_FORCE: True,
    DOOR: None,
    CLAIM_MS: 150,
    LOCK_AFTER_H: 72,
    CLOCK_ERROR_MS: 0,
    PAIRING: None,
    HUB: None,
    PIN_TRIES: None,
    TILL_LOG: "",
    TILL_DRAWER: "",
    RECEIPT_PRINTER: "",
    RECEIPT_AUTO: True,
    TICKETS_AS: "receipt",
    SHEET_PRINTER: "",
    TERMINALS: [],
    CUSTOMER_DISPLAY: "",
    PRINT_ROUTES: [],
    PRINTERS: {},
    LABELS_LEFT: {},
    TAKE_OVER: True,
    KIOSK: False,
    KIOSK_TRIES: None,
    KIOSK_UNFINISHED: [],
    KIOSK_PAYMENTS: [],
    TURNSTILE: "",
    PRETIX: None,
    LOCK_ORDERED: None,
    ORDERS_DONE: {},
    TRAINING: False,
    TRAINING_CARDS: "paid",
}
