import hmac
import hashlib

def verify_signature(request_body, signature_header, secret):
    # Ensure secret is bytes
    secret_bytes = secret.encode('utf-8')

    # Generate hash
    expected_signature = hmac.new(
        secret_bytes,
        request_body,
        hashlib.sha256
    ).hexdigest()

    # Secure comparison to prevent timing attacks
    return hmac.compare_digest(expected_signature, signature_header)
