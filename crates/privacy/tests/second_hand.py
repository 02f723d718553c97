"""A second implementation of what Confidante signs: reads an audit export from standard input, says what it finds.

Exit 0 and one JSON line where everything fits; exit 1 and a sentence where something does not; exit 77 without `cryptography`.
"""

import base64
import hashlib
import json
import sys

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    sys.exit(77)

HASHED = (
    "seq id organisation at actor_kind action reason object_kind request actor_commitment object_commitment"
).split()


def canonical(document):
    """RFC 8785, for documents whose numbers are integers and whose names are ASCII."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def demand(truth, sentence):
    if not truth:
        print(sentence)
        sys.exit(1)


def signed(document, form):
    demand(document["format"] == form, "a signed line of another format")
    value = base64.b64decode(document["signature"].pop("value"))
    key = document["signature"]["public_key"]
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key)).verify(value, canonical(document))
    except InvalidSignature:
        demand(False, "a signature does not fit")
    return key


def opened(line, part):
    """The commitment to an id is SHA-256(label, length of salt, salt, id); where both are gone, it was shredded."""
    if part not in line and part + "_salt" not in line:
        return 1
    salt = bytes.fromhex(line[part + "_salt"])
    digest = hashlib.sha256(b"confidante commitment v1\0" + bytes([len(salt)]) + salt + line[part].encode())
    demand(digest.hexdigest() == line[part + "_commitment"], f"an id in entry {line['seq']} was changed")
    return 0


def main():
    lines = [json.loads(line) for line in sys.stdin]
    begin, end = lines[0], lines[-1]
    demand(begin["format"] == "confidante.audit-export/1", "another format")
    demand(end["kind"] == "end", "the signed last line is missing")
    seq, chain = begin["after"], bytes.fromhex(begin["previous"])
    shredded, checkpoints, keys = 0, 0, set()
    for line in lines[1:-1]:
        if line["kind"] == "checkpoint":
            mark = line["signed"]
            keys.add(signed(mark, "confidante.audit-checkpoint/1"))
            demand(mark["seq"] == seq and mark["hash"] == chain.hex(), "a checkpoint does not fit")
            checkpoints += 1
            continue
        seq += 1
        demand(line["seq"] == seq, f"entry {seq} is missing")
        text = canonical({name: line[name] for name in HASHED})
        chain = hashlib.sha256(b"confidante audit v1\0" + chain + text).digest()
        demand(line["hash"] == chain.hex(), f"entry {seq} was changed")
        shredded += opened(line, "actor") + opened(line, "object")
    last = end["signed"]
    keys.add(signed(last, "confidante.audit-end/1"))
    demand((last["after"], last["previous"]) == (begin["after"], begin["previous"]), "the begin was changed")
    demand((last["last"], last["hash"]) == (seq, chain.hex()), "the end was cut off")
    demand(len(keys) == 1, "two signers")
    print(json.dumps({"last": seq, "checkpoints": checkpoints, "shredded": shredded, "key": keys.pop()}))


main()
