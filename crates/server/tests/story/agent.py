"""An authorised agent in another language: signs with PyNaCl (libsodium) and speaks the protocol over plain HTTP.

Reads one JSON object with origin, agent, business, seed and the moment it is; prints one JSON object with what came of it.
"""
import datetime
import json
import sys
import urllib.error
import urllib.request

import nacl.encoding
import nacl.signing

given = json.load(sys.stdin)
key = nacl.signing.SigningKey(bytes.fromhex(given["seed"]))
now = datetime.datetime.fromtimestamp(given["now"] / 1000, datetime.timezone.utc)


def signed(claims):
    """libsodium's combined mode in base64, as the protocol wants it."""
    return key.sign(json.dumps(claims).encode(), encoder=nacl.encoding.Base64Encoder)


def claims(**more):
    until = now + datetime.timedelta(minutes=10)
    base = {"agent-id": given["agent"], "business-id": given["business"], "drp.version": "1.0",
            "issued-at": now.isoformat(timespec="milliseconds"), "expires-at": until.isoformat(timespec="milliseconds")}
    return {**base, **more}


def ask(method, path, body=None, kind="text/plain", token=None):
    headers = {"content-type": kind}
    if token:
        headers["authorization"] = "Bearer " + token
    request = urllib.request.Request(given["origin"] + path, data=body, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


status, made = ask("POST", "/v1/agent/" + given["agent"], signed(claims()))
assert status == 200 and made["agent-id"] == given["agent"], (status, made)
token = made["token"]
assert ask("GET", "/v1/agent/" + given["agent"], token=token) == (200, {})

seen = []
for number, right in enumerate(["access", "deletion", "sale:opt-out"]):
    for regime in ["ccpa", None]:
        asked = claims(exercise=right, email=f"person{number}@example.com", name="Somebody",
                       **{"agent-request-id": f"case-{number}-{regime}"})
        if regime:
            asked["regime"] = regime
        kind = "text/plain" if regime else "application/json"
        status, answer = ask("POST", "/v1/data-rights-request", signed(asked), kind, token)
        assert status == 200, (right, regime, status, answer)
        request = answer["request_id"]
        status, again = ask("GET", "/v1/data-rights-request/" + request, token=token)
        assert status == 200 and again["request_id"] == request and again["agent_request_id"] == asked["agent-request-id"]
        for name in ["received_at", "expected_by"]:
            datetime.datetime.fromisoformat(again[name].replace("Z", "+00:00"))
        seen.append([right, regime, again["status"], again.get("reason")])

status, revoked = ask("DELETE", "/v1/data-rights-request/" + request, signed({"reason": "changed my mind"}), token=token)
stranger = nacl.signing.SigningKey.generate()
forged = stranger.sign(json.dumps(claims(exercise="access", email="a@example.com")).encode(), encoder=nacl.encoding.Base64Encoder)
print(json.dumps({"seen": seen, "revoked": [status, revoked["status"] if status == 200 else None],
                  "forged": ask("POST", "/v1/data-rights-request", forged, token=token)}))
