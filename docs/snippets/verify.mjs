import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether Pool Brain sent a request.
 * @param {Buffer} body the raw bytes, before any parser
 * @param {string} signature the header X-Webhook-Signature
 * @param {string} secret the signing secret, as the page shows it
 */
export function isValid(body, signature, secret) {
  const expected = Buffer.from(createHmac('sha256', secret).update(body).digest('hex'));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
