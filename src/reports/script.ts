/**
 * The page's script: filters the table of findings, and opens everything before printing. Plain text, because its hash
 * stands in the page's content security policy; without it the page shows all rows.
 */
export const script = `
(() => {
  const form = document.querySelector('[data-search]');
  const rows = Array.from(document.querySelectorAll('[data-findings] tbody tr'));
  if (form && rows.length > 0) {
    const plain = text => text.normalize('NFKC').toLowerCase().replace(/\\s+/g, '');
    const texts = rows.map(row => plain(row.textContent + ' ' + (row.dataset.words || '')));
    const words = form.querySelector('input');
    const status = form.querySelector('select');
    const count = form.querySelector('output');
    const show = () => {
      const wanted = words.value.trim().split(/\\s+/).map(plain).filter(Boolean);
      let shown = 0;
      rows.forEach((row, index) => {
        const fits = wanted.every(word => texts[index].includes(word))
          && (status.value === '' || (status.value === 'overdue' ? row.dataset.overdue === '1' : row.dataset.status === status.value));
        row.hidden = !fits;
        if (fits) shown += 1;
      });
      count.textContent = count.dataset.words.replace('#', String(shown)).replace('#', String(rows.length));
    };
    words.addEventListener('input', show);
    status.addEventListener('change', show);
    form.addEventListener('submit', event => event.preventDefault());
    form.hidden = false;
    show();
  }
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = Array.from(document.querySelectorAll('details:not([open])'));
    for (const one of opened) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of opened) one.open = false;
  });
})();
`;
