"""How does a party get its root keys, and where do they go?

Into files of their own outside the installation: each is taken away by another
person and kept offline. With a threshold of them the party says which node keys
speak for it; a single one says nothing.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from repatria.ledger.keyring import Keyring, NodeKey, keyring_document, read_keyring
from repatria.ledger.signing import SigningKey
from repatria.terms import PartyCode
from repatria.wiring.keyfile import Cost, write_key_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Roots:
    """Root keys that are at hand for a moment.

    Attributes:
        keys: private keys.
        threshold: how many have to sign.
    """

    keys: tuple[SigningKey, ...]
    threshold: int

    def __post_init__(self) -> None:
        if not 1 <= self.threshold <= len(self.keys):
            msg = "the threshold is between 1 and the number of root keys"
            raise ValueError(msg)

    @classmethod
    def generate(cls, count: int, threshold: int) -> "Roots":
        """New root keys."""
        keys = tuple(SigningKey(secrets.token_bytes(32)) for _ in range(count))
        return cls(keys=keys, threshold=threshold)

    def first_keyring(self, party: PartyCode, node: NodeKey) -> Keyring:
        """The first keyring of a party, signed by as many root keys as it takes."""
        envelope = keyring_document(
            party=party,
            version=1,
            threshold=self.threshold,
            roots=[key.verify_key for key in self.keys],
            nodes=[node],
        )
        for key in self.keys[: self.threshold]:
            envelope = envelope.signed_by(key)
        return read_keyring(envelope.text)

    def write(
        self, folder: Path, *, party: PartyCode, passphrase: str, cost: Cost
    ) -> Sequence[Path]:
        """The files that were written, one for each key.

        Raises:
            FileExistsError: one of them is there already; nothing was written.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        paths = [folder / f"{party}-root-{n}.key" for n in range(1, len(self.keys) + 1)]
        for path in paths:
            if path.exists():
                raise FileExistsError(path)
        for path, key in zip(paths, self.keys, strict=True):
            values = {"root": key.seed.hex()}
            write_key_file(
                path, kind="root", party=party, values=values, passphrase=passphrase, cost=cost
            )
        return paths
