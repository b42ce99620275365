#!/usr/bin/env python3
"""Makes locked.pdf: one sentence, encrypted with the password "the dike holds" (RC4 with 40 bits, the first of the ways)."""

import hashlib

PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
PASSWORD, ID, RIGHTS = b"the dike holds", b"duidu tests 0001", -4
CONTENT = b"BT /F1 12 Tf 72 700 Td (The dike was mended in May.) Tj ET"


def rc4(key, data):
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def md5(data):
    return hashlib.md5(data).digest()


padded = (PASSWORD + PAD)[:32]
owner = rc4(md5(padded)[:5], padded)
key = md5(padded + owner + RIGHTS.to_bytes(4, "little", signed=True) + ID)[:5]
stream = rc4(md5(key + (4).to_bytes(3, "little") + bytes(2))[:10], CONTENT)
objects = [
    b"<</Type/Catalog /Pages 2 0 R>>",
    b"<</Type/Pages /Kids [3 0 R] /Count 1>>",
    b"<</Type/Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>",
    b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
    b"<</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>",
    b"<</Filter/Standard /V 1 /R 2 /P %d /O <%s> /U <%s>>>"
    % (RIGHTS, owner.hex().encode(), rc4(key, PAD).hex().encode()),
]
out, places = b"%PDF-1.4\n", []
for number, body in enumerate(objects, 1):
    places.append(len(out))
    out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
start = len(out)
out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
out += b"".join(b"%010d 00000 n \n" % place for place in places)
out += b"trailer <</Size %d /Root 1 0 R /Encrypt 6 0 R /ID [<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n" % (
    len(objects) + 1,
    ID.hex().encode(),
    ID.hex().encode(),
    start,
)
with open(__file__.replace("locked.py", "locked.pdf"), "wb") as file:
    file.write(out)
