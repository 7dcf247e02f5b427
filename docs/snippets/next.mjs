// app/webhooks/route.js
import { createHmac, timingSafeEqual } from 'node:crypto';

const handled = new Set(); // in your database: a unique key, written in the transaction of the work

/** Whether Pool Brain signed these bytes. */
function isValid(body, signature) {
  const hmac = createHmac('sha256', process.env.WEBHOOK_SECRET).update(body);
  const expected = Buffer.from(hmac.digest('hex'));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

export async function POST(request) {
  const body = Buffer.from(await request.arrayBuffer()); // the raw bytes, before any parser
  if (!isValid(body, request.headers.get('X-Webhook-Signature') ?? '')) {
    return new Response(null, { status: 401 });
  }
  const webhook = parse(body);
  if (!webhook?.id) return new Response(null, { status: 400 });
  if (!handled.has(webhook.id)) { // it may arrive again
    for (const item of [webhook.data].flat()) {
      console.log(webhook.event, JSON.stringify(item)); // your work; what takes long belongs in a queue
    }
    handled.add(webhook.id);
  }
  return new Response(null, { status: 204 });
}
