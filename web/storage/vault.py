"""Encryption of what must not be readable at rest: Fernet with a key derived for each purpose."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from matcher.errors import MatcherError


class Vault:
    """Encrypts and decrypts short secrets; `purpose` keeps keys for different uses apart."""

    def __init__(self, key: bytes, purpose: str) -> None:
        derived = HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(key)
        self._fernet = Fernet(base64.urlsafe_b64encode(derived))

    def lock(self, text: str) -> bytes:
        """Return `text` encrypted and authenticated."""
        return self._fernet.encrypt(text.encode())

    def unlock(self, locked: bytes) -> str:
        """Return the text again.

        Raises
        ------
        MatcherError
            If the key is another one or the bytes were changed.
        """
        try:
            return self._fernet.decrypt(locked).decode()
        except InvalidToken as error:
            raise MatcherError(
                "A protected field cannot be decrypted: put the key file of this data folder back, then try again.",
                de="Ein geschütztes Feld lässt sich nicht entschlüsseln: Legen Sie die Schlüsseldatei dieses "
                "Datenordners zurück und versuchen Sie es noch einmal.",
            ) from error
