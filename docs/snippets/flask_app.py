"""Receives webhooks. Start it with: flask --app flask_app run"""
import hashlib
import hmac
import json
import os

from flask import Flask, request

SECRET = os.environ["WEBHOOK_SECRET"].encode()
handled = set()  # in your database: a unique key, written in the transaction of the work
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1_000_000


def is_valid(body: bytes, signature: str) -> bool:
    """Whether Pool Brain signed these bytes."""
    expected = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode())


@app.post("/webhooks")
def receive():
    body = request.get_data()  # the raw bytes, before any parser
    if not is_valid(body, request.headers.get("X-Webhook-Signature", "")):
        return "", 401
    try:
        webhook = json.loads(body)
        key, event, data = webhook["id"], webhook["event"], webhook["data"]
    except (ValueError, KeyError):
        return "", 400
    if key not in handled:  # it may arrive again
        for item in data if isinstance(data, list) else [data]:
            print(event, item, flush=True)  # your work; what takes long belongs in a queue
        handled.add(key)
    return "", 204
