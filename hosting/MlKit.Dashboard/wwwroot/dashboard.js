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

  const pages = { r: '/', c: 'consolelogs', s: 'structuredlogs', t: 'traces', m: 'metrics', '?': 'help' };

  function isTyping(target) {
    return target.closest?.('input, textarea, select, fluent-text-input, [contenteditable], dialog, fluent-dialog');
  }

  document.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented) {
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
    } else if (e.key === '+') {
      window.Blazor?.theme?.switchTheme();
    } else if (pages[e.key]) {
      e.preventDefault();
      window.Blazor?.navigateTo(pages[e.key]);
    }
  });

  window.mlkit = { follow };
})();
