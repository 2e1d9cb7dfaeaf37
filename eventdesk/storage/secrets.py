"""Small secrets of a desk: its private key, tokens, the event's pepper. Never in a plain file.

They lie where the database's key lies: in the system's keyring, or, where a passphrase makes that key,
in the settings of the encrypted database itself.
"""

from keyring.backend import KeyringBackend

from eventdesk.errors import KeyringUnavailable
from eventdesk.storage import keys
from eventdesk.storage.connecting import KEY_BYTES
from eventdesk.storage.keys import SERVICE, Protection, ask, entry, names_of
from eventdesk.storage.store import Store

_SETTING = "secret "


class Secrets:
    """Of one store. Names are short texts without line breaks; no thread needs to hold the store's lock.

    Each call may take `seconds`, and raises KeyringUnavailable where the keyring is silent until then.
    """

    def __init__(self, store: Store, seconds: float = keys.SECONDS) -> None:
        self._store = store
        self._seconds = seconds
        self._salt = store.key[KEY_BYTES:]

    @property
    def in_keyring(self) -> bool:
        return bool(self._salt) and self._salt[-1] & 1 == Protection.KEYRING

    def get(self, name: str) -> bytes | None:
        """None where there is no such secret."""
        if self.in_keyring:
            text = ask(lambda ring: ring.get_password(SERVICE, entry(self._salt, name)), self._seconds)
        else:
            with self._store.reader() as reader:
                text = reader.settings.get(_SETTING + name)
        return bytes.fromhex(text) if text else None

    def put(self, name: str, value: bytes) -> None:
        """Keep a secret (not empty), in the place of one that had its name."""
        if not value or not name or "\n" in name or name == keys.NAMES:
            raise ValueError("a secret needs a name of one line, and must not be empty")
        if self.in_keyring:
            ask(lambda ring: self._put(ring, name, value.hex()), self._seconds)
        else:
            with self._store.transaction() as tx:
                tx.settings.put(_SETTING + name, value.hex())

    def delete(self, name: str) -> None:
        if self.in_keyring:
            ask(lambda ring: self._delete(ring, name), self._seconds)
        else:
            with self._store.transaction() as tx:
                tx.settings.drop(_SETTING + name)

    def _put(self, ring: KeyringBackend, name: str, text: str) -> None:
        """Its name comes first: nothing may lie in the keyring that a wipe does not find."""
        names = names_of(ring, self._salt)
        if name not in names:
            self._put_names(ring, [*names, name])
        ring.set_password(SERVICE, entry(self._salt, name), text)
        if ring.get_password(SERVICE, entry(self._salt, name)) != text:
            raise KeyringUnavailable("The keyring did not keep a secret.", "Unlock it and try again.")

    def _delete(self, ring: KeyringBackend, name: str) -> None:
        keys.drop_entry(ring, entry(self._salt, name))
        names = [one for one in names_of(ring, self._salt) if one != name]
        if names:
            self._put_names(ring, names)
        else:
            keys.drop_entry(ring, entry(self._salt, keys.NAMES))

    def _put_names(self, ring: KeyringBackend, names: list[str]) -> None:
        ring.set_password(SERVICE, entry(self._salt, keys.NAMES), "\n".join(names))
