"""
Know the values that open nothing because everybody has them.

Keys of Google's own programs (gcloud among them), of Debian's Chromium, of Microsoft's storage and
Cosmos DB emulators, of Stripe's documentation, an expired signature in that of AWS DataSync; the passwords of NuGet's manual, of RFC 7617 and
of a comment in Apache's settings; kubeadm's token.
Kept as the first 16 bytes of their SHA-256: the values themselves would make every scanner of this
repository ring.
Source: read on 22 November 2026 in the public programs and pages that print them.
"""

from hashlib import sha256

_STARTS = frozenset(
    (
        "f56e323494a6ffc2064e7a955908957d",
        "2037abcaffb2b77785da716cf7ccff4f",
        "3f370c9dd8225c63b5c77de1f785edc9",
        "e4a5542bb7fd7b67e943c71ad29c34b5",
        "a19f89ab3555eac10c40741f6df79ecf",
        "0b476bdf9acf2123d547b5ae76f1e598",
        "eb540d2b6ee2a0a47c5779bc8a014178",
        "37f8f09bdf12c2f2eae4ead7273a62dd",
        "8731261cb72d86267a32a532ebd3df42",
        "49f777db995e8260da7ca9ffdf0c08d6",
        "27a9a42931dff7eb2f8434e20a9bce97",
        "dc0fcf046c61640cbd1e8b999ada3262",
        "4c98242dcadc8b29005c6b4aad526552",
        "ea9bb1082cf95663f5faca23b8b15ef2",
        "3a8b61d0f636b007840c0d40ba12bcf4",
        "a6c814bc555ae62c7bd8b58ec07bf559",
        "0011cc25eb4320717494d2703e8cba85",
        "aa6547439583c3a275d4542a0df6c1ad",
        "2cafc0970149a84f3b9e62eaf169f36f",
        "f2d6ca16515033e5dce14eba840b979d",
        "dba72c00f41f4e4c435e2491a5e1ce01",
        "a0702bc91d699f600970f4dc4992b13e",
        "cf4d418ed3de92d71f767db5391d5a2d",
        "a4b8b245ab28bc4f72dcaa0d9ba9f73d",
        "a73b3ad3b416d981fce267795785aee4",
        "6189b36d964849f34370088524ad63c2",
        "f7026ba153dc0b7d0823c3dfd000864a",
        "f0386f9be1fe905fb2f97a8daff11a9b",
        "577cfe66bf6c95ddd0aa06c4ac4fc36f",
        "3120d452466c0a672a24bdea5c2158e0",
    )
)


def unpublished(value: bytes) -> bool:
    """
    Whether a value is not one that its owner printed for everybody.

    >>> unpublished(b"a value of your own")
    True
    """
    return sha256(value).hexdigest()[:32] not in _STARTS
