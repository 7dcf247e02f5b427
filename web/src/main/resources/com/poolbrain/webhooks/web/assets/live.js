// The live log: rows that change are replaced, new ones are put on top. While the reader has
// scrolled or works in the table, new ones wait behind a line. Without server-sent events, which
// some proxies hold back, the list is loaded again every few seconds.
(() => {
  'use strict';
  const doc = document;
  const STORED = 'webhooks-live';
  const PAGE_ROWS = 50;
  const MAX_ROWS = 200;
  const MAX_SILENCE = 25000; // the server says its time every ten seconds
  const POLL_INTERVAL = 5000;

  let panel = null;
  let source = null;
  let timer = 0;
  let isPolling = false;
  let hasHeard = false;
  let isIncomplete = false;
  const waiting = new Map();

  const remember = (isOn) => {
    try {
      if (isOn) sessionStorage.setItem(STORED, 'on');
      else sessionStorage.removeItem(STORED);
    } catch { /* a browser without storage forgets the switch with the page */ }
  };
  const isRemembered = () => {
    try {
      return sessionStorage.getItem(STORED) === 'on';
    } catch {
      return false;
    }
  };

  const tableBody = () => doc.querySelector('.table--log tbody');
  const lastRow = (body) => body.rows[body.rows.length - 1];
  const say = (text) => {
    const state = panel && panel.querySelector('[data-live-state]');
    if (state && state.textContent !== text) state.textContent = text;
  };
  const showSwitch = (isOn) => panel?.querySelector('[data-live-switch]').setAttribute('aria-checked', String(isOn));

  const parse = (html) => {
    const template = doc.createElement('template');
    template.innerHTML = html;
    return template.content.querySelector('tr[data-row]');
  };
  const ready = (row) => {
    row.classList.add('is-fresh');
    if (window.htmx) window.htmx.process(row);
    return row;
  };

  // The reader has scrolled the first row away, or works in the table with the keyboard.
  const isReading = (body) => body.getBoundingClientRect().top < 0 || body.contains(doc.activeElement);

  const replace = (known, row) => {
    const parts = (of) => [...of.querySelectorAll('a, button')];
    const focused = parts(known).indexOf(doc.activeElement);
    known.replaceWith(ready(row));
    if (focused >= 0) parts(row)[focused]?.focus({ preventScroll: true });
  };
  const insert = (body, row) => {
    const next = [...body.rows].find((other) => other.dataset.row < row.dataset.row);
    body.insertBefore(ready(row), next || null);
  };

  const showLine = () => {
    const line = doc.querySelector('[data-live-line]');
    if (!line) return;
    if (waiting.size === 0 && !isIncomplete) {
      line.replaceChildren();
      return;
    }
    const text = isIncomplete
      ? 'There are more new deliveries than Live shows. Load the newest'
      : `${waiting.size} new ${waiting.size === 1 ? 'delivery' : 'deliveries'}`;
    let button = line.querySelector('button');
    if (!button) {
      button = doc.createElement('button');
      button.type = 'button';
      button.className = 'btn btn--small';
      button.dataset.liveShow = '';
      line.append(button);
    }
    if (button.textContent !== text) button.textContent = text;
  };
  const showWaiting = () => {
    const body = tableBody();
    waiting.forEach((row) => insert(body, row));
    waiting.clear();
    showLine();
  };

  const take = (row) => {
    const body = tableBody();
    if (!row) return;
    if (!body) {
      location.reload(); // the list was empty
      return;
    }
    const id = row.dataset.row;
    const known = [...body.rows].find((other) => other.dataset.row === id);
    const isOlder = body.rows.length >= PAGE_ROWS && id < lastRow(body).dataset.row;
    if (known) replace(known, row);
    else if (isOlder) return;
    else if (waiting.has(id) || isReading(body) || body.rows.length >= MAX_ROWS) {
      waiting.set(id, row);
      isIncomplete ||= body.rows.length + waiting.size > MAX_ROWS;
      showLine();
    } else insert(body, row);
  };
  const takeTime = (now) => {
    doc.body.dataset.now = now;
    doc.dispatchEvent(new Event('server-time'));
  };

  const disconnect = () => {
    source?.close();
    source = null;
    isPolling = false;
    clearTimeout(timer);
  };
  const fail = (text) => {
    disconnect();
    remember(false);
    showSwitch(false);
    say(text);
  };

  const poll = async () => {
    const list = panel.dataset.liveList;
    try {
      const response = await fetch(list, { headers: { Accept: 'text/html' } });
      if (!isPolling || !panel || panel.dataset.liveList !== list) return;
      if (response.status >= 400 && response.status < 500 && response.status !== 429) {
        fail('Live has ended. Load the page again.');
        return;
      }
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      if (page.body.dataset.now) takeTime(page.body.dataset.now);
      [...page.querySelectorAll('tr[data-row]')].reverse().forEach((row) => take(doc.importNode(row, true)));
      say('Refreshed every few seconds');
    } catch {
      say('Reconnecting…');
    }
    if (isPolling) timer = setTimeout(poll, POLL_INTERVAL);
  };
  const startPolling = () => {
    disconnect();
    isPolling = true;
    poll();
  };

  const watchSilence = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (hasHeard ? connect() : startPolling()), MAX_SILENCE);
  };
  const heard = () => {
    hasHeard = true;
    watchSilence();
    say('');
  };
  const connect = () => {
    disconnect();
    hasHeard = false;
    const opened = new EventSource(panel.dataset.live);
    source = opened;
    watchSilence();
    const on = (type, handle) => opened.addEventListener(type, (event) => {
      if (source !== opened) return;
      heard();
      handle(event.data);
    });
    on('time', takeTime);
    on('row', (html) => take(parse(html)));
    on('overflow', () => {
      isIncomplete = true;
      showLine();
    });
    opened.addEventListener('error', () => {
      if (source !== opened) return;
      if (opened.readyState === EventSource.CLOSED) startPolling(); // refused; the list says why
      else say('Reconnecting…');
    });
  };

  const start = () => {
    showSwitch(true);
    if (!doc.hidden) connect();
  };
  const stop = () => {
    disconnect();
    waiting.clear();
    isIncomplete = false;
    showLine();
    showSwitch(false);
    say('');
  };

  // After each page: what belongs to another page ends, and a switch that was on stays on.
  const refresh = () => {
    const found = doc.querySelector('[data-live]');
    if (found === panel) return;
    disconnect();
    waiting.clear();
    isIncomplete = false;
    panel = found;
    if (panel && isRemembered()) start();
  };

  doc.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button || !panel) return;
    if (button.matches('[data-live-switch]')) {
      const isOn = button.getAttribute('aria-checked') !== 'true';
      remember(isOn);
      if (isOn) start();
      else stop();
    } else if (button.matches('[data-live-show]')) {
      if (isIncomplete) {
        location.reload();
        return;
      }
      panel.querySelector('[data-live-switch]').focus({ preventScroll: true });
      panel.scrollIntoView({ block: 'start' });
      showWaiting();
    }
  });
  window.addEventListener('scroll', () => {
    const body = tableBody();
    if (body && waiting.size > 0 && !isIncomplete && !isReading(body)) showWaiting();
  }, { passive: true });

  // A page that nobody sees takes none of the few connections that a browser has for a server.
  const resume = () => {
    if (panel && isRemembered() && !source && !isPolling) connect();
  };
  doc.addEventListener('visibilitychange', () => {
    if (doc.hidden) disconnect();
    else resume();
  });
  window.addEventListener('pagehide', disconnect);
  window.addEventListener('pageshow', resume);
  doc.addEventListener('htmx:afterSettle', refresh);
  refresh();
})();
