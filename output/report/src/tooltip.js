// SPDX-License-Identifier: Apache-2.0
// One tooltip for everything that has `data-tip`. Its numbers stand in the table behind the chart as well, for those
// who do not use a pointer.
export function follow(root) {
  const box = document.createElement('div');
  box.className = 'tooltip';
  box.hidden = true;
  box.setAttribute('aria-hidden', 'true');
  document.body.append(box);
  const hide = () => {
    box.hidden = true;
  };
  const place = (event) => {
    const from = event.target.closest?.('[data-tip]');
    if (!from) return hide();
    if (box.dataset.of !== from.dataset.tip) box.innerHTML = box.dataset.of = from.dataset.tip;
    box.hidden = false;
    const {offsetWidth: width, offsetHeight: height} = box;
    const left = Math.min(Math.max(8, event.clientX + 14), innerWidth - width - 8);
    const above = event.clientY - height - 14;
    box.style.transform = `translate(${left}px, ${above > 8 ? above : event.clientY + 18}px)`;
  };
  root.addEventListener('pointermove', place);
  root.addEventListener('pointerdown', place);
  root.addEventListener('pointerleave', hide);
  addEventListener('scroll', hide, {passive: true});
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
  });
}
