"""What the kiosk tells; the hooks of the whole desk hold these too."""

from eventdesk.desk.hook import Hook
from eventdesk.desk.kiosk.values import KioskSetupShown, KioskState, SignaturesListed
from eventdesk.desk.printing.values import Entered, PrintersTold, WavesListed


class KioskHooks:
    def __init__(self) -> None:
        super().__init__()
        self.kiosk_changed: Hook[KioskState] = Hook()
        self.kiosk_setup_shown: Hook[KioskSetupShown] = Hook()
        self.signatures_listed: Hook[SignaturesListed] = Hook()
        self.badge_entered: Hook[Entered] = Hook()
        self.waves_listed: Hook[WavesListed] = Hook()
        self.printers_told: Hook[PrintersTold] = Hook()
