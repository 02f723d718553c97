"""The second hand: reads and writes the vault's bytes as ENVELOPE.md says, without one line of ours.

Takes a JSON object on stdin and answers with one on stdout; bytes are written in hexadecimal.
"""

import json
import os
import sys

from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESGCMSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CIPHERS = {1: AESGCM, 2: AESGCMSIV}


def child(key, label):
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=b"confidante key v1", info=label.encode()).derive(key)


def place_bytes(place):
    parts = [place[name].encode() for name in ("table", "column", "row")]
    return bytes.fromhex(place["organisation"]) + b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def key_place(organisation, subject):
    return {"organisation": organisation, "table": "wrapped_key", "column": "wrapped", "row": subject}


def header(suite, key):
    return bytes([1, suite]) + child(key, "key id")[:8]


def open_envelope(suite, key, place, sealed):
    head, nonce, body = sealed[:10], sealed[10:22], sealed[22:]
    assert head == header(suite, key), "version, suite or key id"
    return CIPHERS[suite](key).decrypt(nonce, body, head + place_bytes(place))


def seal_envelope(suite, key, place, plain):
    head, nonce = header(suite, key), os.urandom(12)
    return head + nonce + CIPHERS[suite](key).encrypt(nonce, plain, head + place_bytes(place))


def blind(organisation_key, field, text):
    mac = hmac.HMAC(child(organisation_key, "blind indexes"), hashes.SHA256())
    mac.update(len(field.encode()).to_bytes(4, "big") + field.encode() + text.encode())
    return mac.finalize()[:16]


def main():
    asked = json.load(sys.stdin)
    master = bytes.fromhex(asked["master"])
    organisation, subject, place = asked["organisation"], asked["subject"], asked["place"]
    master_wrap = child(master, "wrap organisation keys")

    # Read what the first hand wrote, from the master key down.
    wrapped = bytes.fromhex(asked["wrapped_organisation"])
    organisation_key = open_envelope(2, master_wrap, key_place(organisation, "organisation"), wrapped)
    subject_wrap = child(organisation_key, "wrap subject keys")
    wrapped = bytes.fromhex(asked["wrapped_subject"])
    subject_key = open_envelope(2, subject_wrap, key_place(organisation, subject), wrapped)
    opened = open_envelope(1, subject_key, place, bytes.fromhex(asked["sealed"]))
    secret = open_envelope(1, child(organisation_key, "seal organisation secrets"), place, bytes.fromhex(asked["secret"]))

    # Check the signature, and sign with the same key.
    signer = Ed25519PrivateKey.from_private_bytes(child(master, "receipt signature"))
    message = asked["message"].encode()
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(asked["public_key"])).verify(bytes.fromhex(asked["signature"]), message)
    public = signer.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)

    # Write for the first hand: words under its key, and a person it has never seen.
    new_subject, new_key = asked["new_subject"], os.urandom(32)
    answer = {
        "opened": opened.decode(),
        "secret": secret.decode(),
        "sealed": seal_envelope(1, subject_key, place, asked["words"].encode()).hex(),
        "new_wrapped": seal_envelope(2, subject_wrap, key_place(organisation, new_subject), new_key).hex(),
        "new_sealed": seal_envelope(1, new_key, place, asked["words"].encode()).hex(),
        "blind": blind(organisation_key, "email", "ada@example.org").hex(),
        "public_key": public.hex(),
        "signature": signer.sign(message).hex(),
    }
    json.dump(answer, sys.stdout)


main()
