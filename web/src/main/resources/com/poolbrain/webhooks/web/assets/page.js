// What the page does beyond links and forms: copying, countdowns, relative times, dialogs, toasts.
// Everything works without it, and all handlers are delegated, so that swapped parts work at once.
(() => {
  'use strict';
  const doc = document;
  doc.documentElement.classList.add('has-js');

  // The time of the server, which countdowns follow.
  let offset = 0;
  const readServerTime = () => {
    const now = doc.body.dataset.now;
    if (now) offset = Date.parse(now) - Date.now();
  };
  doc.addEventListener('server-time', readServerTime);
  const serverNow = () => Date.now() + offset;

  const announce = (text) => {
    let region = doc.getElementById('announcer');
    if (!region) {
      region = doc.createElement('p');
      region.id = 'announcer';
      region.className = 'sr';
      region.setAttribute('aria-live', 'polite');
      doc.body.append(region);
    }
    region.textContent = text;
  };

  const relative = (at) => {
    const seconds = Math.round((serverNow() - at) / 1000);
    const distance = Math.abs(seconds);
    if (distance >= 86400) return null;
    if (distance < 1) return 'now';
    const text = distance < 60 ? `${distance} s` : distance < 3600 ? `${Math.floor(distance / 60)} min` : `${Math.floor(distance / 3600)} h`;
    return seconds < 0 ? `in ${text}` : `${text} ago`;
  };

  const countdown = (at) => {
    const left = Math.max(0, Math.ceil((at - serverNow()) / 1000));
    if (left === 0) return 'now';
    if (left >= 3600) return `${Math.floor(left / 3600)} h ${Math.floor((left % 3600) / 60)} min`;
    return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  };

  const set = (element, text) => {
    if (text !== null && element.textContent !== text) element.textContent = text;
  };
  const tick = () => {
    doc.querySelectorAll('time[data-relative]').forEach((time) => set(time, relative(Date.parse(time.dateTime))));
    doc.querySelectorAll('time[data-countdown]').forEach((time) => set(time, countdown(Date.parse(time.dateTime))));
  };

  // Copying. The text is in data-copy, or a form makes it (a secret, which is audited).
  const showCopied = (button) => {
    const label = button.querySelector('[data-copy-text]');
    const use = button.querySelector('use');
    const before = [label && label.textContent, use && use.getAttribute('href')];
    if (label) label.textContent = 'Copied';
    if (use) use.setAttribute('href', '#i-check');
    announce('Copied');
    setTimeout(() => {
      if (label) label.textContent = before[0];
      if (use) use.setAttribute('href', before[1]);
    }, 2000);
  };
  const copyText = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = doc.createElement('textarea');
      area.value = text;
      area.className = 'sr';
      (doc.querySelector('dialog[open]') || doc.body).append(area);
      area.select();
      const done = doc.execCommand('copy');
      area.remove();
      return done;
    }
  };
  const copy = async (button) => {
    if (await copyText(button.dataset.copy)) showCopied(button);
    else announce('Copying is not allowed here; select the text instead');
  };
  const copySecret = async (form) => {
    const button = form.querySelector('button');
    const response = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: 'text/plain', 'HX-Request': 'true' },
    });
    if (response.ok && (await copyText(await response.text()))) showCopied(button);
    else toast('The secret could not be copied. Reveal it and copy it by hand.', 'bad');
  };

  // Dialogs: the question that is a page without this script.
  let opener = null;
  const openDialog = async (url, from) => {
    const dialog = doc.getElementById('dialog');
    const response = await fetch(url, { headers: { 'HX-Request': 'true' } });
    if (!dialog || !response.ok) {
      location.assign(url);
      return;
    }
    opener = from;
    dialog.innerHTML = await response.text();
    dialog.showModal();
    const focus = dialog.querySelector('[autofocus]');
    if (focus) focus.focus();
    syncTyped(dialog.querySelector('form[data-typed]'));
    if (window.htmx) window.htmx.process(dialog);
  };
  const closeDialog = () => doc.getElementById('dialog')?.close();
  const syncTyped = (form) => {
    const input = form && form.querySelector('input[name=typed]');
    if (input) form.querySelector('.btn--danger').disabled = input.value.trim() !== form.dataset.typed;
  };

  // Toasts stay 6 s; errors stay until dismissed; hovering holds them.
  const scheduleToasts = () => {
    doc.querySelectorAll('[data-toast]:not([data-timed])').forEach((element) => {
      element.dataset.timed = '';
      if (element.classList.contains('status--bad')) return;
      let timer = setTimeout(() => element.remove(), 6000);
      element.addEventListener('pointerenter', () => clearTimeout(timer));
      element.addEventListener('pointerleave', () => { timer = setTimeout(() => element.remove(), 2000); });
    });
  };
  const toast = (text, tone) => {
    const element = doc.createElement('div');
    element.className = `toast status--${tone}`;
    element.dataset.toast = '';
    const words = doc.createElement('p');
    words.textContent = text;
    const dismiss = doc.createElement('button');
    dismiss.type = 'button';
    dismiss.className = 'btn btn--plain btn--small';
    dismiss.dataset.dismiss = '';
    dismiss.textContent = 'Dismiss';
    element.append(words, dismiss);
    doc.querySelector('.toasts')?.append(element);
    scheduleToasts();
  };

  // Event picker: the group's button ticks all, or clears all when all are ticked.
  const syncGroup = (group) => {
    const boxes = [...group.querySelectorAll('input[type=checkbox][name=events]')];
    const ticked = boxes.filter((box) => box.checked).length;
    const count = group.querySelector('[data-count]');
    const button = group.querySelector('[data-tick-all]');
    if (count) count.textContent = `${ticked} of ${boxes.length}`;
    if (button) button.firstChild.textContent = ticked === boxes.length ? 'Clear' : 'Tick all';
  };

  const closeMenus = (except) => doc.querySelectorAll('details.menu[open]').forEach((menu) => {
    if (menu !== except) menu.open = false;
  });

  doc.addEventListener('click', (event) => {
    const target = event.target.closest('button, a, summary, [data-copy]');
    closeMenus(event.target.closest('details.menu'));
    if (!target) return;
    if (target.matches('[data-copy]')) copy(target);
    else if (target.matches('[data-dismiss]')) target.closest('[data-toast]').remove();
    else if (target.matches('[data-drop-kept]')) {
      storage.remove('kept');
      target.closest('#kept-input').remove();
    }
    else if (target.matches('[data-close]') && target.closest('dialog')) {
      event.preventDefault();
      closeDialog();
    } else if (target.matches('a[data-dialog]') && !event.metaKey && !event.ctrlKey && event.button === 0) {
      event.preventDefault();
      event.stopPropagation();
      openDialog(target.href, target);
    } else if (target.matches('[data-tick-all]')) {
      const group = target.closest('fieldset');
      const boxes = [...group.querySelectorAll('input[type=checkbox][name=events]')];
      const all = boxes.every((box) => box.checked);
      boxes.forEach((box) => { box.checked = !all; });
      syncGroup(group);
    } else if (target.matches('[data-use-url]')) {
      const input = doc.querySelector('input[name=url]');
      input.value = target.dataset.useUrl;
      input.dispatchEvent(new Event('change', { bubbles: true }));
      input.focus();
    }
  }, true);

  doc.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.matches('form[data-dialog]')) {
      event.preventDefault();
      event.stopPropagation();
      openDialog(`${form.action}?${new URLSearchParams(new FormData(form, event.submitter))}`, event.submitter || form.querySelector('button'));
    } else if (form.matches('form[data-copy-secret]')) {
      event.preventDefault();
      event.stopPropagation();
      copySecret(form);
    } else {
      if (form.matches('[data-zone-form]') && !form.elements.zone.value) {
        form.elements.zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
      }
      const button = event.submitter;
      if (button && form.method === 'post') {
        if (button.getAttribute('aria-busy') === 'true') {
          event.preventDefault();
          event.stopPropagation();
          return;
        }
        noteForm();
        button.setAttribute('aria-busy', 'true');
        setTimeout(() => button.removeAttribute('aria-busy'), 15000);
      }
    }
  }, true);

  doc.addEventListener('input', (event) => {
    if (event.target.matches('input[name=typed]')) syncTyped(event.target.form);
  });
  doc.addEventListener('change', (event) => {
    const group = event.target.closest('fieldset.picker');
    if (group) syncGroup(group);
    if (event.target.matches('[data-submit]')) event.target.form.requestSubmit();
  });

  doc.addEventListener('close', (event) => {
    if (event.target.id === 'dialog' && opener) {
      opener.focus();
      opener = null;
    }
  }, true);

  doc.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      const menu = doc.querySelector('details.menu[open]');
      if (menu) {
        menu.open = false;
        menu.querySelector('summary').focus();
      }
    } else if (event.key === '/' && !event.target.closest('input, textarea, select')) {
      const search = doc.querySelector('input[type=search]');
      if (search) {
        event.preventDefault();
        search.focus();
      }
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const menu = event.target.closest('details.menu[open]');
      if (!menu) return;
      event.preventDefault();
      const items = [...menu.querySelectorAll('.menu__list a, .menu__list button')].filter((item) => item.offsetParent);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const next = items[(items.indexOf(doc.activeElement) + step + items.length) % items.length];
      if (next) next.focus();
    }
  });

  // A secret that was revealed is hidden again after 60 s.
  const scheduleHiding = () => doc.querySelectorAll('[data-hide-after]:not([data-timed])').forEach((element) => {
    element.dataset.timed = '';
    setTimeout(() => {
      const code = element.querySelector('code');
      if (code) code.textContent = element.dataset.masked;
      element.querySelectorAll('[data-copy]').forEach((button) => button.remove());
    }, Number(element.dataset.hideAfter) * 1000);
  });

  // After a page was swapped: focus the summary of errors, or the heading if focus was lost.
  const focusAfterSwap = () => {
    const wanted = doc.querySelector('[data-focus]');
    if (wanted) wanted.focus();
    else if (doc.activeElement === doc.body) {
      const heading = doc.querySelector('main h1') || doc.querySelector('main');
      if (heading) {
        heading.setAttribute('tabindex', '-1');
        heading.focus({ preventScroll: true });
      }
    }
  };

  // A reload must not say again what a form did.
  const forgetDone = () => {
    const url = new URL(location.href);
    if (url.searchParams.has('done')) {
      url.searchParams.delete('done');
      history.replaceState(history.state, '', url);
    }
  };

  // A session that ended in the middle of a form. The page that says so has what was typed, without
  // secrets. This tab keeps it until the same user signs in to the same company, and fills it in.
  const storage = {
    get: (name) => JSON.parse(sessionStorage.getItem(`webhooks-${name}`) || 'null'),
    set: (name, value) => sessionStorage.setItem(`webhooks-${name}`, JSON.stringify(value)),
    remove: (name) => sessionStorage.removeItem(`webhooks-${name}`),
  };
  const noteForm = () => storage.set('form', {
    path: location.pathname + location.search, user: doc.body.dataset.user, home: doc.body.dataset.home,
  });
  const refill = (fields) => {
    const valuesOf = (name) => fields.filter((field) => field[0] === name).map((field) => field[1]);
    const form = [...doc.querySelectorAll('main form[method=post]')]
      .find((one) => fields.some(([name]) => name !== 'version' && one.elements.namedItem(name)));
    if (!form) return false;
    for (const control of form.elements) {
      const values = valuesOf(control.name);
      if (control.type === 'checkbox' || control.type === 'radio') control.checked = values.includes(control.value);
      else if (values.length && control.type !== 'submit') [control.value] = values;
      const details = control.closest('details');
      if (details && values.some((value) => value !== '')) details.open = true;
    }
    return true;
  };
  const showKept = (path) => {
    const banner = doc.createElement('div');
    banner.className = 'banner status--info';
    banner.id = 'kept-input';
    banner.setAttribute('role', 'status');
    const words = doc.createElement('p');
    words.textContent = 'What you typed before your session ended is kept.';
    const link = doc.createElement('a');
    link.className = 'btn btn--small';
    link.href = path;
    link.textContent = 'Back to the form';
    const drop = doc.createElement('button');
    drop.type = 'button';
    drop.className = 'btn btn--plain btn--small';
    drop.dataset.dropKept = '';
    drop.textContent = 'Discard';
    const row = doc.createElement('div');
    row.className = 'row';
    row.append(link, drop);
    banner.append(words, row);
    doc.querySelector('.content .stack')?.prepend(banner);
  };
  const keepInput = () => {
    const list = doc.querySelector('[data-kept-form]');
    if (list) {
      const fields = [...list.querySelectorAll('[data-kept]')].map((one) => [one.dataset.kept, one.textContent]);
      storage.set('kept', { ...storage.get('form'), fields });
      return;
    }
    const kept = storage.get('kept');
    const { user, home } = doc.body.dataset;
    if (!kept || home !== kept.home || !doc.querySelector('.content') || doc.getElementById('kept-input')) return;
    if (user !== kept.user) storage.remove('kept');
    else if (location.pathname + location.search !== kept.path) showKept(kept.path);
    else if (refill(kept.fields)) {
      storage.remove('kept');
      toast('What you typed before your session ended is back. Check it, then send it.', 'ok');
    }
  };

  const refresh = () => {
    readServerTime();
    keepInput();
    forgetDone();
    scheduleToasts();
    scheduleHiding();
    doc.querySelectorAll('fieldset.picker').forEach(syncGroup);
    const reload = doc.querySelector('[data-reload]');
    if (reload && !reload.dataset.timed) {
      reload.dataset.timed = '';
      setTimeout(() => location.reload(), Number(reload.dataset.reload) * 1000);
    }
    tick();
  };
  doc.addEventListener('htmx:afterSettle', (event) => {
    refresh();
    if (event.detail.target === doc.body || event.detail.boosted) focusAfterSwap();
  });
  // A part that could not be loaded stays as it is. Without a session the whole page says so.
  doc.addEventListener('htmx:beforeSwap', (event) => {
    const { target, xhr, requestConfig, boosted } = event.detail;
    if (boosted || target === doc.body || xhr.status < 400) return;
    event.detail.shouldSwap = false;
    if (xhr.status === 403 && requestConfig.verb === 'get') location.reload();
  });
  doc.addEventListener('htmx:sendError', () => {
    doc.querySelectorAll('[aria-busy=true]').forEach((button) => button.removeAttribute('aria-busy'));
    toast('The server can’t be reached. Nothing was changed; try again.', 'bad');
  });
  window.addEventListener('pageshow', () => {
    doc.querySelectorAll('[aria-busy=true]').forEach((button) => button.removeAttribute('aria-busy'));
  });

  refresh();
  doc.querySelector('[data-focus]')?.focus();
  setInterval(tick, 1000);
})();
