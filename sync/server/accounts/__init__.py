"""Who may speak with a node: desks and their keys, tokens, and the codes that let desks in.

`SqlAccounts` is `sync.server.ports.Accounts` on a node's database. The other modules are its works: functions
of a connection within a transaction, which the commands of a node's admin use too.
"""

from sync.server.accounts.accounts import SqlAccounts

__all__ = ["SqlAccounts"]
