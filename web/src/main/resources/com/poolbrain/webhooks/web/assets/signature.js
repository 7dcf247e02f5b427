// Checks a signature in the browser: HMAC-SHA256 of the exact body with the secret, which is never sent.
(() => {
  'use strict';
  const sign = async (secret, body) => {
    const encoder = new TextEncoder();
    const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(body)));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  };

  const icon = (name) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
    svg.setAttribute('class', 'icon');
    svg.setAttribute('aria-hidden', 'true');
    use.setAttribute('href', `#i-${name}`);
    svg.append(use);
    return svg;
  };

  const say = (form, tone, title, text) => {
    const banner = document.createElement('div');
    banner.className = `banner status--${tone}`;
    const words = document.createElement('div');
    const strong = document.createElement('strong');
    strong.textContent = title;
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    words.append(strong, paragraph);
    banner.append(icon(tone === 'ok' ? 'delivered' : 'failed'), words);
    form.querySelector('[data-signature-result]').replaceChildren(banner);
  };

  const check = async (form) => {
    const secret = form.querySelector('#check-secret').value.trim();
    const given = form.querySelector('#check-signature').value.trim().toLowerCase();
    if (!secret) {
      say(form, 'bad', 'The secret is missing', 'Enter the signing secret of the endpoint.');
      return;
    }
    if (!window.crypto || !crypto.subtle) {
      say(form, 'bad', 'This browser can’t compute it here', 'WebCrypto works on https and localhost only.');
      return;
    }
    const computed = await sign(secret, form.dataset.body);
    const bytes = new TextEncoder().encode(form.dataset.body).length.toLocaleString('en');
    if (!given) {
      say(form, 'ok', 'The signature is computed', `HMAC-SHA256 of the ${bytes} body bytes with this secret is ${computed}`);
    } else if (computed === given) {
      say(form, 'ok', 'The signature matches', `HMAC-SHA256 of the ${bytes} body bytes with this secret is what X-Webhook-Signature carried.`);
    } else {
      say(form, 'bad', 'The signature does not match', `With this secret it is ${computed}. The secret is another one, or the body was changed before it was verified.`);
    }
  };

  document.addEventListener('submit', (event) => {
    if (event.target.matches('form[data-signature]')) {
      event.preventDefault();
      event.stopPropagation();
      check(event.target);
    }
  }, true);
})();
