"""Files that only the holder of a key reads, and that nobody changes unseen. AES-256-GCM in pieces, from `cryptography`.

A sealed file: MAGIC, the key's mark (8 bytes), a salt (16), then pieces of PIECE bytes with their tags. Each file has a key
of its own, derived from the key file, the salt and the file's label; the number of a piece and whether it is the last
stand in its nonce. So a piece put elsewhere, left out or cut off is found, and so is one file put in another's place.
"""

import base64
import binascii
import hmac
import io
import os
import secrets
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"STUDIO-SEALED-1\n"
MARK, SALT, TAG, KEY = 8, 16, 16, 32
PIECE = 1 << 20


class BadKey(Exception):
    """The key file is not one, or belongs to other backups."""


class Damaged(Exception):
    """A file is not as it was written."""


class Key:
    def __init__(self, secret: bytes):
        if len(secret) != KEY:
            raise BadKey(f"A key has {KEY} random bytes; this one has {len(secret)}.")
        self.secret = secret
        self.mark = self.derived(b"mark", b"")[:MARK]
        self.naming = self.derived(b"names", b"")

    def derived(self, purpose: bytes, salt: bytes) -> bytes:
        return HKDF(algorithm=SHA256(), length=KEY, salt=salt, info=b"studio backup " + purpose).derive(self.secret)

    def name_of(self, digest: str) -> str:
        """A name that tells nothing to those without the key, not even whether a known picture is there."""
        return hmac.new(self.naming, digest.encode(), "sha256").hexdigest()


def load_key(path: Path) -> Key:
    try:
        text = path.read_text("ascii").strip()
    except OSError as error:
        raise BadKey(f"The key file {path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadKey(f"{path} is not a key file: make one with `backup --new-key FILE`.") from error
    try:
        return Key(base64.b64decode(text, validate=True))
    except binascii.Error as error:
        raise BadKey(f"{path} is not a key file: make one with `backup --new-key FILE`.") from error


def new_key(path: Path) -> None:
    """Raises FileExistsError rather than write over a key that backups may need."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(base64.b64encode(secrets.token_bytes(KEY)).decode() + "\n")


def nonce_of(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealer(io.RawIOBase):
    """A file to write into; what arrives in `target` is sealed. Closing it ends the last piece, not the target."""

    def __init__(self, target: BinaryIO, key: Key, label: str):
        super().__init__()
        salt = secrets.token_bytes(SALT)
        self.target, self.number, self.waiting = target, 0, bytearray()
        self.cipher = AESGCM(key.derived(b"file " + label.encode(), salt))
        target.write(MAGIC + key.mark + salt)

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.waiting += data
        while len(self.waiting) > PIECE:  # the last piece waits for its end: it may not be the last
            self.put(bytes(self.waiting[:PIECE]), last=False)
            del self.waiting[:PIECE]
        return len(data)

    def put(self, piece: bytes, *, last: bool) -> None:
        self.target.write(self.cipher.encrypt(nonce_of(self.number, last), piece, None))
        self.number += 1

    def close(self) -> None:
        if not self.closed:
            self.put(bytes(self.waiting), last=True)
        super().close()


class Unsealer(io.RawIOBase):
    """A file to read from. Raises BadKey or Damaged before a wrong byte comes out."""

    def __init__(self, source: BinaryIO, key: Key | None, label: str):
        super().__init__()
        head = source.read(len(MAGIC) + MARK + SALT)
        if len(head) != len(MAGIC) + MARK + SALT or not head.startswith(MAGIC):
            raise Damaged("its head is damaged")
        if key is None:
            raise BadKey("This backup is sealed: name its key file.")
        mark, salt = head[len(MAGIC) : -SALT], head[-SALT:]
        if not hmac.compare_digest(mark, key.mark):
            raise BadKey("This key does not belong to this backup.")
        self.source, self.number, self.ready = source, 0, b""
        self.cipher = AESGCM(key.derived(b"file " + label.encode(), salt))
        self.coming = source.read(PIECE + TAG)
        self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while not self.ready and not self.ended:
            self.next_piece()
        part = self.ready[: len(buffer)]
        buffer[: len(part)] = part
        self.ready = self.ready[len(part) :]
        return len(part)

    def next_piece(self) -> None:
        piece, self.coming = self.coming, self.source.read(PIECE + TAG)
        self.ended = not self.coming
        try:
            self.ready = self.cipher.decrypt(nonce_of(self.number, self.ended), piece, None)
        except (InvalidTag, ValueError) as error:
            raise Damaged(f"piece {self.number + 1} is damaged or cut off") from error
        self.number += 1

    def close(self) -> None:
        if not self.closed and hasattr(self, "source"):
            self.source.close()
        super().close()
