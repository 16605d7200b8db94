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

    const full = e.target.closest?.('[data-full]');
    if (full) {
      await (document.fullscreenElement ? document.exitFullscreen() : full.closest('[data-figure]').requestFullscreen());
    }

    const wanted = e.target.closest?.('[data-download]');
    if (wanted) {
      await download(wanted);
    }

    // A menu closes when something in it was chosen, or elsewhere.
    document.querySelectorAll('details.menu[open]').forEach(menu => {
      if (!menu.contains(e.target) || e.target.closest('.menu-body')) {
        menu.open = false;
      }
    });

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

  // A chart as a file: a copy that carries the page's colours with it, as it is or painted.
  const drawn = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'stroke-linecap', 'opacity', 'font-family', 'font-size', 'text-anchor', 'dominant-baseline'];

  function drawingOf(figure) {
    const svg = figure.querySelector('svg.chart');
    const copy = svg.cloneNode(true);
    const copies = [copy, ...copy.querySelectorAll('*')];
    [svg, ...svg.querySelectorAll('*')].forEach((element, i) => {
      const style = getComputedStyle(element);
      copies[i].setAttribute('style', drawn.map(name => `${name}:${style.getPropertyValue(name)}`).join(';'));
    });
    copy.querySelectorAll('.chart-mark').forEach(mark => mark.remove());
    const { width, height } = svg.viewBox.baseVal;
    const back = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    back.setAttribute('width', width);
    back.setAttribute('height', height);
    back.setAttribute('style', `fill:${getComputedStyle(document.documentElement).getPropertyValue('--bg')}`);
    copy.prepend(back);
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    copy.setAttribute('width', width);
    copy.setAttribute('height', height);
    return { text: new XMLSerializer().serializeToString(copy), width, height };
  }

  async function download(button) {
    const { text, width, height } = drawingOf(button.closest('[data-figure]'));
    const address = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    const link = document.createElement('a');
    link.download = `${button.dataset.name.replace(/[^\w.-]+/g, '_')}.${button.dataset.download}`;
    link.href = address;
    if (button.dataset.download === 'png') {
      const picture = new Image();
      picture.src = address;
      await picture.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: 2 * width, height: 2 * height });
      canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
      link.href = canvas.toDataURL('image/png');
    }

    link.click();
  }

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
    return { axis, place: v => from + (to - from) * ((isLog ? Math.log10(v) : v) - a) / (b - a), value: at => { const v = a + (b - a) * (at - from) / (to - from); return isLog ? 10 ** v : v; } };
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

  // The same step, or time, in every chart of the page.
  function markAt(svg, axis, value) {
    const box = boxOf(svg);
    const at = box.x.place(value);
    if (box.x.axis !== axis || !(at >= box.left - 1 && at <= box.right + 1)) {
      return;
    }

    const mark = document.createElementNS('http://www.w3.org/2000/svg', 'line');
    for (const [name, number] of Object.entries({ class: 'chart-mark', x1: at, x2: at, y1: box.top, y2: box.bottom })) {
      mark.setAttribute(name, number);
    }

    svg.append(mark);
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
    document.querySelectorAll('svg[data-chart]').forEach(chart => markAt(chart, box.x.axis, box.x.value(at)));
    tip = document.createElement('div');
    tip.className = 'chart-tip';
    tip.append(Object.assign(document.createElement('strong'), { textContent: axisText(box.x.axis, box.x.value(at)) }));
    for (const row of rows.slice(0, 20)) {
      const line = document.createElement('div');
      const swatch = document.createElement('span');
      swatch.className = `swatch ${[...row.path.classList].find(name => name.startsWith('hue-'))}`;
      swatch.style.cssText = row.path.style.cssText;
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
    focusHeading() {
      if (!document.activeElement?.matches('input, textarea, select, dialog, dialog *')) {
        document.querySelector('h1')?.focus({ preventScroll: true });
      }
    },
    showModal(dialog) {
      dialog.showModal();
      dialog.querySelector('[autofocus]')?.select?.();
    },
  };
})();
