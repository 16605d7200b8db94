// What the dashboard does in the browser beyond Blazor: following the end of a list, keyboard shortcuts.
(() => {
  'use strict';

  const nearEnd = 40;

  // Keeps an element scrolled to its end while new content comes, until the visitor scrolls up.
  function follow(frame) {
    if (!frame || frame.mlkitFollows) {
      return;
    }

    frame.mlkitFollows = true;
    const button = frame.parentElement.querySelector('[data-to-end]');
    let sticks = true;
    const toEnd = () => { frame.scrollTop = frame.scrollHeight; };
    const show = () => button?.classList.toggle('visible', !sticks);
    frame.addEventListener('scroll', () => {
      sticks = frame.scrollHeight - frame.scrollTop - frame.clientHeight < nearEnd;
      show();
    }, { passive: true });
    for (const event of ['wheel', 'touchmove']) {
      frame.addEventListener(event, e => {
        if (event === 'touchmove' || e.deltaY < 0) {
          sticks = false;
          show();
        }
      }, { passive: true });
    }

    new MutationObserver(() => { if (sticks) { toEnd(); } }).observe(frame, { childList: true, subtree: true, attributes: true, attributeFilter: ['style'] });
    button?.addEventListener('click', () => { sticks = true; toEnd(); show(); });
    toEnd();
  }

  // A menu is a popover: it opens below its button, inside the window, and closes when something was chosen.
  document.addEventListener('beforetoggle', e => {
    const menu = e.target;
    if (!menu.matches?.('[data-menu]') || e.newState !== 'open') {
      return;
    }

    const box = document.querySelector(`[popovertarget="${menu.id}"]`).getBoundingClientRect();
    requestAnimationFrame(() => {
      const left = Math.max(8, Math.min(box.right - menu.offsetWidth, window.innerWidth - menu.offsetWidth - 8));
      const below = box.bottom + 4;
      const top = below + menu.offsetHeight > window.innerHeight - 8 ? Math.max(8, box.top - menu.offsetHeight - 4) : below;
      menu.style.left = `${left}px`;
      menu.style.top = `${top}px`;
    });
  }, true);

  document.addEventListener('click', e => {
    const menu = e.target.closest?.('[data-menu]');
    if (menu && e.target.closest('a, button')) {
      menu.hidePopover();
    }
  });

  document.addEventListener('keydown', e => {
    const menu = document.querySelector('[data-menu]:popover-open');
    if (menu && (e.key === 'ArrowDown' || e.key === 'ArrowUp')) {
      e.preventDefault();
      const items = [...menu.querySelectorAll('a, button:not([disabled])')];
      const step = e.key === 'ArrowDown' ? 1 : -1;
      items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    }
  });

  // A question stands over the page until it is answered; Escape answers it as its cancel button does.
  new MutationObserver(changes => {
    for (const dialog of changes.flatMap(change => [...change.addedNodes]).filter(node => node.matches?.('dialog[data-modal]'))) {
      dialog.showModal();
      dialog.addEventListener('cancel', e => {
        e.preventDefault();
        dialog.querySelector('[data-cancel]')?.click();
      });
    }
  }).observe(document.body, { childList: true, subtree: true });

  document.addEventListener('click', e => {
    const text = e.target.closest?.('[data-copy]')?.dataset.copy;
    if (text) {
      navigator.clipboard?.writeText(text);
    }
  });

  const pages = { r: './', c: 'consolelogs', s: 'structuredlogs', t: 'traces', m: 'metrics', h: 'runs', d: 'data', '?': 'help' };

  // The links and buttons that open rows, as far as they are rendered.
  function step(by) {
    const rows = [...document.querySelectorAll('.content tbody .name .link, .content tbody .name a, .content tbody .message .link, .fall-row .fall-name .link, .node')];
    const next = rows[rows.indexOf(document.activeElement) + by];
    (next ?? rows[by > 0 ? 0 : rows.length - 1])?.focus();
  }

  function isTyping(target) {
    return target.closest?.('input, textarea, select, fluent-text-input, [contenteditable], dialog, fluent-dialog');
  }

  document.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented) {
      return;
    }

    if (document.querySelector('dialog[open]')) {
      return;
    }

    if (e.key === 'Escape') {
      document.querySelector('.pane .icon-button')?.click();
      return;
    }

    if (isTyping(e.target)) {
      return;
    }

    if (e.key === '/') {
      e.preventDefault();
      document.querySelector('[data-filter]')?.focus();
    } else if (e.key === 'j' || e.key === 'k') {
      step(e.key === 'j' ? 1 : -1);
    } else if (e.key === 'f') {
      document.querySelector('[data-to-end]')?.click();
    } else if (e.key === 'p') {
      document.querySelector('[data-pause]')?.click();
    } else if (e.key === 'g') {
      const view = document.querySelector('[data-view][aria-pressed="false"]');
      if (view) { view.click(); } else { window.Blazor?.navigateTo('./?view=graph'); }
    } else if (e.key === '+') {
      window.Blazor?.theme?.switchTheme();
    } else if (pages[e.key]) {
      e.preventDefault();
      window.Blazor?.navigateTo(pages[e.key]);
    }
  });

  window.mlkit = { follow };
})();
