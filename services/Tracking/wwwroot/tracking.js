// What the UI does in the browser beyond Blazor: theme, MLflow's addresses, dialogs, shortcuts, reading charts.
(() => {
  'use strict';

  // MLflow's own UI keeps its address behind a '#': the same path without it is a page here.
  function followFragment() {
    if (location.hash.startsWith('#/')) {
      location.replace(location.hash.slice(1));
    }
  }

  followFragment();
  window.addEventListener('hashchange', followFragment);

  const key = 'mlkit.theme';
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (localStorage.getItem(key) ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const showTheme = () => { document.documentElement.dataset.theme = isDark() ? 'dark' : 'light'; };
  const switchTheme = () => { localStorage.setItem(key, isDark() ? 'light' : 'dark'); showTheme(); };
  showTheme();
  system.addEventListener('change', showTheme);

  document.addEventListener('click', async e => {
    if (e.target.closest?.('[data-theme-switch]')) {
      switchTheme();
    }

    const copy = e.target.closest?.('[data-copy]');
    if (copy) {
      await navigator.clipboard?.writeText(copy.dataset.copy);
      copy.classList.add('done');
      setTimeout(() => copy.classList.remove('done'), 1200);
    }
  });

  const pages = { e: 'experiments', m: 'models', '?': 'help' };
  const isTyping = target => target.closest?.('input:not([type=checkbox]), textarea, select, dialog');

  document.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || isTyping(e.target)) {
      return;
    }

    if (e.key === '/') {
      e.preventDefault();
      document.querySelector('[data-filter]')?.focus();
    } else if (e.key === '+') {
      switchTheme();
    } else if (pages[e.key]) {
      e.preventDefault();
      window.Blazor?.navigateTo(pages[e.key]);
    }
  });

  // Enter in a dialog's text box does what its button says.
  document.addEventListener('keydown', e => {
    const dialog = e.key === 'Enter' && e.target.matches?.('input[type=text]') && e.target.closest('dialog');
    if (dialog) {
      e.preventDefault();
      const button = dialog.querySelector('.button.primary:not([disabled])');
      requestAnimationFrame(() => button?.click());
    }
  });

  // Charts: the values of every line at the pointer, read back from the drawn paths.
  const cache = new WeakMap();

  function pointsOf(path) {
    const d = path.getAttribute('d');
    const kept = cache.get(path);
    if (kept?.d === d) {
      return kept.points;
    }

    const points = [...d.matchAll(/[ML]([-\d.]+) ([-\d.]+)/g)].map(m => [Number(m[1]), Number(m[2])]);
    cache.set(path, { d, points });
    return points;
  }

  function scaleOf(text, from, to) {
    const [low, high, kind, axis] = text.split(' ');
    const isLog = kind === 'log';
    const [a, b] = isLog ? [Math.log10(low), Math.log10(high)] : [Number(low), Number(high)];
    return { axis, value: at => { const v = a + (b - a) * (at - from) / (to - from); return isLog ? 10 ** v : v; } };
  }

  const brief = value => Math.abs(value) >= 1e7 || (value !== 0 && Math.abs(value) < 1e-4) ? value.toExponential(4) : String(Number(value.toPrecision(6)));

  function axisText(axis, value) {
    if (axis === 'Time') {
      return new Date(value).toLocaleString();
    }

    return axis === 'Relative' ? `${brief(value / 1000)} s` : `step ${Math.round(value)}`;
  }

  function boxOf(svg) {
    const [left, right, top, bottom] = svg.dataset.box.split(' ').map(Number);
    return { left, right, x: scaleOf(svg.dataset.x, left, right), y: scaleOf(svg.dataset.y, bottom, top), top, bottom };
  }

  function placeOf(svg, e) {
    const point = new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return point.x;
  }

  let tip;

  function hideTip() {
    tip?.remove();
    tip = undefined;
    document.querySelectorAll('.chart-mark').forEach(mark => mark.remove());
  }

  function nearest(points, x) {
    return points.reduce((best, point) => Math.abs(point[0] - x) < Math.abs(best[0] - x) ? point : best, points[0]);
  }

  function show(svg, e) {
    const box = boxOf(svg);
    const x = placeOf(svg, e);
    hideTip();
    const rows = [...svg.querySelectorAll('path[data-label]')].map(path => ({ path, points: pointsOf(path) })).filter(row => row.points.length > 0)
      .map(row => ({ path: row.path, at: nearest(row.points, x) }));
    if (x < box.left - 4 || x > box.right + 4 || rows.length === 0) {
      return;
    }

    const at = nearest(rows.map(row => row.at), x)[0];
    const mark = document.createElementNS('http://www.w3.org/2000/svg', 'line');
    for (const [name, value] of Object.entries({ class: 'chart-mark', x1: at, x2: at, y1: box.top, y2: box.bottom })) {
      mark.setAttribute(name, value);
    }

    svg.append(mark);
    tip = document.createElement('div');
    tip.className = 'chart-tip';
    tip.append(Object.assign(document.createElement('strong'), { textContent: axisText(box.x.axis, box.x.value(at)) }));
    for (const row of rows.slice(0, 20)) {
      const line = document.createElement('div');
      const swatch = document.createElement('span');
      swatch.className = `swatch ${[...row.path.classList].find(name => name.startsWith('hue-'))}`;
      line.append(swatch, ` ${row.path.dataset.label}: ${brief(box.y.value(row.at[1]))}`);
      tip.append(line);
    }

    document.body.append(tip);
    tip.style.left = `${Math.min(e.clientX + 14, innerWidth - tip.offsetWidth - 8)}px`;
    tip.style.top = `${Math.min(e.clientY + 14, innerHeight - tip.offsetHeight - 8)}px`;
  }

  document.addEventListener('pointermove', e => {
    const svg = e.target.closest?.('svg[data-chart]');
    if (svg) {
      show(svg, e);
    } else {
      hideTip();
    }
  });

  // Dragging along a chart of steps zooms, where the page has boxes for the first and last step.
  let dragFrom;
  document.addEventListener('pointerdown', e => {
    const svg = e.target.closest?.('svg[data-chart]');
    dragFrom = svg && document.querySelector('[data-zoom-first]') && boxOf(svg).x.axis === 'Step' ? { svg, x: placeOf(svg, e) } : undefined;
  });

  document.addEventListener('pointerup', e => {
    if (!dragFrom) {
      return;
    }

    const { svg, x } = dragFrom;
    dragFrom = undefined;
    const to = placeOf(svg, e);
    if (Math.abs(to - x) > 10) {
      const scale = boxOf(svg).x;
      const set = (name, value) => {
        const input = document.querySelector(name);
        input.value = Math.max(0, Math.round(value));
        input.dispatchEvent(new Event('change', { bubbles: true }));
      };
      set('[data-zoom-first]', scale.value(Math.min(x, to)));
      set('[data-zoom-last]', scale.value(Math.max(x, to)));
    }
  });

  window.mlkit = {
    showModal(dialog) {
      dialog.showModal();
      dialog.querySelector('[autofocus]')?.select?.();
    },
  };
})();
