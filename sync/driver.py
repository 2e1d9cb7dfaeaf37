"""SQLCipher's driver, told how to bind what facts are made of.

It knows exact texts and numbers. For a value of any other type, bytes among them, it first looks for whoever
would adapt it and drops the errors that come of that: some microseconds a value, and a fact has five of
bytes. A type that is named here is bound at once. Whatever opens a database imports the driver from here.
"""

from sqlcipher3 import dbapi2

from sync.wire import State

__all__ = ["dbapi2"]


def _itself(none: None) -> None:
    return none


dbapi2.register_adapter(bytes, bytearray)
dbapi2.register_adapter(bool, int)
dbapi2.register_adapter(type(None), _itself)
dbapi2.register_adapter(State, int)
