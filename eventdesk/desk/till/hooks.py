"""What the till tells; the hooks of the whole desk hold these too."""

from eventdesk.desk.hook import Hook
from eventdesk.desk.till import values as till


class TillHooks:
    def __init__(self) -> None:
        super().__init__()
        self.till_opened: Hook[till.TillOpened] = Hook()
        self.stock_changed: Hook[till.StockChanged] = Hook()
        self.cart_changed: Hook[till.CartChanged] = Hook()
        self.carts_listed: Hook[till.CartsListed] = Hook()
        self.code_known: Hook[till.CodeKnown] = Hook()
        self.seats_shown: Hook[till.SeatsShown] = Hook()
        self.payment_changed: Hook[till.PaymentChanged] = Hook()
        self.sale_made: Hook[till.SaleMade] = Hook()
        self.sales_found: Hook[till.SalesFound] = Hook()
        self.sale_shown: Hook[till.SaleShown] = Hook()
        self.sale_reversed: Hook[till.SaleReversed] = Hook()
        self.shift_changed: Hook[till.ShiftChanged] = Hook()
        self.shift_shown: Hook[till.ShiftShown] = Hook()
        self.shift_closed: Hook[till.ShiftClosed] = Hook()
        self.shifts_listed: Hook[till.ShiftsListed] = Hook()
        self.audit_listed: Hook[till.AuditListed] = Hook()
        self.mail_asked: Hook[till.MailAsked] = Hook()
        self.approval_needed: Hook[till.ApprovalNeeded] = Hook()
        self.approved: Hook[till.Approved] = Hook()
        self.receipt_changed: Hook[till.ReceiptChanged] = Hook()
        self.terminal_changed: Hook[till.TerminalChanged] = Hook()
        self.receipt_printer_tried: Hook[till.ReceiptPrinterTried] = Hook()
        self.secret_kept: Hook[till.SecretKept] = Hook()
