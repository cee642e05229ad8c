"""Packages of made-up parties, taken apart and put together again, for the tests of packages."""

import zlib

from repatria.ledger import package as package_module
from repatria.ledger.canonical import decode, encode
from repatria.ledger.package import opened
from repatria.operations.access import introduce_peer
from statements import desk_at, keyring_of_party, list_log, node_of

HEADER = len(b"repatria-package/2 north\n")


def acquainted(*parties):
    """A desk for each party, over logs in memory, each knowing all the others' keyrings."""
    desks = [desk_at(list_log(party)) for party in parties]
    for here in desks:
        for there in desks:
            if here is not there:
                keyring = keyring_of_party(there.party)
                introduce_peer(here, party=there.party, title=there.party, keyring=keyring)
    return desks


def inside(raw, party="south"):
    """The signed inside of a package, as its recipient sees it."""
    return opened(raw, node_of(party).identity)


def content_of(raw, party="south"):
    """The JSON of a package, read by its recipient."""
    plain = inside(raw, party)
    packed = plain[plain.index(b"\n") + 1 + 32 + 64 :]
    return decode(zlib.decompressobj().decompress(packed).partition(b"\n")[0], place="here")


def signed(content, *, sender="north", by="north", named=None, files=b"", pad=True):
    """The signed inside of a package with any content at all; not sealed."""
    text = content if isinstance(content, bytes) else encode(content)
    packed = zlib.compress(text + (b"\n" + files if files else b""))
    header = f"repatria-package/2 {sender}\n".encode() + (named or by_key(by)).verify_key.raw
    size = len(header) + 64 + len(packed)
    padded = packed + bytes(package_module.padded_size(size) - size if pad else 0)
    return header + by_key(by).sign(package_module._TAG + header + padded) + padded


def by_key(party):
    """The signing key of a party's node."""
    return node_of(party).signing


def resealed(plain, *parties):
    """What a recipient can do with a package he opened: change it and seal it again."""
    return package_module.seal(
        plain, [node_of(party).identity.recipient for party in parties or ("south",)]
    )
