"""Which secrets does an installation hold?

Three, each for one purpose: one signs what the party says, one signs receipts
for what others say, one opens what was sealed for us. Their public halves stand
in the party's keyring.
"""

from collections.abc import Callable, Mapping

from repatria.ledger.keyring import NodeKey
from repatria.ledger.sealing import Identity
from repatria.ledger.signing import SigningKey


class NodeSecrets:
    """The private keys of an installation; they never print themselves.

    Args:
        signing: signs checkpoints, packages and documents.
        witness: signs receipts.
        identity: opens sealed files, those sealed for its former keys too.
    """

    def __init__(self, *, signing: SigningKey, witness: SigningKey, identity: Identity) -> None:
        self.signing = signing
        self.witness = witness
        self.identity = identity

    @classmethod
    def generate(
        cls, entropy: Callable[[int], bytes], *, after: "NodeSecrets | None" = None
    ) -> "NodeSecrets":
        """New secrets.

        Args:
            entropy: gives random bytes.
            after: secrets that these replace: what is on its way, sealed for them, still opens.
        """
        former = (after.identity, *after.identity.former) if after is not None else ()
        return cls(
            signing=SigningKey(entropy(32)),
            witness=SigningKey(entropy(32)),
            identity=Identity(Identity.generate().secret, former),
        )

    def to_json(self) -> Mapping[str, str]:
        """All of them as text, for the key file only."""
        told = {
            "signing": self.signing.seed.hex(),
            "witness": self.witness.seed.hex(),
            "identity": self.identity.secret,
        }
        if self.identity.former:
            told["former"] = " ".join(each.secret for each in self.identity.former)
        return told

    @classmethod
    def from_json(cls, value: Mapping[str, str]) -> "NodeSecrets":
        """The secrets in an opened key file.

        Raises:
            ValueError, KeyError, TypeError: it does not hold such secrets.
        """
        return cls(
            signing=SigningKey(bytes.fromhex(value["signing"])),
            witness=SigningKey(bytes.fromhex(value["witness"])),
            identity=Identity(
                value["identity"], [Identity(each) for each in value.get("former", "").split()]
            ),
        )

    def public(self, name: str, *, from_size: int = 0, to_size: int | None = None) -> NodeKey:
        """Their public halves, as they stand in a keyring."""
        return NodeKey(
            name=name,
            key=self.signing.verify_key,
            witness=self.witness.verify_key,
            recipient=self.identity.recipient,
            from_size=from_size,
            to_size=to_size,
        )

    def __repr__(self) -> str:
        return "NodeSecrets(secret)"
