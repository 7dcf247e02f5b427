import hashlib
import hmac


def is_valid(body: bytes, signature: str, secret: str) -> bool:
    """Whether Pool Brain sent a request.

    body: the raw bytes, before any parser
    signature: the header X-Webhook-Signature
    secret: the signing secret, as the page shows it
    """
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode())
